"""Compose a listening page: one HTML file that asks nothing of any network.

The text stands in the page as text, for readers without the script, too. Its times are packed into
a JSON document in an element that is no script to a browser; so is the sound. The one script and
the one style sheet are allowed by their hashes, and everything else is forbidden by the page's own
policy (Content Security Policy Level 3, W3C).
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from string import Template

from ..model import BlockKind
from ..text.surrogates import without_surrogates
from .packing import pack_columns
from .sound import SoundSource
from .times import list_time_columns
from .transcript import TimedParagraph, Transcript
from .waveform import Waveform

_SCRIPTS = ("strings", "sound", "transcript", "following", "waveform", "search", "controls", "main")
_MAX_HEADING = 6  # HTML has no deeper one
_DROPPED_BITS = 2  # of a level: 16 of them differ by 3 pixels of the waveform, and pack better
_SOUND = "$sound"  # in the template: it is written block by block


def compose(transcript: Transcript, waveform: Waveform, sound: SoundSource) -> Iterator[str]:
    """Yield the HTML of a page, piece by piece.

    Args:
        transcript: What it shows.
        waveform: Of its sound.
        sound: Where the sound is.
    """
    style, script = _read("page.css"), "\n".join(_read(f"{name}.js") for name in _SCRIPTS)
    values = {
        "language": html.escape(_interface_language(transcript.language)),
        "speech_language": html.escape(transcript.language),
        "title": _escape(transcript.title),
        "policy": _policy(style, script, sound),
        "style": style,
        "script": script,
        "heading": _hidden_heading(transcript),
        "passages": "".join(_passages_markup(transcript.passages)),
        "data": _to_inert_json(_page_data(transcript, waveform)),
        "mime_type": sound.mime_type,
        "source": sound.source_attribute,
    }
    before, after = _read("page.html").split(_SOUND)
    yield Template(before).substitute(values)
    yield from sound.data_blocks()
    yield Template(after).substitute(values)


@cache
def _read(name: str) -> str:
    return (files(__package__) / "template" / name).read_text("utf-8")


def _interface_language(language: str) -> str:
    """Return the language of the buttons: Chinese for a Chinese speech, else English."""
    return "zh" if language.lower().startswith(("zh", "yue", "cmn", "wuu")) else "en"


def _policy(style: str, script: str, sound: SoundSource) -> str:
    """Return the Content Security Policy of a page.

    A page that is opened as a file has no origin that `'self'` could stand for, so its sound needs
    the scheme.
    """
    media = "'self' file:" if sound.address else "blob:"
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        f"media-src {media}; img-src data:; base-uri 'none'; form-action 'none'; "
        f"require-trusted-types-for 'script'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return "sha256-" + base64.b64encode(digest).decode("ascii")


def _escape(text: str) -> str:
    """Return the markup that a browser shows as this text.

    A parser would turn a carriage return into a line feed, and drop a NUL (HTML, "Preprocessing the
    input stream" and "The rules for parsing tokens"); characters would be counted differently.
    """
    return html.escape(without_surrogates(text)).replace("\r", "&#13;").replace("\0", "\ufffd")


def _hidden_heading(transcript: Transcript) -> str:
    """Return a heading for screen readers, if the text has no title."""
    if any(passage.kind is BlockKind.TITLE for passage in transcript.passages):
        return ""
    return f'<h1 class="hidden" dir="auto">{_escape(transcript.title)}</h1>\n'


def _passages_markup(passages: Sequence[TimedParagraph]) -> Iterator[str]:
    """Yield each paragraph; no heading is more than one level below the one before it.

    The script puts the buttons beside them: without it, they would do nothing.
    """
    outer: list[int] = []  # the levels of the headings that a paragraph stands under
    for passage in passages:
        name = "p"
        if passage.kind is BlockKind.HEADING:
            outer = [*(level for level in outer if level < passage.level), passage.level]
            name = f"h{min(len(outer) + 1, _MAX_HEADING)}"
        elif passage.kind is BlockKind.TITLE:
            name = "h1"
        kind = ' class="byline"' if passage.kind is BlockKind.BYLINE else ""
        yield f"<{name}{kind}>{_escape(passage.text)}</{name}>\n"


def _page_data(transcript: Transcript, waveform: Waveform) -> dict[str, object]:
    """Return what the script needs to know, times in milliseconds; the columns have their own."""
    times = list_time_columns(transcript.passages, transcript.cues, waveform.length)
    levels = [level >> _DROPPED_BITS for level in waveform.levels]
    texts = [passage.text for passage in transcript.passages]
    content = json.dumps([transcript.title, texts, times[:4], waveform.length])
    return {
        "id": hashlib.sha256(content.encode()).hexdigest()[:16],
        "title": transcript.title,
        "byWord": transcript.by_word,
        "length": waveform.length,
        "chapters": [list(chapter) for chapter in transcript.chapters],
        "step": waveform.step,
        "packed": pack_columns([*times, levels]),
    }


def _to_inert_json(data: object) -> str:
    """Return JSON that cannot end the element it stands in, nor begin a comment there."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return without_surrogates(text).replace("<", "\\u003c")
