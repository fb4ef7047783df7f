"""The frames of a sound, ready to be compared with another one.

A silence is cut to a moment, so that a speaker may pause wherever they like.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..audio.activity import find_active_ranges
from ..model import Span
from .features import FRAMES_A_SECOND, measure_mel_powers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..units import Hertz, Mono16
    from .features import Frames, Mask

PAUSE = 4  # frames between two words of an utterance
_EDGE = 3  # frames of a silence that are left at each end


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """The frames of a sound, long silences cut short.

    Attributes:
        powers: The power in each mel band, float32, shape (frames, BANDS).
        silent: Whether a frame is silent, shape (frames,).
        numbers: The number of each frame in the sound as it was, int, shape (frames,).
    """

    powers: Frames
    silent: Mask
    numbers: NDArray[np.int64]

    def list_pauses(self) -> NDArray[np.int64]:
        """Return the frames before which silence was cut, the first frame, and that after all."""
        cut = np.flatnonzero(np.diff(self.numbers) > PAUSE) + 1
        return np.array([0, *cut, len(self.numbers)], np.int64)

    def backwards(self) -> Track:
        """Return the track as if the sound was played backwards: as speech, but not these words."""
        return Track(self.powers[::-1], self.silent[::-1], self.numbers[-1] - self.numbers[::-1])


def track_of(samples: Mono16, rate: Hertz, highest: float) -> Track:
    """Return the track of a sound, up to the highest frequency that is compared, in Hz."""
    powers = measure_mel_powers([samples], rate, highest)
    return cut_silences(powers, find_active_ranges(samples, rate), rate)


def cut_silences(powers: Frames, ranges: Sequence[Span], rate: Hertz) -> Track:
    """Return the frames that sound, and those next to them."""
    silent = np.ones(len(powers), np.bool_)
    near = np.zeros(len(powers), np.bool_)
    for span in ranges:
        first, last = (round(sample * FRAMES_A_SECOND / rate) for sample in span)
        silent[first : last + 1] = False
        near[max(0, first - _EDGE) : last + 1 + _EDGE] = True
    numbers = np.flatnonzero(near)
    return Track(powers[numbers], silent[numbers], numbers)
