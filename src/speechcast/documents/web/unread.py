"""Decide which elements of a page are not read, and say what they are.

What a browser does not show is not read, nor what is no text of the page: controls, media, notes,
code, and on a web page the navigation. The lists were collected by hand for this project.
"""

from __future__ import annotations

import re
from itertools import islice

from ...text.han import is_east_asian
from ..block import CODE, CONTROLS, HIDDEN_TEXT, NAVIGATION, NOTES, PICTURES, RUBY, STRUCK_TEXT
from .tree import Element
from .visibility import (
    find_hiding_property,
    has_background,
    is_hiding,
    is_white_text,
    parse_declarations,
)

_SILENT = ""  # the reason for what nobody would miss: scripts, style sheets

_SILENT_TAGS = frozenset(
    "base basefont datalist link meta param rp script source style title track".split()
)
_HIDDEN_TAGS = frozenset("area map noembed noframes noscript template".split())
_MEDIA_TAGS = frozenset("audio canvas embed iframe img object svg video".split())
_CONTROL_TAGS = frozenset("button input meter progress select textarea".split())
_KINDS = {
    **dict.fromkeys(_HIDDEN_TAGS, HIDDEN_TEXT),
    **dict.fromkeys(_MEDIA_TAGS, PICTURES),
    **dict.fromkeys(_CONTROL_TAGS, CONTROLS),
    **dict.fromkeys(("rt", "rtc"), RUBY),
    "nav": NAVIGATION,
}
_STRUCK_TAGS = frozenset(("s", "strike", "del"))
_PREFORMATTED = frozenset("listing plaintext pre xmp".split())
# Roles of WAI-ARIA and DPUB-ARIA, and `epub:type`s.
_NAVIGATION_ROLES = frozenset(
    "navigation search menu menubar toolbar doc-toc toc page-list".split()
)
_NOTE_ROLES = frozenset(
    "doc-footnote doc-endnote doc-endnotes footnote footnotes endnote endnotes rearnote"
    " rearnotes".split()
)
_PAGE_BREAK_ROLES = frozenset(("pagebreak", "doc-pagebreak"))
_EDIT_CLASSES = frozenset(("noprint", "mw-editsection"))  # of MediaWiki, as on Wikisource
# Classes of common style sheets for text that only a screen reader gives.
_HIDDEN_CLASSES = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only".split()
)
_NOTE_CLASSES = frozenset(
    "footnotes endnotes footnote-text reflist footnote endnote sdfootnote sdendnote MsoFootnoteText"
    " MsoEndnoteText".split()
)
_CODE_CLASS = re.compile(r"(?:^|[\s_-])(?:code|highlight|lang|language|prettyprint|brush)", re.I)
_CODE_SIGNS = re.compile(r"[{}=;<>\[\]]|\w\(|^\s*[$#]\s", re.MULTILINE)
_STRIKING_STYLE = re.compile("line-through", re.IGNORECASE)
_LETTER_CLASS = re.compile("gaiji|zaozi|char|glyph|rare|drop|cap|initial|letter|lettrine", re.I)
_NOTE_PICTURE = re.compile("note", re.I)  # qqreader-footnote: its alt is the note
_PICTURE_WORDS = frozenset("图圖画畫照")  # what an `alt` says of a picture
_MAX_HIDDEN_NODES = 2000  # in an element that hides its text, of which none may show its own
_MAX_DEPTH = 200  # of elements around one, of which any may have a background
_MAX_CODE_SAMPLE, _MAX_CODE_NODES = 200, 20  # of a preformatted text that are looked at


def why_unread(element: Element, *, in_book: bool) -> str | None:
    """Return why an element is not read, as a plural noun; None if it is read.

    Args:
        element: The element; those around it are read.
        in_book: Whether it belongs to an e-book.

    Returns:
        The kind of text; "" for what has no text that anybody could miss.

    >>> why_unread(Element("p", {"hidden": ""}, 1, None), in_book=False)
    'hidden text'
    """
    name = element.name
    if name in _SILENT_TAGS or (name == "input" and element.attributes.get("type") == "hidden"):
        return _SILENT
    if not _PAGE_BREAK_ROLES.isdisjoint(roles_of(element)):
        return _SILENT
    if name == "img" and character_of(element):
        return None
    return (
        _kind_by_name(element)
        or _kind_by_role(element, in_book=in_book)
        or (HIDDEN_TEXT if is_hidden(element) else None)
    )


def roles_of(element: Element) -> frozenset[str]:
    """Return the roles of an element, and its types in an e-book.

    >>> sorted(roles_of(Element("aside", {"epub:type": "footnote", "role": "note"}, 1, None)))
    ['footnote', 'note']
    """
    if "role" not in element.attributes and "epub:type" not in element.attributes:
        return frozenset()
    roles = f"{element.attributes.get('role', '')} {element.attributes.get('epub:type', '')}"
    return frozenset(roles.lower().split())


def is_hidden(element: Element) -> bool:
    """Return whether a browser does not show an element."""
    attributes = element.attributes
    if "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true":
        return True
    if element.name == "dialog" and "open" not in attributes:
        return True
    if not _HIDDEN_CLASSES.isdisjoint(classes_of(element)):
        return True
    if "style" not in attributes:
        return False
    style = parse_declarations(attributes["style"])
    return is_hiding(style) or hides_text(element, find_hiding_property(style))


def hides_text(element: Element, property_name: str) -> bool:
    """Return whether a property of an element holds for all that is in it.

    Args:
        element: The element.
        property_name: The property that hides its text; "" if none does.
    """
    if not property_name:
        return False
    nodes = [*islice(element.descendants(), _MAX_HIDDEN_NODES)]
    return len(nodes) < _MAX_HIDDEN_NODES and not any(
        isinstance(node, Element)
        and (
            property_name in node.attributes
            or property_name in parse_declarations(node.attributes.get("style", ""))
        )
        for node in nodes
    )


def is_white_on_white(element: Element) -> bool:
    """Return whether a page without a background shows nothing of an element's white text."""
    attributes = element.attributes
    if "style" not in attributes and "color" not in attributes:
        return False
    style = {"color": attributes.get("color", "").lower()}
    style.update(parse_declarations(attributes.get("style", "")))
    return (
        is_white_text(style)
        and not any(map(_has_background, (element, *islice(element.ancestors(), _MAX_DEPTH))))
        and hides_text(element, "color")
    )


def _has_background(element: Element) -> bool:
    attributes = element.attributes
    if "bgcolor" in attributes or "background" in attributes:
        return True
    return has_background(parse_declarations(attributes.get("style", "")))


def classes_of(element: Element) -> list[str]:
    """Return the classes of an element."""
    return element.attributes.get("class", "").split()


def character_of(image: Element) -> str:
    """Return the character that an image stands for, by its `alt`; "" for a picture.

    Books have pictures of rare characters and of initials, web pages have pictures of emoji.

    >>> character_of(Element("img", {"alt": "喆"}, 1, None))
    '喆'
    >>> character_of(Element("img", {"alt": "我们的校园"}, 1, None))
    ''
    """
    if _NOTE_PICTURE.search(image.attributes.get("class", "")):
        return ""
    alt = "".join(image.attributes.get("alt", "").split())
    is_letter = _LETTER_CLASS.search(image.attributes.get("class", "")) is not None
    is_emoji = 0 < len(alt) <= 8 and all(ord(c) > 0x2190 and not c.isalnum() for c in alt)
    if len(alt) == 1 and is_east_asian(alt) and alt not in _PICTURE_WORDS:
        return alt
    is_short = len(alt) == 1 or (len(alt) <= 4 and all(map(is_east_asian, alt)))
    return alt if is_emoji or (is_letter and is_short) else ""


def is_code(preformatted: Element) -> bool:
    """Return whether a preformatted text is code, not a letter or a poem."""
    nodes = islice(preformatted.descendants(), _MAX_CODE_NODES)
    if any(isinstance(n, Element) and n.name in {"code", "samp", "kbd"} for n in nodes):
        return True
    if _CODE_CLASS.search(preformatted.attributes.get("class", "")):
        return True
    text = preformatted.text(_MAX_CODE_SAMPLE)
    return not any(map(is_east_asian, text)) and _CODE_SIGNS.search(text) is not None


def _kind_by_name(element: Element) -> str | None:
    name = element.name
    if name in _STRUCK_TAGS or _STRIKING_STYLE.search(element.attributes.get("style", "")):
        return STRUCK_TEXT
    if name in _PREFORMATTED and is_code(element):
        return CODE
    return _KINDS.get(name)


def _kind_by_role(element: Element, *, in_book: bool) -> str | None:
    roles = roles_of(element)
    if not _NAVIGATION_ROLES.isdisjoint(roles):
        return NAVIGATION
    if not _NOTE_ROLES.isdisjoint(roles) or not _NOTE_CLASSES.isdisjoint(classes_of(element)):
        return NOTES
    if not in_book and not _EDIT_CLASSES.isdisjoint(classes_of(element)):
        return NAVIGATION
    return None
