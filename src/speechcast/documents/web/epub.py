"""Read an e-book (.epub) into paragraphs: its pages, in reading order.

The format is EPUB 3.3 (W3C): a zip archive with a package document that lists the pages.
"""

from __future__ import annotations

import posixpath
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ...errors import SourceError
from ..block import Block
from ..office.archive import Archive
from ..optional_packages import require_package
from .html import read_page

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
# Methods that obfuscate fonts, and leave the text readable: of the IDPF and of Adobe.
_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


def blocks(data: bytes, path: Path) -> list[Block]:
    """Return the paragraphs of the .epub file in `data`.

    Raises:
        SourceError: It is no e-book, or is damaged, protected or too large, or the package
            beautifulsoup4 is not installed.
    """
    require_package("bs4", path)
    archive = Archive(data, path)
    if _CONTAINER not in archive.names:
        raise archive.misnamed_error()
    _refuse_protected(archive)
    paragraphs: list[Block] = []
    for name in _reading_order(archive):
        if text := archive.read(name).strip():
            paragraphs += read_page(text, path)
    return [replace(block, row=row) for row, block in enumerate(paragraphs, 1)]


def _refuse_protected(archive: Archive) -> None:
    """Raise SourceError if more than the fonts of a book is encrypted."""
    if _ENCRYPTION not in archive.names:
        return
    for method in _find_all(archive.read_xml(_ENCRYPTION), "EncryptionMethod"):
        if method.get("Algorithm") not in _FONTS_ONLY:
            raise SourceError(
                f"{archive.path} is protected (DRM), so only the reader it was bought for can "
                f"open it; ask for an unprotected copy",
                archive.path,
            )


def _reading_order(archive: Archive) -> list[str]:
    """Return the names of the pages, in order, without tables of contents."""
    rootfiles = _find_all(archive.read_xml(_CONTAINER), "rootfile")
    package = next((name for e in rootfiles if (name := e.get("full-path"))), "")
    root = archive.read_xml(package)
    items = {e.get("id"): e for e in _find_all(root, "item")}
    list_pages = {
        e.get("href", "").partition("#")[0] for e in _find_all(root, "reference") if _is_list(e)
    }
    names = []
    for reference in _find_all(root, "itemref"):
        item = items.get(reference.get("idref"))
        if (
            item is None
            or reference.get("linear") == "no"
            or "html" not in item.get("media-type", "")
        ):
            continue
        href = item.get("href", "").partition("#")[0]
        if href not in list_pages and "nav" not in item.get("properties", "").split():
            names.append(
                posixpath.normpath(posixpath.join(posixpath.dirname(package), unquote(href)))
            )
    return names


def _is_list(reference: _Element) -> bool:
    return reference.get("type") in {"toc", "loi", "lot", "index"}


def _find_all(root: _Element, name: str) -> list[_Element]:
    """Return the descendants with this tag, in any namespace."""
    return root.findall(f".//{{*}}{name}")
