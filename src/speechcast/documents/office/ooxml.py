"""Read WordprocessingML, the XML inside a .docx file.

The helpers here find parts in the archive, give elements short names, and look up children and
values that may be absent. The format is ISO/IEC 29500 (ECMA-376), part 1 "strict" and part 4
"transitional"; both are read.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from .archive import Archive

if TYPE_CHECKING:
    from lxml.etree import _Element

_SCHEMAS = "http://schemas.openxmlformats.org/"
W = f"{{{_SCHEMAS}wordprocessingml/2006/main}}"
M = f"{{{_SCHEMAS}officeDocument/2006/math}}"
_NAMESPACES = {
    W: "",
    M: "m:",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}": "mc:",
}
# The namespaces and relationship types of "strict" documents, and what "transitional" ones,
# which nearly every program writes, have instead.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_OFF = frozenset(("0", "false", "off"))


class Relation(NamedTuple):
    """A reference of one part to another.

    Attributes:
        kind: The last word of the type's address: "styles", "aFChunk".
        target: The name of the other part, or the address of what lies outside the document.
    """

    kind: str
    target: str


def read_part(archive: Archive, name: str) -> _Element:
    """Return the root of a part, strict namespaces turned into transitional ones.

    Raises:
        SourceError: As `Archive.read_xml`.
    """
    return archive.read_xml(name, lambda data: _STRICT.sub(_TRANSITIONAL, data))


def find_related_parts(archive: Archive, source: str) -> dict[str, str]:
    """Return the names of the parts that a part refers to.

    Args:
        archive: The document.
        source: The part's name; "" for the document as a whole.

    Returns:
        The name of the first related part of each type, by the last word of the type's address:
        "styles", "numbering", "officeDocument".
    """
    parts: dict[str, str] = {}
    for relation in read_relations(archive, source).values():
        if relation.target in archive.names:
            parts.setdefault(relation.kind, relation.target)
    return parts


def read_relations(archive: Archive, source: str) -> dict[str, Relation]:
    """Return what a part refers to, by the id of the relationship.

    Args:
        archive: The document.
        source: The part's name; "" for the document as a whole.
    """
    folder, base = posixpath.split(source)
    rels_name = posixpath.join(folder, "_rels", f"{base}.rels")
    if rels_name not in archive.names:
        return {}
    relations = {}
    for number, element in enumerate(read_part(archive, rels_name)):
        target, kind = element.get("Target") or "", element.get("Type") or ""
        if element.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, target))[1:]
        relations[element.get("Id") or str(number)] = Relation(kind.rpartition("/")[2], target)
    return relations


def word_tag(element: _Element) -> str:
    """Return an element's short tag: "p", "m:t", "mc:Choice", or "?".

    Word's own elements have no prefix; other namespaces, and comments, are "?".
    """
    tag = element.tag
    if not isinstance(tag, str):
        return "?"  # a comment, an entity
    space, _, local = tag.rpartition("}")
    prefix = _NAMESPACES.get(space + "}")
    return "?" if prefix is None else prefix + local


def find_child(element: _Element | None, *path: str) -> _Element | None:
    """Return the descendant at a path of Word tags, if any.

    Args:
        element: Where the path starts; None for an element that is absent itself.
        path: The tags of the child, its child, and so on.
    """
    for step in path:
        if element is None:
            return None
        element = element.find(W + step)
    return element


def read_value(element: _Element | None, *path: str) -> str | None:
    """Return the attribute `w:val` of the element at a path (see `find_child`)."""
    child = find_child(element, *path)
    return None if child is None else child.get(W + "val")


def read_switch(properties: _Element | None, *names: str) -> bool | None:
    """Return whether any on/off property is on; None if all are absent."""
    state = None
    for name in names:
        if (element := find_child(properties, name)) is not None:
            state = bool(state) or element.get(W + "val", "1") not in _OFF
    return state


def read_flag(element: _Element, name: str) -> bool:
    """Return whether an attribute of Word's is on."""
    return (element.get(W + name) or "0") not in _OFF


def iter_children(element: _Element) -> Iterator[_Element]:
    """Yield an element's children, those of wrappers like `w:ins` included.

    A content control that has no content to read is yielded itself.
    """
    for child in element:
        kind = word_tag(child)
        if kind == "mc:AlternateContent":
            yield from iter_children(first_alternative(child))
        elif kind == "sdt":
            if (content := control_content(child)) is not None:
                yield from iter_children(content)
            else:
                yield child
        elif kind in {"customXml", "ins", "moveTo", "smartTag"}:
            yield from iter_children(child)
        else:
            yield child


def control_content(sdt: _Element) -> _Element | None:
    """Return the content of a content control (`w:sdt`).

    None for a table of contents, and for a control that only shows its placeholder text.
    """
    properties = find_child(sdt, "sdtPr")
    gallery = read_value(properties, "docPartObj", "docPartGallery") or ""
    if gallery == "Table of Contents" or read_switch(properties, "showingPlcHdr"):
        return None
    return find_child(sdt, "sdtContent")


def is_placeholder(sdt: _Element) -> bool:
    """Return whether a content control only shows its placeholder text."""
    return read_switch(find_child(sdt, "sdtPr"), "showingPlcHdr") is True


def placeholder_text(sdt: _Element) -> str:
    """Return the text that an empty content control shows in place of a content, or ""."""
    if not is_placeholder(sdt):
        return ""
    return "".join(t.text or "" for t in sdt.iter(W + "t")).strip()


def first_alternative(alternatives: _Element) -> _Element:
    """Return the first version in `mc:AlternateContent` that is not empty.

    It is the one for newer readers.
    """
    return next((version for version in alternatives if len(version)), alternatives)
