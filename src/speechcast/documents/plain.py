"""Plain text to paragraphs: a line each, unless lines were wrapped by hand.

A line break belongs to the text where a writer meant it: after a sentence, after a line of a
poem, an item of a list. It does not where a line was merely full, or stops at a comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .blocks import Block
from .pieces import between, columns, is_wide, joined, unspaced

NARROWEST, WIDEST = 40, 160  # half-width characters a line that was wrapped by hand may have
VERSE = 32  # half-width characters; lines no longer than this, together, may be a poem's
_STRAY = 0.1  # of the lines of a wrapped text that may stop short of it without an end
_NO_TITLE = 96  # half-width characters; no title or line of a list is longer
ENDED = re.compile(r"[。！？!?．.…；;：:—][”’」』）)】》〉\"'］\]]*$")
ITEM = re.compile(
    r"(?:[-*•·●○▪■◆‣]|[（(]?(?:\d{1,3}|[a-zA-Z]|[一二三四五六七八九十百]{1,4})[.、．）)]|第.{1,5}[章节條条])"
)
_GOES_ON = re.compile(r"[，、,]$")
_OPENS = re.compile(r"[（(“‘「『《〈【]$")  # ends no paragraph
_CLOSES = re.compile(r"[，、。；：！？）》〉」』】”,;!?)]")  # begins no paragraph
HALF_SAID = re.compile(  # what a paragraph begins with, set apart where it is set in bold
    r"(?:[一二三四五六七八九十]{1,2}[是要]|第[一二三四五六七八九十]|其[一二三四五]|首先|其次|再次|最后)$"
)
_FIRST_WORD = re.compile(r"[!-~]+|.[，。、；：！？”’）》」』]*")
_HAN = "[\u3400-\u9fff]"
_SET_APART = re.compile(f"{_HAN} (?={_HAN})")
_TOGETHER = re.compile(f"{_HAN}(?={_HAN})")


class _Row(NamedTuple):
    number: int  # its line in the file, from 1
    indent: int
    text: str


class _Habit(NamedTuple):
    """How the writer of a text sets it."""

    width: int | None  # lines were wrapped at; None where they end as they please
    blanks: bool  # do blank lines stand between the paragraphs?


def blocks(text: str, row: int = 1) -> list[Block]:
    """The paragraphs of `text`, whose first line is the file's line `row`; blank lines end one."""
    runs = list(_runs(text, row))
    habit = _Habit(_wrapped_at(runs), _has_blanks(runs))
    return [block for run in runs for block in _paragraphs(run, habit)]


def _runs(text: str, row: int) -> Iterator[list[_Row]]:
    """The lines between two blank ones."""
    run: list[_Row] = []
    spaced = len(_SET_APART.findall(text)) > len(_TOGETHER.findall(text))
    for number, line in enumerate(text.split("\n"), row):
        body = unspaced(line.strip(), everywhere=spaced)
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
    unfinished = [(a.text, b.text) for a, b in pairs if not ENDED.search(a.text)]
    full = sum(_is_full(a, b, width) for a, b in unfinished)
    stray = len(unfinished) - full
    return width if full and stray <= max(1, _STRAY * full) else None


def _has_blanks(runs: Sequence[Sequence[_Row]]) -> bool:
    return len(runs) > 3 and sum(len(run) == 1 for run in runs) > len(runs) / 2


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether what follows would not have had room on the line."""
    word = _FIRST_WORD.match(following)
    assert word
    return columns(joined(line, word[0])) > width - (2 if is_wide(word[0][0]) else 0)


def _paragraphs(run: Sequence[_Row], habit: _Habit) -> Iterator[Block]:
    verse = len(run) > 1 and all(columns(row.text) <= VERSE for row in run)
    lines = [run[0]]
    for row in run[1:]:
        if _goes_on(lines, row, habit, verse=verse):
            lines.append(row)
        else:
            yield _block(lines)
            lines = [row]
    yield _block(lines)


def _goes_on(lines: Sequence[_Row], row: _Row, habit: _Habit, *, verse: bool) -> bool:
    """Whether the paragraph of these lines goes on in the next."""
    first, before = lines[0], lines[-1]
    if _CLOSES.match(row.text) or _OPENS.search(before.text):
        return True
    hangs = ITEM.match(first.text) is not None and row.indent > first.indent
    if ITEM.match(row.text) or (row.indent > before.indent and not hangs):
        return False
    if habit.width and _is_full(before.text, row.text, habit.width):
        return True
    if ENDED.search(before.text) or (0 < row.indent == before.indent):
        return False
    return _is_half_said(lines, row.text, habit, verse=verse and not hangs)


def _is_half_said(lines: Sequence[_Row], following: str, habit: _Habit, *, verse: bool) -> bool:
    """Whether lines that end without a stop want what follows."""
    last = lines[-1].text
    if HALF_SAID.match(last) or (habit.blanks and _is_long(lines)):
        return True
    return not verse and (bool(_GOES_ON.search(last)) or following[0].islower())


def _is_long(lines: Sequence[_Row]) -> bool:
    """Whether so many characters can only be a paragraph."""
    return len(lines) > 4 or sum(columns(row.text) for row in lines) > _NO_TITLE


def _block(lines: Sequence[_Row]) -> Block:
    texts, breaks = [lines[0].text], []
    length = len(texts[0])
    for before, line in pairwise(lines):
        space = between(before.text, line.text)
        length += len(space)
        breaks.append(length)
        texts.append(space + line.text)
        length += len(line.text)
    return Block("".join(texts), row=lines[0].number, breaks=tuple(breaks))
