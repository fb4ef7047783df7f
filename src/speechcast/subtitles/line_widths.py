"""The width of any run of a sentence's tokens as a line, in constant time.

To divide a sentence, very many runs of its tokens are weighed. Their texts are composed for the
runs that are chosen; for all others a difference of two sums is enough.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from ..model import Token
from .line_texts import drop_mark, is_replaced, may_end_line, replace_mark
from .style import Style

_IMBALANCE = 2.0  # the cost of one of the two lines being empty


class LineSplit(NamedTuple):
    """How a run of tokens fits on the fewest lines.

    Attributes:
        widths: The width of each line, as the style counts characters.
        position: The index of the first token of the second line; None for a single line.
        cost: The cost of the line break; 0.0 without one.
    """

    widths: tuple[float, ...]
    position: int | None = None
    cost: float = 0.0


class LineWidths:
    """The widths of a sentence's runs of tokens, as `compose_line` shows them."""

    def __init__(self, tokens: Sequence[Token], breaks: Sequence[float], style: Style) -> None:
        """Count the characters of every token once.

        Args:
            tokens: The sentence's tokens.
            breaks: The cost of breaking a line after each of them.
            style: How characters are counted, and how wide and how many the lines may be.
        """
        shown = [t.shown for t in tokens]
        spaces = style.punctuation == "spaces"
        inside = [replace_mark(shown, i) if spaces else text for i, text in enumerate(shown)]
        count = style.count_characters
        self._style = style
        self._breaks = breaks
        self._line_ends = [end for end, cost in enumerate(breaks, 1) if cost < math.inf]
        self._costs = [cost for cost in breaks if cost < math.inf]
        self._replaced = [spaces and is_replaced(text) for text in shown]
        # Where the tokens begin that are at the line's end if a line ends before a token.
        self._end_starts = _starts_of_runs([spaces and may_end_line(text) for text in shown])
        self._inside = _Texts([" " if text.isspace() else text for text in inside], count)
        self._at_end = _Texts([" " if text.isspace() else drop_mark(text) for text in shown], count)

    def measure(self, start: int, end: int) -> float:
        """Return the width of the tokens from `start` to `end` (not included) as one line."""
        line_end = max(start, self._end_starts[end])
        first = self._inside.next_visible[start + self._replaced[start]]
        if first >= line_end:
            first = self._at_end.next_visible[line_end]
            if first >= end:
                return 0.0
        last = self._at_end.last_visible[end]
        if last < line_end:
            last = self._inside.last_visible[line_end]
        width = self._sum_to(last + 1, line_end) - self._sum_to(first, line_end)
        return width - self._inside.leading[first] - self._inside.trailing[last]

    def split(self, start: int, end: int) -> LineSplit:
        """Return how the tokens from `start` to `end` (not included) fit on the style's lines.

        It is the line break at the lowest cost, of two the earlier; a single line that is too wide
        if nothing fits.
        """
        width = self.measure(start, end)
        if self._style.lines == 1 or width <= self._style.width:
            return LineSplit((width,))
        ends, sums = self._line_ends, self._inside.sums
        low, high = bisect_right(ends, start), bisect_left(ends, end)
        middle = bisect_left(sums, (sums[start] + sums[end]) / 2, start, end)
        middle = bisect_left(ends, middle, low, high)
        floor = min(self._costs[low:high], default=math.inf)
        best = LineSplit((width,), None, math.inf)
        for positions in (ends[middle:high], ends[low:middle][::-1]):
            for position, gap in self._walk(start, end, positions):
                if floor + _IMBALANCE * gap / width > best.cost:
                    break
                best = min(best, self._split_before(position, start, end), key=_rank)
        return best if best.position is not None else LineSplit((width,))

    def _walk(self, start: int, end: int, positions: Sequence[int]) -> Iterator[tuple[int, float]]:
        """Yield the positions where both lines fit, and by how much the lines differ at least.

        Args:
            start: The index of the first token.
            end: The index after the last.
            positions: Where the second line may begin, from the middle to one of the ends.
        """
        most = self._style.width
        for position in positions:
            lines = self.measure(start, position), self.measure(position, end)
            growing, shrinking = lines if positions[-1] >= positions[0] else lines[::-1]
            if growing > most:
                return
            if shrinking <= most:
                yield position, max(0.0, growing - shrinking)

    def _split_before(self, position: int, start: int, end: int) -> LineSplit:
        """Return the two lines of which the second begins at `position`."""
        upper, lower = self.measure(start, position), self.measure(position, end)
        imbalance = abs(upper - lower) / (upper + lower)
        return LineSplit(
            (upper, lower), position, self._breaks[position - 1] + _IMBALANCE * imbalance
        )

    def _sum_to(self, i: int, line_end: int) -> float:
        """Return the width before token i, in a line whose end begins at `line_end`."""
        if i <= line_end:
            return self._inside.sums[i]
        return self._inside.sums[line_end] + self._at_end.sums[i] - self._at_end.sums[line_end]


def _rank(split: LineSplit) -> tuple[float, int]:
    """Return what is least for the better split: its cost, then its position."""
    return split.cost, split.position or 0


class _Texts:
    """What every token shows in one position, and sums over it.

    Attributes:
        sums: The width of all tokens before each index.
        leading: The width of the white space at each token's start.
        trailing: The width of the white space at each token's end.
        next_visible: From each index on, the index of the first token that is not blank.
        last_visible: Before each index, the index of the last token that is not blank; -1 for none.
    """

    def __init__(self, texts: Sequence[str], count: Callable[[str], float]) -> None:
        widths = [*map(count, texts)]
        self.sums = [0.0, *accumulate(widths)]
        self.leading = [w - count(t.lstrip()) for w, t in zip(widths, texts, strict=True)]
        self.trailing = [w - count(t.rstrip()) for w, t in zip(widths, texts, strict=True)]
        visible = [bool(text.strip()) for text in texts]
        self.last_visible = _last_indices(visible)
        from_end = _last_indices(visible[::-1])
        self.next_visible = [len(texts) - 1 - i for i in reversed(from_end)]


def _last_indices(flags: Sequence[bool]) -> list[int]:
    """Return before each index the last index with a true flag, or -1."""
    indices = (i if flag else -1 for i, flag in enumerate(flags))
    return list(accumulate(indices, max, initial=-1))


def _starts_of_runs(flags: Sequence[bool]) -> list[int]:
    """Return for each index where the run of true flags before it begins."""
    return [last + 1 for last in _last_indices([not flag for flag in flags])]
