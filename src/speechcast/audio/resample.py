"""Convert sound to another sample rate, with FFmpeg's `aresample` filter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from .filters import AudioFilter

if TYPE_CHECKING:
    from ..units import Hertz, Mono16, Samples

# Options of FFmpeg's swresample: a long filter, flat up to 97 % of the lower Nyquist frequency.
_OPTIONS = "filter_size=64:cutoff=0.97:exact_rational=1"


class Resampler:
    """Convert a stream of mono sound to another sample rate.

    The result is exactly as long as the source (rounded up to a sample), without a delay.
    """

    def __init__(self, rate: Hertz, target_rate: Hertz) -> None:
        self._filter = AudioFilter("aresample", f"{target_rate}:{_OPTIONS}", rate)
        self._rate, self._target_rate = rate, target_rate
        self._samples_in = self._samples_out = 0

    def resample(self, block: Mono16) -> Iterator[Mono16]:
        """Yield what the next block completes at the target rate.

        Both are int16, shape (samples,), mono.
        """
        self._samples_in += len(block)
        for frame in self._filter.filter(block):
            yield self._limit(frame.to_ndarray()[0])

    def flush(self) -> Iterator[Mono16]:
        """Yield what is left, int16, shape (samples,), mono.

        The whole then has its exact length.
        """
        for frame in self._filter.flush():
            yield self._limit(frame.to_ndarray()[0])
        if missing := self._remaining():
            yield self._limit(np.zeros(missing, np.int16))

    def _limit(self, samples: Mono16) -> Mono16:
        """Count the samples, and cut off those beyond the exact length."""
        samples = samples[: self._remaining()]
        self._samples_out += len(samples)
        return samples

    def _remaining(self) -> Samples:
        expected = resampled_length(self._target_rate, self._samples_in, self._rate)
        return expected - self._samples_out


def resampled_length(target_rate: Hertz, length: Samples, rate: Hertz) -> Samples:
    """Return the length at the target rate of `length` samples.

    >>> resampled_length(48_000, 1000, 24_000)
    2000
    """
    return -(-length * target_rate // rate)
