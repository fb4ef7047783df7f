"""How far subtitles are off as a whole, around each cue."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import factorial
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The limits are in milliseconds and were chosen by hand for this project.
MAX_DEVIATION = 150  # how far a cue may be off its neighbors and still be matched
MAX_SHIFT = 15_000  # how far the subtitles may be off as a whole and still be followed
NEIGHBORS = 8  # how many cues on either side are considered together
BIN_WIDTH = 40  # of the histogram of shifts
_BESIDE = (1, 0, 1)  # the bins on either side count with each
LIKELY_SHARE = 0.6  # a likely shift holds if it fits this share of the cues the best one fits,
ONSET_SHARE = 0.75  # or accounts for this share of the onsets
MOST_BY_CHANCE = 0.001  # how many shifts that fit as well may be expected of onsets at random
CHANCE = 0.5  # of these, from which on a shift that fits few cues says nothing


def estimate_shifts(starts: Sequence[int], onsets: Sequence[int]) -> list[int]:
    """Return how far the subtitles are off around each cue.

    Each shift is in milliseconds, and fits most onsets. But no shift at all, or the shift of the
    previous cue, is preferred unless it fits far fewer cues and leaves onsets without one. In
    regular speech a wrong shift may fit as many onsets as the right one does, but it does not
    account for all of them. And where no onset is expected, as there is no pause, some shift fits
    a few of those before and after by chance: then nothing speaks against the previous one. No
    shift is followed where hardly a cue has an onset, as in speech with music under it.
    """
    differences_of = [_onset_differences(start, onsets) for start in starts]
    shifts: list[int] = []
    for i in range(len(starts)):
        window = slice(max(0, i - NEIGHBORS), i + NEIGHBORS + 1)
        differences = np.array([d for ds in differences_of[window] for d in ds])
        if not len(differences):
            shifts.append(0)
            continue
        best, fits = _most_common_difference(differences)
        chance = _count_by_chance(len(differences), fits)
        by_chance = chance > MOST_BY_CHANCE
        if chance > CHANCE and fits < LIKELY_SHARE * len(differences_of[window]):
            best = shifts[-1] if shifts else 0
        for likely in (0, *shifts[-1:]):
            fitting = len(_near_shift(differences, likely))
            expected = _count_onsets(starts[window], likely, onsets)
            silent = by_chance and not expected and likely in shifts[-1:]
            if (
                silent
                or fitting >= LIKELY_SHARE * fits
                or fitting >= ONSET_SHARE * max(1, expected)
            ):
                best = likely
                break
        close = _near_shift(differences, best)
        shifts.append(int(np.median(close)) if len(close) else best)
    return shifts


def _onset_differences(start: int, onsets: Sequence[int]) -> list[int]:
    """Return the start less each onset within the greatest shift."""
    low, high = bisect_left(onsets, start - MAX_SHIFT), bisect_right(onsets, start + MAX_SHIFT)
    return [start - onset for onset in onsets[low:high]]


def _most_common_difference(differences: NDArray[np.int_]) -> tuple[int, int]:
    """Return the most common difference, and how many share it.

    It is accurate to about 20 ms.
    """
    bins = np.round(differences / BIN_WIDTH).astype(int)
    counts = np.bincount(bins - bins.min(), minlength=len(_BESIDE))
    smooth = counts + np.convolve(counts, _BESIDE, "same")
    return BIN_WIDTH * (int(smooth.argmax()) + int(bins.min())), int(smooth.max())


def _count_by_chance(differences: int, fits: int) -> float:
    """Return how many shifts would fit so many differences if these were random (Poisson).

    >>> [round(_count_by_chance(34, fits), 3) for fits in (2, 3, 4)]
    [2.312, 0.105, 0.004]
    """
    width = 3 * BIN_WIDTH
    mean = differences * width / (2 * MAX_SHIFT)
    return 2 * MAX_SHIFT / width * mean**fits / factorial(fits)


def _count_onsets(starts: Sequence[int], shift: int, onsets: Sequence[int]) -> int:
    """Return how many onsets these cues should have."""
    low, high = starts[0] - shift - MAX_DEVIATION, starts[-1] - shift + MAX_DEVIATION
    return bisect_right(onsets, high) - bisect_left(onsets, low)


def _near_shift(values: NDArray[np.int_], shift: int) -> NDArray[np.int_]:
    """Return the values within one and a half bins of a shift."""
    return values[np.abs(values - shift) <= 1.5 * BIN_WIDTH]
