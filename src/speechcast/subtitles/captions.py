"""What a subtitle format is given, and what may be done to it beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ..model import Cue, CueToken, Span, Timeline


@dataclass(frozen=True, slots=True)
class Captions:
    """The cues of a production, with what they were cut from; times in samples at `rate`."""

    cues: tuple[Cue, ...]
    timeline: Timeline
    title: str
    language: str

    @property
    def rate(self) -> int:
        return self.timeline.rate


def shifted(cues: Sequence[Cue], offset: int) -> list[Cue]:
    """The cues `by` samples later (or earlier), none before the beginning."""

    def moved(span: Span) -> Span:
        return Span(max(0, span.start + offset), max(1, span.end + offset))

    return [_retimed(cue, moved(Span(cue.start, cue.end)), moved) for cue in cues]


def snap_to_frames(cues: Sequence[Cue], rate: int, fps: Fraction) -> list[Cue]:
    """The cues in and out on a picture's frame: the last one not after their own time.

    A cue that would last no frame lasts one.
    """

    def frame(samples: int) -> int:
        return int(samples * fps / rate)

    def samples(frames: int) -> int:
        return -int(-frames * rate // fps)  # the first sample inside the frame

    snapped = []
    for cue in cues:
        first = frame(cue.start)
        span = Span(samples(first), samples(max(frame(cue.end), first + 1)))
        snapped.append(_retimed(cue, span, lambda s: s))
    return snapped


def _retimed(cue: Cue, span: Span, moved: object) -> Cue:
    assert callable(moved)
    words = tuple(CueToken(w.text, moved(w.span) if w.span else None) for w in cue.tokens)
    return replace(cue, start=span.start, end=span.end, tokens=words)


def to_milliseconds(samples: int, rate: int) -> int:
    """The one place where samples become milliseconds: the one they are in.

    So no cue comes in after its sound, nor stays beyond the end of it all.
    """
    return samples * 1000 // rate


def format_timecode(ms: int, separator: str = ".") -> str:
    """`01:02:03.004`."""
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{separator}{ms:03}"
