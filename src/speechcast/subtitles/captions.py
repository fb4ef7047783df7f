"""What a subtitle format writes, and how its times may change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ..model import Span, Timeline
from ..units import Hertz, Milliseconds, Samples
from .cue import Cue, CueToken


@dataclass(frozen=True, slots=True)
class Captions:
    """The cues of a production, and the timeline they were segmented from.

    Attributes:
        cues: in order.
        timeline: of the whole production.
        title: of the production.
        language: a tag such as zh-CN.
    """

    cues: tuple[Cue, ...]
    timeline: Timeline
    title: str
    language: str

    @property
    def rate(self) -> Hertz:
        """Return the sample rate in which all times are counted."""
        return self.timeline.rate


def shifted(cues: Sequence[Cue], offset: Samples) -> list[Cue]:
    """Return the cues shifted by an offset, none before the beginning.

    Args:
        cues: in order.
        offset: positive for later, negative for earlier.
    """

    def shift(span: Span) -> Span:
        return Span(max(0, span.start + offset), max(1, span.end + offset))

    return [_retimed(cue, shift(Span(cue.start, cue.end)), shift) for cue in cues]


def snap_to_frames(cues: Sequence[Cue], rate: Hertz, fps: Fraction) -> list[Cue]:
    """Return the cues with their times on video frames, rounded down.

    A cue that would not last a frame lasts one.

    Args:
        cues: in order.
        rate: the sample rate of their times.
        fps: frames a second.
    """

    def to_frame(samples: Samples) -> int:
        return int(samples * fps / rate)

    def to_samples(frame: int) -> Samples:
        return -int(-frame * rate // fps)  # the first sample inside the frame

    snapped = []
    for cue in cues:
        first = to_frame(cue.start)
        span = Span(to_samples(first), to_samples(max(to_frame(cue.end), first + 1)))
        snapped.append(_retimed(cue, span, lambda token_span: token_span))
    return snapped


def _retimed(cue: Cue, span: Span, retime: Callable[[Span], Span]) -> Cue:
    """Return the cue at another span, the span of each token retimed."""
    tokens = tuple(CueToken(t.text, retime(t.span) if t.span else None) for t in cue.tokens)
    return replace(cue, start=span.start, end=span.end, tokens=tokens)


def to_milliseconds(samples: Samples, rate: Hertz) -> Milliseconds:
    """Return a time in milliseconds, rounded down.

    This is the only place where samples become milliseconds. Because it rounds
    down, no cue appears after its sound or stays beyond the end of the production.

    >>> to_milliseconds(47, 24_000)
    1
    """
    return samples * 1000 // rate


def format_timecode(ms: Milliseconds, separator: str = ".") -> str:
    """Return a time as hours, minutes, seconds and milliseconds.

    >>> format_timecode(3_723_004)
    '01:02:03.004'
    """
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{separator}{ms:03}"
