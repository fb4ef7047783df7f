"""Find what a presentation has that is not read: notes, comments, hidden shapes, charts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...messages import mark
from ..block import CHARTS, COMMENTS, EMBEDDED_OBJECTS, PICTURES, SAMPLE_LENGTH, LeftOut
from .archive import Archive
from .docx_drawings import DIAGRAM, HANDWRITING, read_diagram
from .ooxml import first_alternative, word_tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PRESENTATION = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_CHART_SPACE = "http://schemas.microsoft.com/office/drawing/2014/chartex"
_OBJECTS = frozenset(("EMBEDDED_OLE_OBJECT", "LINKED_OLE_OBJECT", "OLE_CONTROL_OBJECT"))


def choose_alternatives(shapes: _Element) -> list[LeftOut]:
    """Replace alternatives among the shapes of a slide by one version of each.

    python-pptx sees no shape in `mc:AlternateContent`, and fails at handwriting, which is removed
    and returned.
    """
    for alternatives in [e for e in shapes.iter() if word_tag(e) == "mc:AlternateContent"]:
        parent = alternatives.getparent()
        if parent is not None and parent.tag in {shapes.tag, _PRESENTATION + "grpSp"}:
            position = parent.index(alternatives)
            parent[position : position + 1] = list(first_alternative(alternatives))
    written = [e for e in shapes.iter() if str(e.tag).endswith("}contentPart")]
    for element in written:
        if (parent := element.getparent()) is not None:
            parent.remove(element)
    return [LeftOut(HANDWRITING)] * len(written)


def is_shown(shape: Any, slide_size: tuple[int, int] | None = None) -> bool:
    """Return whether a shape is on its slide, and not hidden.

    Args:
        shape: The shape.
        slide_size: The width and the height of the slide; None for a shape in a group, whose
            place is not on the slide.
    """
    properties = next(shape._element.iter(_PRESENTATION + "cNvPr"), None)
    if properties is not None and properties.get("hidden") in {"1", "true"}:
        return False
    sides = ((shape.left, shape.width), (shape.top, shape.height))
    return slide_size is None or not any(
        start is not None and length is not None and (start + length < 0 or start > most)
        for (start, length), most in zip(sides, slide_size, strict=True)
    )


def find_text(element: _Element) -> str:
    """Return the text in an element, as far as a user needs it to recognise it."""
    pieces: list[str] = []
    for text in element.iter(_TEXT):
        pieces.append(text.text or "")
        if sum(map(len, pieces)) > SAMPLE_LENGTH:
            break
    return "".join(pieces).strip()


def find_beside(slide: Any, archive: Archive) -> Iterator[LeftOut]:
    """Yield the speaker's notes and the comments of a slide."""
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    if frame is not None and frame.text.strip():
        yield LeftOut(mark("notes of the speaker"), frame.text)
    for relation in slide.part.rels.values():
        if relation.reltype.rpartition("/")[2] == "comments" and not relation.is_external:
            root = archive.read_xml(str(relation.target_part.partname)[1:])
            for comment in (e for e in root.iter() if str(e.tag).endswith("}cm")):
                old = comment.findtext(_PRESENTATION + "text")
                yield LeftOut(COMMENTS, old or find_text(comment))


def read_smart_art(shape: Any, archive: Archive) -> list[str]:
    """Return the lines of a diagram; none of another shape, and where its part is missing."""
    for names in shape._element.iter(DIAGRAM):
        relation = shape.part.rels.get(names.get(_OFFICE + "dm"))
        if relation is not None and not relation.is_external:
            return read_diagram(archive.read_xml(str(relation.target_part.partname)[1:]))
    return []


def classify_unread(shape: Any) -> str | None:
    """Return the kind of a shape that shows something without text; None for lines."""
    kind = getattr(shape.shape_type, "name", "")
    element = shape._element
    if getattr(shape, "has_chart", False) or any(
        e.get("uri") == _CHART_SPACE for e in element.iter()
    ):
        return CHARTS
    if kind in _OBJECTS:
        return EMBEDDED_OBJECTS
    if next(element.iter(DIAGRAM), None) is not None:
        return mark("diagrams")
    return PICTURES if "PICTURE" in kind or kind == "MEDIA" else None


def describe(shape: Any) -> str:
    """Return what the writer says of a shape for those who cannot see it."""
    properties = next(shape._element.iter(_PRESENTATION + "cNvPr"), None)
    return "" if properties is None else properties.get("descr") or ""
