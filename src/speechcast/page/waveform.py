"""A waveform: how loud the sound is, moment by moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..audio.activity import HOP
from ..audio.file_activity import AudioActivity
from ..units import Milliseconds

if TYPE_CHECKING:
    from numpy.typing import NDArray

HIGHEST = 63  # level
_LOUDEST = 0.99  # the quantile of the levels that is drawn at full height


@dataclass(frozen=True, slots=True)
class Waveform:
    """The levels of a sound.

    Attributes:
        levels: One for each step, from 0 to `HIGHEST`.
        step: How long a step is.
        length: How long the sound is.
    """

    levels: bytes
    step: Milliseconds
    length: Milliseconds


def measure_waveform(activity: AudioActivity, step: Milliseconds, most: int) -> Waveform:
    """Return the waveform of a sound, its loud passages at full height.

    Args:
        activity: Of the sound.
        step: How long a step is; a multiple of it in a sound that would have more than `most`.
        most: How many levels there may be.
    """
    length = activity.length * 1000 // activity.rate
    step *= max(1, -(-length // (step * most)))
    rms = _pool(activity.power, round(step / 1000 / HOP))
    loudest = float(np.quantile(rms, _LOUDEST)) or 1.0
    heights = np.minimum(rms / loudest, 1.0) * HIGHEST
    return Waveform(bytes(np.rint(heights).astype(np.uint8)), step, length)


def _pool(power: NDArray[np.float64], frames: int) -> NDArray[np.float64]:
    """Return the root mean square of every `frames` frames, the last of them filled up."""
    padded = np.pad(power, (0, -len(power) % frames or (0 if len(power) else frames)))
    return np.asarray(np.sqrt(padded.reshape(-1, frames).mean(axis=1)))
