"""Stitch clips and pauses to one stream of sound, with pydub.

One clip is held at a time. pydub's own silences, slices and fades count whole milliseconds, which
would add up to a drift, and its `+` copies everything that came before. So segments are made from
samples and never joined, and the stream leaves this module as blocks of samples.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from ..model import PlacedClip, Timeline
from .limiter import limit_peaks

if TYPE_CHECKING:
    from pydub import AudioSegment

    from ..units import Decibels, Hertz, Mono16, Mono64, Samples

FADE = 0.004  # seconds at each end of a clip, within the silence left around its sound
BLOCK = 1 << 16  # samples in a block


def stitch(
    timeline: Timeline, gains: Mapping[str, Decibels], ceiling: Decibels | None = None
) -> Iterator[Mono16]:
    """Yield the whole production block by block, without gaps.

    Args:
        timeline: the clips, each at its first sample.
        gains: by which each speaker is raised; 0 dB for a speaker who is missing.
        ceiling: the highest true peak that a clip may have, in dBTP; None for no limit.

    Yields:
        int16, shape (BLOCK,), mono, at the timeline's sample rate; the last block may be shorter.
    """
    length = timeline.length
    return stitch_growing(timeline.clips, timeline.rate, lambda: length, gains, ceiling)


def stitch_growing(
    clips: Iterable[PlacedClip],
    rate: Hertz,
    length: Callable[[], Samples],
    gains: Mapping[str, Decibels],
    ceiling: Decibels | None = None,
) -> Iterator[Mono16]:
    """Yield a production of which not every clip is known yet, as `stitch` does.

    Args:
        clips: the clips in order, each at its first sample.
        rate: their sample rate.
        length: returns the number of samples of the whole; called after the last clip.
        gains: by which each speaker is raised; 0 dB for a speaker who is missing.
        ceiling: the highest true peak that a clip may have, in dBTP; None for no limit.
    """
    return _split_blocks(_segments(clips, rate, length, gains, ceiling))


def stitch_speakers(timeline: Timeline, speakers: Container[str]) -> Iterator[Mono16]:
    """Yield the clips of these speakers, block by block.

    They are as recorded, without pauses.

    Yields:
        int16, shape (BLOCK,), mono, at the timeline's sample rate; the last block may be shorter.
    """
    return _split_blocks(
        _make_segment(_render_clip(placed, 0.0, None).tobytes(), timeline.rate)
        for placed in timeline.clips
        if placed.utterance.speaker in speakers
    )


def _segments(
    clips: Iterable[PlacedClip],
    rate: Hertz,
    length: Callable[[], Samples],
    gains: Mapping[str, Decibels],
    ceiling: Decibels | None,
) -> Iterator[AudioSegment]:
    position = 0
    for placed in clips:
        yield from _make_silence(placed.start - position, rate)
        samples = _render_clip(placed, gains.get(placed.utterance.speaker, 0.0), ceiling)
        yield _make_segment(samples.tobytes(), rate)
        position = placed.start + len(samples)
    yield from _make_silence(length() - position, rate)


def _split_blocks(segments: Iterable[AudioSegment]) -> Iterator[Mono16]:
    """Yield the segments' samples in blocks of one size.

    So an encoder gets the same blocks wherever clips begin and end.
    """
    rest = np.zeros(0, np.int16)
    for segment in segments:
        rest = np.concatenate((rest, np.frombuffer(segment.raw_data, np.int16)))
        whole = len(rest) // BLOCK * BLOCK
        yield from rest[:whole].reshape(-1, BLOCK)
        rest = rest[whole:]
    if len(rest):
        yield rest


def _render_clip(placed: PlacedClip, gain: Decibels, ceiling: Decibels | None) -> Mono16:
    """Return the clip's samples: faded, raised and limited."""
    samples = _fade_edges(placed.clip.samples, placed.clip.rate) * 10 ** (gain / 20)
    if ceiling is not None:
        samples = limit_peaks(samples, placed.clip.rate, ceiling)
    return np.rint(np.clip(samples, -32768, 32767)).astype(np.int16)


def _fade_edges(samples: Mono16, rate: Hertz) -> Mono64:
    """Fade the clip in and out, so that no join clicks."""
    ramp = np.linspace(0, 1, min(round(FADE * rate), len(samples)), endpoint=False)
    faded = samples.astype(np.float64)
    faded[: len(ramp)] *= ramp
    faded[len(faded) - len(ramp) :] *= ramp[::-1]
    return faded


def _make_silence(length: Samples, rate: Hertz) -> Iterator[AudioSegment]:
    """Yield silence of this length in segments of a block at most."""
    for start in range(0, length, BLOCK):
        yield _make_segment(bytes(2 * min(BLOCK, length - start)), rate)


def _make_segment(data: bytes, rate: Hertz) -> AudioSegment:
    with warnings.catch_warnings():
        # pydub looks for ffmpeg when it is imported; we never let it decode.
        warnings.filterwarnings("ignore", "Couldn't find ff", RuntimeWarning)
        from pydub import AudioSegment

    return AudioSegment(data=data, sample_width=2, frame_rate=rate, channels=1)
