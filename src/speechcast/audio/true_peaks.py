"""Measure true peaks: how high a signal rises between its samples.

They are estimated as in ITU-R BS.1770-5, annex 2, on the signal oversampled to 192 kHz at least.
The interpolation filter (a windowed sinc) was written by hand for this project.

Oversampling everything takes longer than all else that is measured of a sound, and nearly nothing
of speech comes near its highest peak. So only what can exceed a given level is oversampled. Twice
summed by parts, the interpolated value is the one on the straight line between its neighbours, plus
a weighted sum of second differences of the samples around it; that bounds how far it can rise.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..units import Hertz, Mono16, Mono64

OVERSAMPLED_RATE: Hertz = 192_000  # ITU-R BS.1770-5, annex 2: four times 48 kHz
TOLERANCE = 10 ** (0.05 / 20)  # 0.05 dB, as a factor; meters show tenths
TAPS = 24  # samples on either side from which a value between two samples is interpolated
_BLOCK = 32  # gaps between samples that are oversampled, or not, together
_WIDTH = -(-2 * TAPS // _BLOCK)  # blocks that a block's values depend on, beside itself
_BATCH = 1024  # blocks that are oversampled at once, in a few megabytes


def measure_true_peaks(samples: Mono64, rate: Hertz, above: float = 0.0) -> Mono64:
    """Return, for each sample, the highest magnitude between its two neighbours.

    Args:
        samples: float64, shape (samples,), mono, on any scale.
        rate: their sample rate.
        above: on the same scale. Only peaks above this need to be exact; where none can be higher,
            the sample's own magnitude may be returned.

    Returns:
        float64, shape (samples,), on the same scale.
    """
    between = _measure_between(samples, -(-OVERSAMPLED_RATE // rate), above)
    return np.maximum(np.abs(samples), np.maximum(between[:-1], between[1:]))


class TruePeakMeter:
    """Measure the highest true peak of a stream.

    Attributes:
        highest: On the scale of int16; once `finish` was called, at most `TOLERANCE` too low.
    """

    def __init__(self, rate: Hertz, channels: int = 1) -> None:
        """Begin with silence.

        Args:
            rate: The sample rate.
            channels: The samples of so many alternate in a block.
        """
        self._rate = rate
        self._rest: NDArray[np.float64] = np.zeros((channels, 2 * (TAPS + 1)))
        self.highest = 0.0

    def add(self, block: Mono16) -> None:
        """Measure the next block, int16, shape (samples,)."""
        fresh = block.reshape(-1, len(self._rest)).T.astype(np.float64)
        self.highest = max(self.highest, float(np.abs(fresh).max(initial=0.0)))
        samples = np.concatenate((self._rest, fresh), axis=1)
        for channel in samples:
            peaks = measure_true_peaks(channel, self._rate, above=self.highest * TOLERANCE)
            inside = peaks[TAPS + 1 : len(peaks) - TAPS - 1]
            self.highest = max(self.highest, float(inside.max(initial=0.0)))
        self._rest = samples[:, -self._rest.shape[1] :]

    def finish(self) -> None:
        """Measure what is left; silence follows."""
        self.add(np.zeros(self._rest.size, np.int16))


def _measure_between(samples: Mono64, oversampling: int, above: float) -> NDArray[np.float64]:
    """Return the highest magnitude in each gap before, between and after the samples.

    It is 0 in blocks of gaps that cannot exceed `above`. Shape (samples + 1,).
    """
    gaps = len(samples) + 1
    blocks = -(-gaps // _BLOCK)
    padded = np.zeros((blocks + _WIDTH) * _BLOCK + 2)
    padded[TAPS : TAPS + len(samples)] = samples
    bounds = _reachable(padded[:-2]) + _reach(oversampling) * _reachable(np.diff(padded, 2))
    between = np.zeros((blocks, _BLOCK))
    single = padded.astype(np.float32)
    pieces = np.lib.stride_tricks.sliding_window_view(single, _BLOCK + 2 * TAPS - 1)[::_BLOCK]
    high = np.flatnonzero(bounds > above)
    for start in range(0, len(high), _BATCH):
        chosen = high[start : start + _BATCH]
        values = np.abs(pieces[chosen] @ _interpolation(oversampling))
        between[chosen] = values.reshape(len(chosen), -1, _BLOCK).max(axis=1)
    return between.ravel()[:gaps]


def _reachable(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the highest magnitude among the values that each block of gaps depends on."""
    highest = np.abs(values).reshape(-1, _BLOCK).max(axis=1)
    nearby = np.lib.stride_tricks.sliding_window_view(highest, _WIDTH + 1)
    return np.asarray(nearby.max(axis=1))


@cache
def _kernels(oversampling: int) -> NDArray[np.float64]:
    """Return the interpolation weights for each position between two samples.

    They weigh the samples around it; shape (2 * TAPS, oversampling - 1).
    """
    parts = np.arange(1, max(2, oversampling)) / oversampling
    distance = np.arange(-TAPS, TAPS)[:, None] + parts
    weights = np.sinc(distance) * np.cos(np.pi * distance / (2 * TAPS + 1)) ** 2
    return np.asarray(weights / weights.sum(axis=0))


@cache
def _interpolation(oversampling: int) -> NDArray[np.float32]:
    """Return the matrix that interpolates in a block of gaps.

    Shape (_BLOCK + 2 * TAPS - 1, (oversampling - 1) * _BLOCK): from the samples around it to the
    values at the first position in every gap, then those at the second, and so on.
    """
    kernels = _kernels(oversampling)
    matrix = np.zeros((_BLOCK + 2 * TAPS - 1, kernels.shape[1], _BLOCK), np.float32)
    for gap in range(_BLOCK):
        matrix[gap : gap + 2 * TAPS, :, gap] = kernels
    return matrix.reshape(len(matrix), -1)


@cache
def _reach(oversampling: int) -> float:
    """Return how far a value can rise above its neighbours, by the highest second difference."""
    kernels = _kernels(oversampling)
    before = -np.arange(-TAPS, TAPS) @ kernels  # how much nearer the value is to the sample before
    lines = np.zeros_like(kernels)
    lines[TAPS - 1], lines[TAPS] = before, 1 - before
    return float(np.abs(np.cumsum(np.cumsum(kernels - lines, axis=0), axis=0)).sum(axis=0).max())
