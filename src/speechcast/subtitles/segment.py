"""Segment a timeline into readable cues, timed by their tokens.

Each sentence is divided as a whole, by the cost of a break in its language and by what the style
demands of a cue. A cue too short to read then joins its neighbour in the next sentence if both fit.
Where a person says that a cue must end, or must not, that holds before all else.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise

from ..model import Span, TimedToken, Timeline
from ..text.line_breaking import break_costs
from ..text.segmentation import OVERFULL_COST, divide
from ..units import Hertz, Samples, Seconds
from .cue import Cue, CueToken
from .cue_costs import CueCosts
from .line_layout import lay_out
from .style import Style

_LONGEST_JOINED_PAUSE = 0.65  # seconds; a longer pause between sentences separates cues

TimedTokens = tuple[TimedToken, ...]

Cuts = Mapping[int, bool]
"""Whether a cue ends after so many characters of a sentence: True if it must, False if not."""


class _Run:
    """The tokens of a cue or a sentence, with their break costs.

    Attributes:
        tokens: The tokens.
        joins: Whether it belongs to one cue with the run before it: True if it must, False if it
            must not, None if that is open.
    """

    def __init__(self, tokens: TimedTokens, joins: bool | None = None) -> None:
        self.tokens = tokens
        self.joins = joins

    @cached_property
    def breaks(self) -> list[float]:
        """Return the cost of a break after each token, computed once."""
        return break_costs([t.token for t in self.tokens])

    @cached_property
    def voiced_span(self) -> Span:
        """Return the samples from the first voiced token to the last."""
        spans = [t.span for t in self.tokens if t.span]
        return Span(spans[0].start, spans[-1].end)


def segment(
    timeline: Timeline, style: Style, breaks: Mapping[int, Cuts] | None = None
) -> list[Cue]:
    """Segment the whole timeline into cues.

    Args:
        timeline: What is heard.
        style: What is demanded of a cue.
        breaks: The cuts that a person makes, by the number of the sentence, from 1.

    Returns:
        The cues in order, without overlap, none of them empty.
    """
    segmenter = _Segmenter(style, timeline.rate)
    runs: list[_Run] = []
    joins: bool | None = None  # the first run of a sentence, and the last of the one before it
    for number, tokens in enumerate(timeline.sentences(), 1):
        cuts = _find_cuts(tokens, (breaks or {}).get(number, {}))
        runs += segmenter.divide_sentence(_Run(tokens, joins), cuts)
        ending = cuts.get(len(tokens))
        joins = None if ending is None else not ending
    return list(segmenter.time_cues(segmenter.join_short_runs(runs), timeline.length))


class _Segmenter:
    """A style, applied at a sample rate."""

    def __init__(self, style: Style, rate: Hertz) -> None:
        self.style = style
        self.rate = rate

    def divide_sentence(self, sentence: _Run, cuts: Cuts) -> list[_Run]:
        """Divide a sentence into the cheapest runs of its cues.

        The total cost of the breaks is the lowest.

        Args:
            sentence: The tokens of the sentence.
            cuts: Whether a cue must end after so many tokens, or must not.
        """
        if not cuts:
            return self._divide(sentence, ())
        inner = [end for end, cut in cuts.items() if cut and end < len(sentence.tokens)]
        edges = [0, *sorted(inner), len(sentence.tokens)]
        runs = []
        for start, end in pairwise(edges):
            part = _Run(sentence.tokens[start:end], False if start else sentence.joins)
            whole = [i - start for i, cut in cuts.items() if not cut and start < i < end]
            runs += self._divide(part, whole)
        return runs

    def _divide(self, run: _Run, whole: Collection[int]) -> list[_Run]:
        """Divide tokens into the cheapest runs, none of which ends after `whole` tokens."""
        breaks = list(run.breaks)
        for end in whole:
            breaks[end - 1] = math.inf
        pieces = divide(breaks, self._costs(run).weigh)
        if len(pieces) == 1:
            return [run]
        joins = [run.joins, *(None for _ in pieces[1:])]
        return [
            _Run(run.tokens[piece.start : piece.stop], join)
            for piece, join in zip(pieces, joins, strict=True)
        ]

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
        if run.joins is not None:
            return _Run(before.tokens + run.tokens, before.joins) if run.joins else None
        a, b = before.voiced_span, run.voiced_span
        shortest = self._to_samples(self.style.shortest)
        near = b.start - a.end <= self._to_samples(_LONGEST_JOINED_PAUSE)
        if not near or min(a.end - a.start, b.end - b.start) >= shortest:
            return None
        both = _Run(before.tokens + run.tokens, before.joins)
        fits = self._costs(both).weigh_form(0, len(both.tokens)) < OVERFULL_COST
        return both if fits and b.end - a.start <= self._to_samples(self.style.longest) else None

    def _costs(self, run: _Run) -> CueCosts:
        return CueCosts(run.tokens, run.breaks, self.style, self.rate)

    def _to_samples(self, seconds: Seconds) -> Samples:
        return round(seconds * self.rate)


def _find_cuts(tokens: TimedTokens, cuts: Cuts) -> Cuts:
    """Return the cuts by how many tokens stand before them.

    A cut inside a token is one after it. One that would leave a cue without sound is left out.

    Args:
        tokens: The tokens of a sentence.
        cuts: The cuts, by how many of its characters stand before them.
    """
    if not cuts:
        return {}
    ends = list(accumulate(len(t.token.shown) for t in tokens))
    indices = {bisect_left(ends, offset) + 1: cut for offset, cut in sorted(cuts.items()) if offset}
    wanted = {end: cut for end, cut in indices.items() if end <= len(tokens)}
    chosen: dict[int, bool] = {}
    start = 0
    for end, cut in sorted(wanted.items()):
        inner = cut and end < len(tokens)
        if not inner or (_is_heard(tokens[start:end]) and _is_heard(tokens[end:])):
            chosen[end] = cut
            start = end if inner else start
    return chosen


def _is_heard(tokens: TimedTokens) -> bool:
    return any(t.span for t in tokens)
