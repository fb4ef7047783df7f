"""Sound at another sample rate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from .filters import AudioFilter

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Swresample's filter for another sample rate: long, and flat up to 97 % of what both rates hold.
_RESAMPLING = "filter_size=64:cutoff=0.97:exact_rational=1"


class Resampler:
    """Sound at another rate: as long to the sample, and every sample at its time."""

    def __init__(self, rate: int, target_rate: int) -> None:
        self._filter = AudioFilter("aresample", f"{target_rate}:{_RESAMPLING}", rate)
        self._rate, self._target_rate = rate, target_rate
        self._samples_in = self._samples_out = 0

    def resample(self, block: NDArray[np.int16]) -> Iterator[NDArray[np.int16]]:
        """What these samples give."""
        self._samples_in += len(block)
        for frame in self._filter.filter(block):
            yield self._count(frame.to_ndarray()[0])

    def flush(self) -> Iterator[NDArray[np.int16]]:
        """What is left, no longer than the whole is to be."""
        for frame in self._filter.flush():
            yield self._count(frame.to_ndarray()[0])
        if (
            missing := resampled_length(self._target_rate, self._samples_in, self._rate)
            - self._samples_out
        ):
            yield self._count(np.zeros(missing, np.int16))

    def _count(self, samples: NDArray[np.int16]) -> NDArray[np.int16]:
        left = resampled_length(self._target_rate, self._samples_in, self._rate) - self._samples_out
        self._samples_out += len(samples[:left])
        return samples[:left]


def resampled_length(target_rate: int, length: int, rate: int) -> int:
    """How many samples at the wanted rate hold what so many at `rate` do."""
    return -(-length * target_rate // rate)
