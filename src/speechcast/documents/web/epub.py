"""Read an e-book (.epub) into paragraphs: its pages, in reading order.

The format is EPUB 3.3 (W3C): a zip archive with a package document that lists the pages.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ...errors import SourceError
from ...messages import _, mark
from ...model import BlockKind
from ..block import CONTENTS, NOTES, PICTURES, Block, LeftOut
from ..office.archive import Archive
from .html import parse_page
from .notes import Notes
from .page_reader import Page, Reading, read_element
from .style_sheet import find_added_text, find_hidden_names
from .tree import Element

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
# Methods that obfuscate fonts, and leave the text readable: of the IDPF and of Adobe.
_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_BESIDE = mark("pages beside the text")
_PAGE_SUFFIX = re.compile(r"\.(?:x?html?|xht)(?:#|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _SpineItem:
    """A page in the reading order of a book.

    Attributes:
        name: Its name in the archive.
        skipped_as: Why it is left out, as a plural noun; "" if it is read.
        is_list: Whether the book calls it a list of its contents.
    """

    name: str
    skipped_as: str
    is_list: bool


def blocks(data: bytes, path: Path) -> Sequence[Block | LeftOut]:
    """Return the paragraphs of the .epub file in `data`, and what is left out.

    Raises:
        SourceError: It is no e-book, or is damaged, protected or too large, has only pictures, or
            a page is missing.
    """
    archive = Archive(data, path)
    if _CONTAINER not in archive.names:
        raise archive.misnamed_error()
    _refuse_protected(archive)
    spine = _reading_order(archive)
    notes = Notes()
    pages = {item: _open(archive, item.name, notes) for item in spine if not item.skipped_as}
    for page in pages.values():
        notes.add_page(page.root, page.name)
    readings = [_read(item, pages.get(item)) for item in spine]
    paragraphs = [block for reading in readings for block in reading.blocks]
    left_out = list(_place_left_out(readings))
    if not paragraphs and any(piece.kind == PICTURES for piece in left_out):
        raise SourceError(
            _(
                "{path} has pictures of pages, and no text; have its text recognised (OCR), "
                "or ask for an edition with text"
            ).format(path=path),
            path,
        )
    return [*(replace(block, row=row) for row, block in enumerate(paragraphs, 1)), *left_out]


def _place_left_out(readings: Sequence[Reading]) -> Iterator[LeftOut]:
    """Yield what is left out of a book, at the number of the paragraph before it."""
    number = 0
    for reading in readings:
        rows = [block.row for block in reading.blocks]
        for piece in reading.left_out:
            yield replace(piece, row=max(1, number + bisect_right(rows, piece.row)))
        number += len(rows)


def _open(archive: Archive, name: str, notes: Notes) -> Page:
    """Return a page of the book; one without elements if it is empty."""
    data = archive.read(name)
    path = archive.path / name
    root = parse_page(data, path) if data.strip() else Element("#page", {}, 1, None)
    hidden_names = find_hidden_names(root, _read_style_sheets(archive, root, name))
    return Page(root, name, notes, in_book=True, hidden_names=hidden_names)


def _read_style_sheets(archive: Archive, page: Element, name: str) -> Iterator[str]:
    """Yield the style sheets of the book to which a page links."""
    for link in page.elements("link"):
        if "stylesheet" in link.attributes.get("rel", "").lower():
            sheet = _resolve_link(name, link.attributes.get("href", ""))
            if sheet in archive.names:
                yield archive.read(sheet).decode("utf-8", "replace")


def _refuse_protected(archive: Archive) -> None:
    """Raise SourceError if more than the fonts of a book is encrypted."""
    if _ENCRYPTION not in archive.names:
        return
    for method in _find_all(archive.read_xml(_ENCRYPTION), "EncryptionMethod"):
        if method.get("Algorithm") not in _FONTS_ONLY:
            raise SourceError(
                _(
                    "{path} is protected (DRM), so only the reader it was bought for can "
                    "open it; ask for an unprotected copy"
                ).format(path=archive.path),
                archive.path,
            )


def _read(item: _SpineItem, page: Page | None) -> Reading:
    """Return the text of a page; none of one that is left out."""
    if page is None:
        return Reading(left_out=[LeftOut(item.skipped_as, item.name)])
    reading = read_element(page, page.root, {})
    if item.is_list and 2 * reading.linked >= reading.length:
        return Reading(left_out=[LeftOut(CONTENTS, item.name)])
    if any(piece.kind == NOTES for piece in reading.left_out) and all(
        block.kind is BlockKind.HEADING for block in reading.blocks
    ):
        reading.blocks = []  # a page of notes, and the heading above them
    reading.left_out += find_added_text(page.root)
    return reading


def _reading_order(archive: Archive) -> list[_SpineItem]:
    """Return the pages in order, each once."""
    rootfiles = _find_all(archive.read_xml(_CONTAINER), "rootfile")
    package = next((name for e in rootfiles if (name := e.get("full-path"))), None)
    if package is None:
        raise archive.damaged_error(
            _("{container} names no package document").format(container=_CONTAINER)
        )
    root = archive.read_xml(package)
    items = {e.get("id"): e for e in _find_all(root, "item")}
    lists = {_page_name(package, e) for e in _find_all(root, "reference") if _is_list(e)}
    spine: dict[str, _SpineItem] = {}
    for reference in _find_all(root, "itemref"):
        item = items.get(reference.get("idref"))
        if item is None:
            raise archive.damaged_error(
                _("its reading order names the page {name}, which it does not list").format(
                    name=reference.get("idref")
                )
            )
        item = _with_fallback(item, items)
        name = _page_name(package, item)
        skipped_as = _why_skipped(item, reference)
        spine.setdefault(name, _SpineItem(name, skipped_as, is_list=name in lists))
    for item in filter(_is_page, items.values()):  # pages that only links lead to
        name = _page_name(package, item)
        if name in archive.names and name not in lists and not _why_skipped(item, item):
            spine.setdefault(name, _SpineItem(name, _BESIDE, is_list=False))
    return list(spine.values())


def _page_name(package: str, item: _Element) -> str:
    """Return the name in the archive of what an element of the package document links to."""
    return _resolve_link(package, item.get("href", ""))


def _resolve_link(source: str, href: str) -> str:
    """Return the name in the archive of what a part links to."""
    path = unquote(href.partition("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), path))


def _with_fallback(item: _Element, items: Mapping[str | None, _Element]) -> _Element:
    """Return the page that a book gives in place of an item that is none, or the item."""
    page = item
    for _item in items:
        if _is_page(page) or page.get("fallback") not in items:
            break
        page = items[page.get("fallback")]
    return page if _is_page(page) else item


def _is_page(item: _Element) -> bool:
    return (
        "html" in item.get("media-type", "")
        or _PAGE_SUFFIX.search(item.get("href", "")) is not None
    )


def _why_skipped(item: _Element, reference: _Element) -> str:
    """Return why a page is left out, as a plural noun; "" if it is read."""
    if "nav" in item.get("properties", "").split():
        return CONTENTS
    if not _is_page(item):
        return PICTURES
    return _BESIDE if reference.get("linear") == "no" else ""


def _is_list(reference: _Element) -> bool:
    return reference.get("type") in {"toc", "loi", "lot", "index"}


def _find_all(root: _Element, name: str) -> list[_Element]:
    """Return the descendants with this tag, in any namespace."""
    return root.findall(f".//{{*}}{name}")
