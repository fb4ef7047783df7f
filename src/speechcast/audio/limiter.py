"""Lower the peaks above a ceiling smoothly, and leave everything else untouched.

A true peak is estimated as in ITU-R BS.1770-5, annex 2: on the signal oversampled four times. The
interpolation filter (a windowed sinc) and the shape of the gain were written by hand for this
project.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..units import Decibels, Hertz, Mono64, Samples

GAIN_REACH = 0.015  # seconds before and after a peak over which the gain falls and rises again
OVERSAMPLING = 4  # ITU-R BS.1770-5, annex 2
TAPS = 24  # samples on either side from which a value between two samples is interpolated
_FFT_SIZE = (
    1 << 13
)  # samples interpolated at once; more is hardly faster, and wasted on short clips
_FFT_STEP = _FFT_SIZE - 2 * TAPS + 1  # of them that depend on no others


def limit_peaks(samples: Mono64, rate: Hertz, ceiling: Decibels) -> Mono64:
    """Lower every true peak above the ceiling to the ceiling.

    The gain at a peak is what brings it to the ceiling. Around the peak the gain follows a curve
    without steps or corners, so that a listener only hears a voice slightly softer for an instant.

    Args:
        samples: float64 on the scale of int16 (±32768), shape (samples,), mono.
        rate: their sample rate.
        ceiling: the highest true peak allowed, in dBTP.

    Returns:
        float64 of the same scale and shape; `samples` itself if nothing is above the ceiling.
    """
    highest = 32768 * 10 ** (ceiling / 20)
    if not len(samples) or np.abs(samples).max() * _max_overshoot() <= highest:
        return samples
    peaks = measure_true_peaks(samples, above=highest)
    if peaks.max() <= highest:
        return samples
    reach = max(2, round(GAIN_REACH * rate))
    needed = np.minimum(1.0, highest / np.maximum(peaks, 1.0))
    gain = _smooth(_sliding_minimum(needed, reach), reach)
    return np.asarray(samples * gain)


def measure_true_peaks(samples: Mono64, above: float = 0.0) -> Mono64:
    """Return, for each sample, the highest magnitude between its two neighbours.

    The signal is oversampled four times for that.

    Args:
        samples: float64, shape (samples,), mono, on any scale.
        above: on the same scale. Only peaks above this need to be exact; where none can be higher,
            the sample's own magnitude is returned.

    Returns:
        float64, shape (samples,), on the same scale.
    """
    between = np.empty(len(samples) + 1)  # the highest between each sample and the one before it
    padded = np.pad(samples, (TAPS, TAPS + _FFT_SIZE))
    for start in range(0, len(between), _FFT_STEP):
        piece = padded[start : start + _FFT_SIZE]
        if np.abs(piece).max() * _max_overshoot() <= above:
            between[start : start + _FFT_STEP] = 0
            continue
        spectrum = np.fft.rfft(piece) * _interpolation_spectra()
        values = np.fft.irfft(spectrum, _FFT_SIZE)[:, 2 * TAPS - 1 :]
        highest = np.abs(values).max(axis=0)
        between[start : start + _FFT_STEP] = highest[: len(between) - start]
    return np.maximum(np.abs(samples), np.maximum(between[:-1], between[1:]))


@cache
def _interpolation_spectra() -> NDArray[np.complex128]:
    """Return the kernels' Fourier transforms.

    With them a convolution takes half the time. Shape (OVERSAMPLING - 1, frequencies).
    """
    return np.asarray(np.fft.rfft(np.array(_interpolation_kernels()), _FFT_SIZE))


@cache
def _interpolation_kernels() -> tuple[NDArray[np.float64], ...]:
    """Return the interpolation weights for each position between two samples.

    They weigh the samples around it; float64, shape (2 * TAPS,) each.
    """
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
    """Return the highest possible ratio of true peak to sample peak."""
    return float(max(np.abs(kernel).sum() for kernel in _interpolation_kernels()))


def _sliding_minimum(values: NDArray[np.float64], reach: Samples) -> NDArray[np.float64]:
    """Return the lowest value within `reach` of each.

    The time grows only with the logarithm of `reach`.
    """
    size, width = 2 * reach + 1, 1
    lowest = np.pad(values, reach, constant_values=1.0)
    while 2 * width <= size:
        lowest = np.minimum(lowest[:-width], lowest[width:])
        width *= 2
    rest = size - width
    return np.minimum(lowest[:-rest], lowest[rest:]) if rest else lowest


def _smooth(values: NDArray[np.float64], reach: Samples) -> NDArray[np.float64]:
    """Average twice, over `reach` at most to either side.

    So a value never exceeds the minimum that `_sliding_minimum` spread over the same reach.
    """
    half = reach // 2
    for _ in range(2):
        sums = np.cumsum(np.pad(values, (half + 1, half), mode="edge"))
        values = (sums[2 * half + 1 :] - sums[: -2 * half - 1]) / (2 * half + 1)
    return values
