"""Plain text to paragraphs: a line each, unless lines were wrapped by hand.

A line break belongs to the text where a writer meant it: after a sentence, after a line of a
poem, an item of a list. It does not where a line was merely full, or stops at a comma.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .blocks import Block

NARROWEST, WIDEST = 40, 160  # half-width characters a line that was wrapped by hand may have
VERSE = 32  # half-width characters; lines no longer than this, together, may be a poem's
_STRAY = 0.1  # of the lines of a wrapped text that may stop short of it without an end
_ENDED = re.compile(r"[。！？!?．.…；;：:—][”’」』）)】》〉\"'］\]]*$")
_GOES_ON = re.compile(r"[，、,（(“‘「『《]$")
_ITEM = re.compile(
    r"(?:[-*•·●○▪■◆‣]|[（(]?(?:\d{1,3}|[a-zA-Z]|[一二三四五六七八九十百]{1,4})[.、．）)]|第.{1,5}[章节條条])"
)
_FIRST_WORD = re.compile(r"[!-~]+|.[，。、；：！？”’）》」』]*")


class _Row(NamedTuple):
    number: int  # its line in the file, from 1
    indent: int
    text: str


def blocks(text: str, row: int = 1) -> list[Block]:
    """The paragraphs of `text`, whose first line is the file's line `row`; blank lines end one."""
    runs = list(_runs(text, row))
    width = _wrapped_at(runs)
    return [block for run in runs for block in _paragraphs(run, width)]


def columns(text: str) -> int:
    """The width of `text` in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def joined(a: str, b: str) -> str:
    """Two lines as one: a space between them where either side is written with spaces."""
    return a + ("" if _solid(a[-1]) and _solid(b[0]) else " ") + b


def _solid(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WFA"


def _runs(text: str, row: int) -> Iterator[list[_Row]]:
    """The lines between two blank ones."""
    run: list[_Row] = []
    for number, line in enumerate(text.split("\n"), row):
        body = line.strip()
        if body:
            run.append(_Row(number, columns(line[: len(line) - len(line.lstrip())]), body))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _wrapped_at(runs: Sequence[Sequence[_Row]]) -> int | None:
    """The width the text was wrapped at; None where lines end as they please."""
    pairs = [pair for run in runs for pair in pairwise(run)]
    width = max((columns(row.text) for run in runs for row in run), default=0)
    if not NARROWEST <= width <= WIDEST:
        return None
    unfinished = [(a.text, b.text) for a, b in pairs if not _ENDED.search(a.text)]
    full = sum(_is_full(a, b, width) for a, b in unfinished)
    stray = len(unfinished) - full
    return width if full and stray <= max(1, _STRAY * full) else None


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether what follows would not have had room on the line."""
    word = _FIRST_WORD.match(following)
    assert word
    return columns(joined(line, word[0])) > width - (2 if _solid(word[0][0]) else 0)


def _paragraphs(run: Sequence[_Row], width: int | None) -> Iterator[Block]:
    verse = len(run) > 1 and all(columns(row.text) <= VERSE for row in run)
    lines = [run[0]]
    for before, row in pairwise(run):
        if _goes_on(before, row, width, verse=verse):
            lines.append(row)
        else:
            yield _block(lines)
            lines = [row]
    yield _block(lines)


def _goes_on(before: _Row, row: _Row, width: int | None, *, verse: bool) -> bool:
    """Whether the paragraph of one line goes on in the next."""
    if row.indent > before.indent or _ITEM.match(row.text):
        return False
    if width and _is_full(before.text, row.text, width):
        return True
    if verse or _ENDED.search(before.text):
        return False
    return bool(_GOES_ON.search(before.text)) or row.text[0].islower()


def _block(lines: Sequence[_Row]) -> Block:
    text, breaks = lines[0].text, []
    for line in lines[1:]:
        text = joined(text, line.text)
        breaks.append(len(text) - len(line.text))
    return Block(text, row=lines[0].number, breaks=tuple(breaks))
