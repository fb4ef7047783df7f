"""Plain text to paragraphs: a line each, unless lines were wrapped by hand.

A line break belongs to the text where a writer meant it: after a sentence, after a line of a
poem, an item of a list. It does not where a line was merely full, or stops at a comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..text.han import HAN_CLASS
from .block import Block
from .tables import between, columns, is_wide, joined, unspaced

NARROWEST, WIDEST = 40, 160  # half-width characters a line that was wrapped by hand may have
VERSE = 32  # half-width characters; lines no longer than this, together, may be a poem's
_STRAY = 0.1  # of the lines of a wrapped text that may stop short of it without an end
_MOST = 0.9  # of its lines that are no wider than it; marks that may begin no line stand out
_HANGS = 6  # half-width characters; they stand out no farther
_NO_TITLE = 96  # half-width characters; no title or line of a list is longer
ENDED = re.compile(r"[。！？!?．.…；;：:—][”’」』）)】》〉\"'］\]]*$")
ITEM = re.compile(
    r"(?:[-*][ \t]|[•·●○▪■◆‣]|第.{1,5}[章节節條条]"
    r"|[（(]?(?:\d{1,3}|[a-zA-Z]|[一二三四五六七八九十百]{1,4})[.、．）)](?!\d))"
)
_GOES_ON = re.compile(r"[，、,]$")
_OPENS = re.compile(r"[（(“‘「『《〈【]$")  # ends no paragraph
_CLOSES = re.compile(r"[，、。；：！？）》〉」』】”,;!?)]")  # begins no paragraph
HALF_SAID = re.compile(  # what a paragraph begins with, set apart where it is set in bold
    r"(?:[一二三四五六七八九十]{1,2}[是要]|第[一二三四五六七八九十]|其[一二三四五]|首先|其次|再次|最后)$"
)
_FIRST_WORD = re.compile(r"[!-~]+|.[，。、；：！？”’）》」』]*")
_SET_APART = re.compile(f"{HAN_CLASS} (?={HAN_CLASS})")
_TOGETHER = re.compile(f"{HAN_CLASS}(?={HAN_CLASS})")


class _Row(NamedTuple):
    number: int  # its line in the file, from 1
    indent: int  # half-width characters
    text: str

    @property
    def width(self) -> int:
        """In half-width characters, with the indent."""
        return self.indent + columns(self.text)


class _Habit(NamedTuple):
    """How the writer of a text sets it."""

    blanks: bool  # do blank lines stand between the paragraphs?
    indents: bool  # do paragraphs begin farther right than they go on?
    width: int | None = None  # lines were wrapped at; None where they end as they please

    def begins(self, row: _Row, before: _Row) -> bool:
        """Whether the indent of a line begins a paragraph."""
        return row.indent > (0 if self.indents else before.indent)


def blocks(text: str, row: int = 1) -> list[Block]:
    """The paragraphs of `text`, whose first line is the file's line `row`; blank lines end one."""
    runs = list(_runs(text, row))
    habit = _Habit(_has_blanks(runs), _has_indents(runs))
    habit = habit._replace(width=_wrapped_at(runs, habit))
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


def _has_blanks(runs: Sequence[Sequence[_Row]]) -> bool:
    return len(runs) > 3 and sum(len(run) == 1 for run in runs) > len(runs) / 2


def _has_indents(runs: Sequence[Sequence[_Row]]) -> bool:
    pairs = [pair for run in runs for pair in pairwise(run)]
    return sum(a.indent > b.indent == 0 and not ITEM.match(b.text) for a, b in pairs) > 1


def _wrapped_at(runs: Sequence[Sequence[_Row]], habit: _Habit) -> int | None:
    """The width the text was wrapped at; None where lines end as they please."""
    longest = max((row.width for run in runs for row in run), default=0)
    if not NARROWEST <= longest <= WIDEST:
        return None
    unfinished = [
        (line, following.text)
        for run in runs
        for line, following in pairwise(run)
        if not ENDED.search(line.text) and not habit.begins(following, line)
    ]
    widths = sorted(line.width for line, _ in unfinished)
    width = max([longest - _HANGS, *widths[: round(_MOST * len(widths))][-1:]])
    stray = [line for line, following in unfinished if not _is_full(line, following, width)]
    full = len(unfinished) - len(stray)
    long = sum(line.width > width / 2 for line in stray)  # a shorter one may be a heading
    return width if full and long <= max(1, _STRAY * full) else None


def _is_full(line: _Row, following: str, width: int) -> bool:
    """Whether what follows would not have had room on the line."""
    word = _FIRST_WORD.match(following)
    assert word
    room = 2 if is_wide(word[0][0]) else 0
    return line.indent + columns(joined(line.text, word[0])) > width - room


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
    if ITEM.match(row.text) or (habit.begins(row, before) and not hangs):
        return False
    if habit.width and _is_full(before, row.text, habit.width):
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
