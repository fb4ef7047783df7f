"""What is written is shown, in every format: to our own reader, and to those of others."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import av
import pytest
import srt
from av.subtitles.subtitle import AssSubtitle
from hypothesis import example, given
from hypothesis import strategies as st

from speechcast.model import Span, Timeline
from speechcast.subtitles.captions import Captions
from speechcast.subtitles.cue import Cue, CueToken
from speechcast.subtitles.escapes import unescape
from speechcast.subtitles.formats import registry
from speechcast.subtitles.read import read_captions
from speechcast.text.whitespace import LINE_END, remove_invisible

RATE = 24_000
FORMATS = ("srt", "vtt", "ass", "lrc", "json")
# What one player or another takes for a command, and what only looks like one.
COMMANDS = (
    *"<b> </b> <i <font </font> < > << >> { } {\\an8} \\N \\n \\h \\ &lt; &amp; &#65; & ;".split(),
    *"--> -> -- <!-- <?x <3 <00:00:01.000> [00:12.00] [ar:a] [ ] ｛ ｝ ＜ ＞ ｛\\an8｝".split(),
    *"{Y:i} {\\p1} NOTE WEBVTT 1 2023 00:00:01,000 00:00:02,000 00：00：01，000 －－＞".split(),
    *"10:30-12:00 Dialogue: , : [Events] * _ / -".split(),
    "00:00:01,000 --> 00:00:02,000",
    "00:00:01,000 - 00:00:02,000",
    "00:00:01,000 00:00:02,000",
    "00：01.5→00：02",
)
TEXT = st.lists(
    st.sampled_from([*COMMANDS, " ", "的", "a", "\n"]) | st.text(max_size=2), min_size=1, max_size=9
)


def tokens_of(parts: list[str]) -> list[str]:
    """The parts as tokens of a cue: no invisible character, no line that is blank."""
    shown = "".join(LINE_END.sub("\n", remove_invisible(part)) for part in parts)
    lines = [line.strip() for line in shown.split("\n") if line.strip()]
    return re.findall(r"\w+|\W", "\n".join(lines))


def captions_of(texts: list[list[str]], lasts: int = RATE) -> Captions:
    """One cue after another, each of these tokens."""
    cues = []
    for number, tokens in enumerate(texts):
        edges = [number * lasts + lasts * n // len(tokens) for n in range(len(tokens) + 1)]
        spans = [Span(a, b) for a, b in pairwise(edges)]
        cue_tokens = tuple(CueToken(t, s) for t, s in zip(tokens, spans, strict=True))
        cues.append(Cue(edges[0], edges[-1], cue_tokens))
    return Captions(tuple(cues), Timeline((), RATE, len(texts) * lasts), "致辞", "zh-CN")


@pytest.mark.parametrize("form", FORMATS)
@given(st.lists(TEXT.map(tokens_of).filter(bool), min_size=1, max_size=4))
@example([["<", "b", ">", "重要", "</", "b", ">"], ["2023"], ["2023"]])
@example([["{", "\\", "an", "8", "}", "在上面"], ["a", "\\", "N"], ["&", "amp", ";"]])
@example([["00:00:01,000", " --", "> ", "00:00:02,000"], ["10:30", "-", "12:00"]])
def test_any_text_is_read_as_it_is_shown(
    tmp_path_factory: pytest.TempPathFactory, form: str, texts: list[list[str]]
) -> None:
    captions = captions_of(texts)
    path = tmp_path_factory.getbasetemp() / f"any.{form}"
    path.write_text(registry.compose(form, captions), encoding="utf-8", newline="")
    read, traps = read_captions(path)
    expected = [cue.text for cue in captions.cues]
    if form == "lrc":  # which has no second line
        expected = [text.replace("\n", " ") for text in expected]
    assert [c.text for c in read] == expected
    assert traps == []
    assert [(c.start, c.end) for c in read] == [
        (1000 * n, 1000 * (n + 1)) for n in range(len(texts))
    ]


def shown_by_ffmpeg(path: Path) -> list[str]:
    """The cues as FFmpeg decodes them for libass, and libass shows them."""
    with av.open(str(path)) as container:
        decoded = [event for packet in container.demux() for event in packet.decode()]
    return [shown_by_libass(e.ass.decode()) for e in decoded if isinstance(e, AssSubtitle)]


def shown_by_libass(event: str) -> str:
    """The text of an event: commands in braces are not shown, and backslashes escape."""
    text = event.split(",", 8)[8]
    meanings = {r"\N": "\n", r"\n": "\n", r"\h": " ", r"\{": "{", r"\}": "}"}
    command = r"\\[Nnh{}]|\{[^}]*\}"
    return unescape(re.sub(command, lambda match: meanings.get(match[0], ""), text))


@pytest.mark.parametrize("form", ["srt", "vtt", "ass"])
@given(st.lists(TEXT.map(tokens_of).filter(bool), min_size=1, max_size=4))
@example([["<", "b", ">", "重要", "</", "b", ">"], ["2023"], ["2023"]])
@example([["{", "\\", "an", "8", "}", "在上面"], ["a", "\\", "N"], ["&", "amp", ";"]])
@example([["00:00:01,000", " --", "> ", "00:00:02,000"], ["a ", "<", " b 且 c ", ">", " d"]])
def test_ffmpeg_and_libass_show_any_text(
    tmp_path_factory: pytest.TempPathFactory, form: str, texts: list[list[str]]
) -> None:
    captions = captions_of(texts)
    path = tmp_path_factory.getbasetemp() / f"shown.{form}"
    path.write_text(registry.compose(form, captions), encoding="utf-8", newline="")
    assert shown_by_ffmpeg(path) == [cue.text for cue in captions.cues]


@given(st.lists(TEXT.map(tokens_of).filter(bool), min_size=1, max_size=4))
def test_the_package_srt_reads_any_text(texts: list[list[str]]) -> None:
    captions = captions_of(texts)
    read = srt.parse(registry.compose("srt", captions))
    assert [unescape(cue.content) for cue in read] == [cue.text for cue in captions.cues]
