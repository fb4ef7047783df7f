"""Segment a timeline into readable cues, timed by their tokens.

Each sentence is divided as a whole, by the cost of a break in its language and by what the style
demands of a cue. A cue too short to read then joins its neighbour in the next sentence if both fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from ..model import Cue, CueToken, Span, TimedToken, Timeline
from ..text.line_breaking import break_costs
from ..text.segmentation import OVERFULL_COST, divide
from ..units import Hertz, Samples, Seconds
from .cue_costs import CueCosts
from .line_layout import lay_out
from .style import Style

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
        pieces = divide(sentence.breaks, self._costs(sentence).weigh)
        if len(pieces) == 1:
            return [sentence]
        return [_Run(sentence.tokens[piece.start : piece.stop]) for piece in pieces]

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
            shown = lay_out([t.token for t in run.tokens], run.breaks, self.style)
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
        fits = self._costs(both).weigh_form(0, len(both.tokens)) < OVERFULL_COST
        return both if fits and b.end - a.start <= self._to_samples(self.style.longest) else None

    def _costs(self, run: _Run) -> CueCosts:
        return CueCosts(run.tokens, run.breaks, self.style, self.rate)

    def _to_samples(self, seconds: Seconds) -> Samples:
        return round(seconds * self.rate)
