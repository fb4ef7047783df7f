"""Segment a timeline into readable cues, timed by their tokens.

Each sentence is divided as a whole, by the cost of a break in its language and by what the style
demands of a cue. A cue too short to read then joins its neighbour in the next sentence if both fit.
The costs below were chosen by hand for this project.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from ..model import Cue, CueToken, Span, TimedToken, Timeline
from ..text.line_breaking import CLAUSE_COST, break_costs
from ..text.segmentation import OVERFULL_COST, divide, fill_cost
from ..units import Hertz, Samples, Seconds
from .line_layout import lay_out
from .style import Style

TINY_CUE = 2.0  # full-width characters; a cue of no more than this is avoided
_TINY_COST, _FLASH_COST, _FAST_COST, _LONG_COST = 1.5, 1.0, 0.3, 10.0
# The cost of showing one word of a clause with a whole other clause; more words cost less.
_PARTIAL_CLAUSE_COST = 1.4
_LINE_BREAK_WEIGHT = 0.6  # of a break between two lines, relative to one between two cues
_LONGEST_JOINED_PAUSE = 0.65  # seconds; a longer pause between sentences separates cues

TimedTokens = tuple[TimedToken, ...]


class _Run:
    """The tokens of a cue or a sentence, with their break costs."""

    def __init__(self, tokens: TimedTokens) -> None:
        self.tokens = tokens

    @cached_property
    def breaks(self) -> list[float]:
        """Return the cost of a break after each token, computed once."""
        return break_costs([t.token for t in self.tokens])

    @cached_property
    def voiced_span(self) -> Span:
        """Return the samples from the first voiced token to the last."""
        spans = [t.span for t in self.tokens if t.span]
        return Span(spans[0].start, spans[-1].end)


def segment(timeline: Timeline, style: Style) -> list[Cue]:
    """Segment the whole timeline into cues.

    Returns:
        The cues in order, without overlap, none of them empty.
    """
    segmenter = _Segmenter(style, timeline.rate)
    sentences = [_Run(tokens) for tokens in timeline.sentences()]
    runs = [run for sentence in sentences for run in segmenter.divide_sentence(sentence)]
    return list(segmenter.time_cues(segmenter.join_short_runs(runs), timeline.length))


class _Segmenter:
    """A style, applied at a sample rate."""

    def __init__(self, style: Style, rate: Hertz) -> None:
        self.style = style
        self.rate = rate

    def divide_sentence(self, sentence: _Run) -> list[_Run]:
        """Divide a sentence into the cheapest runs of its cues.

        The total cost of the breaks is the lowest.
        """
        tokens, breaks = sentence.tokens, sentence.breaks
        clause_ends = [j for j, cost in enumerate(breaks, 1) if cost <= CLAUSE_COST]
        pieces = divide(
            breaks,
            lambda i, j: (
                self._cue_cost(tokens[i:j], breaks[i:j])
                + self._partial_clause_cost(tokens, i, j, clause_ends)
            ),
        )
        if len(pieces) == 1:
            return [sentence]
        return [_Run(tuple(tokens[i] for i in piece)) for piece in pieces]

    def join_short_runs(self, runs: Sequence[_Run]) -> list[_Run]:
        """Join each run too short to read to a neighbour with room."""
        joined: list[_Run] = []
        for run in runs:
            if joined and (both := self._join(joined[-1], run)):
                joined[-1] = both
            else:
                joined.append(run)
        return joined

    def time_cues(self, runs: Sequence[_Run], length: Samples) -> Iterator[Cue]:
        """Yield the cue of each run.

        It appears at its first voiced sample, and lingers as long as the style and the next cue
        allow.
        """
        starts = [*(run.voiced_span.start for run in runs[1:]), length]
        for run, next_start in zip(runs, starts, strict=True):
            end = self._cue_end(run.voiced_span, next_start, last=run is runs[-1])
            shown = lay_out([t.token for t in run.tokens], run.breaks, self.style).shown
            texts = zip(shown, run.tokens, strict=True)
            tokens = tuple(CueToken(text, token.span) for text, token in texts)
            yield Cue(run.voiced_span.start, end, tokens)

    def _cue_end(self, span: Span, next_start: Samples, last: bool) -> Samples:
        """Return the sample at which the cue of `span` disappears."""
        style = self.style
        latest = next_start if last else next_start - self._to_samples(style.gap)
        end = span.end + self._to_samples(style.linger)
        if not last and next_start - span.end <= self._to_samples(style.close):
            end = latest
        return max(min(end, latest), span.start + 1)

    def _join(self, before: _Run, run: _Run) -> _Run | None:
        """Return both runs as one if they should be one cue."""
        a, b = before.voiced_span, run.voiced_span
        shortest = self._to_samples(self.style.shortest)
        near = b.start - a.end <= self._to_samples(_LONGEST_JOINED_PAUSE)
        if not near or min(a.end - a.start, b.end - b.start) >= shortest:
            return None
        both = _Run(before.tokens + run.tokens)
        fits = self._cue_cost(both.tokens, both.breaks) < OVERFULL_COST
        return both if fits and b.end - a.start <= self._to_samples(self.style.longest) else None

    def _cue_cost(self, tokens: TimedTokens, breaks: Sequence[float]) -> float:
        """Return the cost of a cue of these tokens.

        Args:
            tokens: of the cue.
            breaks: the cost of a line break after each token.
        """
        style = self.style
        layout = lay_out([t.token for t in tokens], breaks, style)
        widths = [style.count_characters(line) for line in layout.lines]
        cost = fill_cost(max(widths) / style.width) + _LINE_BREAK_WEIGHT * layout.cost
        spans = [t.span for t in tokens if t.span]
        if not spans:
            return cost
        seconds = (spans[-1].end - spans[0].start) / self.rate
        if sum(widths) <= style.count_characters("一") * TINY_CUE:
            cost += _TINY_COST
        if seconds < style.shortest:
            cost += _FLASH_COST * (1 - seconds / style.shortest)
        if seconds > style.longest:
            cost += _LONG_COST * seconds / style.longest
        if style.speed and sum(widths) > style.speed * seconds:
            cost += _FAST_COST
        return cost

    def _partial_clause_cost(
        self, sentence: TimedTokens, i: int, j: int, clause_ends: Sequence[int]
    ) -> float:
        """Return the cost of the fragments of clauses at the cue's ends.

        A good cue holds a whole clause, or several, or a good part of one.

        Args:
            sentence: its tokens.
            i: the index of the cue's first token.
            j: the index after its last.
            clause_ends: the index after the last token of each of the sentence's clauses.
        """
        inner = clause_ends[bisect_right(clause_ends, i) : bisect_left(clause_ends, j)]
        if not inner:
            return 0.0
        head = sentence[i : inner[0]] if i and i not in clause_ends else ()
        tail = sentence[inner[-1] : j] if j < len(sentence) and j not in clause_ends else ()
        return sum(self._fragment_cost(part) for part in (head, tail) if part)

    def _fragment_cost(self, tokens: TimedTokens) -> float:
        width = self.style.count_characters("".join(t.token.shown for t in tokens))
        return _PARTIAL_CLAUSE_COST * max(0.0, 1 - 2 * width / self.style.width)

    def _to_samples(self, seconds: Seconds) -> Samples:
        return round(seconds * self.rate)
