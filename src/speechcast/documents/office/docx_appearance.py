"""Decide whether the reader of a Word document can see a text: by its colour, background and size.

Text in the colour of its background is hidden, and so is what is smaller than anyone can read.
Where the background is not known, as on a picture or in a shaded table, text is taken for visible.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..colors import PAPER, UNKNOWN, are_alike
from .numerals import parse_int
from .ooxml import W, find_child

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_TINY = 4  # half points: text of two points
_MAX_NARROW = 5  # percent of the usual width of letters
_MAX_FLAT = 40  # twentieths of a point: a height of two points
_HIGHLIGHTS = {"white": "FFFFFF", "black": "000000", "none": ""}
_NO_COLOR = ("", "auto")
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_ANCHOR, _PROPERTIES = f"{_WP}anchor", f"{_WP}docPr"
_VML_SHAPE = "{urn:schemas-microsoft-com:vml}shape"
_HIDDEN_SHAPE = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_MAX_PAGE = 20_116_800  # the longest side of a page in Word, 22 inches, in EMU
_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TEXT_FILL = f"{_WORD_2010}textFill"
_COLOR, _SHADING, _HIGHLIGHT, _SIZE, _WIDTH = (
    W + tag for tag in ("color", "shd", "highlight", "sz", "w")
)
_OUTLINES = frozenset(
    (
        *(W + tag for tag in ("outline", "shadow", "emboss", "imprint")),
        *(_WORD_2010 + tag for tag in ("textOutline", "shadow", "glow", "reflection")),
    )
)
_VISIBLE = _OUTLINES | {_COLOR, _SHADING, _HIGHLIGHT, _SIZE, _WIDTH, _TEXT_FILL}


@dataclass(frozen=True, slots=True)
class TextAppearance:
    """How a text looks; None for what is not said.

    Attributes:
        color: Its colour, as six hexadecimal digits; "" for the automatic one.
        fill: The colour behind it; "" for none, `UNKNOWN` for one that cannot be told.
        highlight: The colour that a highlighter put behind it; as `fill`.
        size: Its size in half points.
        has_outline: Whether its letters have an outline or a shadow, by which they are seen.
        is_empty: Whether its letters are filled with nothing, or are squeezed to nothing.
    """

    color: str | None = None
    fill: str | None = None
    highlight: str | None = None
    size: int | None = None
    has_outline: bool | None = None
    is_empty: bool | None = None

    def overridden(self, other: TextAppearance) -> TextAppearance:
        """Return this appearance with what another says."""
        if other is NO_APPEARANCE:
            return self
        return TextAppearance(
            self.color if other.color is None else other.color,
            self.fill if other.fill is None else other.fill,
            self.highlight if other.highlight is None else other.highlight,
            self.size if other.size is None else other.size,
            self.has_outline if other.has_outline is None else other.has_outline,
            self.is_empty if other.is_empty is None else other.is_empty,
        )

    def is_unseen(self, around: str = "") -> bool:
        """Return whether nobody can see the text.

        Args:
            around: The colour behind its paragraph; "" for that of the paper.
        """
        if self.is_empty or (self.size is not None and 0 < self.size <= _MAX_TINY):
            return True
        if self.has_outline:
            return False
        background = self.highlight or self.fill or around or PAPER
        color = self.color or ("000000" if self.highlight else "")
        return bool(color) and are_alike(color, background)


NO_APPEARANCE = TextAppearance()


def read_appearance(properties: _Element | None) -> TextAppearance:
    """Return the appearance that run properties give a text."""
    by_tag = {} if properties is None else {e.tag: e for e in properties if e.tag in _VISIBLE}
    if not by_tag:
        return NO_APPEARANCE
    color, highlight, size = (
        None if (element := by_tag.get(tag)) is None else element.get(W + "val") or ""
        for tag in (_COLOR, _HIGHLIGHT, _SIZE)
    )
    return TextAppearance(
        color=None if color is None else _to_color(color),
        fill=_read_shading(by_tag.get(_SHADING)),
        highlight=None if highlight is None else _HIGHLIGHTS.get(highlight, UNKNOWN),
        size=None if size is None else parse_int(size),
        has_outline=any(map(_is_drawn, by_tag.values())) or None,
        is_empty=_is_empty(by_tag.get(_TEXT_FILL), by_tag.get(_WIDTH)),
    )


def read_fill(properties: _Element | None) -> str | None:
    """Return the colour of the shading in properties; None where they do not say."""
    return _read_shading(find_child(properties, "shd"))


def _read_shading(shading: _Element | None) -> str | None:
    if shading is None:
        return None
    if shading.get(W + "val") not in {None, "clear", "nil"}:
        return UNKNOWN  # a pattern
    if shading.get(W + "themeFill") is not None and shading.get(W + "fill") is None:
        return UNKNOWN
    return _to_color(shading.get(W + "fill") or "")


def _to_color(value: str) -> str:
    return "" if value.lower() in _NO_COLOR else value.upper()


def _is_drawn(effect: _Element) -> bool:
    """Return whether an element is an outline, a shadow or the like, and is on."""
    is_on = effect.tag in _OUTLINES and effect.get(W + "val") not in {"0", "false", "off"}
    return is_on and not any(str(child.tag).endswith("}noFill") for child in effect)


def _is_empty(fill: _Element | None, width: _Element | None) -> bool | None:
    """Return whether letters have no fill, or no width; None where properties do not say."""
    if width is not None and 0 < parse_int((width.get(W + "val") or "").rstrip("%")) <= _MAX_NARROW:
        return True
    return None if fill is None else any(str(child.tag).endswith("}noFill") for child in fill)


def is_flat(height: _Element | None, attribute: str, rule: str) -> bool:
    """Return whether a row or a line has a height in which nothing can be read.

    Args:
        height: The element that says it; None if there is none.
        attribute: The name of its attribute with the height, in twentieths of a point.
        rule: The name of its attribute that says whether the height is exact.
    """
    if height is None or height.get(W + rule) != "exact":
        return False
    return 0 < parse_int(height.get(W + attribute)) <= _MAX_FLAT


def has_own_background(document: _Element) -> bool:
    """Return whether the pages of a document have a colour, or pictures behind their text."""
    if find_child(document, "background") is not None:
        return True
    return any(anchor.get("behindDoc") in {"1", "true"} for anchor in document.iter(_ANCHOR))


def find_background(cell: _Element, table: _Element) -> str | None:
    """Return the colour behind the text of a cell; None where neither it nor its table says."""
    fill = read_fill(find_child(cell, "tcPr"))
    return read_fill(find_child(table, "tblPr")) if fill is None else fill


def is_hidden_drawing(drawing: _Element) -> bool:
    """Return whether a drawing is hidden, or stands outside of its page."""
    for element in drawing.iter(_PROPERTIES, _VML_SHAPE):
        if element.get("hidden") in {"1", "true"} or _HIDDEN_SHAPE.search(element.get("style", "")):
            return True
    anchor = next(drawing.iter(_ANCHOR), None)
    return anchor is not None and any(
        _is_outside(anchor, axis, side) for axis, side in (("H", "cx"), ("V", "cy"))
    )


def _is_outside(anchor: _Element, axis: str, side: str) -> bool:
    """Return whether an anchored drawing ends before its page begins, or begins far after it."""
    position, extent = anchor.find(f"{_WP}position{axis}"), anchor.find(f"{_WP}extent")
    if position is None or extent is None:
        return False
    offset = parse_int(position.findtext(f"{_WP}posOffset"))
    is_of_page = position.get("relativeFrom") == "page"
    return offset > _MAX_PAGE or (
        offset + parse_int(extent.get(side)) < (0 if is_of_page else -_MAX_PAGE)
    )
