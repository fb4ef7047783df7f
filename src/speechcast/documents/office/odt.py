"""An OpenDocument text to paragraphs: what it would print, notes and comments aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ...model import BlockKind
from ..block import Block
from ..tables import lines, one_line, row_of_blocks
from .archive import Archive, encrypted
from .numerals import number
from .odt_styles import TABLE, TEXT, Count, Styles, name

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
# Elements with text in them that is no part of what the document says.
_LEFT_OUT = frozenset(
    "text:note text:ruby-text text:tracked-changes text:page-number text:page-count "
    "text:placeholder text:hidden-text text:hidden-paragraph text:script "
    "text:sequence-decls text:variable-decls "
    "text:user-field-decls text:table-of-content text:illustration-index text:table-index "
    "text:object-index text:user-index text:alphabetical-index text:bibliography "
    "office:annotation office:annotation-end office:forms office:event-listeners "
    "table:covered-table-cell ?".split()
)
_SIGNS = {"text:tab": "\t", "text:line-break": "\n"}
_MOST_SPACES = 100
_WHITE = re.compile(r"[ \t\r\n]+")


def blocks(data: bytes, path: Path) -> list[Block]:
    """The paragraphs of the .odt in `data`. Raises SourceError for what is none."""
    archive = Archive(data, path)
    if _MANIFEST in archive.names and b"encryption-data" in archive.read(_MANIFEST):
        raise encrypted(path)
    if _CONTENT not in archive.names:
        raise archive.misnamed()
    content = archive.xml(_CONTENT)
    body = next((e for e in content.iter() if name(e) == "office:text"), None)
    if body is None:
        raise archive.misnamed()
    styles = [archive.xml(_STYLES)] if _STYLES in archive.names else []
    return list(_Walk(Styles(content, *styles)).blocks(body))


class _Walk:
    """One pass over a document's body."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._row = 0
        self._outline = Count(styles.outline)
        self._by_id: dict[str, Count] = {}
        self._by_style: dict[str | None, Count] = {}

    def blocks(self, container: _Element) -> Iterator[Block]:
        """The paragraphs in the body, a section, a cell or a text box."""
        for element in container:
            kind = name(element)
            if kind in _LEFT_OUT or element.get(TEXT + "display") == "none":
                continue
            if kind in {"text:p", "text:h"}:
                yield from self._paragraph(element)
            elif kind == "text:list":
                yield from self._list(element, 1, None, None)
            elif kind == "table:table-row":
                yield from self._cells(element)
            else:
                yield from self.blocks(element)

    def _paragraph(self, paragraph: _Element, label: str | None = None) -> Iterator[Block]:
        self._row += 1
        kind, level = self._styles.kind(paragraph)
        if label is None:
            label = self._outline.label(level) if name(paragraph) == "text:h" else ""
        boxes: list[_Element] = []
        text = "".join(self._said(paragraph, boxes, self._styles.unseen(paragraph, "paragraph")))
        said = [] if self._styles.in_contents(paragraph) else lines(text)
        for line in [one_line(text)] if said and kind is not BlockKind.BODY else said:
            yield Block(label + line, kind, self._row, level=level)
            label = ""
        for box in boxes:
            yield from self.blocks(box)

    def _said(self, element: _Element, boxes: list[_Element], unseen: bool) -> Iterator[str]:
        """What an element says, a line end where it has one; the text boxes in it are kept."""
        if not unseen:
            yield _WHITE.sub(" ", element.text or "")
        for child in element:
            kind = name(child)
            if kind.startswith("draw:"):
                boxes.append(child)
            elif kind == "text:s" and not unseen:
                yield " " * min(_MOST_SPACES, number(child.get(TEXT + "c"), 1))
            elif kind in _SIGNS and not unseen:
                yield _SIGNS[kind]
            elif kind not in _LEFT_OUT:
                hidden = unseen or (kind == "text:span" and self._styles.unseen(child, "text"))
                yield from self._said(child, boxes, hidden)
            if not unseen:
                yield _WHITE.sub(" ", child.tail or "")

    def _list(
        self, element: _Element, at: int, style: str | None, count: Count | None
    ) -> Iterator[Block]:
        """The items of a list `at` this depth, in one of this style."""
        style = element.get(TEXT + "style-name") or style
        if count is None or not count.levels:
            count = self._count(element, style)
        for item in element:
            label = None if name(item) == "text:list-item" else ""
            for part in item:
                kind = name(part)
                if kind == "text:list":
                    yield from self._list(part, at + 1, style, count)
                elif kind in {"text:p", "text:h"}:
                    if label is None:
                        start = item.get(TEXT + "start-value")
                        label = count.label(at, None if start is None else number(start, 1))
                    yield from self._paragraph(part, label)
                    label = ""
                elif kind not in _LEFT_OUT:
                    yield from self.blocks(part)

    def _count(self, element: _Element, style: str | None) -> Count:
        """The count of a list: a new one, or that of the list it goes on from."""
        count = self._by_id.get(element.get(TEXT + "continue-list") or "")
        if count is None and element.get(TEXT + "continue-numbering") == "true":
            count = self._by_style.get(style)
        count = count or Count(self._styles.levels(style))
        self._by_style[style] = count
        if list_id := element.get(_ID):
            self._by_id[list_id] = count
        return count

    def _cells(self, row: _Element) -> Iterator[Block]:
        if row.get(TABLE + "visibility") in {None, "visible"}:
            cells = (cell for cell in row if name(cell) == "table:table-cell")
            yield from row_of_blocks([list(self.blocks(cell)) for cell in cells])
