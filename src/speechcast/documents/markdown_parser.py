"""Make the parser of our Markdown, and find where a text of it has code.

The dialect is CommonMark with tables, strikethrough and footnotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .markdown_tables import keep_all_cells

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

MAX_NESTING = 100
"""How deep quotes and lists may be nested; the parser drops what is deeper."""

_MAY_BE_CODE = re.compile(r"`|~~~| {4}|\t")
_LINE_END = re.compile(r"\r\n?|\n")  # as the parser has it
_TICKS = re.compile(r"`+")
_CODE_BLOCKS = frozenset(("fence", "code_block"))


def make_parser(*, pasted: bool) -> MarkdownIt:
    """Return a parser.

    Args:
        pasted: Whether it is for what was pasted into a plain text: indented lines are then no
            code, and a line above dashes is no heading.
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    commonmark = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    parser = commonmark.enable(["table", "strikethrough"]).use(footnote_plugin)
    keep_all_cells(parser)
    return parser.disable(["code", "lheading"]) if pasted else parser


def split_code(text: str, *, pasted: bool = False) -> Iterator[tuple[str, bool]]:
    r"""Yield the pieces of a Markdown text in order, with whether each is code.

    Code is a fence, an indented block, or a span between backticks, which goes across lines but
    not beyond its paragraph.

    Args:
        text: The text, with line ends as "\n".
        pasted: Whether it was pasted into a plain text; see `make_parser`.

    >>> list(split_code("用`a\nb`，\n\n    c\n"))
    [('用', False), ('`a\nb`', True), ('，\n\n', False), ('    c\n', True)]
    """
    start = 0
    for first, last in _find_code(text, pasted=pasted):
        if start < first:
            yield text[start:first], False
        yield text[first:last], True
        start = last
    if start < len(text):
        yield text[start:], False


def _find_code(text: str, *, pasted: bool) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each piece of code, in order."""
    if not _MAY_BE_CODE.search(text):
        return
    parser = make_parser(pasted=pasted).disable(["inline", "footnote_tail"])
    starts = [0, *(match.end() for match in _LINE_END.finditer(text)), len(text)]
    end = 0
    for token in parser.parse(text):
        if token.map is None or token.type not in _CODE_BLOCKS | {"inline"}:
            continue
        first, last = (starts[row] for row in token.map)
        if first < end:
            continue  # a further cell of a row
        end = last
        if token.type == "inline":
            yield from _find_spans(text, first, last)
        else:
            yield first, last


def _find_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each code span in a paragraph.

    It ends at the next run of as many backticks; without one, its own backticks are text.
    """
    runs = [match.span() for match in _TICKS.finditer(text, start, end)]
    opened: list[tuple[int, int]] = []  # where each would open a span, and the run that ends it
    later: dict[int, int] = {}  # the next run, by its length
    for index in reversed(range(len(runs))):
        first, last = runs[index]
        opening = first + _is_escaped(text, first)
        opened.append((opening, later.get(last - opening, -1)))
        later[last - first] = index
    opened.reverse()
    index = 0
    while index < len(runs):
        opening, closing = opened[index]
        if closing >= 0:
            yield opening, runs[closing][1]
        index = max(index, closing) + 1


def _is_escaped(text: str, position: int) -> bool:
    """Return whether a backslash stands before a character, and no other before that."""
    before = text[max(0, position - 100) : position]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1
