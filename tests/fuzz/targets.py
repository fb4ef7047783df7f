"""What is attacked, and what must hold for every input.

An attack returns if the input was handled: a result of which its properties hold, or an error of
`SpeechcastError`'s family where the input may be refused. Anything else that it raises is a fault.
"""

from __future__ import annotations

import json
import tempfile
import wave
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import numpy as np
import srt
from hypothesis import strategies as st

from speechcast import documents
from speechcast.audio.file_activity import measure_activity
from speechcast.batch.folder_settings import load_settings
from speechcast.check.text_match import compare_text
from speechcast.documents import from_bytes, from_text, read
from speechcast.engines.edge.word_alignment import build_clip
from speechcast.engines.online.boundaries import Boundary
from speechcast.engines.openai.responses import decode_sound
from speechcast.engines.tone import Tone
from speechcast.errors import SpeechcastError
from speechcast.frontend import lexicon
from speechcast.model import Pauses, Span
from speechcast.prepare import prepare
from speechcast.preview import preview
from speechcast.request import resolve_request
from speechcast.subtitles import style
from speechcast.subtitles.caption import Caption
from speechcast.subtitles.captions import Captions
from speechcast.subtitles.formats import registry
from speechcast.subtitles.read import read_captions
from speechcast.subtitles.segment import segment
from speechcast.text.whitespace import remove_invisible
from speechcast.timeline import place
from speechcast.voices import presets
from tests.fuzz.commands import COMMANDS, run_command
from tests.fuzz.pages import (
    DOCX_PAGES,
    EPUB_PAGES,
    HTML_PAGES,
    MARKDOWN_PAGES,
    ODT_PAGES,
    Page,
    docx_of,
    require_all_words,
)
from tests.fuzz.texts import (
    CHANGES,
    PIECES,
    PLAIN_WORDS,
    REPEATED,
    SPEECHES,
    Change,
    changed,
)
from tests.support.document_files import book_of, lines_of, make_presentation, odt_of, pdf_of
from tests.support.speeches import line_of

_VOICES = {name: presets.load(name) for name in ("narrator", "xiaoxiao", "aria", "tone")}


@dataclass(frozen=True, slots=True)
class Target:
    """A part of the program under attack.

    Attributes:
        name: What `--targets` calls it.
        inputs: The strategy that draws its inputs.
        attack: Handles one input, and raises where a property does not hold.
    """

    name: str
    inputs: st.SearchStrategy[Any]
    attack: Callable[[Any], None]


@cache
def _folder() -> Path:
    """Return a folder for the files of this process."""
    return Path(tempfile.mkdtemp(prefix="speechcast-fuzz-"))


def _file(name: str, data: bytes) -> Path:
    path = _folder() / name
    path.write_bytes(data)
    return path


# Text → utterances


def read_speech(drawn: tuple[str, str, bool]) -> None:
    """Every character of a speech is in its utterances, in order, and each has a word to speak."""
    text, voice, markdown = drawn
    with suppress(SpeechcastError):
        document = from_text(text, markdown=markdown)
        request = resolve_request(document, "it", Path(), voice=_VOICES[voice], force=True)
        prepared = prepare(request)
        speech, utterances = prepared.speech, prepared.utterances
        assert "".join(u.shown for u in utterances) == speech.text.replace("\n", "")
        assert all(any(token.voiced for token in u.tokens) for u in utterances)
        preview(request)


def decode_text(drawn: tuple[list[str], str]) -> None:
    """Text in an encoding that the bytes decide is read as it was written."""
    words, encoding = drawn
    text = "".join(words)
    with suppress(SpeechcastError):
        document = from_bytes(text.encode(encoding), "it")
        assert document == from_text(text)


def read_bytes(data: bytes) -> None:
    """Any bytes are read or refused."""
    with suppress(SpeechcastError):
        documents.from_bytes(data, "it")


# Documents


def _page_reader(suffix: str) -> Callable[[Page], None]:
    def read_page(page: Page) -> None:
        require_all_words(read(_file(f"page{suffix}", page.data)).text, page.words)

    return read_page


_BODY = "<w:p><w:r><w:t>同志们，大家好。</w:t></w:r></w:p>" * 3
_BASES = {
    ".docx": docx_of(_BODY),
    ".odt": odt_of("<text:p>同志们，大家好。</text:p>"),
    ".rtf": rb"{\rtf1\ansicpg936{\fonttbl{\f0 Arial;}}\f0\'c4\'e3{\v x}\u22909?\par A\cell\row}",
    ".pptx": make_presentation(),
    ".epub": book_of({"a": "<h1>题</h1><p>同志们，大家好。</p>"}, "a"),
    ".pdf": pdf_of(lines_of("同志们，大家好。", "我们开会。")),
    ".html": "<html><body><ul><li>同志们<p hidden>无<p>大家<td>好。</body></html>".encode(),
}


def read_changed_document(drawn: tuple[str, list[Change]]) -> None:
    """A damaged document is read or refused."""
    suffix, changes = drawn
    with suppress(SpeechcastError):
        read(_file(f"changed{suffix}", changed(_BASES[suffix], changes)))


# Settings

_KEYS = st.sampled_from(
    "description engine voice language rate pitch volume loudness pace pauses options show lexicon "
    "sentence paragraph directions labels width lines speed count cast style 重庆 a".split()
)
_VALUES = st.recursive(
    st.sampled_from(
        ["edge", "tone", "kokoro", "openai", "zh-CN", "+5%", "full-width", "keep", "sine"]
    )
    | PIECES
    | st.integers()
    | st.floats()
    | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS | PIECES, inner, max_size=3),
    max_leaves=4,
)
_TABLES = st.dictionaries(_KEYS | PIECES, _VALUES, max_size=6)
_SHIPPED = presets.PRESETS.list_files()["xiaoxiao"].read_bytes()


def _to_toml(value: object) -> str:
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{_to_toml(str(k))} = {_to_toml(v)}" for k, v in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(_to_toml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value) if isinstance(value, str) else str(value)


def read_settings(table: dict[str, object]) -> None:
    """Any table is a preset, a style, a lexicon or a folder's settings, or is refused."""
    lines = "\n".join(f"{_to_toml(key)} = {_to_toml(value)}" for key, value in table.items())
    _read_settings_file(lines.encode("utf-8", "replace"))


def read_changed_preset(changes: list[Change]) -> None:
    """A damaged preset is read or refused."""
    _read_settings_file(changed(_SHIPPED, changes))


def _read_settings_file(data: bytes) -> None:
    path = _file("speechcast.toml", data)
    for load in (presets.read_preset, style.load, lexicon.load):
        with suppress(SpeechcastError):
            load(path if load is not style.load else str(path))  # type: ignore[arg-type]
    load_settings.cache_clear() if hasattr(load_settings, "cache_clear") else None
    with suppress(SpeechcastError):
        load_settings(path.parent, path.parent.relative_to(path.parent))  # type: ignore[arg-type]


# Cues and subtitles


@cache
def _tone() -> Tone:
    return Tone(_VOICES["tone"])


def write_and_read_cues(drawn: tuple[str, str]) -> None:
    """What a reader of each format finds is what the cues show, in order and within the sound."""
    text, style_name = drawn
    with suppress(SpeechcastError):
        request = resolve_request(from_text(text), "it", Path(), voice=_VOICES["tone"], force=True)
        utterances = prepare(request).utterances
        timeline = place(utterances, [_tone().synthesize(u) for u in utterances], {"": Pauses()})
        cues = tuple(segment(timeline, style.load(style_name)))
        _require_order(cues, timeline.length)
        captions = Captions(cues, timeline, "题", "zh-CN")
        shown = [_visible(cue.text) for cue in cues]
        for format_name in ("srt", "vtt", "ass"):
            path = _file(f"it.{format_name}", registry.compose(format_name, captions).encode())
            assert [_visible(c.text) for c in read_captions(path)[0]] == shown
        srt_text = registry.compose("srt", captions)
        assert len(list(srt.parse(srt_text))) == len(cues)
        for format_name in ("lrc", "json", "txt"):
            registry.compose(format_name, captions)


def _visible(text: str) -> str:
    """Return the text without what no reader of a format keeps: invisible characters, spaces."""
    return " ".join(remove_invisible(text).split())


def _require_order(cues: Any, length: int) -> None:
    ends = [0]
    for cue in cues:
        assert ends[-1] <= cue.start < cue.end <= length
        ends.append(cue.end)


_SRT = (
    "1\n00:00:00,300 --> 00:00:01,200\n开幕词\n\n2\n00:00:02,100 --> 00:00:04,650\n今天\n开会\n\n"
)
_SUBTITLES = {
    ".srt": _SRT,
    ".vtt": "WEBVTT\n\n1\n00:00:00.300 --> 00:00:01.200 line:0\n开<00:00:00.900>幕&lt;词\n\n",
    ".ass": "[Script Info]\nScriptType: v4.00+\n\n[Events]\n"
    "Format: Layer, Start, End, Style, Text\n"
    "Dialogue: 0,0:00:00.30,0:00:01.20,Default,{\\k50}开幕\\N词\n",
    ".ttml": '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:p="http://www.w3.org/ns/ttml#parameter" '
    'xmlns:m="http://www.w3.org/ns/ttml#metadata" p:frameRate="24" p:tickRate="1000" '
    'p:frameRateMultiplier="1000 1001"><head><metadata><m:agent xml:id="a"><m:name>李</m:name>'
    '</m:agent></metadata></head><body begin="1s"><div timeContainer="seq">'
    '<p begin="00:00:00:07" dur="300t" m:agent="a">开<br/>幕<span begin="2f" end="9f">词</span></p>'
    '<p dur="1.5s" xml:space="preserve"> 今天\n开会 </p></div>'
    '<p begin="00:00:09.300" end="00:00:10.200">散&lt;会</p></body></tt>',
    ".sub": "{0}{25}开幕词\n{25}{50}今天|开会\n",
}


def read_changed_subtitles(drawn: tuple[str, list[Change]]) -> None:
    """Damaged subtitles are read or refused."""
    suffix, changes = drawn
    with suppress(SpeechcastError):
        read_captions(_file(f"changed{suffix}", changed(_SUBTITLES[suffix].encode(), changes)))


def compare_cues(drawn: tuple[str, list[str]]) -> None:
    """Any cues are compared with any speech; those of the speech itself have no finding."""
    text, cues = drawn
    with suppress(SpeechcastError):
        document = from_text(text)
        list(compare_text([Caption(n, n + 1, cue) for n, cue in enumerate(cues)], document))


# Answers of services, and sound files


@cache
def _sounds() -> dict[str, bytes]:
    """Return a second of a tone in each container."""
    samples = (8000 * np.sin(np.arange(24_000) / 9)).astype(np.int16)
    file = BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, 24_000, 0, "NONE", ""))
        out.writeframes(samples.tobytes())
    return {
        "wav": file.getvalue(),
        "mp3": _encode(samples, "mp3"),
        "flac": _encode(samples, "flac"),
    }


def _encode(samples: np.ndarray[Any, np.dtype[np.int16]], container: str) -> bytes:
    import av

    file = BytesIO()
    with av.open(file, "w", format=container) as out:
        codec: Literal["flac", "libmp3lame"] = "flac" if container == "flac" else "libmp3lame"
        stream = out.add_stream(codec, rate=24_000)
        frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format="s16", layout="mono")
        frame.rate = 24_000
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            out.mux(packet)
    return file.getvalue()


def decode_answer(drawn: tuple[str, list[Change]]) -> None:
    """A damaged answer is sound of a length that fits it, or is refused."""
    container, changes = drawn
    data = changed(_sounds()[container], changes)
    with suppress(SpeechcastError):
        decode_sound(data, longest=60)


_BOUNDARIES = st.lists(
    st.builds(
        lambda text, start, length: Boundary(text, Span(start, start + length)),
        st.sampled_from(["我们", "开", "会", "hello", "", "&amp;"]) | PIECES,
        st.integers(-1000, 48_000) | st.integers(),
        st.integers(0, 24_000) | st.integers(),
    ),
    max_size=4,
)


def place_boundaries(drawn: tuple[list[Boundary], list[Change]]) -> None:
    """An answer with any word times is a clip of the whole utterance, or is refused."""
    boundaries, changes = drawn
    utterance = line_of("我们开会hello。", _VOICES["xiaoxiao"])
    with suppress(SpeechcastError):
        clip = build_clip(utterance, changed(_sounds()["mp3"], changes), boundaries, 60)
        assert len(clip.spans) == len(utterance.tokens)
        assert all(0 <= s.start <= s.end <= len(clip.samples) for s in clip.spans if s)


def measure_changed_sound(drawn: tuple[str, list[Change]]) -> None:
    """A damaged sound file is measured or refused."""
    container, changes = drawn
    path = _file(f"changed.{container}", changed(_sounds()[container], changes))
    with suppress(SpeechcastError):
        measure_activity(path)


_ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"])
_SMALL = st.lists(SPEECHES, max_size=4)

TARGETS = {
    target.name: target
    for target in (
        Target(
            "speech",
            st.tuples(SPEECHES | REPEATED, st.sampled_from([*_VOICES]), st.booleans()),
            read_speech,
        ),
        Target("encoding", st.tuples(PLAIN_WORDS, _ENCODINGS), decode_text),
        Target("bytes", st.binary(max_size=200), read_bytes),
        Target("html", HTML_PAGES, _page_reader(".html")),
        Target("epub", EPUB_PAGES, _page_reader(".epub")),
        Target("docx", DOCX_PAGES, _page_reader(".docx")),
        Target("odt", ODT_PAGES, _page_reader(".odt")),
        Target("markdown", MARKDOWN_PAGES, _page_reader(".md")),
        Target("document", st.tuples(st.sampled_from([*_BASES]), CHANGES), read_changed_document),
        Target("settings", _TABLES, read_settings),
        Target("preset", CHANGES, read_changed_preset),
        Target(
            "cues",
            st.tuples(SPEECHES, st.sampled_from(["video", "vertical", "netflix-en", "verbatim"])),
            write_and_read_cues,
        ),
        Target(
            "subtitles",
            st.tuples(st.sampled_from([*_SUBTITLES]), CHANGES),
            read_changed_subtitles,
        ),
        Target("compare", st.tuples(SPEECHES, _SMALL), compare_cues),
        Target(
            "answer", st.tuples(st.sampled_from(["wav", "mp3", "flac"]), CHANGES), decode_answer
        ),
        Target("boundaries", st.tuples(_BOUNDARIES, CHANGES | st.just([])), place_boundaries),
        Target(
            "sound",
            st.tuples(st.sampled_from(["wav", "mp3", "flac"]), CHANGES),
            measure_changed_sound,
        ),
        Target("command", COMMANDS, run_command),
    )
}
