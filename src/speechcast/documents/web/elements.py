"""The elements of a web page to paragraphs: lines, headings, lists and tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...model import BlockKind
from ..block import Block
from ..office.numerals import number, numeral
from ..tables import flowed, lines, one_line, row_of_blocks

if TYPE_CHECKING:
    from bs4 import Tag

# What does not end a line.
_FLOWING = frozenset(
    "a abbr acronym b bdi bdo big cite code data dfn em font i img ins kbd label mark nobr q rb "
    "ruby samp small span strong sub sup time tt u var wbr".split()
)
_ITEM_STYLES = {"a": "lowerAlpha", "A": "upperAlpha", "i": "lowerRoman", "I": "upperRoman"}
_BREAK = "\v"  # a line end that is one


@dataclass(slots=True)
class _List:
    """A list we are in: the number its next item has."""

    number: int = 1
    step: int = 1
    style: str | None = None  # none of a list with bullets


@dataclass(slots=True)
class _Table:
    """A table we are in: the row and the cell that were begun."""

    row: list[list[Block]] | None = None
    cell: Tag | None = None
    outer: list[Block] = field(default_factory=list)  # where its rows go


class Walk:
    """One pass over a page's elements, as they open and close.

    A page may leave out the closing tags of items, rows and cells; what opens next closes them.
    """

    def __init__(self) -> None:
        self.said: list[str] = []  # of the paragraph so far
        self._sink: list[Block] = []
        self._row = 1
        self._heading = 0
        self._number = ""
        self._lists: list[_List] = []
        self._tables: list[_Table] = []

    def opened(self, tag: Tag) -> None:
        """Take notice of what begins."""
        if tag.name == "br":
            self.said.append(_BREAK)
        if tag.name == "br" or tag.name in _FLOWING or ":" in tag.name:
            return
        self._flush()
        self._row = tag.sourceline or self._row
        if act := _OPENED.get(tag.name):
            act(self, tag)

    def closed(self, tag: Tag) -> None:
        """Take notice of what ends."""
        if tag.name in _FLOWING or tag.name == "br" or ":" in tag.name:
            return
        self._flush()
        if act := _CLOSED.get(tag.name):
            act(self, tag)

    def finished(self) -> list[Block]:
        """All that was said."""
        self._flush()
        while self._tables:
            self._end_table()
        return self._sink

    def _flush(self) -> None:
        text = flowed("".join(self.said))
        self.said.clear()
        for line in [one_line(text)] if self._heading else lines(text):
            if line:
                kind = BlockKind.HEADING if self._heading else BlockKind.BODY
                block = Block(self._number + line, kind, self._row, level=self._heading)
                self._sink.append(block)
                self._number = ""

    def _begin_heading(self, tag: Tag) -> None:
        self._heading = int(tag.name[1])

    def _end_heading(self, _tag: Tag) -> None:
        self._heading = 0

    def _begin_list(self, tag: Tag) -> None:
        if tag.name == "ul" or "none" in str(tag.get("style", "")):
            self._lists.append(_List())
            return
        backwards = tag.has_attr("reversed")
        start = len(tag.find_all("li", recursive=False)) if backwards else 1
        style = _ITEM_STYLES.get(str(tag.get("type", "")), "decimal")
        self._lists.append(
            _List(number(str(tag.get("start")), start), -1 if backwards else 1, style)
        )

    def _end_list(self, _tag: Tag) -> None:
        self._lists.pop()
        self._number = ""

    def _begin_item(self, tag: Tag) -> None:
        self._number = ""
        if self._lists and (style := self._lists[-1].style):
            items = self._lists[-1]
            this = number(str(tag.get("value")), items.number)
            items.number = this + items.step
            self._number = f"{numeral(this, style)}. "

    def _end_item(self, _tag: Tag) -> None:
        self._number = ""

    def _begin_table(self, _tag: Tag) -> None:
        self._tables.append(_Table(outer=self._sink))

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
        self._sink = []

    def _closed_cell(self, tag: Tag) -> None:
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
            self._sink.extend(row_of_blocks(table.row))
            table.row = None

    def _end_cell(self) -> None:
        table = self._tables[-1]
        if table.cell is not None and table.row is not None:
            table.row.append(self._sink)
            self._sink, table.cell = table.outer, None


_Act = Callable[[Walk, "Tag"], None]
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_OPENED: dict[str, _Act] = {
    **dict.fromkeys(_HEADINGS, Walk._begin_heading),
    "ol": Walk._begin_list,
    "ul": Walk._begin_list,
    "li": Walk._begin_item,
    "table": Walk._begin_table,
    "tr": Walk._begin_row,
    "td": Walk._begin_cell,
    "th": Walk._begin_cell,
}
_CLOSED: dict[str, _Act] = {
    **dict.fromkeys(_HEADINGS, Walk._end_heading),
    "ol": Walk._end_list,
    "ul": Walk._end_list,
    "li": Walk._end_item,
    "table": Walk._end_table,
    "td": Walk._closed_cell,
    "th": Walk._closed_cell,
}
