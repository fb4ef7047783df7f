"""Where a clip sounds and where it is silent, measured on its samples."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ..model import Clip, Span, Token

if TYPE_CHECKING:
    from numpy.typing import NDArray

HOP = 0.0025  # seconds between two looks; each averages over two hops
FLOOR_DB = -55.0  # nothing below this is sound, however quiet the clip (full scale: 0 dB)
BELOW_LOUD_DB = -38.0  # a weak consonant's onset, against the clip's loud passages
LOUD_QUANTILE = 0.95
ABOVE_NOISE_DB = 10.0  # sound stands out from what a recording never falls below
NOISE_QUANTILE = 0.02
SHORTEST_SOUND = 0.010  # seconds; anything shorter is a click
SHORTEST_PAUSE = 0.040  # seconds of silence that may be a pause; a closure can be as long
PAUSE_REACH = 0.20  # seconds a token's model timing may be off the sound beside a pause
LEAD = 0.010  # seconds kept before a clip's first sound
TRAIL = 0.060  # seconds kept after its last: a voice dies away below the threshold


def find_active_ranges(samples: NDArray[np.int16], rate: int) -> list[Span]:
    """The ranges of `samples` that sound, in order; a dip shorter than a pause does not end one."""
    return detect_active_ranges(measure_frame_powers(samples, rate), rate)


def hop_length(rate: int) -> int:
    """The samples of one hop."""
    return round(HOP * rate)


def measure_frame_powers(samples: NDArray[np.int16], rate: int) -> NDArray[np.float64]:
    """The mean square of each whole hop of the samples, 1 being full scale."""
    hop = hop_length(rate)
    whole = samples[: len(samples) // hop * hop].reshape(-1, hop).astype(np.float64)
    return np.asarray(np.square(whole).mean(axis=1) / 32768.0**2)


def detect_active_ranges(power: NDArray[np.float64], rate: int) -> list[Span]:
    """As `sounding`, from the power of each hop."""
    if len(power) < 2:
        return []
    hop = hop_length(rate)
    level = 10 * np.log10((power[:-1] + power[1:]) / 2 + 1e-12)
    sound = level > _sound_threshold(level)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], sound, [False])).astype(np.int8)))
    ranges = [Span(int(a + 1) * hop, int(b + 1) * hop) for a, b in edges.reshape(-1, 2)]
    return [r for r in _merge_ranges(ranges, rate) if r.end - r.start >= SHORTEST_SOUND * rate]


def _sound_threshold(level: NDArray[np.float64]) -> float:
    """The level in dB from which on it is sound."""
    noise, loud = np.quantile(level, (NOISE_QUANTILE, LOUD_QUANTILE))
    return float(max(FLOOR_DB, loud + BELOW_LOUD_DB, min(noise + ABOVE_NOISE_DB, loud - 20)))


def _merge_ranges(ranges: Sequence[Span], rate: int) -> list[Span]:
    joined: list[Span] = []
    for r in ranges:
        if joined and r.start - joined[-1].end < SHORTEST_PAUSE * rate:
            joined[-1] = Span(joined[-1].start, r.end)
        else:
            joined.append(r)
    return joined


def snap_to_sound(clip: Clip, tokens: Sequence[Token]) -> Clip:
    """The clip cut to its sound, its spans moved to where the sound says they are.

    An engine's durations tell the phoneme, not the sound: a plosive's closure is silent, a
    service's clock may run early. So the first token starts at the measured onset, the last one
    ends with the sound, and beside every pause (a token that makes no sound, between two that
    do) the two neighbours end and start where the silence does.
    """
    sounds = find_active_ranges(clip.samples, clip.rate)
    spans = _snap_beside_pauses(list(clip.spans), tokens, sounds, clip.rate)
    heard = [i for i, s in enumerate(spans) if s is not None]
    if not sounds or not heard:
        return clip
    first, last = heard[0], heard[-1]
    spans[first] = _with_start(spans[first], sounds[0].start)
    spans[last] = _with_end(spans[last], sounds[-1].end)
    return _trim(clip, spans, sounds)


def _snap_beside_pauses(
    spans: list[Span | None], tokens: Sequence[Token], sounds: Sequence[Span], rate: int
) -> list[Span | None]:
    silences = [Span(a.end, b.start) for a, b in pairwise(sounds)]
    heard = [i for i, s in enumerate(spans) if s is not None]
    for left, right in pairwise(heard):
        if not any(t.shown.strip() for t in tokens[left + 1 : right]):
            continue  # neighbours, or only a space between them
        a, b = spans[left], spans[right]
        assert a is not None
        assert b is not None
        silence = _find_silence(silences, a.end, b.start, round(PAUSE_REACH * rate))
        if silence and a.start < silence.start and silence.end < b.end:
            spans[left], spans[right] = Span(a.start, silence.start), Span(silence.end, b.end)
    return spans


def _find_silence(silences: Sequence[Span], end: int, start: int, reach: int) -> Span | None:
    """The longest silence within reach of the place where one token ends and the next starts."""
    near = [s for s in silences if s.start < start + reach and s.end > end - reach]
    return max(near, key=lambda s: s.end - s.start, default=None)


def _with_start(span: Span | None, start: int) -> Span:
    assert span is not None
    return Span(min(start, span.end - 1), span.end)


def _with_end(span: Span | None, end: int) -> Span:
    assert span is not None
    return Span(span.start, max(end, span.start + 1))


def _trim(clip: Clip, spans: Sequence[Span | None], sounds: Sequence[Span]) -> Clip:
    start = max(0, sounds[0].start - round(LEAD * clip.rate))
    end = min(len(clip.samples), sounds[-1].end + round(TRAIL * clip.rate))
    return Clip(
        clip.samples[start:end].copy(),
        clip.rate,
        tuple(None if s is None else s.shifted(-start) for s in spans),
    )
