"""A timeline to cues: runs of tokens a reader can follow, each with the times of its tokens.

A sentence is divided at once, by what a break costs in its language and by what the style asks of
each cue; a cue too short to read joins its neighbour in the next sentence where both fit.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from ..model import Cue, CueToken, Span, TimedToken, Timeline
from ..text.line_breaking import CLAUSE, break_costs
from ..text.segmentation import TOO_MUCH, divide, filling
from .line_layout import Layout, lay_out
from .style import Style

TINY_CUE = 2.0  # full-width characters; a cue of no more is avoided
_TINY_COST, _FLASH_COST, _FAST_COST, _LONG_COST = 1.5, 1.0, 0.3, 10.0
_PARTIAL_CLAUSE_COST = (
    1.4  # of one word of a clause beside the whole of its neighbour; less of more words
)
_LINE_BREAK_WEIGHT = 0.6  # what a break between two lines counts, against one between two cues
_LONGEST_JOINED_PAUSE = 0.65  # seconds; a longer pause between sentences is left to stand

Run = tuple[TimedToken, ...]


def segment(timeline: Timeline, style: Style) -> list[Cue]:
    """The cues of the whole timeline: in order, not overlapping, none of them empty."""
    cutter = _Segmenter(style, timeline.rate)
    runs = [run for sentence in timeline.sentences() for run in cutter.divided(sentence)]
    return list(cutter.timed(cutter.joined(runs), timeline.length))


class _Segmenter:
    """A style at a sample rate."""

    def __init__(self, style: Style, rate: int) -> None:
        self.style = style
        self.rate = rate

    def divided(self, sentence: Run) -> list[Run]:
        breaks = break_costs([s.token for s in sentence])
        ends = [j for j, price in enumerate(breaks, 1) if price <= CLAUSE]
        pieces = divide(
            breaks,
            lambda i, j: (
                self._cost(sentence[i:j], breaks[i:j]) + self._straddling(sentence, i, j, ends)
            ),
        )
        return [tuple(sentence[i] for i in piece) for piece in pieces]

    def joined(self, runs: Sequence[Run]) -> list[Run]:
        """The runs, those that would flash by joined to a neighbour if one has room and is near."""
        joined: list[Run] = []
        for run in runs:
            if joined and self._should_join(joined[-1], run):
                joined[-1] += run
            else:
                joined.append(run)
        return joined

    def timed(self, runs: Sequence[Run], length: int) -> Iterator[Cue]:
        """In at the first token's first sample; out as late as lingering and the next one allow."""
        heard = [_heard_span(run) for run in runs]
        starts = [*(span.start for span in heard[1:]), length]
        for run, span, following in zip(runs, heard, starts, strict=True):
            end = self._out(span, following, last=run is runs[-1])
            shown = self._layout(run).shown
            words = tuple(CueToken(text, s.span) for text, s in zip(shown, run, strict=True))
            yield Cue(span.start, end, words)

    def _out(self, span: Span, following: int, last: bool) -> int:
        """Where the cue of the tokens at `span` goes out."""
        style = self.style
        latest = following if last else following - self._samples(style.gap)
        end = span.end + self._samples(style.linger)
        if not last and following - span.end <= self._samples(style.close):
            end = latest
        return max(min(end, latest), span.start + 1)

    def _should_join(self, before: Run, run: Run) -> bool:
        a, b = _heard_span(before), _heard_span(run)
        shortest = self._samples(self.style.shortest)
        near = b.start - a.end <= self._samples(_LONGEST_JOINED_PAUSE)
        if not near or min(a.end - a.start, b.end - b.start) >= shortest:
            return False
        both = before + run
        return self._cost(both, break_costs([s.token for s in both])) < TOO_MUCH and (
            b.end - a.start <= self._samples(self.style.longest)
        )

    def _cost(self, run: Run, breaks: Sequence[float]) -> float:
        """What a cue of these tokens costs, at `breaks` for a line break after each."""
        layout = self._layout(run, breaks)
        style = self.style
        widths = [style.count_characters(line) for line in layout.lines]
        cost = filling(max(widths) / style.width) + _LINE_BREAK_WEIGHT * layout.cost
        heard = [s.span for s in run if s.span]
        if not heard:
            return cost
        seconds = (heard[-1].end - heard[0].start) / self.rate
        if sum(widths) <= style.count_characters("一") * TINY_CUE:
            cost += _TINY_COST
        if seconds < style.shortest:
            cost += _FLASH_COST * (1 - seconds / style.shortest)
        if seconds > style.longest:
            cost += _LONG_COST * seconds / style.longest
        if style.speed and sum(widths) > style.speed * seconds:
            cost += _FAST_COST
        return cost

    def _straddling(self, sentence: Run, i: int, j: int, ends: Sequence[int]) -> float:
        """What it costs that the cue of tokens i to j-1 holds only a scrap of its outer clauses.

        `ends` are the places after the sentence's clauses. What a reader wants of a cue is a whole
        clause, or several, or a good part of one.
        """
        inner = ends[bisect_right(ends, i) : bisect_left(ends, j)]
        if not inner:
            return 0.0
        head = sentence[i : inner[0]] if i and i not in ends else ()
        tail = sentence[inner[-1] : j] if j < len(sentence) and j not in ends else ()
        return sum(self._scrap(part) for part in (head, tail) if part)

    def _scrap(self, part: Run) -> float:
        shown = self.style.count_characters("".join(s.token.shown for s in part))
        return _PARTIAL_CLAUSE_COST * max(0.0, 1 - 2 * shown / self.style.width)

    def _layout(self, run: Run, breaks: Sequence[float] | None = None) -> Layout:
        tokens = [s.token for s in run]
        return lay_out(tokens, break_costs(tokens) if breaks is None else breaks, self.style)

    def _samples(self, seconds: float) -> int:
        return round(seconds * self.rate)


def _heard_span(run: Run) -> Span:
    spans = [s.span for s in run if s.span]
    return Span(spans[0].start, spans[-1].end)
