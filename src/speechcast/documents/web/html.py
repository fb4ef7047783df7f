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
from ..optional_packages import require_package
from .elements import ElementReader

if TYPE_CHECKING:
    from bs4 import Tag
    from lxml.etree import _Element

_DECLARED_ENCODING = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_HEAD_BYTES = 4096  # bytes in which a page names its encoding
_SKIPPED_TAGS = frozenset(
    "aside audio button canvas datalist dialog embed footer header iframe input map math nav "
    "noscript object picture pre rp rt rtc script select style svg template textarea title video "
    "del s strike".split()
)
_SKIPPED_ROLES = frozenset(  # roles of what is not the text itself, and what notes are marked with
    "navigation banner contentinfo complementary search doc-noteref doc-footnote doc-endnotes "
    "noteref footnote footnotes endnote endnotes rearnote rearnotes pagebreak".split()
)
_SKIPPED_CLASSES = frozenset(("noprint", "mw-editsection"))
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|line-through", re.IGNORECASE
)
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_NOTE_MARK = re.compile(r"[\[(（〔]?(?:\d{1,3}|[a-z*†‡])[\])）〕]?$")


def blocks(data: bytes, path: Path) -> list[Block]:
    """The paragraphs of the page in `data`. Raises SourceError for what is no text."""
    require_package("bs4", path)
    if file_types.describe_mismatch(data, ".html"):
        raise file_types.misnamed_error(data, path)
    return read_page(data, path)


def read_page(data: bytes, path: Path) -> list[Block]:
    """The paragraphs of one page, of the text in it where it says which part that is."""
    soup = _parse(_decode_page(data, path), path)
    paragraphs = _read_element(_find_main_element(soup))
    headings = soup.find_all("h1")
    if (
        len(headings) == 1
        and not headings[0].find("a")
        and not any(b.level == 1 for b in paragraphs)
    ):
        paragraphs = _read_element(headings[0]) + paragraphs  # it stands above the text
    return paragraphs


def _decode_page(data: bytes, path: Path) -> str:
    """As UTF-8 where it is that, else as it says, else as it can be."""
    declared = _DECLARED_ENCODING.search(data[:_HEAD_BYTES])
    with suppress(UnicodeDecodeError):
        data.decode("utf-8")
        declared = None
    if declared and not declared[1].lower().startswith(b"utf"):
        with suppress(SourceError, UsageError):
            return encodings.decode_text(data, str(path), declared[1].decode("ascii"))
    return encodings.decode_text(data, str(path))


def _parse(text: str, path: Path) -> Tag:
    bs4 = require_package("bs4", path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it looks like something else
        try:
            tree: Tag = bs4.BeautifulSoup(text, "html.parser")
        except bs4.ParserRejectedMarkup as exc:
            raise SourceError(
                f"{path} is no web page; open it in a browser and save its text", path
            ) from exc
    return tree


def _find_main_element(soup: Tag) -> Tag:
    """The element that the text itself is in."""
    candidates = [*soup.find_all("main"), *soup.find_all(role="main")] or soup.find_all("article")
    outermost = [
        tag for tag in candidates if tag.get_text(strip=True) and tag.find_parent(tag.name) is None
    ]
    return outermost[0] if len(outermost) == 1 else soup


def _read_element(root: Tag) -> list[Block]:
    """What a reader is told by an element; no recursion, however deep its elements lie."""
    from bs4.element import CData, NavigableString, Tag

    reader = ElementReader()
    reader.open(root)
    open_tags = [(root, iter(root.contents))]
    while open_tags:
        tag, rest = open_tags[-1]
        node = next(rest, None)
        if node is None:
            open_tags.pop()
            reader.close(tag)
        elif isinstance(node, Tag):
            if _is_read(node):
                reader.open(node)
                open_tags.append((node, iter(node.contents)))
        elif type(node) in {NavigableString, CData}:
            reader.text_pieces.append(str(node))
    return reader.finish()


def _is_read(tag: Tag) -> bool:
    if tag.name in _SKIPPED_TAGS or tag.has_attr("hidden") or tag.get("aria-hidden") == "true":
        return False
    roles = f"{tag.get('role', '')} {tag.get('epub:type', '')}".split()
    classes = tag.get("class") or ()
    if not _SKIPPED_ROLES.isdisjoint(roles) or not _SKIPPED_CLASSES.isdisjoint(classes):
        return False
    if _HIDING_STYLE.search(str(tag.get("style", ""))):
        return False
    return not (tag.name == "sup" and tag.find("a") and _NOTE_MARK.match(tag.get_text(strip=True)))


def book(data: bytes, path: Path) -> list[Block]:
    """The paragraphs of the .epub in `data`, in its reading order. Raises SourceError."""
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
    """Raise SourceError for a book whose text, and not only its fonts, is encrypted."""
    if _ENCRYPTION not in archive.names:
        return
    for method in _find_all(archive.read_xml(_ENCRYPTION), "EncryptionMethod"):
        if method.get("Algorithm") not in _FONTS_ONLY:
            raise SourceError(
                f"{archive.path} is protected (DRM); only the program it was bought for reads it. "
                f"Ask for an unprotected copy",
                archive.path,
            )


def _reading_order(archive: Archive) -> list[str]:
    """The names of the pages that are text, one after the other."""
    package = next(
        (
            p
            for e in _find_all(archive.read_xml(_CONTAINER), "rootfile")
            if (p := e.get("full-path"))
        ),
        "",
    )
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
    """The elements of this name, in whatever namespace."""
    return root.findall(f".//{{*}}{name}")
