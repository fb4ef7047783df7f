"""Peaks above a ceiling brought down to it, smoothly, and nothing else touched."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

GAIN_REACH = 0.015  # seconds before and after a peak in which the gain falls and rises again
OVERSAMPLING = 4  # ITU-R BS.1770-5, annex 2: a true peak is looked for at four times the rate
TAPS = 24  # samples on either side that a value between two samples is made of


def limit_peaks(samples: NDArray[np.float64], rate: int, ceiling: float) -> NDArray[np.float64]:
    """The samples (32768 is full scale) with no true peak above `ceiling` (dBTP).

    The gain at a peak is what brings it to the ceiling. Around it the gain follows a curve without
    steps or corners, so what is heard is a voice a shade softer for an instant. Sound that stays
    below the ceiling comes back as it is.
    """
    highest = 32768 * 10 ** (ceiling / 20)
    if not len(samples) or np.abs(samples).max() * _max_overshoot() <= highest:
        return samples
    peaks = measure_true_peaks(samples)
    if peaks.max() <= highest:
        return samples
    reach = max(2, round(GAIN_REACH * rate))
    needed = np.minimum(1.0, highest / np.maximum(peaks, 1.0))
    gain = _smooth(_sliding_minimum(needed, reach), reach)
    return np.asarray(samples * gain)


def measure_true_peaks(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each sample the highest there is from half-way to the one before to the one after it."""
    peaks = np.abs(samples)
    for between in _interpolation_kernels():
        value = np.abs(np.convolve(samples, between, "full"))[TAPS - 1 : TAPS + len(samples)]
        peaks = np.maximum(peaks, np.maximum(value[:-1], value[1:]))
    return peaks


@cache
def _interpolation_kernels() -> tuple[NDArray[np.float64], ...]:
    """For each place between two samples, what the samples around weigh there (windowed sinc)."""
    taps = np.arange(-TAPS, TAPS)
    kernels = []
    for part in range(1, OVERSAMPLING):
        distance = taps + part / OVERSAMPLING
        window = np.cos(np.pi * distance / (2 * TAPS + 1)) ** 2
        kernel = np.sinc(distance) * window
        kernels.append(kernel / kernel.sum())
    return tuple(kernels)


@cache
def _max_overshoot() -> float:
    """How many times the highest sample a true peak can be, whatever the samples."""
    return float(max(np.abs(kernel).sum() for kernel in _interpolation_kernels()))


def _sliding_minimum(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """The lowest value within `reach` of each, in a time that hardly grows with it."""
    size, width = 2 * reach + 1, 1
    lowest = np.pad(values, reach, constant_values=1.0)
    while 2 * width <= size:
        lowest = np.minimum(lowest[:-width], lowest[width:])
        width *= 2
    rest = size - width
    return np.minimum(lowest[:-rest], lowest[rest:]) if rest else lowest


def _smooth(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """Averaged twice, over no more than `reach` to either side: never above its lowest there."""
    half = reach // 2
    for _ in range(2):
        sums = np.cumsum(np.pad(values, (half + 1, half), mode="edge"))
        values = (sums[2 * half + 1 :] - sums[: -2 * half - 1]) / (2 * half + 1)
    return values
