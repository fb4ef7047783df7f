"""The lines of a page, with their places. All lengths are in points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...text.whitespace import joined
from ..block import LeftOut
from ..pieces import describe_reference
from ..raised import write_lowered, write_raised
from ..tables import join_cells

CELL_GAP = 3.0  # characters; a wider gap in a line separates the cells of a table
BULLET = re.compile(r"[•·●○▪■◆‣]\s*")
SMALL_SHARE = 0.8  # of the height of a line; raised and lowered characters are smaller
_RAISED_SHARE = 0.15  # of the height of a line, by which raised characters stand higher at least
_LOWERED_SHARE = 0.02  # by which the small boxes of lowered characters reach lower


def is_raised(bottom: float, line_bottom: float, height: float) -> bool:
    """Return whether a small character is raised in a line of this height."""
    return bottom > line_bottom + _RAISED_SHARE * height


def is_lowered(bottom: float, line_bottom: float, height: float) -> bool:
    """Return whether a small character is lowered in a line of this height."""
    return bottom < line_bottom - _LOWERED_SHARE * height


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line of a page, and the box around it in points.

    Attributes:
        first_word_width: The width of its first word, in points.
        is_row: Whether it is a table's row, because it has gaps wider than any space.
        column: The column it is in, counted through the document; a page has one or more.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    first_word_width: float = 0.0
    is_row: bool = False
    column: int = 0

    @property
    def size(self) -> float:
        """Its height in points, about the size of its font."""
        return max(1.0, self.top - self.bottom)

    def is_followed_by(self, other: TextLine) -> bool:
        """Return whether `other` continues this line to the right.

        It does if it is at about the same height and not to its left.
        """
        shared = min(self.top, other.top) - max(self.bottom, other.bottom)
        least = min(self.size, other.size)
        return shared > 0.5 * least and other.left > self.right - 0.5 * least

    def extended(
        self, other: TextLine, after: str = "", left_out: list[LeftOut] | None = None
    ) -> TextLine:
        """Return this line and the one to its right, as one.

        Args:
            other: The line to its right.
            after: The text after that one.
            left_out: Receives the raised figures that are taken for references of notes.
        """
        relative_gap = (other.left - self.right) / self.size
        if BULLET.fullmatch(self.text):
            return replace(other, left=self.left)
        if relative_gap > CELL_GAP:
            text = join_cells([self.text, other.text])
        else:
            text = self._joined(other, relative_gap, after, left_out)
        return replace(
            self,
            text=text,
            is_row=self.is_row or other.is_row or relative_gap > CELL_GAP,
            right=max(self.right, other.right),
            bottom=min(self.bottom, other.bottom),
            top=max(self.top, other.top),
        )

    def _joined(
        self, other: TextLine, relative_gap: float, after: str, left_out: list[LeftOut] | None
    ) -> str:
        """Return both texts; the other one may be raised or lowered, as it is smaller."""
        is_small = other.size < SMALL_SHARE * self.size
        if is_small and is_raised(other.bottom, self.bottom, self.size):
            written = write_raised(other.text, self.text, after)
            if not written and left_out is not None:
                left_out += describe_reference(other.text)
            return self.text + written
        if is_small and is_lowered(other.bottom, self.bottom, self.size):
            return self.text + write_lowered(other.text, self.text)
        return self.text + other.text if relative_gap < 0.2 else joined(self.text, other.text)


@dataclass(frozen=True, slots=True)
class Page:
    """A page's height in points, its lines in reading order, and what of it is not read."""

    height: float
    lines: Sequence[TextLine]
    left_out: Sequence[LeftOut] = ()
