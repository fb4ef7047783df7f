"""Mix speech with the original sound, which is lowered while somebody speaks.

The original falls shortly before each stretch of speech and rises after it, both in decibels at a
constant pace; between sentences that follow soon it stays low. Nothing is compressed: only peaks
above the ceiling are limited.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from ..audio.decode import decode_audio
from ..audio.filters import AudioFilter
from ..model import Span, Timeline
from ..units import Decibels, Hertz, Samples, Seconds
from .original import BLOCK, Original, decode_channels

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

# Chosen by hand for this project, after common practice in voice-over.
DUCKING: Decibels = 15.0
"""By which the original is lowered under the speech, unless the user says otherwise."""
FALL: Seconds = 0.25
"""How long it takes to fall, before the speech begins."""
RISE: Seconds = 0.5
"""How long it takes to rise, after the speech ends."""
HOLD: Seconds = 1.0
"""A pause in the speech up to this long does not let it rise; more than `FALL` and `RISE`."""
CEILING: Decibels = -2.0
"""The highest sample of the mix, in dBFS: a lossy codec overshoots by about one dB."""


def find_speech(timeline: Timeline, rate: Hertz) -> list[Span]:
    """Return the stretches in which somebody speaks, at another sample rate.

    Pauses up to `HOLD` are part of them.
    """
    stretches: list[Span] = []
    heard = (
        span.shifted(placed.start)
        for placed in timeline.clips
        for span in placed.clip.spans
        if span is not None
    )
    for span in heard:
        start, end = (sample * rate // timeline.rate for sample in span)
        if stretches and start - stretches[-1].end <= HOLD * rate:
            stretches[-1] = Span(stretches[-1].start, end)
        else:
            stretches.append(Span(start, end))
    return stretches


class Envelope:
    """The gain of the original at every sample."""

    def __init__(self, speech: Iterable[Span], rate: Hertz, ducking: Decibels) -> None:
        """Lower it by `ducking` dB in the stretches of speech."""
        positions, levels = [0.0], [0.0]
        fall, rise = FALL * rate, RISE * rate
        for start, end in speech:  # they are farther apart than a fall and a rise: see `HOLD`
            positions += [max(0.0, start - fall), float(start), float(end), end + rise]
            levels += [0.0, -ducking, -ducking, 0.0]
        self._positions = np.array(positions)
        self._levels = np.array(levels)

    def gains(self, start: Samples, length: Samples) -> NDArray[np.float32]:
        """Return the factors from a sample on, float32, shape (length,)."""
        levels = np.interp(np.arange(start, start + length), self._positions, self._levels)
        return np.asarray(10 ** (levels / 20), np.float32)


def mix(
    original: Original, speech: Path, stretches: Iterable[Span], length: Samples, ducking: Decibels
) -> Iterator[NDArray[np.int16]]:
    """Yield the speech with the original under it.

    Args:
        original: What is lowered.
        speech: A sound file of the speech, at the rate of the original, mono.
        stretches: Where somebody speaks, in samples at that rate.
        length: Of the whole, in samples of each channel.
        ducking: By which the original is lowered.

    Yields:
        int16, shape (samples,); the samples of two channels alternate.
    """
    limit = f"level_in=2:limit={10 ** (CEILING / 20):.4f}:attack=5:release=50:level=0:latency=1"
    limiter = AudioFilter("alimiter", limit, original.rate, original.channels)
    done = 0
    for block in _sum(original, speech, Envelope(stretches, original.rate, ducking), length):
        for frame in limiter.filter(block):
            done += frame.samples
            yield _to_int16(frame.to_ndarray()[0])
    for frame in limiter.flush():
        yield _to_int16(frame.to_ndarray()[0])[: (length - done) * original.channels]
        done += frame.samples


def _sum(
    original: Original, speech: Path, envelope: Envelope, length: Samples
) -> Iterator[NDArray[np.int16]]:
    """Yield the sum at half its level, so that it does not clip before the limiter."""
    channels = original.channels
    sounds = decode_channels(original.path, original.rate, channels) if original.sound else []
    under = BlockReader(sounds)
    voice = BlockReader(block for _, block in decode_audio(speech))
    for start in range(0, length, BLOCK):
        size = min(BLOCK, length - start)
        gains = np.repeat(envelope.gains(start, size), channels)
        mixed = under.read(size * channels) * gains + np.repeat(voice.read(size), channels)
        yield np.rint(mixed / 2).clip(-32768, 32767).astype(np.int16)


class BlockReader:
    """Reads a stream of blocks in pieces of any size; after its end there is silence."""

    def __init__(self, blocks: Iterable[NDArray[np.int16]]) -> None:
        self._blocks = iter(blocks)
        self._rest = np.zeros(0, np.int16)

    def read(self, count: Samples) -> NDArray[np.int16]:
        """Return the next samples, int16, shape (count,)."""
        pieces, missing = [self._rest], count - len(self._rest)
        while missing > 0 and (block := next(self._blocks, None)) is not None:
            pieces.append(block)
            missing -= len(block)
        whole = np.concatenate([*pieces, np.zeros(max(0, missing), np.int16)])
        self._rest = whole[count:]
        return whole[:count]


def _to_int16(samples: NDArray[np.float64]) -> NDArray[np.int16]:
    """Return samples of the limiter, on a scale of 1 or of int16, as int16."""
    scale = 1 if samples.dtype == np.int16 else 32768
    return np.rint(samples * scale).clip(-32768, 32767).astype(np.int16)
