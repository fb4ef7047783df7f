"""A web page, or a book of them, to paragraphs: the text itself, without what stands around it."""

from __future__ import annotations

import posixpath
import re
import warnings
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ...errors import SourceError, UsageError
from ...text import encodings
from .. import file_types
from ..block import Block
from ..office.archive import Archive
from ..tables import optional
from .elements import Walk

if TYPE_CHECKING:
    from bs4 import Tag
    from lxml.etree import _Element

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page names its encoding
_LEFT_OUT = frozenset(
    "aside audio button canvas datalist dialog embed footer header iframe input map math nav "
    "noscript object picture pre rp rt rtc script select style svg template textarea title video "
    "del s strike".split()
)
_AROUND = frozenset(  # roles of what is not the text itself, and what notes are marked with
    "navigation banner contentinfo complementary search doc-noteref doc-footnote doc-endnotes "
    "noteref footnote footnotes endnote endnotes rearnote rearnotes pagebreak".split()
)
_NOT_PRINTED = frozenset(("noprint", "mw-editsection"))
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|line-through", re.IGNORECASE)
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_NOTE = re.compile(r"[\[(（〔]?(?:\d{1,3}|[a-z*†‡])[\])）〕]?$")


def blocks(data: bytes, path: Path) -> list[Block]:
    """The paragraphs of the page in `data`. Raises SourceError for what is no text."""
    optional("bs4", path)
    if file_types.other(data, ".html"):
        raise file_types.misnamed(data, path)
    return page(data, path)


def page(data: bytes, path: Path) -> list[Block]:
    """The paragraphs of one page, of the text in it where it says which part that is."""
    soup = _parsed(_decoded(data, path), path)
    found = _read(_heart(soup))
    title = soup.find_all("h1")
    if len(title) == 1 and not title[0].find("a") and not any(b.level == 1 for b in found):
        found = _read(title[0]) + found  # it stands above the text
    return found


def _decoded(data: bytes, path: Path) -> str:
    """As UTF-8 where it is that, else as it says, else as it can be."""
    declared = _DECLARED.search(data[:_HEAD])
    with suppress(UnicodeDecodeError):
        data.decode("utf-8")
        declared = None
    if declared and not declared[1].lower().startswith(b"utf"):
        with suppress(SourceError, UsageError):
            return encodings.decode(data, str(path), declared[1].decode("ascii"))
    return encodings.decode(data, str(path))


def _parsed(text: str, path: Path) -> Tag:
    soup = optional("bs4", path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it looks like something else
        try:
            tree: Tag = soup.BeautifulSoup(text, "html.parser")
        except soup.ParserRejectedMarkup as exc:
            raise SourceError(
                f"{path} is no web page; open it in a browser and save its text", path
            ) from exc
    return tree


def _heart(soup: Tag) -> Tag:
    """The element that the text itself is in."""
    marked = [*soup.find_all("main"), *soup.find_all(role="main")] or soup.find_all("article")
    top = [tag for tag in marked if tag.get_text(strip=True) and tag.find_parent(tag.name) is None]
    return top[0] if len(top) == 1 else soup


def _read(root: Tag) -> list[Block]:
    """What a reader is told by an element; no recursion, however deep its elements lie."""
    from bs4.element import CData, NavigableString, Tag

    walk = Walk()
    walk.opened(root)
    open_tags = [(root, iter(root.contents))]
    while open_tags:
        tag, rest = open_tags[-1]
        node = next(rest, None)
        if node is None:
            open_tags.pop()
            walk.closed(tag)
        elif isinstance(node, Tag):
            if _is_read(node):
                walk.opened(node)
                open_tags.append((node, iter(node.contents)))
        elif type(node) in {NavigableString, CData}:
            walk.said.append(str(node))
    return walk.finished()


def _is_read(tag: Tag) -> bool:
    if tag.name in _LEFT_OUT or tag.has_attr("hidden") or tag.get("aria-hidden") == "true":
        return False
    roles = f"{tag.get('role', '')} {tag.get('epub:type', '')}".split()
    classes = tag.get("class") or ()
    if not _AROUND.isdisjoint(roles) or not _NOT_PRINTED.isdisjoint(classes):
        return False
    if _UNSEEN.search(str(tag.get("style", ""))):
        return False
    return not (tag.name == "sup" and tag.find("a") and _NOTE.match(tag.get_text(strip=True)))


def book(data: bytes, path: Path) -> list[Block]:
    """The paragraphs of the .epub in `data`, in its reading order. Raises SourceError."""
    optional("bs4", path)
    archive = Archive(data, path)
    if _CONTAINER not in archive.names:
        raise archive.misnamed()
    _refuse_protected(archive)
    found: list[Block] = []
    for name in _reading_order(archive):
        if text := archive.read(name).strip():
            found += page(text, path)
    return [replace(block, row=row) for row, block in enumerate(found, 1)]


def _refuse_protected(archive: Archive) -> None:
    """Raise SourceError for a book whose text, and not only its fonts, is encrypted."""
    if _ENCRYPTION not in archive.names:
        return
    for method in _all(archive.xml(_ENCRYPTION), "EncryptionMethod"):
        if method.get("Algorithm") not in _FONTS_ONLY:
            raise SourceError(
                f"{archive.path} is protected (DRM); only the program it was bought for reads it. "
                f"Ask for an unprotected copy",
                archive.path,
            )


def _reading_order(archive: Archive) -> list[str]:
    """The names of the pages that are text, one after the other."""
    package = next(
        (p for e in _all(archive.xml(_CONTAINER), "rootfile") if (p := e.get("full-path"))), ""
    )
    root = archive.xml(package)
    items = {e.get("id"): e for e in _all(root, "item")}
    lists = {e.get("href", "").partition("#")[0] for e in _all(root, "reference") if _is_list(e)}
    found = []
    for place in _all(root, "itemref"):
        item = items.get(place.get("idref"))
        if item is None or place.get("linear") == "no" or "html" not in item.get("media-type", ""):
            continue
        href = item.get("href", "").partition("#")[0]
        if href not in lists and "nav" not in item.get("properties", "").split():
            found.append(
                posixpath.normpath(posixpath.join(posixpath.dirname(package), unquote(href)))
            )
    return found


def _is_list(reference: _Element) -> bool:
    return reference.get("type") in {"toc", "loi", "lot", "index"}


def _all(root: _Element, name: str) -> list[_Element]:
    """The elements of this name, in whatever namespace."""
    return root.findall(f".//{{*}}{name}")
