"""Read a Word document (.docx) into paragraphs.

The text is what Word would print with all tracked changes accepted, without foot- and endnotes,
comments, headers and footers, which are listed as left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...model import BlockKind
from ...text.whitespace import joined_lines, split_lines
from ..block import CONTENTS, LINKED_DOCUMENTS, NOTES, SAMPLE_LENGTH, Block, LeftOut, separate
from ..colors import UNKNOWN
from ..tables import merge_row
from . import ooxml
from .archive import Archive
from .docx_appearance import find_background, has_own_background, is_flat
from .docx_beside import read_headers, read_referred_texts
from .docx_cells import MergedCells
from .docx_drawings import DIAGRAM, make_box
from .docx_fields import FieldNumbers
from .docx_notes import LinkedNotes, find_linked_notes
from .docx_numbering import WordLists
from .docx_parts import RelatedParts
from .docx_styles import ParagraphStyle, WordStyles
from .docx_text import (
    ParagraphReader,
    describe_hidden,
    describe_unread_control,
)
from .ooxml import W, find_child, iter_children, read_switch, read_value, word_tag
from .page_numbers import is_page_number

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEFAULT_BODY_PART = "word/document.xml"


def blocks(data: bytes, path: Path) -> list[Block | LeftOut]:
    """Return the paragraphs of the .docx file in `data`, and what is left out of it.

    Raises:
        SourceError: The file is no Word document, or is damaged, encrypted or too large.
    """
    return _read_document(data, path, 0)


def _read_document(data: bytes, path: Path, depth: int) -> list[Block | LeftOut]:
    """Return what `blocks` does, of a document that is merged into `depth` others."""
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
    parts = RelatedParts(archive, body_name, _read_document, depth)
    notes, word_styles = find_linked_notes(body), WordStyles(styles)
    text = ParagraphReader(
        word_styles,
        FieldNumbers(lists := WordLists(numbering)),
        notes.references,
        read_referred_texts(archive, body_name),
    )
    text.background = UNKNOWN if has_own_background(root) else ""
    reader = _BodyReader(word_styles, lists, parts, notes, text)
    headers = [] if depth else read_headers(archive, body_name, word_styles)
    return [*headers, *reader.blocks(body), *reader.left_out]


class _BodyReader:
    """One pass over a document's body, in reading order.

    Attributes:
        left_out: What cannot be read in what has been passed.
    """

    def __init__(
        self,
        styles: WordStyles,
        lists: WordLists,
        parts: RelatedParts,
        notes: LinkedNotes,
        text: ParagraphReader,
    ) -> None:
        self._styles = styles
        self._lists = lists
        self._parts = parts
        self._notes = notes
        self._text = text
        self._row = 0
        self._pending = ""  # the text of paragraphs that are joined to the next one
        self.left_out: list[LeftOut] = []
        self._empty: ParagraphStyle | None = None  # the style of a paragraph without any

    def blocks(self, container: _Element) -> Iterator[Block]:
        """Yield the paragraphs in the body, a cell or a text box."""
        for element in iter_children(container):
            kind = word_tag(element)
            if kind == "p":
                yield from self._read_paragraph(element)
            elif kind == "tbl":
                yield from self._read_table(element)
            elif kind == "altChunk":
                yield from self._read_merged(element)
            elif kind == "sdt":
                self._leave_out(describe_unread_control(element))
            elif kind == "subDoc":
                self._leave_out([LeftOut(LINKED_DOCUMENTS)])
            elif kind.startswith("m:"):
                yield from self._read_paragraph(element)
        if self._pending:  # no paragraph follows to which it could be joined
            yield from self._flush(ParagraphStyle(), "")

    def _leave_out(self, pieces: Iterable[LeftOut]) -> None:
        """Note what cannot be read at the paragraph that has been reached."""
        self.left_out += [replace(piece, row=max(1, self._row)) for piece in pieces]

    def _read_paragraph(self, paragraph: _Element) -> Iterator[Block]:
        self._row += 1
        if self._is_blank(paragraph):
            return
        style = self._styles.for_paragraph(paragraph)
        shown = self._text.read(paragraph, style)
        if paragraph in self._notes.paragraphs:
            self._leave_out([LeftOut(NOTES, shown.text.strip()[:SAMPLE_LENGTH])])
            return
        if style.is_contents and shown.text.strip():
            self._leave_out([LeftOut(CONTENTS, shown.text.strip()[:SAMPLE_LENGTH])])
        elif not is_page_number(shown.text):
            self._pending += shown.text
        self._leave_out(shown.unread)
        if not _joins_next(paragraph):
            style_id = read_value(paragraph, "pPr", "pStyle")
            label = self._lists.next_label(style.list_id, style.list_level, style_id)
            yield from self._flush(style, label)
        pending, self._pending = self._pending, ""
        background, self._text.background = self._text.background, UNKNOWN
        for box in shown.boxes:
            yield from self.blocks(self._box_content(box))
        self._pending, self._text.background = pending, background

    def _box_content(self, box: _Element) -> _Element:
        """Return the paragraphs of a text box or of a diagram."""
        return make_box(self._parts.read_diagram(box)) if box.tag == DIAGRAM else box

    def _read_merged(self, element: _Element) -> Iterator[Block]:
        blocks, left_out = separate(self._parts.read_merged(element))
        self.left_out += [replace(piece, row=self._row + piece.row) for piece in left_out]
        for block in blocks:
            self._row += 1
            yield replace(block, row=self._row, breaks=())

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
        merged = MergedCells()
        around = self._text.background
        for row in iter_children(table):
            if word_tag(row) != "tr" or find_child(row, "trPr", "del") is not None:
                continue
            height = find_child(row, "trPr", "trHeight")
            if read_switch(find_child(row, "trPr"), "hidden") or is_flat(height, "val", "hRule"):
                self._leave_out(describe_hidden(row))
            else:
                cells = list[list[Block]]()
                for cell, continues in merged.read_row(row):
                    if continues:
                        self._leave_out(describe_hidden(cell))
                    else:
                        self._text.background = self._find_background(cell, table, around)
                        cells.append(list(self.blocks(cell)))
                self._text.background = around
                yield from merge_row(cells)

    def _find_background(self, cell: _Element, table: _Element, around: str) -> str:
        """Return the colour behind the text of a cell; see `TextAppearance.is_unseen`."""
        if (fill := find_background(cell, table)) is not None:
            return fill or around
        is_shaded = self._styles.is_shaded(read_value(table, "tblPr", "tblStyle"))
        return UNKNOWN if is_shaded else around


def _joins_next(paragraph: _Element) -> bool:
    """Return whether a paragraph and the next are one.

    They are where the paragraph mark between them was deleted, and where the first is a drop cap.
    """
    properties = find_child(paragraph, "pPr")
    marks = (find_child(properties, "rPr", kind) for kind in ("del", "moveFrom"))
    frame = find_child(properties, "framePr")
    is_drop_cap = frame is not None and frame.get(W + "dropCap") in {"drop", "margin"}
    return is_drop_cap or any(mark is not None for mark in marks)
