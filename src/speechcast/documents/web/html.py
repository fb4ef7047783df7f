"""Read a web page (.html) into paragraphs.

A page with one main element is read as that, if what surrounds it is no text of the speech; else
all of it is read but its navigation. Scripts, notes and everything hidden are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from html.entities import html5
from pathlib import Path

from ...errors import SourceError, UsageError
from ...messages import _
from ...text import encodings
from .. import file_types
from ..block import Block, LeftOut
from .main_text import read_main_text
from .notes import Notes
from .page_reader import Page, Reading
from .style_sheet import find_added_text, find_hidden_names, is_white_page
from .tags import BrokenTagsError
from .tree import Element, parse_html

_DECLARED_ENCODING = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_ENTITY = re.compile(r"<!ENTITY\s+([\w.-]+)")
_HEAD_BYTES = 4096  # the beginning of a page, where it declares its encoding and entities


def blocks(data: bytes, path: Path) -> Sequence[Block | LeftOut]:
    """Return the paragraphs of the web page in `data`, and what is left out.

    Raises:
        SourceError: It is no web page.
    """
    if file_types.describe_mismatch(data, ".html"):
        raise file_types.misnamed_error(data, path)
    reading = read_page(data, path)
    return [*reading.blocks, *reading.left_out]


def read_page(data: bytes, path: Path) -> Reading:
    """Return the text of a page, and what of it is left out.

    Args:
        data: The page.
        path: The file that holds it, for error messages.

    Raises:
        SourceError: The page is no text, or its tags are broken.
    """
    page = parse_page(data, path)
    notes = Notes()
    notes.add_page(page, path.name)
    reading = read_main_text(
        Page(
            page,
            path.name,
            notes,
            hidden_names=find_hidden_names(page),
            is_white=is_white_page(page),
        )
    )
    reading.left_out += find_added_text(page)
    return reading


def parse_page(data: bytes, path: Path) -> Element:
    """Return the elements of a page.

    Args:
        data: The page.
        path: The file that holds it, for error messages.

    Raises:
        SourceError: The page is no text, or its tags are broken.
    """
    text = _decode_page(data, path)
    _refuse_entities(text, path)
    try:
        return parse_html(text)
    except BrokenTagsError:
        raise SourceError(
            _(
                "{path} is not a web page: its tags have no end; open it in a browser and "
                "save its text"
            ).format(path=path),
            path,
        ) from None


def _refuse_entities(text: str, path: Path) -> None:
    """Raise SourceError if a page uses entities that it defines itself; they may be a bomb."""
    for name in _ENTITY.findall(text[:_HEAD_BYTES]):
        if f"{name};" not in html5 and f"&{name};" in text:
            raise SourceError(
                _(
                    "{path} has XML entities of its own (&{name};); open it in a browser and "
                    "save its text"
                ).format(path=path, name=name),
                path,
            )


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
