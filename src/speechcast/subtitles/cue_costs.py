"""What a run of a sentence's tokens costs as a cue.

It is the cost of what the style demands of a cue, and of scraps of clauses in it. The costs were
chosen by hand for this project.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from ..model import Span, TimedToken
from ..text.line_breaking import CLAUSE_COST
from ..text.segmentation import fill_cost
from ..units import Hertz
from .line_widths import LineWidths
from .style import Style

TINY_CUE = 2.0  # full-width characters; a cue of no more than this is avoided
_TINY_COST, _FLASH_COST, _FAST_COST, _LONG_COST = 1.5, 1.0, 0.3, 10.0
# The cost of showing one word of a clause with a whole other clause; more words cost less.
_PARTIAL_CLAUSE_COST = 1.4
_LINE_BREAK_WEIGHT = 0.6  # of a break between two lines, relative to one between two cues


class CueCosts:
    """The costs of a sentence's runs of tokens as cues."""

    def __init__(
        self, tokens: Sequence[TimedToken], breaks: Sequence[float], style: Style, rate: Hertz
    ) -> None:
        """Measure every token once.

        Args:
            tokens: The sentence's tokens.
            breaks: The cost of a break after each of them.
            style: What is demanded of a cue.
            rate: The sample rate of the tokens' times.
        """
        self._style = style
        self._rate = rate
        self._lines = LineWidths([t.token for t in tokens], breaks, style)
        shown = (style.count_characters(t.token.shown) for t in tokens)
        self._widths = list(accumulate(shown, initial=0.0))  # of all that stands before a token
        self._heard = [i for i, t in enumerate(tokens) if t.span]
        self._spans = [t.span for t in tokens if t.span]
        self._clause_ends = [j for j, cost in enumerate(breaks, 1) if cost <= CLAUSE_COST]
        self._edges = frozenset((0, *self._clause_ends, len(tokens)))

    def weigh(self, start: int, end: int) -> float:
        """Return the cost of the tokens from `start` to `end` (not included) as a cue."""
        return self.weigh_form(start, end) + self._weigh_scraps(start, end)

    def weigh_form(self, start: int, end: int) -> float:
        """Return what the cue's lines and times cost, whatever its clauses."""
        style = self._style
        lines = self._lines.split(start, end)
        cost = fill_cost(max(lines.widths) / style.width) + _LINE_BREAK_WEIGHT * lines.cost
        span = self._find_span(start, end)
        if span is None:
            return cost
        width, seconds = sum(lines.widths), (span.end - span.start) / self._rate
        if width <= style.count_characters("一") * TINY_CUE:
            cost += _TINY_COST
        if seconds < style.shortest:
            cost += _FLASH_COST * (1 - seconds / style.shortest)
        if seconds > style.longest:
            cost += _LONG_COST * seconds / style.longest
        if style.speed and width > style.speed * seconds:
            cost += _FAST_COST
        return cost

    def _find_span(self, start: int, end: int) -> Span | None:
        """Return the samples from the first sound of the tokens to the last."""
        first, after = bisect_left(self._heard, start), bisect_left(self._heard, end)
        return Span(self._spans[first].start, self._spans[after - 1].end) if first < after else None

    def _weigh_scraps(self, start: int, end: int) -> float:
        """Return the cost of the fragments of clauses at the cue's ends.

        A good cue holds a whole clause, or several, or a good part of one.
        """
        ends = self._clause_ends
        first, after = bisect_right(ends, start), bisect_left(ends, end)
        if first >= after:
            return 0.0
        head = 0.0 if start in self._edges else self._weigh_scrap(start, ends[first])
        return head + (0.0 if end in self._edges else self._weigh_scrap(ends[after - 1], end))

    def _weigh_scrap(self, start: int, end: int) -> float:
        width = self._widths[end] - self._widths[start]
        return _PARTIAL_CLAUSE_COST * max(0.0, 1 - 2 * width / self._style.width)
