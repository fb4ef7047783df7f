"""Turn the elements of a web page into paragraphs.

Elements are lines, headings, lists and tables.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...model import BlockKind
from ...text.whitespace import joined_lines, reflowed, split_lines
from ..block import Block
from ..office.numerals import format_number, parse_int
from ..tables import merge_row

if TYPE_CHECKING:
    from bs4 import Tag

# Elements that do not end a line: inline ones of the HTML standard, current and obsolete.
_INLINE_TAGS = frozenset(
    "a abbr acronym b bdi bdo big cite code data dfn em font i img ins kbd label mark nobr q rb "
    "ruby samp small span strong sub sup time tt u var wbr".split()
)
_ITEM_STYLES = {"a": "lowerAlpha", "A": "upperAlpha", "i": "lowerRoman", "I": "upperRoman"}
_HARD_BREAK = "\v"  # a line end that stays one, unlike those of the source


@dataclass(slots=True)
class _List:
    """An open list, with the number of its next item."""

    number: int = 1
    step: int = 1
    style: str | None = None  # of `numerals`; None for a list with bullets


@dataclass(slots=True)
class _Table:
    """An open table, with its open row and cell."""

    row: list[list[Block]] | None = None
    cell: Tag | None = None
    outer: list[Block] = field(default_factory=list)  # receives the paragraphs of its rows


class ElementReader:
    """One pass over a page's elements, as they open and close.

    A page may omit the closing tags of items, rows and cells; the next opening tag closes them.

    Attributes:
        text_pieces: The text of the paragraph so far; the caller appends to it.
    """

    def __init__(self) -> None:
        self.text_pieces: list[str] = []
        self._output: list[Block] = []
        self._row = 1
        self._heading_level = 0
        self._label = ""
        self._lists: list[_List] = []
        self._tables: list[_Table] = []

    def open(self, tag: Tag) -> None:
        """Handle the start of an element."""
        if tag.name == "br":
            self.text_pieces.append(_HARD_BREAK)
        if tag.name == "br" or tag.name in _INLINE_TAGS or ":" in tag.name:
            return
        self._flush()
        self._row = tag.sourceline or self._row
        if handle := _ON_OPEN.get(tag.name):
            handle(self, tag)

    def close(self, tag: Tag) -> None:
        """Handle the end of an element."""
        if tag.name in _INLINE_TAGS or tag.name == "br" or ":" in tag.name:
            return
        self._flush()
        if handle := _ON_CLOSE.get(tag.name):
            handle(self, tag)

    def finish(self) -> list[Block]:
        """Close what is still open, and return all paragraphs."""
        self._flush()
        while self._tables:
            self._end_table()
        return self._output

    def _flush(self) -> None:
        text = reflowed("".join(self.text_pieces))
        self.text_pieces.clear()
        for line in [joined_lines(text)] if self._heading_level else split_lines(text):
            if line:
                kind = BlockKind.HEADING if self._heading_level else BlockKind.BODY
                block = Block(self._label + line, kind, row=self._row, level=self._heading_level)
                self._output.append(block)
                self._label = ""

    def _begin_heading(self, tag: Tag) -> None:
        self._heading_level = int(tag.name[1])

    def _end_heading(self, _tag: Tag) -> None:
        self._heading_level = 0

    def _begin_list(self, tag: Tag) -> None:
        if tag.name == "ul" or "none" in str(tag.get("style", "")):
            self._lists.append(_List())
            return
        backwards = tag.has_attr("reversed")
        start = len(tag.find_all("li", recursive=False)) if backwards else 1
        style = _ITEM_STYLES.get(str(tag.get("type", "")), "decimal")
        self._lists.append(
            _List(parse_int(str(tag.get("start")), start), -1 if backwards else 1, style)
        )

    def _end_list(self, _tag: Tag) -> None:
        self._lists.pop()
        self._label = ""

    def _begin_item(self, tag: Tag) -> None:
        self._label = ""
        if self._lists and (style := self._lists[-1].style):
            items = self._lists[-1]
            number = parse_int(str(tag.get("value")), items.number)
            items.number = number + items.step
            self._label = f"{format_number(number, style)}. "

    def _end_item(self, _tag: Tag) -> None:
        self._label = ""

    def _begin_table(self, _tag: Tag) -> None:
        self._tables.append(_Table(outer=self._output))

    def _begin_row(self, _tag: Tag) -> None:
        if self._tables:
            self._end_row()
            self._tables[-1].row = []

    def _begin_cell(self, tag: Tag) -> None:
        if not self._tables:
            return
        table = self._tables[-1]
        self._end_cell()
        if table.row is None:
            table.row = []
        table.cell = tag
        self._output = []

    def _close_cell(self, tag: Tag) -> None:
        if self._tables and self._tables[-1].cell is tag:
            self._end_cell()

    def _end_table(self, _tag: Tag | None = None) -> None:
        if self._tables:
            self._end_row()
            self._tables.pop()

    def _end_row(self) -> None:
        table = self._tables[-1]
        self._end_cell()
        if table.row is not None:
            self._output.extend(merge_row(table.row))
            table.row = None

    def _end_cell(self) -> None:
        table = self._tables[-1]
        if table.cell is not None and table.row is not None:
            table.row.append(self._output)
            self._output, table.cell = table.outer, None


_Handler = Callable[[ElementReader, "Tag"], None]
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ON_OPEN: dict[str, _Handler] = {
    **dict.fromkeys(_HEADINGS, ElementReader._begin_heading),
    "ol": ElementReader._begin_list,
    "ul": ElementReader._begin_list,
    "li": ElementReader._begin_item,
    "table": ElementReader._begin_table,
    "tr": ElementReader._begin_row,
    "td": ElementReader._begin_cell,
    "th": ElementReader._begin_cell,
}
_ON_CLOSE: dict[str, _Handler] = {
    **dict.fromkeys(_HEADINGS, ElementReader._end_heading),
    "ol": ElementReader._end_list,
    "ul": ElementReader._end_list,
    "li": ElementReader._end_item,
    "table": ElementReader._end_table,
    "td": ElementReader._close_cell,
    "th": ElementReader._close_cell,
}
