"""Find the characters of a page that nobody sees on it.

The page is drawn, and a character is hidden where nothing is drawn in its box: it has the colour of
what is behind it, is covered, is in a layer that is not shown, or lies beside the page. Text over a
picture is never hidden: that of a scanned page is invisible by design.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from ctypes import byref, c_float, c_int, c_uint, c_ulong, c_ushort, create_string_buffer
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from ...text.whitespace import is_double_width

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SCALE = 1.5  # pixels to a point
_FAR = 1000  # points between the corners by which a place on the page is found in its drawing
_FAR_OFF = 1e6  # pixels: what is farther away is as far
_MAX_SIDE = 2000  # pixels of a drawn page
_MAX_TINY = 2.5  # points: the height of a text that nobody can read
_CONTRAST = 10  # of 255, by which parts of a picture differ that anyone can tell apart
_RING = 2  # pixels around the box of a character, which may be full: 一, ■
_MIN_RUN = 2  # hidden characters in a row, where only a missing drawing says so
_LAYER = "OC\0".encode("utf-16-le")  # the mark of what belongs to a layer
_PALE = 200  # of 255: a grey that may be that of the paper
_MAX_RULE = 3  # points: what is no wider is a rule, and covers nothing
_UNSEEN_MODES = (3, 7)  # of drawing text: neither filled nor outlined


class _Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    def holds(self, other: _Box) -> bool:
        """Return whether the middle of another box is in it."""
        x, y = (other.left + other.right) / 2, (other.bottom + other.top) / 2
        return self.left <= x <= self.right and self.bottom <= y <= self.top


def find_unseen(pdfium: Any, page: Any, textpage: Any) -> frozenset[int]:
    """Return the indices of the characters that nobody sees.

    Args:
        pdfium: The module pypdfium2.
        page: A page.
        textpage: Its text.
    """
    if not _may_hide(pdfium.raw, page):
        return frozenset()
    boxes = dict(_find_boxes(pdfium, textpage))
    if not boxes:
        return frozenset()
    drawing = _Drawing(pdfium, page)
    tiny = {i for i, box in boxes.items() if _is_tiny(textpage, i, box)}
    blank = dict(drawing.find_blank(boxes))
    if not blank:
        return frozenset(_with_spaces(tiny, boxes))
    pictures = [*_find_pictures(pdfium, page)]
    blank = {i: s for i, s in blank.items() if not any(p.holds(boxes[i]) for p in pictures)}
    return frozenset(_with_spaces(tiny | _confirm(pdfium, textpage, boxes, blank), boxes))


def _may_hide(raw: Any, page: Any) -> bool:
    """Return whether there is anything on a page that may hide text, or text that may be hidden."""
    paper = _Box(*page.get_bbox())
    objects = (raw.FPDFPage_GetObject(page, i) for i in range(raw.FPDFPage_CountObjects(page)))
    return any(_is_suspicious(raw, item, paper) for item in objects)


def _is_suspicious(raw: Any, item: Any, paper: _Box) -> bool:
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_IMAGE:
        return False
    if kind not in {raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH} or _is_in_layer(raw, item):
        return True
    sides = [c_float() for _ in paper]
    raw.FPDFPageObj_GetBounds(item, *map(byref, sides))
    box = _Box(*(side.value for side in sides))
    if kind == raw.FPDF_PAGEOBJ_PATH:
        mode, is_stroked = c_int(), c_int()
        raw.FPDFPath_GetDrawMode(item, byref(mode), byref(is_stroked))
        return mode.value != 0 and min(box.right - box.left, box.top - box.bottom) > _MAX_RULE
    return (
        not (paper.left <= box.left and box.right <= paper.right)
        or not (paper.bottom <= box.bottom and box.top <= paper.top)
        or box.top - box.bottom < _MAX_TINY
        or raw.FPDFTextObj_GetTextRenderMode(item) in _UNSEEN_MODES
        or _is_pale(raw.FPDFPageObj_GetFillColor, item)
    )


def _is_in_layer(raw: Any, item: Any) -> bool:
    """Return whether an object belongs to a layer, which may not be shown."""
    name, length = (c_ushort * 8)(), c_ulong()
    for index in range(raw.FPDFPageObj_CountMarks(item)):
        mark = raw.FPDFPageObj_GetMark(item, index)
        raw.FPDFPageObjMark_GetName(mark, name, 2 * len(name), byref(length))
        if bytes(name).startswith(_LAYER):
            return True
    return False


def _with_spaces(unseen: set[int], boxes: Mapping[int, _Box]) -> Iterator[int]:
    """Yield hidden characters, and the spaces between two of them."""
    following = {a: b for a, b in pairwise(sorted(boxes)) if a in unseen and b in unseen}
    for i in unseen:
        yield from range(i, following.get(i, i + 1))


def _find_boxes(pdfium: Any, textpage: Any) -> Iterator[tuple[int, _Box]]:
    """Yield the index and the box of each character that is drawn."""
    raw = pdfium.raw
    for i in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, i)
        if code <= 0x20 or chr(code).isspace() or raw.FPDFText_IsGenerated(textpage, i) == 1:
            continue
        box = _Box(*textpage.get_charbox(i))
        if box.right - box.left < 1 or box.top - box.bottom < 1:
            box = _Box(*textpage.get_charbox(i, loose=True))
        if box.right > box.left:
            yield i, box


def _is_tiny(textpage: Any, index: int, box: _Box) -> bool:
    """Return whether a character is too small to be read, by the height of its line."""
    if box.top - box.bottom >= _MAX_TINY or box.right - box.left >= _MAX_TINY:
        return False
    _left, bottom, _right, top = textpage.get_charbox(index, loose=True)
    return bool(top - bottom < _MAX_TINY)


class _Drawing:
    """A page, drawn in shades of grey."""

    def __init__(self, pdfium: Any, page: Any) -> None:
        width, height = page.get_size()
        scale = min(_SCALE, _MAX_SIDE / max(width, height, 1.0))
        bitmap = page.render(scale=scale, draw_annots=False, may_draw_forms=False, grayscale=True)
        self._pixels: NDArray[Any] = bitmap.to_numpy().reshape(bitmap.height, -1)
        self._rows, self._columns = self._pixels.shape
        corners = ((0, 0), (_FAR, 0), (0, _FAR))
        self._corners = [self._to_device(pdfium, page, x, y) for x, y in corners]

    def _to_device(self, pdfium: Any, page: Any, x: float, y: float) -> tuple[int, int]:
        column, row = c_int(), c_int()
        pdfium.raw.FPDF_PageToDevice(
            page, 0, 0, self._columns, self._rows, 0, x, y, byref(column), byref(row)
        )
        return column.value, row.value

    def find_blank(self, boxes: Mapping[int, _Box]) -> Iterator[tuple[int, int]]:
        """Yield each character in whose box nothing is drawn, and the shade of grey there.

        The shade is -1 beside the page.
        """
        pixels = self._pixels
        for i, (left, top, right, bottom) in zip(boxes, self._place(boxes), strict=True):
            if right < 0 or bottom < 0 or left >= self._columns or top >= self._rows:
                yield i, -1
                continue
            part = pixels[max(0, top) : bottom + 1, max(0, left) : right + 1]
            shade = int(part.min())
            if part.max() - shade <= _CONTRAST and not self._fills(left, top, right, bottom, shade):
                yield i, shade

    def _place(self, boxes: Mapping[int, _Box]) -> list[list[int]]:
        """Return the first and the last column and row of each box."""
        import numpy as np

        (x0, y0), (x1, y1), (x2, y2) = self._corners
        turn = np.array([[x1 - x0, y1 - y0], [x2 - x0, y2 - y0]]) / _FAR
        sides = np.array([*boxes.values()])
        one, other = (sides[:, pair] @ turn + (x0, y0) for pair in ([0, 1], [2, 3]))
        one, other = (np.nan_to_num(np.clip(ends, -_FAR_OFF, _FAR_OFF)) for ends in (one, other))
        low, high = np.floor(np.minimum(one, other)), np.ceil(np.maximum(one, other)) - 1
        return [*np.hstack((low, np.maximum(low, high))).astype(int).tolist()]

    def _fills(self, left: int, top: int, right: int, bottom: int, shade: int) -> bool:
        """Return whether a box is full of a character, as that of 一 is: around it is another."""
        rows = slice(max(0, top - _RING), bottom + _RING + 1)
        around = self._pixels[rows, max(0, left - _RING) : right + _RING + 1]
        edges = (around[0], around[-1], around[:, 0], around[:, -1])
        ring = sorted(int(value) for edge in edges for value in edge)
        return abs(ring[len(ring) // 2] - shade) > _CONTRAST


def _find_pictures(pdfium: Any, page: Any) -> Iterator[_Box]:
    kinds = [pdfium.raw.FPDF_PAGEOBJ_IMAGE, pdfium.raw.FPDF_PAGEOBJ_SHADING]
    for picture in page.get_objects(filter=kinds, max_depth=4):
        yield _Box(*picture.get_bounds())


def _confirm(
    pdfium: Any, textpage: Any, boxes: Mapping[int, _Box], blank: Mapping[int, int]
) -> set[int]:
    """Return which characters without a drawing are hidden.

    The others have a font that the machine lacks, so that it could not draw them.
    """
    fonts = _Fonts(pdfium, textpage)
    drawing_fonts = {fonts.kind(i) for i in boxes if i not in blank}
    hidden: set[int] = set()
    run: list[int] = []
    for i in boxes:
        if i not in blank:
            hidden.update(run if len(run) >= _MIN_RUN else ())
            run = []
        elif blank[i] < 0 or fonts.is_unseen(i, blank[i]):
            hidden.add(i)
        elif fonts.is_embedded(i) or fonts.kind(i) in drawing_fonts:
            run.append(i)
    return hidden.union(run if len(run) >= _MIN_RUN else ())


def _is_pale(get_color: Callable[..., int], *target: Any) -> bool:
    grey = _read_grey(get_color, *target)
    return grey is None or grey >= _PALE


def _read_grey(get_color: Callable[..., int], *target: Any) -> float | None:
    """Return the shade of grey of a fill, 0 where it is not known; None if it is transparent."""
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint(255)
    get_color(*target, byref(red), byref(green), byref(blue), byref(alpha))
    if alpha.value == 0:
        return None
    return 0.3 * red.value + 0.59 * green.value + 0.11 * blue.value


class _Fonts:
    """The fonts and the colours of a page's characters."""

    def __init__(self, pdfium: Any, textpage: Any) -> None:
        self._raw = pdfium.raw
        self._textpage = textpage

    def kind(self, index: int) -> tuple[bytes, bool]:
        """Return the name of a character's font, and whether the character is Chinese."""
        flags, name = c_int(), create_string_buffer(200)
        self._raw.FPDFText_GetFontInfo(self._textpage, index, name, len(name), byref(flags))
        character = chr(self._raw.FPDFText_GetUnicode(self._textpage, index))
        return name.value, is_double_width(character)

    def is_embedded(self, index: int) -> bool:
        """Return whether the file holds the font of a character."""
        font = self._raw.FPDFTextObj_GetFont(self._object(index))
        return bool(font) and self._raw.FPDFFont_GetIsEmbedded(font) == 1

    def is_unseen(self, index: int, shade: int) -> bool:
        """Return whether a character is not filled, or in the shade of grey behind it."""
        if self._raw.FPDFTextObj_GetTextRenderMode(self._object(index)) in _UNSEEN_MODES:
            return True
        grey = _read_grey(self._raw.FPDFText_GetFillColor, self._textpage, index)
        return grey is None or abs(grey - shade) <= _CONTRAST

    def _object(self, index: int) -> Any:
        return self._raw.FPDFText_GetTextObject(self._textpage, index)
