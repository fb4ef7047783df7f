"""The waveform of a page: how loud the sound is, moment by moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..audio.activity import HOP
from ..audio.file_activity import AudioActivity
from ..text.packed_numbers import ALPHABET
from ..units import Milliseconds

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEP: Milliseconds = 50  # of a level; a syllable lasts about 200
# An hour at that step takes 72 kB; a longer sound gets longer steps, so that its waveform stays
# below what two hours take.
_MOST_LEVELS = 2 * 3600 * 1000 // _STEP
_LOUDEST = 0.99  # the quantile of the levels that is drawn at full height


@dataclass(frozen=True, slots=True)
class Waveform:
    """The levels of a sound.

    Attributes:
        levels: A character of `ALPHABET` for each step, for one of 64 levels.
        step: How long a step is.
        length: How long the sound is.
    """

    levels: str
    step: Milliseconds
    length: Milliseconds


def measure_waveform(activity: AudioActivity) -> Waveform:
    """Return the waveform of a sound, its loud passages at full height."""
    length = activity.length * 1000 // activity.rate
    step = _STEP * max(1, -(-length // (_STEP * _MOST_LEVELS)))
    rms = _pool(activity.power, round(step / 1000 / HOP))
    loudest = float(np.quantile(rms, _LOUDEST)) or 1.0
    heights = np.minimum(rms / loudest, 1.0) * (len(ALPHABET) - 1)
    return Waveform("".join(ALPHABET[round(h)] for h in heights.tolist()), step, length)


def _pool(power: NDArray[np.float64], frames: int) -> NDArray[np.float64]:
    """Return the root mean square of every `frames` frames, the last of them filled up."""
    padded = np.pad(power, (0, -len(power) % frames or (0 if len(power) else frames)))
    return np.asarray(np.sqrt(padded.reshape(-1, frames).mean(axis=1)))
