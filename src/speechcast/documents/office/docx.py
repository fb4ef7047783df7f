"""Read a Word document (.docx) into paragraphs.

The text is what Word would print with all tracked changes accepted, without foot- and endnotes,
comments, headers and footers.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ...model import BlockKind
from ...text.whitespace import joined_lines, split_lines
from ..block import Block
from ..tables import merge_row
from . import ooxml
from .archive import Archive
from .docx_numbering import WordLists
from .docx_styles import ParagraphStyle, WordStyles
from .docx_text import ParagraphReader
from .ooxml import W, find_child, iter_children, read_value, word_tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEFAULT_BODY_PART = "word/document.xml"


def blocks(data: bytes, path: Path) -> list[Block]:
    """Return the paragraphs of the .docx file in `data`.

    Raises:
        SourceError: The file is no Word document, or is damaged, encrypted or too large.
    """
    archive = Archive(data, path)
    body_name = ooxml.find_related_parts(archive, "").get("officeDocument", _DEFAULT_BODY_PART)
    if body_name not in archive.names:
        raise archive.misnamed_error()
    root = ooxml.read_part(archive, body_name)
    body = find_child(root, "body")
    if root.tag != W + "document" or body is None:
        raise archive.misnamed_error()
    related = ooxml.find_related_parts(archive, body_name)
    styles, numbering = (
        ooxml.read_part(archive, related[part]) if part in related else None
        for part in ("styles", "numbering")
    )
    return list(_BodyReader(WordStyles(styles), WordLists(numbering)).blocks(body))


class _BodyReader:
    """One pass over a document's body, in reading order."""

    def __init__(self, styles: WordStyles, lists: WordLists) -> None:
        self._styles = styles
        self._lists = lists
        self._text = ParagraphReader(styles)
        self._row = 0
        self._pending = ""  # the text of paragraphs that are joined to the next one
        self._empty: ParagraphStyle | None = None  # the style of a paragraph without any

    def blocks(self, container: _Element) -> Iterator[Block]:
        """Yield the paragraphs in the body, a cell or a text box."""
        for element in iter_children(container):
            kind = word_tag(element)
            if kind == "p":
                yield from self._read_paragraph(element)
            elif kind == "tbl":
                yield from self._read_table(element)
        if self._pending:  # no paragraph follows to which it could be joined
            yield from self._flush(ParagraphStyle(), "")

    def _read_paragraph(self, paragraph: _Element) -> Iterator[Block]:
        self._row += 1
        if self._is_blank(paragraph):
            return
        style = self._styles.for_paragraph(paragraph)
        text, boxes = self._text.read(paragraph, style.hidden)
        if not style.is_contents:
            self._pending += text
        if not _joins_next(paragraph):
            style_id = read_value(paragraph, "pPr", "pStyle")
            label = self._lists.next_label(style.list_id, style.list_level, style_id)
            yield from self._flush(style, label)
        pending, self._pending = self._pending, ""
        for box in boxes:
            yield from self.blocks(box)
        self._pending = pending

    def _is_blank(self, paragraph: _Element) -> bool:
        """Return whether a paragraph has nothing to read, not even a number, and ends no other."""
        if len(paragraph) or self._pending:
            return False
        self._empty = self._empty or self._styles.for_paragraph(paragraph)
        return self._empty.list_id is None

    def _flush(self, style: ParagraphStyle, label: str) -> Iterator[Block]:
        """Yield a block for each line of the pending text."""
        text, self._pending = self._pending, ""
        texts = split_lines(text)
        if texts and style.kind is not BlockKind.BODY:
            texts = [joined_lines(text)]
        for line in texts:
            yield Block(label + line, style.kind, row=self._row, level=style.level)
            label = ""

    def _read_table(self, table: _Element) -> Iterator[Block]:
        for row in iter_children(table):
            if word_tag(row) == "tr" and find_child(row, "trPr", "del") is None:
                yield from merge_row([list(self._read_cell(c)) for c in iter_children(row)])

    def _read_cell(self, cell: _Element) -> Iterator[Block]:
        """Yield a cell's paragraphs; none for the rest of a merged cell."""
        properties = find_child(cell, "tcPr")
        is_continuation = any(
            (merge := find_child(properties, kind)) is not None
            and merge.get(W + "val") != "restart"
            for kind in ("vMerge", "hMerge")
        )
        if (
            word_tag(cell) == "tc"
            and not is_continuation
            and find_child(properties, "cellDel") is None
        ):
            yield from self.blocks(cell)


def _joins_next(paragraph: _Element) -> bool:
    """Return whether a paragraph and the next are one.

    They are where the paragraph mark between them was deleted, and where the first is a drop cap.
    """
    properties = find_child(paragraph, "pPr")
    marks = (find_child(properties, "rPr", kind) for kind in ("del", "moveFrom"))
    frame = find_child(properties, "framePr")
    is_drop_cap = frame is not None and frame.get(W + "dropCap") in {"drop", "margin"}
    return is_drop_cap or any(mark is not None for mark in marks)
