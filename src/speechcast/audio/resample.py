"""Sound at another sample rate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from .filters import Filter

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Swresample's filter for another sample rate: long, and flat up to 97 % of what both rates hold.
_RESAMPLING = "filter_size=64:cutoff=0.97:exact_rational=1"


class Resampled:
    """Sound at another rate: as long to the sample, and every sample at its time."""

    def __init__(self, rate: int, wanted: int) -> None:
        self._filter = Filter("aresample", f"{wanted}:{_RESAMPLING}", rate)
        self._rate, self._wanted = rate, wanted
        self._taken = self._given = 0

    def of(self, block: NDArray[np.int16]) -> Iterator[NDArray[np.int16]]:
        """What these samples give."""
        self._taken += len(block)
        for frame in self._filter.frames(block):
            yield self._counted(frame.to_ndarray()[0])

    def rest(self) -> Iterator[NDArray[np.int16]]:
        """What is left, no longer than the whole is to be."""
        for frame in self._filter.rest():
            yield self._counted(frame.to_ndarray()[0])
        if missing := length_at(self._wanted, self._taken, self._rate) - self._given:
            yield self._counted(np.zeros(missing, np.int16))

    def _counted(self, samples: NDArray[np.int16]) -> NDArray[np.int16]:
        left = length_at(self._wanted, self._taken, self._rate) - self._given
        self._given += len(samples[:left])
        return samples[:left]


def length_at(wanted: int, samples: int, rate: int) -> int:
    """How many samples at the wanted rate hold what so many at `rate` do."""
    return -(-samples * wanted // rate)
