"""Lower the peaks above a ceiling smoothly, and leave everything else untouched.

The shape of the gain was written by hand for this project.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .true_peaks import measure_true_peaks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..units import Decibels, Hertz, Mono64, Samples

GAIN_REACH = 0.015  # seconds before and after a peak over which the gain falls and rises again


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
    peaks = measure_true_peaks(samples, rate, above=highest)
    if peaks.max(initial=0.0) <= highest:
        return samples
    reach = max(2, round(GAIN_REACH * rate))
    needed = np.minimum(1.0, highest / np.maximum(peaks, 1.0))
    gain = _smooth(_sliding_minimum(needed, reach), reach)
    return np.asarray(samples * gain)


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
