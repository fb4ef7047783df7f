"""Find what an OpenDocument text has that is not read, and say what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...messages import mark
from ..block import (
    COMMENTS,
    CONTENTS,
    CONTROLS,
    DELETIONS,
    EMBEDDED_OBJECTS,
    EMPTY_FIELDS,
    HIDDEN_TEXT,
    LINKED_DOCUMENTS,
    NOTES,
    PICTURES,
    RUBY,
    SAMPLE_LENGTH,
    LeftOut,
)
from .odt_styles import TEXT, odf_tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_HREF = "{http://www.w3.org/1999/xlink}href"
_LEFT_OUT = {
    "text:note": NOTES,
    "text:ruby-text": RUBY,
    "text:placeholder": EMPTY_FIELDS,
    "office:annotation": COMMENTS,
    "text:bibliography": mark("lists of sources"),
    **dict.fromkeys(
        (
            "text:table-of-content", "text:illustration-index", "text:table-index",
            "text:object-index", "text:user-index", "text:alphabetical-index",
        ),
        CONTENTS,
    ),
}  # fmt: skip
# The parts of these that hold their text, without a number or the name of an author.
_TEXT_PARTS = ("text:note-body", "text:index-body", "text:p", "text:list")
# Fields that show a text of their own, and are a gap in the line without it.
_FIELDS = frozenset(
    f"text:{name}"
    for name in (
        "date time author-name author-initials chapter file-name template-name title subject "
        "keywords description user-defined creator initial-creator printed-by creation-date "
        "creation-time modification-date modification-time print-date print-time "
        "variable-get user-field-get expression text-input database-display database-name "
        "reference-ref bookmark-ref note-ref sequence-ref drop-down sender-firstname "
        "sender-lastname sender-initials sender-title sender-position sender-email sender-company "
        "sender-street sender-city sender-country"
    ).split()
)
_FIELD_NAMES = ("column-name", "name", "ref-name", "description")  # attributes that name one
_UNREAD = {
    "draw:image": PICTURES,
    "draw:object": EMBEDDED_OBJECTS,
    "draw:object-ole": EMBEDDED_OBJECTS,
    "draw:control": CONTROLS,
}
_DESCRIPTIONS = tuple(
    f"{{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}}{name}"
    for name in ("title", "desc")
)


def find_left_out(element: _Element) -> LeftOut | None:
    """Return what is said of an element that is not read for what it is; None of others."""
    kind = odf_tag(element)
    if kind in _LEFT_OUT:
        return LeftOut(_LEFT_OUT[kind], _text_in(element))
    if kind == "text:change":
        return LeftOut(DELETIONS, _deleted_text(element))
    is_hidden = kind == "text:hidden-text" and element.get(TEXT + "is-hidden") == "true"
    if is_hidden or element.get(TEXT + "display") == "none":
        return LeftOut(HIDDEN_TEXT, element.get(TEXT + "string-value") or _text_in(element))
    if kind in _FIELDS and not _text_in(element):
        names = filter(None, (element.get(TEXT + name) for name in _FIELD_NAMES))
        return LeftOut(EMPTY_FIELDS, next(names, kind.removeprefix("text:")))
    is_source = kind == "text:section-source" and element.getprevious() is None
    if is_source and not _text_in(element.getparent()):
        return LeftOut(LINKED_DOCUMENTS, element.get(_HREF) or "")
    return None


def _deleted_text(change: _Element) -> str:
    """Return what was deleted at a change that is tracked."""
    name = change.get(TEXT + "change-id")
    regions = change.getroottree().iter(TEXT + "changed-region")
    region = next((e for e in regions if name in {e.get(TEXT + "id"), e.get(_ID)}), None)
    deletion = None if region is None else region.find(TEXT + "deletion")
    parts = () if deletion is None else (e for e in deletion if odf_tag(e) in {"text:p", "text:h"})
    return " ".join("".join(map(str, part.itertext())) for part in parts)


def _text_in(element: _Element | None) -> str:
    """Return the text of an element; of a note or an index, without its number and its author."""
    if element is None:
        return ""
    parts = [part for part in element if odf_tag(part) in _TEXT_PARTS] or [element]
    return " ".join("".join(map(str, part.itertext())) for part in parts).strip()


def hides_itself(paragraph: _Element) -> bool:
    """Return whether a field in a paragraph hides all of it."""
    return any(
        field.get(TEXT + "is-hidden") == "true"
        and next(field.iterancestors(paragraph.tag), None) is paragraph
        for field in paragraph.iter(TEXT + "hidden-paragraph")
    )


def list_without_text(drawing: _Element) -> list[LeftOut]:
    """Return what a drawing shows without text; an object's picture is no other."""
    pieces = [
        LeftOut(_UNREAD[tag], _describe(e))
        for e in drawing.iter()
        if (tag := odf_tag(e)) in _UNREAD
    ]
    objects = [piece for piece in pieces if piece.kind != PICTURES]
    return objects or pieces


def _describe(picture: _Element) -> str:
    """Return what the writer says of a picture for those who cannot see it."""
    frame = picture.getparent()
    texts = () if frame is None else (frame.findtext(name) for name in _DESCRIPTIONS)
    return " ".join(next(filter(None, texts), "").split())[:SAMPLE_LENGTH]
