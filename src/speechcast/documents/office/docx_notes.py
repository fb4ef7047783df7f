"""Find notes that a Word document has as paragraphs, with links instead of Word's own notes.

Texts copied from the web have them: a mark in the text links to a bookmark in a paragraph further
below, which begins with the same mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..note_marks import is_note
from .ooxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARK = re.compile(r"[\[［〔【(（]?\s*+(?:注|註)?\s*+(?:\d{1,3}|[①-⑳]|[*†‡])\s*+[\]］〕】)）]?")


@dataclass(slots=True)
class LinkedNotes:
    """The notes of a document that are paragraphs, and the links that refer to them."""

    references: set[_Element] = field(default_factory=set)
    paragraphs: set[_Element] = field(default_factory=set)


def find_linked_notes(body: _Element) -> LinkedNotes:
    """Return the linked notes in the body of a document; each begins with its reference's mark."""
    links: list[tuple[_Element, str, str]] = []  # with the bookmark and the mark
    marks: dict[str, str] = {}  # of the links, by their bookmarks
    notes: dict[str, _Element] = {}  # by their bookmarks
    for paragraph in body.iter(W + "p"):
        text = _text_of(paragraph)
        names = [e.get(W + "name", "") for e in paragraph.iter(W + "bookmarkStart")]
        begun = [name for name in names if name in marks and text.startswith(marks[name])]
        notes |= dict.fromkeys(begun, paragraph)
        if not begun:
            new = _find_links(paragraph)
            links += new
            marks |= {name: mark for _, name, mark in new}
    referring = {link for link, name, _ in links if name in notes}
    return LinkedNotes(referring, set(notes.values()))


def _find_links(paragraph: _Element) -> list[tuple[_Element, str, str]]:
    """Return the links of a paragraph whose text is a mark, with their bookmarks and marks."""
    links = []
    for link in paragraph.iter(W + "hyperlink"):
        name, mark = link.get(W + "anchor"), _text_of(link)
        if name and _MARK.fullmatch(mark) and is_note(mark, "文"):
            links.append((link, name, mark))
    return links


def _text_of(element: _Element) -> str:
    return "".join(t.text or "" for t in element.iter(W + "t")).strip()
