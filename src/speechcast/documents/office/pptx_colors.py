"""Decide whether somebody who looks at a slide can see a text: by its colour, fill and size.

A colour is compared with that of the shape, or else of the slide. Where a picture or another filled
shape may stand behind the text, it is taken for visible.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ..colors import PAPER, UNKNOWN, are_alike
from .numerals import parse_int

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_MAX_TINY = 200  # hundredths of a point
_FILLS = frozenset(f"{_A}{fill}Fill" for fill in ("solid", "grad", "blip", "patt", "grp", "no"))
_THEME_NAMES = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}


class SlideColors:
    """The colours behind the text of a slide.

    Args:
        slide: The slide, of python-pptx.
    """

    def __init__(self, slide: Any) -> None:
        self._layers = [slide._element]
        self._theme: dict[str, str] = {}
        with suppress(KeyError):  # a program may write slides without a layout
            layout = slide.slide_layout
            self._layers += [layout._element, layout.slide_master._element]
            self._theme = _read_theme(layout.slide_master)
        self._paper = self._find_paper()

    def find_background(self, element: _Element) -> str:
        """Return the colour behind the text of a shape or a cell; `UNKNOWN` if it may be any."""
        properties = next((e for e in element if e.tag in {f"{_P}spPr", f"{_A}tcPr"}), None)
        fill = None if properties is None else _find_fill(properties)
        if fill is not None and fill.tag != f"{_A}noFill":
            return self._read_color(fill) or UNKNOWN
        if element.tag == f"{_A}tc" or element.find(f"{_P}style") is not None:
            return UNKNOWN  # a style may fill it
        others = (e for layer in self._layers for e in _iter_filled(layer))
        return UNKNOWN if any(e is not element for e in others) else self._paper

    def is_unseen(self, properties: _Element | None, background: str) -> bool:
        """Return whether nobody sees a run.

        Args:
            properties: Its properties (`a:rPr`).
            background: The colour behind it.
        """
        if properties is None:
            return False
        if 0 < parse_int(properties.get("sz")) <= _MAX_TINY:
            return True
        has_outline = properties.find(f"{_A}ln/{_A}solidFill") is not None
        if has_outline or (fill := _find_fill(properties)) is None:
            return False
        if fill.tag == f"{_A}noFill" or _is_transparent(fill):
            return True
        color = self._read_color(fill)
        return color != "" and are_alike(color, background)

    def _find_paper(self) -> str:
        """Return the colour of the slide's background."""
        for layer in self._layers:
            background = layer.find(f"{_P}cSld/{_P}bg")
            if background is None:
                continue
            fill = next((e for e in background.iter() if e.tag in _FILLS), None)
            reference = background.find(f"{_P}bgRef")
            shown = fill if fill is not None else reference
            return (self._read_color(shown) if shown is not None else "") or UNKNOWN
        return PAPER

    def _read_color(self, fill: _Element) -> str:
        """Return the colour of a fill, as six hexadecimal digits; "" if it is not plain."""
        color = next(iter(fill), None)
        if color is None or fill.tag in _FILLS - {f"{_A}solidFill"}:
            return ""
        if color.tag == f"{_A}srgbClr":
            return color.get("val") or ""
        if color.tag == f"{_A}schemeClr" and not len(color):
            name = color.get("val") or ""
            return self._theme.get(_THEME_NAMES.get(name, name), "")
        return ""


def _find_fill(properties: _Element) -> _Element | None:
    return next((e for e in properties if e.tag in _FILLS), None)


def _is_transparent(fill: _Element) -> bool:
    alpha = next(fill.iter(f"{_A}alpha"), None)
    return alpha is not None and parse_int((alpha.get("val") or "").rstrip("%"), 1) == 0


def _iter_filled(layer: _Element) -> Iterator[_Element]:
    """Yield the pictures and the filled shapes of a slide, a layout or a master."""
    for element in layer.iter(f"{_P}pic", f"{_P}graphicFrame", f"{_P}sp"):
        properties = element.find(f"{_P}spPr")
        is_styled = element.find(f"{_P}style") is not None
        fill = None if properties is None else _find_fill(properties)
        is_filled = fill is not None and fill.tag != f"{_A}noFill"
        if element.tag != f"{_P}sp" or is_styled or is_filled:
            yield element


def _read_theme(master: Any) -> dict[str, str]:
    """Return the colours of a master's theme, by their names: lt1, dk1; none of an unusual one."""
    from lxml import etree

    mapping = master._element.find(f"{_P}clrMap")
    usual = mapping is not None and all(mapping.get(k) == v for k, v in _THEME_NAMES.items())
    part = next(
        (r.target_part for r in master.part.rels.values() if r.reltype.endswith("/theme")), None
    )
    if part is None or not usual:
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    scheme = next(etree.fromstring(part.blob, parser).iter(f"{_A}clrScheme"), None)
    return {} if scheme is None else dict(_iter_colors(scheme))


def _iter_colors(scheme: _Element) -> Iterator[tuple[str, str]]:
    for entry in scheme:
        color = next(iter(entry), None)
        value = None if color is None else color.get("lastClr") or color.get("val")
        yield str(entry.tag).rpartition("}")[2], value or ""
