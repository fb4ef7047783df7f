"""Find what a drawing in a Word document holds: text boxes, and what has no text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...messages import mark
from ..block import CHARTS, EMBEDDED_OBJECTS, PICTURES, SAMPLE_LENGTH, LeftOut
from .ooxml import W, first_alternative, word_tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/"
_VML = "{urn:schemas-microsoft-com:vml}"
_CHART_EX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart"
_INK = "{http://schemas.microsoft.com/office/word/2010/wordprocessingInk}contentPart"
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
HANDWRITING = mark("handwriting")
DIAGRAM = f"{_DRAWING}diagram}}relIds"
"""The element that names the parts of a diagram (SmartArt)."""
_TEXT_BODY = f"{_DRAWING}main}}txBody"  # of a shape that was pasted from a presentation
_WORD_ART = _VML + "textpath"
_UNREAD = {
    f"{_DRAWING}picture}}pic": PICTURES,
    f"{_VML}imagedata": PICTURES,
    f"{_DRAWING}chart}}chart": CHARTS,
    _CHART_EX: CHARTS,
    _INK: HANDWRITING,
}


def find_boxes(element: _Element) -> Iterator[_Element]:
    """Yield the text boxes and diagrams in a drawing, except nested ones.

    Old WordArt, whose text is an attribute, becomes a text box.
    """
    for child in _children(element):
        if word_tag(child) == "txbxContent" or child.tag == DIAGRAM:
            yield child
        elif child.tag == _WORD_ART and child.get("string"):
            yield make_box([child.get("string", "")])
        elif child.tag == _TEXT_BODY:
            yield make_box(_read_lines(child))
        else:
            yield from find_boxes(child)


def find_textless(element: _Element, alt: str = "") -> Iterator[LeftOut]:
    """Yield each thing in a drawing that has no text to read.

    Args:
        element: The drawing, or an element in it.
        alt: What the writer says of it for those who cannot see it.
    """
    if element.tag == W + "object":
        program = next((e.get("ProgID") for e in element.iter(_OLE)), None)
        yield LeftOut(EMBEDDED_OBJECTS, program or "")
        return
    alt = element.get("alt") or alt
    for child in _children(element):
        alt = child.get("descr") or alt  # of a property that precedes what it describes
        if kind := _UNREAD.get(child.tag):
            inner = next((e.get("descr") for e in child.iter() if e.get("descr")), None)
            yield LeftOut(kind, " ".join((inner or alt).split())[:SAMPLE_LENGTH])
        elif word_tag(child) != "txbxContent":
            yield from find_textless(child, alt)


def make_box(lines: list[str]) -> _Element:
    """Return the content of a text box with these paragraphs."""
    from lxml import etree

    box = etree.Element(W + "txbxContent")
    for line in lines:
        run = etree.SubElement(etree.SubElement(box, W + "p"), W + "r")
        etree.SubElement(run, W + "t").text = line
    return box


def read_diagram(data: _Element) -> list[str]:
    """Return the text of each point of a diagram, in the order of its data.

    Args:
        data: The root of the diagram's data part.
    """
    lines: list[str] = []
    for point in data.iter(f"{_DRAWING}diagram}}pt"):
        if point.get("type", "node") in {"node", "asst"}:
            lines += _read_lines(point)
    return lines


def _read_lines(element: _Element) -> list[str]:
    """Return the paragraphs of DrawingML in an element that are not empty."""
    paragraphs = (
        "".join(t.text or "" for t in paragraph.iter(f"{_DRAWING}main}}t"))
        for paragraph in element.iter(f"{_DRAWING}main}}p")
    )
    return [line for line in paragraphs if line.strip()]


def _children(element: _Element) -> Iterator[_Element]:
    for child in (
        first_alternative(element) if word_tag(element) == "mc:AlternateContent" else element
    ):
        if isinstance(child.tag, str):
            yield child
