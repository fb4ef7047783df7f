"""Read an OpenDocument text (.odt) into paragraphs.

The text is what LibreOffice Writer would print, without notes, comments and indexes. The format
is OASIS OpenDocument 1.3, part 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...model import BlockKind
from ...text.whitespace import joined_lines, split_lines
from ..block import EMBEDDED_OBJECTS, HIDDEN_TEXT, PICTURES, Block, LeftOut
from ..pieces import Piece, join_pieces
from ..tables import merge_row
from .archive import Archive, encrypted_error
from .numerals import parse_int
from .odt_styles import TABLE, TEXT, ListCounter, OdtStyles, odf_tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
# Elements whose text is not part of the speech: notes, comments, indexes, page numbers.
_SKIPPED = frozenset(
    "text:note text:ruby-text text:tracked-changes text:page-number text:page-count "
    "text:placeholder text:hidden-text text:hidden-paragraph text:script "
    "text:sequence-decls text:variable-decls "
    "text:user-field-decls text:table-of-content text:illustration-index text:table-index "
    "text:object-index text:user-index text:alphabetical-index text:bibliography "
    "office:annotation office:annotation-end office:forms office:event-listeners "
    "table:covered-table-cell ?".split()
)
_UNREAD = {
    "draw:image": PICTURES,
    "draw:object": EMBEDDED_OBJECTS,
    "draw:object-ole": EMBEDDED_OBJECTS,
}
_CHARACTERS = {"text:tab": "\t", "text:line-break": "\n"}
_MAX_SPACES = 100  # that one element may stand for; a damaged file may say any number
_SAMPLE_LENGTH = 24  # characters of what is left out, by which a user recognises it
_WHITESPACE = re.compile(r"[ \t\r\n]+")


def blocks(data: bytes, path: Path) -> list[Block | LeftOut]:
    """Return the paragraphs of the .odt file in `data`, and what is left out of it.

    Raises:
        SourceError: The file is no OpenDocument text, or is damaged, encrypted or too large.
    """
    archive = Archive(data, path)
    if _MANIFEST in archive.names and b"encryption-data" in archive.read(_MANIFEST):
        raise encrypted_error(path)
    if _CONTENT not in archive.names:
        raise archive.misnamed_error()
    content = archive.read_xml(_CONTENT)
    body = next((e for e in content.iter() if odf_tag(e) == "office:text"), None)
    if body is None:
        raise archive.misnamed_error()
    styles = [archive.read_xml(_STYLES)] if _STYLES in archive.names else []
    reader = _BodyReader(OdtStyles(content, *styles))
    return [*reader.blocks(body), *reader.left_out]


class _BodyReader:
    """One pass over a document's body, in reading order.

    Attributes:
        left_out: What cannot be read in what has been passed.
    """

    def __init__(self, styles: OdtStyles) -> None:
        self._styles = styles
        self._row = 0
        self.left_out: list[LeftOut] = []
        self._outline = ListCounter(styles.outline)
        self._by_id: dict[str, ListCounter] = {}
        self._by_style: dict[str | None, ListCounter] = {}

    def blocks(self, container: _Element) -> Iterator[Block]:
        """Yield the paragraphs in a body, section, cell or text box."""
        for element in container:
            kind = odf_tag(element)
            if kind in _SKIPPED:
                continue
            if element.get(TEXT + "display") == "none" or element.get(TEXT + "is-hidden") == "true":
                self._leave_out_hidden(element)
                continue
            if kind in {"text:p", "text:h"}:
                yield from self._read_paragraph(element)
            elif kind == "text:list":
                yield from self._read_list(element, 1, None, None)
            elif kind == "table:table-row":
                yield from self._read_row(element)
            else:
                yield from self.blocks(element)

    def _read_paragraph(self, paragraph: _Element, label: str | None = None) -> Iterator[Block]:
        self._row += 1
        kind, level = self._styles.classify(paragraph)
        if label is None:
            label = self._outline.next_label(level) if odf_tag(paragraph) == "text:h" else ""
        boxes: list[_Element] = []
        if hidden := self._styles.is_hidden(paragraph, "paragraph"):
            self._leave_out_hidden(paragraph)
        marks: list[LeftOut] = []
        text = join_pieces(self._read_text(paragraph, boxes, hidden), marks)
        self.left_out += [replace(piece, row=self._row) for piece in marks]
        kinds = (kind for box in boxes for kind in _find_unread(box))
        self.left_out += [LeftOut(kind, row=self._row) for kind in kinds]
        texts = [] if self._styles.is_contents_line(paragraph) else split_lines(text)
        for line in [joined_lines(text)] if texts and kind is not BlockKind.BODY else texts:
            yield Block(label + line, kind, row=self._row, level=level)
            label = ""
        for box in boxes:
            yield from self.blocks(box)

    def _read_text(
        self, element: _Element, boxes: list[_Element], hidden: bool, shift: int = 0
    ) -> Iterator[Piece]:
        """Yield an element's text in pieces.

        Args:
            element: A paragraph, or an element inside one.
            boxes: Receives the drawings in it, whose text is a paragraph of its own.
            hidden: Whether the text is not printed, or is struck through.
            shift: 1 where the text is raised, -1 where it is lowered.
        """
        if not hidden:
            yield Piece(_WHITESPACE.sub(" ", element.text or ""), shift)
        for child in element:
            kind = odf_tag(child)
            if kind.startswith("draw:"):
                boxes.append(child)
            elif kind == "text:s" and not hidden:
                spaces = min(_MAX_SPACES, parse_int(child.get(TEXT + "c"), 1))
                yield Piece(" " * spaces, shift)
            elif kind in _CHARACTERS and not hidden:
                yield Piece(_CHARACTERS[kind], shift)
            elif kind not in _SKIPPED:
                is_span = kind == "text:span"
                hides = is_span and self._styles.is_hidden(child, "text")
                if hides and not hidden:
                    self._leave_out_hidden(child)
                inner = (self._styles.shift(child) if is_span else 0) or shift
                yield from self._read_text(child, boxes, hidden or hides, inner)
            if not hidden:
                yield Piece(_WHITESPACE.sub(" ", child.tail or ""), shift)

    def _read_list(
        self, element: _Element, depth: int, style: str | None, counter: ListCounter | None
    ) -> Iterator[Block]:
        """Yield the paragraphs of a list, with their numbers.

        Args:
            element: The list.
            depth: How deep it is nested, from 1.
            style: The name of the list style of the lists around it.
            counter: Their counter; None for an outermost list.
        """
        style = element.get(TEXT + "style-name") or style
        if counter is None or not counter.levels:
            counter = self._find_counter(element, style)
        for item in element:
            label = None if odf_tag(item) == "text:list-item" else ""
            for child in item:
                kind = odf_tag(child)
                if kind == "text:list":
                    yield from self._read_list(child, depth + 1, style, counter)
                elif kind in {"text:p", "text:h"}:
                    if label is None:
                        start = item.get(TEXT + "start-value")
                        label = counter.next_label(
                            depth, None if start is None else parse_int(start, 1)
                        )
                    yield from self._read_paragraph(child, label)
                    label = ""
                elif kind not in _SKIPPED:
                    yield from self.blocks(child)

    def _find_counter(self, element: _Element, style: str | None) -> ListCounter:
        """Return a list's counter, shared with the list it continues."""
        counter = self._by_id.get(element.get(TEXT + "continue-list") or "")
        if counter is None and element.get(TEXT + "continue-numbering") == "true":
            counter = self._by_style.get(style)
        counter = counter or ListCounter(self._styles.list_levels(style))
        self._by_style[style] = counter
        if list_id := element.get(_ID):
            self._by_id[list_id] = counter
        return counter

    def _read_row(self, row: _Element) -> Iterator[Block]:
        if row.get(TABLE + "visibility") not in {None, "visible"}:
            self._leave_out_hidden(row)
            return
        for cell in row:
            if odf_tag(cell) == "table:covered-table-cell":
                self._leave_out_hidden(cell)
        cells = (cell for cell in row if odf_tag(cell) == "table:table-cell")
        yield from merge_row([list(self.blocks(cell)) for cell in cells])

    def _leave_out_hidden(self, element: _Element) -> None:
        """Note that an element is not shown, if it has text."""
        if text := "".join(map(str, element.itertext())).strip():
            sample = _WHITESPACE.sub(" ", text)[:_SAMPLE_LENGTH]
            self.left_out.append(LeftOut(HIDDEN_TEXT, sample, row=max(1, self._row)))


def _find_unread(drawing: _Element) -> list[str]:
    """Return the kinds of what a drawing shows without text; an object's picture is no other."""
    kinds = [_UNREAD[tag] for e in drawing.iter() if (tag := odf_tag(e)) in _UNREAD]
    objects = [kind for kind in kinds if kind != PICTURES]
    return objects or kinds
