"""A timeline to cues: runs of tokens a reader can follow, each with the times of its tokens."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence

from ..divide import divide
from ..model import Cue, Spoken, Timeline

WIDTH = 20  # full-width characters on a line; half-width ones count half
LINGER = 0.3  # seconds a cue stays after its last sound
DROPPED = "，。、；：,;"  # not shown where a cue ends

_OPENERS = frozenset("“‘「『（(【《〈［[")
# What ending a cue after such a mark costs; see divide.py.
_BREAKS = ((0.0, "；;。！？!?"), (0.05, "：:，,"), (0.15, "—…"), (0.25, "、"))
_BETWEEN_WORDS = 1.5


def cut(timeline: Timeline, width: int = WIDTH) -> list[Cue]:
    """The cues of the whole timeline: in order, not overlapping, none of them empty."""
    runs = [run for sentence in timeline.sentences() for run in _runs(sentence, width)]
    return list(_timed(runs, timeline))


def shown(run: Sequence[Spoken]) -> str:
    """What the cue of these tokens shows: their text, without the mark it would end on."""
    text = "".join(s.token.shown for s in run).strip()
    return text.rstrip(DROPPED + " ") or text


def full_widths(text: str) -> float:
    """How many full-width characters the text is wide."""
    return sum(0.5 if unicodedata.east_asian_width(c) in {"H", "Na", "N"} else 1.0 for c in text)


def _runs(sentence: Sequence[Spoken], width: int) -> list[Sequence[Spoken]]:
    breaks = [_break_cost(sentence, i) for i in range(len(sentence))]
    ends = divide(breaks, lambda i, j: full_widths(shown(sentence[i:j])), width)
    return [sentence[a:b] for a, b in zip([0, *ends], ends, strict=False)]


def _break_cost(sentence: Sequence[Spoken], i: int) -> float:
    if i + 1 == len(sentence):
        return 0.0
    heard_before = any(s.span for s in sentence[: i + 1])
    heard_after = any(s.span for s in sentence[i + 1 :])
    here, after = sentence[i].token.shown, sentence[i + 1].token
    if not heard_before or not heard_after or here[-1] in _OPENERS:
        return math.inf
    if not after.voiced and after.shown[0] not in _OPENERS:
        return math.inf  # a mark stays with what it follows
    mark = _last_mark(sentence[: i + 1])
    return next((cost for cost, marks in _BREAKS if mark in marks), _BETWEEN_WORDS)


def _last_mark(run: Sequence[Spoken]) -> str:
    """The last character of the run, seen through quotes, brackets and spaces that close it."""
    text = "".join(s.token.shown for s in run[-6:]).rstrip(" \t\u3000”’」』）)】》〉\"'")
    return text[-1:] or " "


def _timed(runs: Sequence[Sequence[Spoken]], timeline: Timeline) -> Iterator[Cue]:
    starts = [next(s.span.start for s in run if s.span) for run in runs]
    for run, start, limit in zip(runs, starts, [*starts[1:], timeline.length], strict=True):
        last = next(s.span.end for s in reversed(run) if s.span)
        yield Cue(start, min(last + round(LINGER * timeline.rate), limit), shown(run))
