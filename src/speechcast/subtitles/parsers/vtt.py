"""Read WebVTT, as the W3C specifies it for browsers."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...messages import _
from ...units import Milliseconds
from ..caption import Caption, CaptionWord, SpeakerChange
from ..escapes import unescape
from ..traps import Trap, TrapKind
from .time_lines import VTT_DIALECT, TimeLine, parse_time_line

_TAG = re.compile(r"<[^>]*>?")  # whatever begins with < is a tag, up to the end if need be
_WORD_TIME = re.compile(r"<(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})>", re.ASCII)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]([^>]*)>")
_READING = re.compile(r"<rt[.>](?:(?!</rt>|</ruby>).)*", re.DOTALL)  # of ruby, above the text
_NO_CUE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_SETTINGS = re.compile(r"(?:(?:vertical|line|position|size|align|region):\S+(?:\s+|$))*")


class _Times(NamedTuple):
    """The times of a cue, and on which line of the file they are, from 0."""

    times: TimeLine
    line: int


def parse(text: str) -> tuple[list[Caption], list[Trap]]:
    r"""Return the captions and the traps of a WebVTT file.

    Args:
        text: of the file, with `\n` line ends.
    """
    lines = text.split("\n")
    captions: list[Caption] = []
    traps: list[Trap] = []
    if not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        message = _("not WebVTT for a browser: WEBVTT is missing, and nothing is shown")
        traps.append(Trap(TrapKind.NO_HEADER, message, 1))
    for start, end in _blocks(lines):
        times = list(_find_times(lines, start, end))
        if _NO_CUE.match(lines[start]) or (lines[start].startswith("WEBVTT") and not times):
            continue
        traps += _find_traps(times, lines, start)
        for (written, line), stop in zip(times, _stops(times, lines, end), strict=True):
            if written.span:
                shown = "\n".join(lines[line + 1 : stop])
                captions.append(_to_caption(*written.span, shown, line + 1))
    return captions, traps


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of lines between blank lines."""
    start = 0
    for i, line in enumerate([*lines, ""]):
        if not line:
            if i > start:
                yield start, i
            start = i + 1


def _find_times(lines: Sequence[str], start: int, end: int) -> Iterator[_Times]:
    """Yield the lines of times in a block; but the first, they are in the text of another."""
    begun = False
    for i in range(start, end):
        arrow = "-->" in lines[i]
        if not arrow and (begun or i - start > 1):
            continue
        times = parse_time_line(lines[i], VTT_DIALECT)
        if times is None and arrow:
            message = _("'{line}' is no line of times, and what follows is not shown").format(
                line=lines[i][:40]
            )
            times = TimeLine(None, "", ((TrapKind.TIME, message),))
        if times is not None:
            begun = True
            yield _Times(times, i)


def _stops(times: Sequence[_Times], lines: Sequence[str], end: int) -> Iterator[int]:
    """Yield where the text of each cue ends."""
    for following in times[1:]:
        numbered = lines[following.line - 1].strip().isdigit()
        yield following.line - numbered
    if times:
        yield end


def _find_traps(times: Sequence[_Times], lines: Sequence[str], start: int) -> Iterator[Trap]:
    """Yield the traps of a block that begins at a line."""
    if not times:
        message = _("text that belongs to no cue, and is not shown")
        yield Trap(TrapKind.OUTSIDE_CUE, message, start + 1)
    for n, (written, line) in enumerate(times):
        yield from (Trap(kind, text, line + 1) for kind, text in written.traps)
        if not _SETTINGS.fullmatch(written.rest):
            message = _("'{rest}' after the times, which is no setting of a cue").format(
                rest=written.rest[:20]
            )
            yield Trap(TrapKind.AFTER_TIME, message, line + 1)
        if n:
            yield Trap(TrapKind.NO_BLANK_LINE, _("no blank line before the cue"), line + 1)
        elif line - start > 1:
            message = _("more than one line before the times of a cue, which are not shown")
            yield Trap(TrapKind.OUTSIDE_CUE, message, start + 1)
        if written.span and (line + 1 == len(lines) or not lines[line + 1].strip()):
            message = _("a cue without text directly below its times is empty")
            yield Trap(TrapKind.EMPTY_CUE, message, line + 1)


def _to_caption(start: Milliseconds, end: Milliseconds, shown: str, row: int) -> Caption:
    """Return a cue, with its words' times and the speakers that its voice tags name."""
    shown = _READING.sub("", shown)
    text, speakers, position = "", list[SpeakerChange](), 0
    for tag in _VOICE.finditer(shown):
        text += _plain_text(shown[position : tag.start()])
        speakers.append(SpeakerChange(len(text), (html.unescape(tag[1]).strip(),)))
        position = tag.end()
    text += _plain_text(shown[position:])
    words = tuple(_words(shown, start))
    return Caption(start, end, text, words=words, row=row, speakers=tuple(speakers))


def _words(shown: str, start: Milliseconds) -> Iterator[CaptionWord]:
    """Yield the words of a cue that has times inside; the first one begins with the cue."""
    end = 0
    for match in _WORD_TIME.finditer(shown):
        yield CaptionWord(start, _plain_text(shown[end : match.start()]))
        hours, minutes, seconds, ms = (int(digits or 0) for digits in match.groups())
        start, end = ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms, match.end()
    if end:
        yield CaptionWord(start, _plain_text(shown[end:]))


def _plain_text(shown: str) -> str:
    """Return what browsers show: no tags, and characters for their names."""
    return unescape(html.unescape(_TAG.sub("", shown)))
