"""Word's XML: its parts in their archive, names without their prefix, values that may be absent."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .archive import Archive

if TYPE_CHECKING:
    from lxml.etree import _Element

_SCHEMAS = "http://schemas.openxmlformats.org/"
W = f"{{{_SCHEMAS}wordprocessingml/2006/main}}"
_NAMESPACES = {
    W: "",
    f"{{{_SCHEMAS}officeDocument/2006/math}}": "m:",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}": "mc:",
}
# What "Strict Open XML" calls its namespaces and relationships, against everyone else.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_OFF = frozenset(("0", "false", "off"))


def part(archive: Archive, name: str) -> _Element:
    """The root of a part, a strict one as everyone writes it. Raises SourceError."""
    return archive.xml(name, lambda data: _STRICT.sub(_USUAL, data))


def related(archive: Archive, source: str) -> dict[str, str]:
    """What a part is related to: the last word of the relationship's type → the part's name."""
    folder, base = posixpath.split(source)
    name = posixpath.join(folder, "_rels", f"{base}.rels")
    if name not in archive.names:
        return {}
    found: dict[str, str] = {}
    for rel in part(archive, name):
        target = posixpath.normpath(posixpath.join("/", folder, rel.get("Target") or ""))[1:]
        if target in archive.names:
            found.setdefault((rel.get("Type") or "").rpartition("/")[2], target)
    return found


def name(element: _Element) -> str:
    """An element's name: Word's own without a prefix, those we know with one, others as `?`."""
    tag = element.tag
    if not isinstance(tag, str):
        return "?"  # a comment, an entity
    space, _, local = tag.rpartition("}")
    prefix = _NAMESPACES.get(space + "}")
    return "?" if prefix is None else prefix + local


def found(element: _Element | None, *path: str) -> _Element | None:
    """The element at a path of Word's names, from `element` down."""
    for step in path:
        if element is None:
            return None
        element = element.find(W + step)
    return element


def value(element: _Element | None, *path: str) -> str | None:
    """`w:val` of the element at a path."""
    at = found(element, *path)
    return None if at is None else at.get(W + "val")


def switch(properties: _Element | None, *names: str) -> bool | None:
    """Whether the last of these switches is on; None where none is touched."""
    state = None
    for each in names:
        if (element := found(properties, each)) is not None:
            state = bool(state) or element.get(W + "val", "1") not in _OFF
    return state


def unwrapped(element: _Element) -> Iterator[_Element]:
    """The children, with those of the wrappers around some of them in their place."""
    for child in element:
        kind = name(child)
        if kind == "mc:AlternateContent":
            yield from unwrapped(chosen(child))
        elif kind == "sdt":
            yield from unwrapped(content) if (content := control(child)) is not None else ()
        elif kind in {"customXml", "ins", "moveTo", "smartTag"}:
            yield from unwrapped(child)
        else:
            yield child


def control(sdt: _Element) -> _Element | None:
    """What a content control holds; None for a table of contents and a prompt to fill it in."""
    properties = found(sdt, "sdtPr")
    gallery = value(properties, "docPartObj", "docPartGallery") or ""
    if gallery == "Table of Contents" or switch(properties, "showingPlcHdr"):
        return None
    return found(sdt, "sdtContent")


def chosen(alternatives: _Element) -> _Element:
    """Of what is written twice, for new readers and old, the first."""
    return next(iter(alternatives), alternatives)
