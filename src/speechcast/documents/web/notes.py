"""Find the references of notes in a page, and the notes.

A reference is a small mark that links to a note, in any nesting of `a` and `sup`. The two ends of
the link prove each other: a note begins or ends with a link back, or a reference links to it.
Where both ends look alike, the first on the page is the reference.
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
    " duokan-footnote msofootnotereference msoendnotereference".split()
)
_INLINE_TAGS = frozenset("a sup span small font b strong i em".split())
_MAX_MARK = 12  # characters of a reference: [12], 注3, （十二）
_MAX_NOTE = 4000  # characters of a note; what is longer is a chapter
# What a raised link to a note may show.
_LINKED_MARK = re.compile(
    r"[\[［(（〔【]?\s*(?:(?:注释?|註|note)\s*)?(?:\d{1,4}|[a-z]{1,2}|[ivx]{1,5}|[*†‡§¶#※]{1,4}"
    r"|[一二三四五六七八九十]{1,3}|[①-⑳❶-❿㉑-㊿]{1,2}|注释?|註)\s*[\]］)）〕】]?|\[.{0,2}[注註]\]",
    re.IGNORECASE,
)
_BRACKETED_MARK = re.compile(r"[\[［〔【]\s*+(?:注|註)?\s*+\d{1,3}\s*+[\]］〕】]|[*†‡]{1,3}")
_RAISED_STYLE = re.compile(
    r"vertical-align\s*:\s*(?:super|top|text-top)|font-size\s*:\s*(?:0?\.|[1-7]?\d%)"
)
_RAISED_CLASS = re.compile(r"(?:^|[\s_-])(?:sup|super|superscript|fn|footnote|note)", re.IGNORECASE)
_NOTE_TAGS = frozenset("aside blockquote dd div dt li p section td tr".split())
_WRAPPERS = frozenset("blockquote div section".split())  # may hold more than one note, and text
_NOTE_CLASS = re.compile(r"note|\bfn", re.IGNORECASE)
_LINES = frozenset("dd li p".split())
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# What a note may begin with before its anchor: [1], 1., 注1：, or the beginning of it.
_MARK_BEFORE_ANCHOR = re.compile(
    rf"[\[［(（〔【]?\s*(?:(?:{_LINKED_MARK.pattern})\s*)?[\]］)）〕】]?\s*[.．、:：]?",
    re.IGNORECASE,
)
_LINK_BACK = re.compile(r"[↩↑⤴⏎←⬆^]\ufe0e?|返回(?:正文|原文)?|back", re.IGNORECASE)
_MAX_WITH_REFERENCES = 1000  # characters of a note that has references; what is longer is text
_MAX_DESCENT = 8  # elements, each the last in the other


@dataclass(slots=True)
class Notes:
    """The notes of a page or a book.

    Attributes:
        references: The elements that only refer to a note.
        anchors: The names, `page#id`, of the references, to which notes link back.
        targets: The names of the notes that references link to.
        texts: The elements that hold the text of a note whose mark is an element of its own.
    """

    references: set[Element] = field(default_factory=set)
    anchors: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)
    texts: set[Element] = field(default_factory=set)
    _searched: set[Element] = field(default_factory=set)  # for texts of notes in them

    def add_page(self, page: Element, name: str) -> None:
        """Find the references of a page.

        Args:
            page: The page.
            name: The page's name in its book; links in the page are relative to it.
        """
        ids = {i: e for e in page.descendants() if isinstance(e, Element) for i in _names_of(e)}
        for element in _outermost_references(page, ids):
            self.references.add(element)
            parts = [element, *element.elements(*_INLINE_TAGS)]
            anchors = {f"{name}#{i}" for part in parts for i in _names_of(part)}
            if not anchors.isdisjoint(self.targets):
                continue  # the mark of a note, which links back
            self.anchors |= anchors
            around = {i for e in element.ancestors() for i in _names_of(e)}
            for part in parts:
                href = part.attributes.get("href", "")
                if href and href.removeprefix("#") not in around:
                    self.targets.add(resolve(href, name))

    def is_note(self, element: Element, name: str) -> bool:
        """Return whether an element is the text of a note."""
        if element.name not in _NOTE_TAGS or not self.references:
            return False
        self._find_texts(element.parent, name)
        return element in self.texts or self._begins_or_ends_as_note(element, name)

    def _begins_or_ends_as_note(self, element: Element, name: str) -> bool:
        """Return whether an element has an end of a link to a reference, or from one."""
        if element.name not in _NOTE_TAGS:
            return False
        named = [element, *_first_elements(element)]
        is_target = any(f"{name}#{i}" in self.targets for e in named for i in _names_of(e))
        links = [e.attributes.get("href", "") for e in named]
        if last := _last_link(element):
            links.append(last.attributes.get("href", ""))
        if not is_target and not any(resolve(link, name) in self.anchors for link in links):
            return False
        return not self._is_text(element)

    def _is_text(self, element: Element) -> bool:
        """Return whether an element to which a reference links is a part of the text."""
        length = len(element.text(_MAX_NOTE + 1))
        if length > _MAX_NOTE or next(element.elements(*_HEADINGS), None):
            return True
        links = element.elements(*_INLINE_TAGS) if length > _MAX_WITH_REFERENCES else ()
        return sum(link in self.references for link in links) > 1  # one is its own mark

    def _find_texts(self, parent: Element | None, name: str) -> None:
        """Find the elements in `parent` that follow the mark of a note, and are its text."""
        if parent is None or parent in self._searched:
            return
        self._searched.add(parent)
        mark: Element | None = None
        for child in parent.children:
            if not isinstance(child, Element):
                continue
            if self._begins_or_ends_as_note(child, name):
                mark = child if _is_mark_alone(child) else None
            elif mark and child.name in ({"dd"} if mark.name == "dt" else _NOTE_TAGS - {"dt"}):
                self.texts.add(child)
                mark = mark if mark.name == "dt" else None
            else:
                mark = None


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
    """Yield the references that are not inside another, in the order of the page."""
    remaining = [page]
    while remaining:
        element = remaining.pop()
        if _is_reference(element, ids):
            yield element
        else:
            remaining.extend(c for c in reversed(element.children) if isinstance(c, Element))


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
    if any(not _REFERENCE_CLASSES.isdisjoint(map(str.lower, classes_of(e))) for e in parts):
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


def _names_of(element: Element) -> list[str]:
    """Return the names that links to an element have: its `id`, and the `name` of an anchor."""
    names = [element.attributes.get("id", "")]
    if element.name == "a":
        names.append(element.attributes.get("name", ""))
    return [name for name in names if name]


def _first_elements(element: Element) -> list[Element]:
    """Return the few elements with which an element begins, each inside or after the other.

    A note may begin with its mark; a wrapper of lines is not looked into, unless it is called a
    note, for it may hold text beside its first line.
    """
    is_block = element.name in _NOTE_TAGS
    is_wrapper = element.name in _WRAPPERS and not _NOTE_CLASS.search(
        element.attributes.get("class", "")
    )
    elements: list[Element] = []
    before = ""
    for visited, node in enumerate(element.descendants()):
        if isinstance(node, str):
            before += node.strip() if is_block else ""
        if visited > _MAX_MARK or len(before) > _MAX_MARK:
            break
        if before and not _MARK_BEFORE_ANCHOR.fullmatch(before):
            break
        if isinstance(node, Element):
            if is_wrapper and node.name in _NOTE_TAGS:
                break
            elements.append(node)
    return elements


def _last_link(element: Element) -> Element | None:
    """Return the link back with which a line ends, if any: ↩."""
    if element.name not in _LINES:
        return None
    last: Element | str = element
    for _ in range(_MAX_DESCENT):
        if isinstance(last, str):
            return None
        if last.name == "a" and _LINK_BACK.fullmatch(last.text(_MAX_MARK)):
            return last
        shown = (c for c in reversed(last.children) if isinstance(c, Element) or c.strip())
        last = next(shown, "")
    return None


def _is_mark_alone(element: Element) -> bool:
    """Return whether an element holds nothing but the mark of a note."""
    mark = element.text(_MAX_MARK + 1)
    return len(mark) <= _MAX_MARK and _MARK_BEFORE_ANCHOR.fullmatch(mark) is not None
