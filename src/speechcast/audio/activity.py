"""Find where a clip sounds, by the level of its samples.

The constants below were chosen by hand for this project; no standard defines them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ..model import Clip, Span, Token

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..units import Decibels, Hertz, Mono16, Samples

HOP = 0.0025  # seconds from one frame to the next; a level is the average of two frames
FLOOR_DB = -55.0  # dBFS; nothing below this is sound, however quiet the clip
BELOW_LOUD_DB = -38.0  # dB under the clip's loud passages; a weak consonant starts above this
LOUD_QUANTILE = 0.95  # of the levels: the loud passages
ABOVE_NOISE_DB = 10.0  # dB by which sound stands out from the background noise
NOISE_QUANTILE = 0.02  # of the levels: the background noise
SHORTEST_SOUND = 0.010  # seconds; anything shorter is a click
SHORTEST_PAUSE = 0.040  # seconds; a shorter dip may be a plosive's closure
PAUSE_REACH = 0.20  # seconds by which an engine's time may miss the silence of its pause
LEAD = 0.010  # seconds left before a clip's first sound
TRAIL = 0.060  # seconds left after its last; a voice dies away below the threshold


def find_active_ranges(samples: Mono16, rate: Hertz) -> list[Span]:
    """Return the ranges of samples that sound, in order.

    A dip shorter than a pause does not end a range.

    Args:
        samples: int16, shape (samples,), mono.
        rate: their sample rate.
    """
    return detect_active_ranges(measure_frame_powers(samples, rate), rate)


def hop_length(rate: Hertz) -> Samples:
    """Return the number of samples in one frame at this sample rate."""
    return round(HOP * rate)


def measure_frame_powers(samples: Mono16, rate: Hertz) -> NDArray[np.float64]:
    """Return the mean square of each whole frame of the samples.

    Args:
        samples: int16, shape (samples,), mono; an incomplete last frame is left out.
        rate: their sample rate.

    Returns:
        float64, shape (frames,), where 1.0 is the power of a full-scale square wave.
    """
    hop = hop_length(rate)
    whole = samples[: len(samples) // hop * hop].reshape(-1, hop).astype(np.float64)
    return np.asarray(np.square(whole).mean(axis=1) / 32768.0**2)


def detect_active_ranges(power: NDArray[np.float64], rate: Hertz) -> list[Span]:
    """Return the ranges of samples that sound, from each frame's power.

    Args:
        power: float64, shape (frames,), as `measure_frame_powers` returns it.
        rate: the sample rate of the sound it was measured on.
    """
    if len(power) < 2:
        return []
    hop = hop_length(rate)
    level = power[:-1] + power[1:]  # and in place from here on, for the sake of long files
    level /= 2
    level += 1e-12
    np.log10(level, out=level)
    level *= 10
    sound = level > _sound_threshold(level)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], sound, [False])).astype(np.int8)))
    ranges = [Span(int(a + 1) * hop, int(b + 1) * hop) for a, b in edges.reshape(-1, 2)]
    return [r for r in _merge_ranges(ranges, rate) if r.end - r.start >= SHORTEST_SOUND * rate]


def _sound_threshold(level: NDArray[np.float64]) -> Decibels:
    """Return the level in dBFS above which a frame counts as sound."""
    noise, loud = np.quantile(level, (NOISE_QUANTILE, LOUD_QUANTILE))
    return float(max(FLOOR_DB, loud + BELOW_LOUD_DB, min(noise + ABOVE_NOISE_DB, loud - 20)))


def _merge_ranges(ranges: Sequence[Span], rate: Hertz) -> list[Span]:
    """Merge neighbours that are less than a pause apart."""
    merged: list[Span] = []
    for r in ranges:
        if merged and r.start - merged[-1].end < SHORTEST_PAUSE * rate:
            merged[-1] = Span(merged[-1].start, r.end)
        else:
            merged.append(r)
    return merged


def snap_to_sound(clip: Clip, tokens: Sequence[Token]) -> Clip:
    """Trim the clip to its sound, and snap its spans to it.

    The durations of an engine describe phonemes, not sound: the closure of a plosive is silent,
    and the clock of a service may run early. So the first token starts at the measured onset and
    the last one ends with the sound. Around every pause (a token without sound between two with
    sound) the token before it ends, and the token after it starts, where the silence does.

    Args:
        clip: as an engine returned it; without any sound it is returned unchanged.
        tokens: the clip's tokens, one for each of its spans.
    """
    sounds = find_active_ranges(clip.samples, clip.rate)
    spans = _snap_beside_pauses(list(clip.spans), tokens, sounds, clip.rate)
    voiced = [i for i, span in enumerate(spans) if span is not None]
    if not sounds or not voiced:
        return clip
    first, last = voiced[0], voiced[-1]
    spans[first] = _with_start(spans[first], sounds[0].start)
    spans[last] = _with_end(spans[last], sounds[-1].end)
    return _trim(clip, spans, sounds)


def _snap_beside_pauses(
    spans: list[Span | None], tokens: Sequence[Token], sounds: Sequence[Span], rate: Hertz
) -> list[Span | None]:
    """Move the spans around every pause to the edges of its silence."""
    silences = [Span(a.end, b.start) for a, b in pairwise(sounds)]
    voiced = [i for i, span in enumerate(spans) if span is not None]
    for left, right in pairwise(voiced):
        if not any(t.shown.strip() for t in tokens[left + 1 : right]):
            continue  # neighbours, or only a space between them
        a, b = spans[left], spans[right]
        assert a is not None
        assert b is not None
        silence = _find_silence(silences, a.end, b.start, round(PAUSE_REACH * rate))
        if silence and a.start < silence.start and silence.end < b.end:
            spans[left], spans[right] = Span(a.start, silence.start), Span(silence.end, b.end)
    return spans


def _find_silence(
    silences: Sequence[Span], end: Samples, start: Samples, reach: Samples
) -> Span | None:
    """Return the longest silence near the boundary of two tokens."""
    near = [s for s in silences if s.start < start + reach and s.end > end - reach]
    return max(near, key=lambda s: s.end - s.start, default=None)


def _with_start(span: Span | None, start: Samples) -> Span:
    assert span is not None
    return Span(min(start, span.end - 1), span.end)


def _with_end(span: Span | None, end: Samples) -> Span:
    assert span is not None
    return Span(span.start, max(end, span.start + 1))


def _trim(clip: Clip, spans: Sequence[Span | None], sounds: Sequence[Span]) -> Clip:
    """Cut the clip to its sounds, with a little silence around them."""
    start = max(0, sounds[0].start - round(LEAD * clip.rate))
    end = min(len(clip.samples), sounds[-1].end + round(TRAIL * clip.rate))
    return Clip(
        clip.samples[start:end].copy(),
        clip.rate,
        tuple(None if span is None else span.shifted(-start) for span in spans),
        clip.approximate,
    )
