"""Find the references of notes in a page, and the notes.

A reference is a small mark that links to a note, in any nesting of `a` and `sup`. The link's two
ends prove each other: a note begins with a link back, or is what a reference links to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..note_marks import is_note
from .tree import Element
from .unread import classes_of, roles_of

_REFERENCE_ROLES = frozenset(("noteref", "doc-noteref"))
_REFERENCE_CLASSES = frozenset(
    "footnote-ref footnoteref footnote-reference fnref noteref note-ref reference"
    " duokan-footnote".split()
)
_INLINE_TAGS = frozenset("a sup span small font b strong i em".split())
_MAX_MARK = 12  # characters of a reference: [12], 注3, （十二）
_MAX_NOTE = 4000  # characters of a note; what is longer is a chapter
# What a raised link to a note may show.
_LINKED_MARK = re.compile(
    r"[\[(（〔【]?\s*(?:(?:注释?|註|note)\s*)?(?:\d{1,4}|[a-z]{1,2}|[ivx]{1,5}|[*†‡§¶#※]{1,4}"
    r"|[一二三四五六七八九十]{1,3}|[①-⑳❶-❿㉑-㊿]{1,2}|注释?|註)\s*[\])）〕】]?|\[.{0,2}[注註]\]",
    re.IGNORECASE,
)
_BRACKETED_MARK = re.compile(r"[\[〔【]\s*+(?:注|註)?\s*+\d{1,3}\s*+[\]〕】]|[*†‡]{1,3}")
_RAISED_STYLE = re.compile(
    r"vertical-align\s*:\s*(?:super|top|text-top)|font-size\s*:\s*(?:0?\.|[1-7]?\d%)"
)
_RAISED_CLASS = re.compile(r"(?:^|[\s_-])(?:sup|super|superscript|fn|footnote|note)", re.IGNORECASE)
_NOTE_TAGS = frozenset("aside blockquote dd div dt li p section td tr".split())


@dataclass(slots=True)
class Notes:
    """The notes of a page or a book.

    Attributes:
        references: The elements that only refer to a note.
        anchors: The names, `page#id`, of the references, to which notes link back.
        targets: The names of the notes that references link to.
    """

    references: set[Element] = field(default_factory=set)
    anchors: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)

    def add_page(self, page: Element, name: str) -> None:
        """Find the references of a page.

        Args:
            page: The page.
            name: The page's name in its book; links in the page are relative to it.
        """
        ids = {
            i: e
            for e in page.descendants()
            if isinstance(e, Element)
            if (i := e.attributes.get("id"))
        }
        for element in _outermost_references(page, ids):
            self.references.add(element)
            for part in (element, *element.elements(*_INLINE_TAGS)):
                if part.attributes.get("id"):
                    self.anchors.add(f"{name}#{part.attributes['id']}")
                if href := part.attributes.get("href"):
                    self.targets.add(resolve(href, name))

    def is_note(self, element: Element, name: str) -> bool:
        """Return whether an element is the text of a note."""
        if element.name not in _NOTE_TAGS or not self.references:
            return False
        named = [element, *_first_elements(element)]
        is_target = any(f"{name}#{e.attributes.get('id')}" in self.targets for e in named)
        links_back = any(resolve(e.attributes.get("href", ""), name) in self.anchors for e in named)
        return (is_target or links_back) and len(element.text(_MAX_NOTE + 1)) <= _MAX_NOTE


def resolve(href: str, name: str) -> str:
    """Return the page and the fragment that a link in the page `name` leads to.

    >>> resolve("#n1", "text/a.xhtml"), resolve("b.xhtml#n2", "text/a.xhtml")
    ('text/a.xhtml#n1', 'text/b.xhtml#n2')
    """
    import posixpath
    from urllib.parse import unquote

    page, _, fragment = href.partition("#")
    if not fragment:
        return ""
    folder = posixpath.dirname(name)
    return (
        f"{posixpath.normpath(posixpath.join(folder, unquote(page))) if page else name}#{fragment}"
    )


def _outermost_references(page: Element, ids: dict[str, Element]) -> Iterator[Element]:
    """Yield the references that are not inside another."""
    remaining = [page]
    while remaining:
        element = remaining.pop()
        if _is_reference(element, ids):
            yield element
        else:
            remaining.extend(c for c in element.children if isinstance(c, Element))


def _is_reference(element: Element, ids: dict[str, Element]) -> bool:
    if not _REFERENCE_ROLES.isdisjoint(roles_of(element)):
        return True
    if element.name not in _INLINE_TAGS:
        return False
    mark = element.text(_MAX_MARK + 1)
    parts = [element, *_first_elements(element)]
    link = next((e.attributes["href"] for e in parts if "#" in e.attributes.get("href", "")), "")
    if not mark:  # a picture of a mark: the books of Duokan have them
        return bool(link) and any("duokan-footnote" in classes_of(e) for e in parts)
    return len(mark) <= _MAX_MARK and _refers(mark, parts, link, ids)


def _refers(mark: str, parts: list[Element], link: str, ids: dict[str, Element]) -> bool:
    """Return whether a short text in these elements refers to a note."""
    if any(not _REFERENCE_CLASSES.isdisjoint(classes_of(e)) for e in parts):
        return _LINKED_MARK.fullmatch(mark) is not None or is_note(mark, "")
    if not link:
        return False
    if any(map(_is_raised, parts)):
        return _LINKED_MARK.fullmatch(mark) is not None
    return _BRACKETED_MARK.fullmatch(mark) is not None or _is_proved(mark, link, ids)


def _is_raised(element: Element) -> bool:
    return (
        element.name == "sup"
        or _RAISED_STYLE.search(element.attributes.get("style", "")) is not None
        or _RAISED_CLASS.search(element.attributes.get("class", "")) is not None
    )


def _is_proved(mark: str, link: str, ids: dict[str, Element]) -> bool:
    """Return whether a mark in the line, ① or (1), is what its note begins with."""
    target = ids.get(link.partition("#")[2])
    if target is None or not is_note(mark, "") or target.name in {"h1", "h2", "h3", "h4"}:
        return False
    note = next((e for e in (target, *target.ancestors()) if e.name in _NOTE_TAGS), target)
    return note.text(_MAX_MARK).startswith(mark.strip())


def _first_elements(element: Element) -> list[Element]:
    """Return the few elements with which an element begins, each inside or after the other."""
    elements: list[Element] = []
    for visited, node in enumerate(element.descendants()):
        if visited > _MAX_MARK or (
            isinstance(node, str) and node.strip() and element.name in _NOTE_TAGS
        ):
            break
        if isinstance(node, Element):
            elements.append(node)
    return elements
