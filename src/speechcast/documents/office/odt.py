"""Read an OpenDocument text (.odt) into paragraphs.

The text is what LibreOffice Writer would print, without notes, comments, indexes, headers and
footers, which are listed as left out. The format is OASIS OpenDocument 1.3, part 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...model import BlockKind
from ...text.whitespace import joined_lines, split_lines
from ..block import CONTENTS, HEADERS, HIDDEN_TEXT, SAMPLE_LENGTH, Block, LeftOut
from ..colors import UNKNOWN
from ..pieces import Piece, join_pieces
from ..ruby import with_readings
from ..tables import merge_row
from .archive import Archive, encrypted_error
from .numerals import parse_int
from .odt_styles import STYLE, TABLE, TEXT, ListCounter, OdtStyles, odf_tag
from .odt_unread import find_left_out, hides_itself, list_without_text
from .page_numbers import PAGE_NUMBER_MARK, is_page_number

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
# Elements without text that anybody could miss: a script, a number of the page.
_SKIPPED = frozenset(
    "text:tracked-changes text:page-number text:page-count text:script text:sequence-decls "
    "text:variable-decls text:user-field-decls office:annotation-end office:forms "
    "office:event-listeners table:covered-table-cell ?".split()
)
_HEADERS = frozenset(
    f"style:{part}{page}" for part in ("header", "footer") for page in ("", "-left", "-first")
)
_PAGE_NUMBERS = frozenset(("text:page-number", "text:page-count"))
_CHARACTERS = {"text:tab": "\t", "text:line-break": "\n"}
_BACKGROUNDS = {"table:table": ("table",), "text:section": ("section",)}  # families of styles
_MAX_SPACES = 100  # that one element may stand for; a damaged file may say any number
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
    headers = _read_headers(*styles)
    return [*headers, *reader.blocks(body), *reader.left_out]


def _read_headers(*roots: _Element) -> list[LeftOut]:
    """Return each text of the headers and footers that is more than a page number."""
    lines: dict[str, None] = {}
    reader = _BodyReader(OdtStyles(*roots))
    for element in (e for root in roots for e in root.iter() if odf_tag(e) in _HEADERS):
        if element.get(STYLE + "display") != "false":
            lines.update(
                dict.fromkeys(block.text[:SAMPLE_LENGTH] for block in reader.blocks(element))
            )
    return [LeftOut(HEADERS, line) for line in lines]


def _read_sign(element: _Element, kind: str) -> str:
    """Return what an element stands for that is a character or a few; "" of others."""
    if kind == "text:s":
        return " " * min(_MAX_SPACES, parse_int(element.get(TEXT + "c"), 1))
    return PAGE_NUMBER_MARK if kind in _PAGE_NUMBERS else _CHARACTERS.get(kind, "")


def _read_ruby(element: _Element) -> str:
    """Return the characters under a ruby, with their readings; "" if it is no pinyin."""
    base, over = ("".join(map(str, e.itertext())) for e in (*element, element, element)[:2])
    return with_readings(base, over) or ""


class _BodyReader:
    """One pass over a document's body, in reading order.

    Attributes:
        left_out: What cannot be read in what has been passed.
    """

    def __init__(self, styles: OdtStyles) -> None:
        self._styles = styles
        self._row = 0
        self._background = styles.page_background()  # the colour behind the paragraphs
        self.left_out: list[LeftOut] = []
        self._outline = ListCounter(styles.outline)
        self._by_id: dict[str, ListCounter] = {}
        self._by_style: dict[str | None, ListCounter] = {}

    def blocks(self, container: _Element) -> Iterator[Block]:
        """Yield the paragraphs in a body, section, cell or text box."""
        for element in container:
            kind = odf_tag(element)
            if kind in _SKIPPED or self._leave_out_by_kind(element):
                continue
            if element.get(TEXT + "is-hidden") == "true":
                self._leave_out_hidden(element)
                continue
            if kind in {"text:p", "text:h"}:
                yield from self._read_paragraph(element)
            elif kind == "text:list":
                yield from self._read_list(element, 1, None, None)
            elif kind == "table:table-row":
                yield from self._read_row(element)
            else:
                yield from self._read_on(element, *_BACKGROUNDS.get(kind, ()))

    def _read_paragraph(self, paragraph: _Element, label: str | None = None) -> Iterator[Block]:
        self._row += 1
        kind, level = self._styles.classify(paragraph)
        if label is None:
            label = self._outline.next_label(level) if odf_tag(paragraph) == "text:h" else ""
        boxes: list[_Element] = []
        hidden = self._styles.is_hidden(paragraph, "paragraph") or hides_itself(paragraph)
        if hidden:
            self._leave_out_hidden(paragraph)
        marks: list[LeftOut] = []
        text = join_pieces(self._read_paragraph_text(paragraph, boxes, hidden), marks)
        self.left_out += [replace(piece, row=self._row) for piece in marks]
        unread = (piece for box in boxes for piece in list_without_text(box))
        self.left_out += [replace(piece, row=self._row) for piece in unread]
        texts = [] if is_page_number(text) else split_lines(text)
        if texts and self._styles.is_contents_line(paragraph):
            self._leave_out(CONTENTS, text)
            texts = []
        for line in [joined_lines(text)] if texts and kind is not BlockKind.BODY else texts:
            yield Block(label + line, kind, row=self._row, level=level)
            label = ""
        background, self._background = self._background, UNKNOWN
        for box in boxes:
            yield from self.blocks(box)
        self._background = background

    def _read_paragraph_text(
        self, paragraph: _Element, boxes: list[_Element], hidden: bool
    ) -> Iterator[Piece]:
        """Yield the text of a paragraph in pieces, and note what of it nobody can see."""
        unseen: list[str] = []
        for piece, spans in self._read_text(paragraph, boxes, hidden, ()):
            if piece.text.strip() and self._styles.is_unseen(spans, paragraph, self._background):
                unseen.append(piece.text)
            else:
                yield piece
        self._leave_out(HIDDEN_TEXT, "".join(unseen))

    def _read_text(
        self,
        element: _Element,
        boxes: list[_Element],
        hidden: bool,
        spans: tuple[_Element, ...],
        shift: int = 0,
    ) -> Iterator[tuple[Piece, tuple[_Element, ...]]]:
        """Yield an element's text in pieces, each with the spans around it.

        Args:
            element: A paragraph, or an element inside one.
            boxes: Receives the drawings in it, whose text is a paragraph of its own.
            hidden: Whether the text is not printed, or is struck through.
            spans: The spans around the text, the innermost first.
            shift: 1 where the text is raised, -1 where it is lowered.
        """
        if not hidden:
            yield Piece(_WHITESPACE.sub(" ", element.text or ""), shift), spans
        for child in element:
            kind = odf_tag(child)
            if kind.startswith("draw:"):
                boxes.append(child)
            elif (sign := _read_sign(child, kind)) and not hidden:
                yield Piece(sign, shift), spans
            elif kind == "text:ruby" and not hidden and (text := _read_ruby(child)):
                yield Piece(text, shift), spans
            elif kind not in _SKIPPED and (hidden or not self._leave_out_by_kind(child)):
                is_span = kind == "text:span"
                hides = is_span and self._styles.is_hidden(child, "text")
                if hides and not hidden:
                    self._leave_out_hidden(child)
                inner = (self._styles.shift(child) if is_span else 0) or shift
                around = (child, *spans) if is_span else spans
                yield from self._read_text(child, boxes, hidden or hides, around, inner)
            if not hidden:
                yield Piece(_WHITESPACE.sub(" ", child.tail or ""), shift), spans

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
        around = self._background
        self._background = self._styles.background(row, "table-row") or around
        yield from merge_row([list(self._read_on(cell, "table-cell")) for cell in cells])
        self._background = around

    def _read_on(self, container: _Element, *families: str) -> Iterator[Block]:
        """Yield the paragraphs in an element, whose style may give their background a colour."""
        around = self._background
        colors = (self._styles.background(container, family) for family in families)
        self._background = next(filter(None, colors), around)
        yield from self.blocks(container)
        self._background = around

    def _leave_out_by_kind(self, element: _Element) -> bool:
        """Return whether an element is not read for what it is, and note that."""
        piece = find_left_out(element)
        if piece is not None:
            self._leave_out(piece.kind, piece.text)
        return piece is not None

    def _leave_out_hidden(self, element: _Element) -> None:
        """Note that an element is not shown, if it has text."""
        self._leave_out(HIDDEN_TEXT, "".join(map(str, element.itertext())))

    def _leave_out(self, kind: str, text: str) -> None:
        """Note that a text is not read, if there is any."""
        if sample := _WHITESPACE.sub(" ", text).strip()[:SAMPLE_LENGTH]:
            self.left_out.append(LeftOut(kind, sample, row=max(1, self._row)))
