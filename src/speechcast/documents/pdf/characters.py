"""Read the characters of a PDF's page and the boxes around them, with the text upright.

A table in landscape stands sideways on its page, as does the text of a page that a viewer turns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from math import pi
from typing import Any, NamedTuple

from ...messages import mark
from ..block import HEADERS, SAMPLE_LENGTH, LeftOut

GENERATED_SPACE = "\0"
"""A space that PDFium infers from a gap."""

UNSEEN = "\x01"
"""A character that nobody sees, which fills its place."""

_SLANTED = mark("slanted text, as of a watermark")
_MAX_SLANT = 0.12  # of a quarter turn; scanned pages are never more crooked
_MAX_SLANTED_SHARE = 0.3  # of the characters of a page; more are no watermark
_MARGIN_SHARE = 0.08  # of the width of a page: a margin, as of a paper with a stamp in it


class Char(NamedTuple):
    """A character and the box around it."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    def is_below(self, other: Char) -> bool:
        """Return whether it is on a later line than `other`."""
        return self.top < other.bottom + 0.3 * (other.top - other.bottom) and self.left < other.left


class TurnedPage:
    """How the text of a page is turned.

    Attributes:
        height: The height of the page with its text upright, in points.
        is_turned: Whether its text or the page itself is turned.

    Args:
        pdfium: The module pypdfium2.
        page: The page.
        textpage: Its text.
    """

    def __init__(self, pdfium: Any, page: Any, textpage: Any) -> None:
        self._raw = pdfium.raw
        self._textpage = textpage
        turns = dict(self._find_turns())
        upright = Counter(round(turn) % 4 for turn in turns.values() if not _is_slanted(turn))
        self._quarters = upright.most_common(1)[0][0] if upright else 0
        slanted = {i for i, turn in turns.items() if _is_slanted(turn)}
        self._slanted = slanted if len(slanted) <= _MAX_SLANTED_SHARE * len(turns) else set()
        _left, _bottom, self._width, self._height = page.get_bbox()
        self.height = self._width if self._quarters % 2 else self._height
        self._beside = {i for i, turn in turns.items() if self._stands_beside(i, turn)}
        self.is_turned = bool(self._quarters or page.get_rotation())

    def read(self, unseen: Set[int]) -> Iterator[Char]:
        """Yield the characters of the page, without those of a watermark and in its margins.

        Args:
            unseen: The indices of those that nobody sees.
        """
        previous: Char | None = None
        for i in range(self._textpage.count_chars()):
            if i in self._slanted or i in self._beside:
                continue
            text = chr(self._raw.FPDFText_GetUnicode(self._textpage, i))
            if text == " " and self._raw.FPDFText_IsGenerated(self._textpage, i) == 1:
                text = GENERATED_SPACE
            if i in unseen and text not in "\r\n":
                text = UNSEEN
            box = self._turn(*self._textpage.get_charbox(i, loose=True))
            if text == GENERATED_SPACE and self._quarters and previous:
                box = (previous.right, previous.bottom, previous.right, previous.top)
            previous = Char(text, *box)
            yield previous

    def list_left_out(self) -> list[LeftOut]:
        """Return the watermark of the page, and what stands sideways in its margins."""
        kinds = ((_SLANTED, self._slanted), (HEADERS, self._beside))
        return [LeftOut(kind, self._sample(indices)) for kind, indices in kinds if indices]

    def _sample(self, indices: Set[int]) -> str:
        shown = sorted(indices)[:SAMPLE_LENGTH]
        return "".join(chr(self._raw.FPDFText_GetUnicode(self._textpage, i)) for i in shown)

    def _stands_beside(self, index: int, turn: float) -> bool:
        """Return whether a character stands sideways in the margin beside an upright text."""
        if _is_slanted(turn) or (round(turn) - self._quarters) % 2 == 0:
            return False
        left, _bottom, right, _top = self._turn(*self._textpage.get_charbox(index))
        width = self._height if self._quarters % 2 else self._width
        return bool(abs((left + right) / 2 - width / 2) > (0.5 - _MARGIN_SHARE) * width)

    def _find_turns(self) -> Iterator[tuple[int, float]]:
        """Yield each character that is drawn, and its quarter turns against the clock."""
        for i in range(self._textpage.count_chars()):
            code = self._raw.FPDFText_GetUnicode(self._textpage, i)
            if code > 0x20 and self._raw.FPDFText_IsGenerated(self._textpage, i) != 1:
                angle = self._raw.FPDFText_GetCharAngle(self._textpage, i)
                yield i, (-angle / (pi / 2)) % 4 if angle >= 0 else 0.0

    def _turn(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        """Return a box on the page with its text upright."""
        if self._quarters == 1:
            return bottom, self._width - right, top, self._width - left
        if self._quarters == 2:
            return (
                self._width - right,
                self._height - top,
                self._width - left,
                self._height - bottom,
            )
        if self._quarters == 3:
            return self._height - top, left, self._height - bottom, right
        return left, bottom, right, top


def _is_slanted(turn: float) -> bool:
    return abs(turn - round(turn)) > _MAX_SLANT
