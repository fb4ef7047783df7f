"""A Word document to paragraphs: what it would print with every change accepted, notes aside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ...model import BlockKind
from ..block import Block
from ..tables import lines, one_line, row_of_blocks
from . import ooxml
from .archive import Archive
from .docx_numbering import Lists
from .docx_styles import Style, Styles
from .docx_text import Text
from .ooxml import W, found, name, unwrapped, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_USUAL_PART = "word/document.xml"


def blocks(data: bytes, path: Path) -> list[Block]:
    """The paragraphs of the .docx in `data`. Raises SourceError for what is none."""
    archive = Archive(data, path)
    name_of_body = ooxml.related(archive, "").get("officeDocument", _USUAL_PART)
    if name_of_body not in archive.names:
        raise archive.misnamed()
    root = ooxml.part(archive, name_of_body)
    body = found(root, "body")
    if root.tag != W + "document" or body is None:
        raise archive.misnamed()
    beside = ooxml.related(archive, name_of_body)
    styles, numbering = (
        ooxml.part(archive, beside[part]) if part in beside else None
        for part in ("styles", "numbering")
    )
    return list(_Walk(Styles(styles), Lists(numbering)).blocks(body))


class _Walk:
    """One pass over a document's body."""

    def __init__(self, styles: Styles, lists: Lists) -> None:
        self._styles = styles
        self._lists = lists
        self._text = Text(styles)
        self._row = 0
        self._carried = ""  # said by a paragraph that goes on in the next

    def blocks(self, container: _Element) -> Iterator[Block]:
        """The paragraphs in the body, a cell or a text box."""
        for element in unwrapped(container):
            kind = name(element)
            if kind == "p":
                yield from self._paragraph(element)
            elif kind == "tbl":
                yield from self._table(element)
        if self._carried:  # nothing is there for it to go on in
            yield from self._made(Style(), "")

    def _paragraph(self, paragraph: _Element) -> Iterator[Block]:
        self._row += 1
        style = self._styles.of(paragraph)
        text, boxes = self._text.of(paragraph, style.unseen)
        if not style.contents:
            self._carried += text
        if not _goes_on(paragraph):
            style_id = value(paragraph, "pPr", "pStyle")
            number = self._lists.label(style.list_id, style.list_level, style_id)
            yield from self._made(style, number)
        carried, self._carried = self._carried, ""
        for box in boxes:
            yield from self.blocks(box)
        self._carried = carried

    def _made(self, style: Style, number: str) -> Iterator[Block]:
        """The blocks of what was carried up to here."""
        text, self._carried = self._carried, ""
        said = lines(text)
        if said and style.kind is not BlockKind.BODY:
            said = [one_line(text)]
        for line in said:
            yield Block(number + line, style.kind, self._row, level=style.level)
            number = ""

    def _table(self, table: _Element) -> Iterator[Block]:
        for row in unwrapped(table):
            if name(row) == "tr" and found(row, "trPr", "del") is None:
                yield from row_of_blocks([list(self._cell(c)) for c in unwrapped(row)])

    def _cell(self, cell: _Element) -> Iterator[Block]:
        """What a cell holds; nothing where it is no more than the rest of the one before it."""
        properties = found(cell, "tcPr")
        rest = any(
            (merge := found(properties, kind)) is not None and merge.get(W + "val") != "restart"
            for kind in ("vMerge", "hMerge")
        )
        if name(cell) == "tc" and not rest and found(properties, "cellDel") is None:
            yield from self.blocks(cell)


def _goes_on(paragraph: _Element) -> bool:
    """Whether the next paragraph goes on in the same line: its mark was deleted, or it is an
    initial set over several lines.
    """
    properties = found(paragraph, "pPr")
    marks = (found(properties, "rPr", kind) for kind in ("del", "moveFrom"))
    frame = found(properties, "framePr")
    initial = frame is not None and frame.get(W + "dropCap") in {"drop", "margin"}
    return initial or any(mark is not None for mark in marks)
