"""Read LRC lyrics, with or without a time before each word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...messages import _
from ...units import Milliseconds
from ..caption import Caption, CaptionWord
from ..escapes import unescape
from ..traps import Trap, TrapKind

_TIME = r"(\d{1,4}):([0-5]?\d)(?:[.:](\d{1,3}))?"
_LINE_TIME = re.compile(rf"\[{_TIME}\]", re.ASCII)
_WORD_TIME = re.compile(rf"<{_TIME}>", re.ASCII)
_TAG = re.compile(r"\[([A-Za-z#]+):(.*)\]")
_LENGTH = re.compile(rf"\s*{_TIME}\s*", re.ASCII)
_UNKNOWN_LENGTH = 1000  # ms for which the last line is taken to be shown; chosen here


def parse(text: str) -> tuple[list[Caption], list[Trap]]:
    r"""Return the captions and the traps of an LRC file.

    LRC has no ends: a line lasts until the next one begins.

    Args:
        text: of the file, with `\n` line ends.
    """
    traps: list[Trap] = []
    timed: list[tuple[Milliseconds, str, int]] = []
    length = None
    for number, line in enumerate(text.split("\n"), 1):
        if tag := _TAG.fullmatch(line.strip()):
            if tag[1].lower() == "length" and (match := _LENGTH.fullmatch(tag[2])):
                length = _milliseconds(match)
            continue
        starts, shown = _split_times(line)
        timed += ((start, shown, number) for start in starts)
        if not starts and line.strip():
            message = _("'{line}' has no time like [00:01.00] and is not shown").format(
                line=line.strip()[:20]
            )
            traps.append(Trap(TrapKind.OUTSIDE_CUE, message, number))
    timed.sort(key=lambda line: line[0])
    if timed and length is None:
        message = _("no [length:…], so that nobody knows how long the last line is shown")
        traps.append(Trap(TrapKind.NO_LENGTH, message))
        length = timed[-1][0] + _UNKNOWN_LENGTH
    ends = [*(start for start, _shown, _row in timed), length or 0][1:]
    captions = [
        Caption(start, end, _plain_text(shown), words=tuple(_words(shown)), row=row)
        for (start, shown, row), end in zip(timed, ends, strict=True)
    ]
    return [c for c in captions if c.text.strip()], traps


def _split_times(line: str) -> tuple[list[Milliseconds], str]:
    """Return the times at the beginning of a line, and its text."""
    starts = []
    end = len(line) - len(line.lstrip())
    while match := _LINE_TIME.match(line, end):
        starts.append(_milliseconds(match))
        end = match.end()
    return starts, line[end:]


def _words(shown: str) -> Iterator[CaptionWord]:
    """Yield the words of a line, each after its time; none where no time stands in it."""
    matches = list(_WORD_TIME.finditer(shown))
    edges = [*(match.start() for match in matches), len(shown)]
    if matches and edges[0]:
        yield CaptionWord(None, _plain_text(shown[: edges[0]]))
    for match, end in zip(matches, edges[1:], strict=True):
        yield CaptionWord(_milliseconds(match), _plain_text(shown[match.end() : end]))


def _milliseconds(match: re.Match[str]) -> Milliseconds:
    minutes, seconds, fraction = match.groups()
    return 1000 * (60 * int(minutes) + int(seconds)) + int((fraction or "").ljust(3, "0"))


def _plain_text(shown: str) -> str:
    """Return the text without the times of its words."""
    return unescape(_WORD_TIME.sub("", shown))
