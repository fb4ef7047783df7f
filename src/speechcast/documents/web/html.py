"""Read the main text of a web page (.html) into paragraphs.

Navigation, headers, footers, scripts, notes and everything hidden are left out.
"""

from __future__ import annotations

import re
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import SourceError, UsageError
from ...text import encodings
from .. import file_types
from ..block import Block
from ..optional_packages import require_package
from .elements import ElementReader

if TYPE_CHECKING:
    from bs4 import Tag

_DECLARED_ENCODING = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_HEAD_BYTES = 4096  # the beginning of a page, where it declares its encoding
_SKIPPED_TAGS = frozenset(
    "aside audio button canvas datalist dialog embed footer header iframe input map math nav "
    "noscript object picture pre rp rt rtc script select style svg template textarea title video "
    "del s strike".split()
)
# Roles (WAI-ARIA, DPUB-ARIA) and `epub:type`s of what surrounds the text, and of notes.
_SKIPPED_ROLES = frozenset(
    "navigation banner contentinfo complementary search doc-noteref doc-footnote doc-endnotes "
    "noteref footnote footnotes endnote endnotes rearnote rearnotes pagebreak".split()
)
_SKIPPED_CLASSES = frozenset(("noprint", "mw-editsection"))  # of MediaWiki, as on Wikisource
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|line-through", re.IGNORECASE
)
_NOTE_MARK = re.compile(r"[\[(（〔]?(?:\d{1,3}|[a-z*†‡])[\])）〕]?$")


def blocks(data: bytes, path: Path) -> list[Block]:
    """Return the paragraphs of the web page in `data`.

    Raises:
        SourceError: It is no web page, or the package beautifulsoup4 is not installed.
    """
    require_package("bs4", path)
    if file_types.describe_mismatch(data, ".html"):
        raise file_types.misnamed_error(data, path)
    return read_page(data, path)


def read_page(data: bytes, path: Path) -> list[Block]:
    """Return the paragraphs of a page, or of its main element.

    Args:
        data: The page.
        path: The file that holds it, for error messages.

    Raises:
        SourceError: The page is no text.
    """
    soup = _parse(_decode_page(data, path), path)
    paragraphs = _read_element(_find_main_element(soup))
    headings = soup.find_all("h1")
    if (
        len(headings) == 1
        and not headings[0].find("a")
        and not any(b.level == 1 for b in paragraphs)
    ):
        paragraphs = _read_element(headings[0]) + paragraphs  # the title, above the main element
    return paragraphs


def _decode_page(data: bytes, path: Path) -> str:
    """Decode a page as UTF-8, else as it declares, else by detection."""
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
        warnings.simplefilter("ignore")  # Beautiful Soup's: "looks like XML", "like a file name"
        try:
            tree: Tag = bs4.BeautifulSoup(text, "html.parser")
        except bs4.ParserRejectedMarkup as exc:
            raise SourceError(
                f"{path} is not a web page; open it in a browser and save its text", path
            ) from exc
    return tree


def _find_main_element(soup: Tag) -> Tag:
    """Return the main element: `main`, `article`, or the whole page."""
    candidates = [*soup.find_all("main"), *soup.find_all(role="main")] or soup.find_all("article")
    outermost = [
        tag for tag in candidates if tag.get_text(strip=True) and tag.find_parent(tag.name) is None
    ]
    return outermost[0] if len(outermost) == 1 else soup


def _read_element(root: Tag) -> list[Block]:
    """Return an element's paragraphs.

    The elements are walked without recursion, so that no nesting is too deep.
    """
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
