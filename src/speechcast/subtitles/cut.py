"""A timeline to cues: runs of tokens a reader can follow, each with the times of its tokens."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from ..divide import divide
from ..model import Cue, Spoken, Timeline, Token

WIDTH = 20  # full-width characters on a line; half-width ones count half
LINGER = 0.3  # seconds a cue stays after its last sound
DROPPED = "，。、；：,;"  # not shown where a cue ends


def cut(timeline: Timeline, width: int = WIDTH) -> list[Cue]:
    """The cues of the whole timeline: in order, not overlapping, none of them empty."""
    runs = [run for sentence in timeline.sentences() for run in _runs(sentence, width)]
    return list(_timed(runs, timeline))


def shown(tokens: Sequence[Token]) -> str:
    """What the cue of these tokens shows: their text, without the mark it would end on."""
    text = "".join(t.shown for t in tokens).strip()
    return text.rstrip(DROPPED + " ") or text


def full_widths(text: str) -> float:
    """How many full-width characters the text is wide (Unicode's East Asian Width)."""
    return sum(0.5 if unicodedata.east_asian_width(c) in {"H", "Na", "N"} else 1.0 for c in text)


def _runs(sentence: Sequence[Spoken], width: int) -> Iterator[list[Spoken]]:
    tokens = [s.token for s in sentence]
    for piece in divide(tokens, lambda i, j: full_widths(shown(tokens[i:j])), width):
        yield [sentence[i] for i in piece]


def _timed(runs: Sequence[Sequence[Spoken]], timeline: Timeline) -> Iterator[Cue]:
    spans = [[s.span for s in run if s.span] for run in runs]
    limits = [*(heard[0].start for heard in spans[1:]), timeline.length]
    for run, heard, limit in zip(runs, spans, limits, strict=True):
        end = heard[-1].end + round(LINGER * timeline.rate)
        yield Cue(heard[0].start, min(end, limit), shown([s.token for s in run]))
