"""Read SubRip, line by line, as FFmpeg does: a cue begins with its line of times."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ...messages import _
from ..caption import Caption
from ..escapes import unescape
from ..traps import Trap, TrapKind
from .time_lines import SRT_DIALECT, TimeLine, is_coordinates, parse_time_line

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|\{\\[^{}]*\}|\{[YyFfCcSsPo]:[^{}]*\}")
_ENTITY = re.compile(r"&#?\w{1,32};")


class _Cue(NamedTuple):
    """A cue by its lines, which are counted from 0.

    Attributes:
        times: what is on the line of its times.
        first: its first line: that of its number, or of its times.
        line: the line of its times.
        number: what stands on the line before, if that is a number.
    """

    times: TimeLine
    first: int
    line: int
    number: str | None


def parse(text: str) -> tuple[list[Caption], list[Trap]]:
    r"""Return the captions and the traps of a SubRip file.

    Args:
        text: of the file, with `\n` line ends.
    """
    lines = text.split("\n")
    cues = list(_find_cues(lines))
    captions: list[Caption] = []
    traps = [_outside(line) for line in _written(lines, 0, cues[0].first if cues else 0)]
    ends = [*(cue.first for cue in cues), len(lines)][1:]
    for number, (cue, end) in enumerate(zip(cues, ends, strict=True), 1):
        traps += _find_traps(cue, number, lines, end)
        if cue.times.span:
            shown = "\n".join(lines[cue.line + 1 : end]).strip("\n")
            captions.append(Caption(*cue.times.span, _plain_text(shown), row=cue.line + 1))
    traps += (
        Trap(TrapKind.NO_BLANK_LINE, _("no blank line before the cue"), cue.first + 1)
        for before, cue in pairwise(cues)
        if cue.first > before.line + 1 and lines[cue.first - 1].strip()
    )
    return captions, traps


def _find_cues(lines: Sequence[str]) -> Iterator[_Cue]:
    expected = 1
    for i, line in enumerate(lines):
        times = parse_time_line(line, SRT_DIALECT)
        if times is None:
            continue
        first = _find_number(lines, i, expected)
        yield _Cue(times, first, i, lines[first].strip() if first == i - 1 else None)
        expected += 1


def _find_number(lines: Sequence[str], i: int, expected: int) -> int:
    """Return the line of the number before the times on a line; this line itself without one.

    The number that is next is it even with a blank line between, as where every line has one.
    """
    above = [line.strip() for line in lines[max(0, i - 2) : i]]
    if above and above[-1].isdigit():
        return i - 1
    return i - 2 if above == [str(expected), ""] else i


def _find_traps(cue: _Cue, expected: int, lines: Sequence[str], end: int) -> Iterator[Trap]:
    """Yield the traps of a cue whose last line is before `end`."""
    line = cue.line + 1
    yield from (Trap(kind, text, line) for kind, text in cue.times.traps)
    if is_coordinates(cue.times.rest):
        text = _("coordinates after the times, which most players leave out of account")
        yield Trap(TrapKind.COORDINATES, text, line)
    elif cue.times.rest:
        text = _("'{rest}' after the times, which is not shown").format(rest=cue.times.rest[:20])
        yield Trap(TrapKind.AFTER_TIME, text, line)
    if cue.number is None:
        text = _("cue {number} has no number before its times").format(number=expected)
        yield Trap(TrapKind.NO_NUMBER, text, line)
    elif cue.number.lstrip("0") != str(expected):
        text = _("cue {number} is numbered {written}").format(
            number=expected, written=cue.number[:20]
        )
        yield Trap(TrapKind.WRONG_NUMBER, text, cue.first + 1)
    if not cue.times.span:
        return
    shown = list(_written(lines, cue.line + 1, end))
    if not shown:
        text = _("cue {number} is empty, at which some players stop").format(number=expected)
        yield Trap(TrapKind.EMPTY_CUE, text, line)
    elif shown[-1] - cue.line > len(shown):
        blank = next(i for i in range(cue.line + 1, end) if not lines[i].strip())
        text = _("cue {number} has a blank line in it, which ends it early").format(number=expected)
        yield Trap(TrapKind.BLANK_LINE, text, blank + 1)


def _written(lines: Sequence[str], start: int, end: int) -> Iterator[int]:
    """Yield the lines of a range that are not blank."""
    return (i for i in range(start, end) if lines[i].strip())


def _outside(line: int) -> Trap:
    text = _("text that belongs to no cue, and is not shown")
    return Trap(TrapKind.OUTSIDE_CUE, text, line + 1)


def _plain_text(shown: str) -> str:
    """Return what players show: no tags, and characters for their names."""
    without = _TAG.sub("", shown)
    return unescape(_ENTITY.sub(lambda match: html.unescape(match[0]), without))
