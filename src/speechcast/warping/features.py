"""Short-time spectra of sound, as two voices that say the same have in common.

The sizes are the usual ones of speech recognition: windows of 25 ms every 10 ms, mel bands, and
cepstra with their changes (Davis and Mermelstein 1980, Furui 1986).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..units import Hertz, Mono16

    Frames: TypeAlias = NDArray[np.float32]
    """Rows of numbers, one for each frame: float32, shape (frames, numbers)."""

    Mask: TypeAlias = NDArray[np.bool_]
    """A flag for each frame: bool, shape (frames,)."""

FRAMES_A_SECOND = 100
WINDOW = 0.025  # seconds
BANDS = 26
CEPSTRA = 13
LOWEST = 60.0  # Hz; hum is below
HIGHEST = 7000.0  # Hz; above are hiss, and what codecs cut off
NYQUIST_SHARE = 0.9  # of half the sample rate, up to which a recording's filter is flat
_BATCH = 2000  # frames that are transformed at once


def highest_frequency(rate: Hertz) -> float:
    """Return the frequency in Hz up to which sound of this sample rate is compared."""
    return min(HIGHEST, NYQUIST_SHARE * rate / 2)


def measure_mel_powers(blocks: Iterable[Mono16], rate: Hertz, highest: float) -> Frames:
    """Return the power in each mel band of each frame.

    Frame `n` is centered at `n / FRAMES_A_SECOND` seconds.

    Args:
        blocks: The sound, int16, mono, in pieces of any length.
        rate: Its sample rate.
        highest: The upper end of the highest band, in Hz.

    Returns:
        float32, shape (frames, BANDS).
    """
    size = round(WINDOW * rate)
    window = np.hanning(size).astype(np.float32) / 32768
    bands = _mel_filters(rate, size, highest)
    powers = []
    for frames in _cut_frames(blocks, rate, size):
        spectrum = np.fft.rfft(frames * window, _fft_size(size))
        powers.append((np.square(np.abs(spectrum)) @ bands).astype(np.float32))
    return np.concatenate(powers) if powers else np.zeros((0, BANDS), np.float32)


def _cut_frames(blocks: Iterable[Mono16], rate: Hertz, size: int) -> Iterator[NDArray[np.int16]]:
    """Yield batches of frames, int16, shape (frames, size), silence beyond both ends."""
    rest = np.zeros(size // 2, np.int16)
    offset, number = -(size // 2), 0  # the first sample of `rest`, the next frame
    half = np.zeros(size - size // 2, np.int16)
    for block in (*_as_iterator(blocks), half):
        rest = np.concatenate((rest, block))
        while True:
            starts = _frame_starts(number, rate, size) - offset
            starts = starts[starts + size <= len(rest)]
            if len(starts) == 0:
                break
            yield rest[starts[:, None] + np.arange(size)]
            number += len(starts)
        keep = max(0, int(_frame_starts(number, rate, size)[0]) - offset)
        rest, offset = rest[keep:], offset + keep


def _as_iterator(blocks: Iterable[Mono16]) -> Iterator[Mono16]:
    yield from blocks


def _frame_starts(number: int, rate: Hertz, size: int) -> NDArray[np.int64]:
    """Return the first sample of each frame of a batch that begins with `number`."""
    numbers = np.arange(number, number + _BATCH)
    return numbers * rate // FRAMES_A_SECOND - size // 2


def _fft_size(size: int) -> int:
    return 1 << (size - 1).bit_length()


@cache
def _mel_filters(rate: Hertz, size: int, highest: float) -> Frames:
    """Return triangular filters that are evenly spaced in mel, shape (frequencies, BANDS)."""
    frequencies = np.fft.rfftfreq(_fft_size(size), 1 / rate)
    low, high = (2595 * np.log10(1 + f / 700) for f in (LOWEST, highest))
    edges = 700 * (10 ** (np.linspace(low, high, BANDS + 2) / 2595) - 1)
    left, middle, right = edges[:-2], edges[1:-1], edges[2:]
    rising = (frequencies[:, None] - left) / (middle - left)
    falling = (right - frequencies[:, None]) / (right - middle)
    filters = np.maximum(0, np.minimum(rising, falling))
    return np.asarray(filters / np.maximum(filters.sum(axis=0), 1e-9), np.float32)


def cepstra(powers: Frames) -> Frames:
    """Return the cepstra of mel powers, which are above zero; shape (frames, CEPSTRA)."""
    angles = np.pi * np.outer(np.arange(BANDS) + 0.5, np.arange(CEPSTRA)) / BANDS
    return np.asarray(np.log(powers) @ np.cos(angles).astype(np.float32), np.float32)


def pooled(frames: Frames, step: float) -> Frames:
    """Return the means over every `step` frames, which need not be a whole number."""
    count = max(1, int(len(frames) / step))
    sums = np.vstack((np.zeros((1, frames.shape[1])), np.cumsum(frames, axis=0, dtype=np.float64)))
    edges = np.minimum(np.arange(count + 1) * step, len(frames))
    whole = np.minimum(edges.astype(int), len(frames) - 1)
    values = sums[whole] + (edges - whole)[:, None] * (sums[whole + 1] - sums[whole])
    return np.asarray(np.diff(values, axis=0) / np.diff(edges)[:, None], np.float32)


def with_changes(frames: Frames) -> Frames:
    """Return the frames, each with its change from the one before to the one after."""
    padded = np.pad(frames, ((1, 1), (0, 0)), "edge")
    return np.hstack((frames, (padded[2:] - padded[:-2]) / 2))
