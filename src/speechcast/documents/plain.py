"""Turn plain text into paragraphs.

Each line is a paragraph, unless lines were wrapped at a width.

A line break is kept where it was meant: after a sentence, a line of a poem, an item of a list. It
is removed where the line was only full, or stops at a comma. Widths are in half-width columns.
The thresholds were set by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..text.han import HAN_CLASS
from ..text.whitespace import display_width, is_double_width, joined, separator, unspaced
from .block import Block

PASSED = "\x13"
"""Stands for a line that is left out, so that the lines around it are next to each other."""

_MIN_WRAP_WIDTH, _MAX_WRAP_WIDTH = 40, 160  # the widths at which texts are wrapped
_MAX_VERSE_WIDTH = 32  # consecutive lines no wider than this may be a poem
_MAX_STRAY_SHARE = 0.1  # of the unfinished lines of a wrapped text: those that are not full
_SHARE_WITHIN_WIDTH = 0.9  # of its lines are no wider than it; on the others marks hang over
_MAX_OVERHANG = 6  # the width of the marks that hang over
_MAX_TITLE_WIDTH = 96  # no title or item of a list is wider
SENTENCE_END = re.compile(r"[。！？!?．.…；;：:—][”’」』）)】》〉\"'］\]]*$")
LIST_ITEM = re.compile(
    r"(?:[-*][ \t]|[•·●○▪■◆‣]|第.{1,5}[章节節條条]"
    r"|[（(]?(?:\d{1,3}|[a-zA-Z]|[一二三四五六七八九十百]{1,4})[.、．）)](?!\d))"
)
_COMMA_AT_END = re.compile(r"[，、,]$")
_OPENING_MARK_AT_END = re.compile(r"[（(“‘「『《〈【]$")  # no paragraph ends with one
_CLOSING_MARK_AT_START = re.compile(r"[，、。；：！？）》〉」』】”,;!?)]")  # none begins with one
LEAD_IN = re.compile(  # opens a paragraph; on a line of its own in texts copied from the web
    r"(?:[一二三四五六七八九十]{1,2}[是要]|第[一二三四五六七八九十]|其[一二三四五]|首先|其次|再次|最后)$"
)
_FIRST_WORD = re.compile(r"[!-~]+|.[，。、；：！？”’）》」』]*")
_SPACED_HAN = re.compile(f"{HAN_CLASS} (?={HAN_CLASS})")
_ADJACENT_HAN = re.compile(f"{HAN_CLASS}(?={HAN_CLASS})")


class _SourceLine(NamedTuple):
    """A line of the file that is not blank."""

    number: int  # from 1
    indent: int  # in half-width columns
    text: str

    @property
    def width(self) -> int:
        """The width in half-width columns, including the indent."""
        return self.indent + display_width(self.text)


class _Conventions(NamedTuple):
    """The conventions by which a text marks its paragraphs."""

    has_blank_lines: bool  # are there blank lines between the paragraphs?
    has_indents: bool  # is the first line of a paragraph indented?
    wrap_width: int | None = None  # in half-width columns; None if lines were not wrapped

    def starts_paragraph(self, row: _SourceLine, previous: _SourceLine) -> bool:
        """Return whether a line begins a paragraph by its indent."""
        return row.indent > (0 if self.has_indents else previous.indent)


def parse_plain(text: str, row: int = 1) -> list[Block]:
    r"""Return the paragraphs of a plain text.

    Args:
        text: The text, with line ends as "\n"; blank lines separate paragraphs.
        row: The line of the file on which it begins, from 1.

    >>> [block.text for block in parse_plain("要看到成绩\n，也要看到不足。\n\n再见。")]
    ['要看到成绩，也要看到不足。', '再见。']
    """
    runs = list(_split_at_blank_lines(text, row))
    conventions = _Conventions(_has_blank_lines(runs), _has_indents(runs))
    conventions = conventions._replace(wrap_width=_find_wrap_width(runs, conventions))
    return [block for run in runs for block in _join_lines(run, conventions)]


def _split_at_blank_lines(text: str, row: int) -> Iterator[list[_SourceLine]]:
    """Yield the runs of lines between blank ones."""
    run: list[_SourceLine] = []
    letterspaced = len(_SPACED_HAN.findall(text)) > len(_ADJACENT_HAN.findall(text))
    for number, line in enumerate(text.split("\n"), row):
        if line == PASSED:
            continue
        body = unspaced(line.strip(), everywhere=letterspaced)
        if body:
            run.append(
                _SourceLine(number, display_width(line[: len(line) - len(line.lstrip())]), body)
            )
        elif run:
            yield run
            run = []
    if run:
        yield run


def _has_blank_lines(runs: Sequence[Sequence[_SourceLine]]) -> bool:
    return len(runs) > 3 and sum(len(run) == 1 for run in runs) > len(runs) / 2


def _has_indents(runs: Sequence[Sequence[_SourceLine]]) -> bool:
    pairs = [pair for run in runs for pair in pairwise(run)]
    return sum(a.indent > b.indent == 0 and not LIST_ITEM.match(b.text) for a, b in pairs) > 1


def _find_wrap_width(
    runs: Sequence[Sequence[_SourceLine]], conventions: _Conventions
) -> int | None:
    """Return the width at which lines were wrapped, or None."""
    longest = max((row.width for run in runs for row in run), default=0)
    if not _MIN_WRAP_WIDTH <= longest <= _MAX_WRAP_WIDTH:
        return None
    unfinished = [
        (line, following.text)
        for run in runs
        for line, following in pairwise(run)
        if not SENTENCE_END.search(line.text) and not conventions.starts_paragraph(following, line)
    ]
    widths = sorted(line.width for line, _ in unfinished)
    width = max([longest - _MAX_OVERHANG, *widths[: round(_SHARE_WITHIN_WIDTH * len(widths))][-1:]])
    stray = [line for line, following in unfinished if not _is_full(line, following, width)]
    full_count = len(unfinished) - len(stray)
    long_count = sum(line.width > width / 2 for line in stray)  # a shorter one may be a heading
    return width if full_count and long_count <= max(1, _MAX_STRAY_SHARE * full_count) else None


def _is_full(line: _SourceLine, following: str, width: int) -> bool:
    """Return whether the next word would not have fitted on the line."""
    word = _FIRST_WORD.match(following)
    assert word
    room = 2 if is_double_width(word[0][0]) else 0
    return line.indent + display_width(joined(line.text, word[0])) > width - room


def _join_lines(run: Sequence[_SourceLine], conventions: _Conventions) -> Iterator[Block]:
    in_verse = len(run) > 1 and all(display_width(row.text) <= _MAX_VERSE_WIDTH for row in run)
    lines = [run[0]]
    for row in run[1:]:
        if _continues(lines, row, conventions, in_verse=in_verse):
            lines.append(row)
        else:
            yield _to_block(lines)
            lines = [row]
    yield _to_block(lines)


def _continues(
    lines: Sequence[_SourceLine], row: _SourceLine, conventions: _Conventions, *, in_verse: bool
) -> bool:
    """Return whether the next line continues the paragraph of these lines."""
    first, previous = lines[0], lines[-1]
    if _CLOSING_MARK_AT_START.match(row.text) or _OPENING_MARK_AT_END.search(previous.text):
        return True
    hangs = LIST_ITEM.match(first.text) is not None and row.indent > first.indent
    if LIST_ITEM.match(row.text) or (conventions.starts_paragraph(row, previous) and not hangs):
        return False
    if conventions.wrap_width and _is_full(previous, row.text, conventions.wrap_width):
        return True
    if SENTENCE_END.search(previous.text) or (0 < row.indent == previous.indent):
        return False
    return _is_unfinished(lines, row.text, conventions, in_verse=in_verse and not hangs)


def _is_unfinished(
    lines: Sequence[_SourceLine], following: str, conventions: _Conventions, *, in_verse: bool
) -> bool:
    """Return whether lines that end without a stop must be continued."""
    last = lines[-1].text
    if LEAD_IN.match(last) or (conventions.has_blank_lines and _is_long(lines)):
        return True
    return not in_verse and (bool(_COMMA_AT_END.search(last)) or following[0].islower())


def _is_long(lines: Sequence[_SourceLine]) -> bool:
    """Return whether the lines are too long for a title."""
    return len(lines) > 4 or sum(display_width(row.text) for row in lines) > _MAX_TITLE_WIDTH


def _to_block(lines: Sequence[_SourceLine]) -> Block:
    texts, breaks = [lines[0].text], []
    length = len(texts[0])
    for previous, line in pairwise(lines):
        space = separator(previous.text, line.text)
        length += len(space)
        breaks.append(length)
        texts.append(space + line.text)
        length += len(line.text)
    return Block("".join(texts), row=lines[0].number, breaks=tuple(breaks))
