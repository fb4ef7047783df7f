"""Find which cells of a Word table continue one above or beside them, and are not shown.

Word merges cells by marks in each of them (`w:vMerge`, `w:hMerge`). A mark without a cell that it
could continue merges nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .numerals import parse_int
from .ooxml import W, find_child, iter_children, read_value, word_tag

if TYPE_CHECKING:
    from lxml.etree import _Element


class MergedCells:
    """The columns of a table in which a merged cell is open."""

    def __init__(self) -> None:
        self._open: set[int] = set()

    def read_row(self, row: _Element) -> Iterator[tuple[_Element, bool]]:
        """Yield the cells of the next row, and whether each continues another.

        Cells whose deletion is tracked are left out.
        """
        column = parse_int(read_value(row, "trPr", "gridBefore"))
        below: set[int] = set()
        is_beside = False  # is a merged cell open in the row?
        for cell in iter_children(row):
            properties = find_child(cell, "tcPr")
            if word_tag(cell) != "tc" or find_child(properties, "cellDel") is not None:
                continue
            vertical, horizontal = (_read_merge(properties, kind) for kind in ("vMerge", "hMerge"))
            continues = vertical == "continue" and column in self._open
            yield cell, continues or (horizontal == "continue" and is_beside)
            is_beside = horizontal != ""
            if vertical:
                below.add(column)
            column += max(1, parse_int(read_value(properties, "gridSpan"), 1))
        self._open = below


def _read_merge(properties: _Element | None, kind: str) -> str:
    """Return "restart" or "continue" for a merged cell, and "" for another."""
    merge = find_child(properties, kind)
    return "" if merge is None else merge.get(W + "val") or "continue"
