"""Measure how loud an audio file is, and where it sounds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..errors import SourceError
from ..model import Span
from .activity import detect_active_ranges, hop_length, measure_frame_powers
from .decode import DecodeError, decode_audio

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..units import Hertz, Samples


@dataclass(frozen=True, slots=True, eq=False)
class AudioActivity:
    """Where an audio file sounds.

    Attributes:
        rate: the file's sample rate.
        length: the number of samples that a player plays.
        power: the mean square of each frame, float64, shape (frames,), 1.0 being full scale.
        ranges: the ranges of samples that sound, in order.
    """

    rate: Hertz
    length: Samples
    power: NDArray[np.float64]
    ranges: tuple[Span, ...]


def measure_activity(path: Path) -> AudioActivity:
    """Measure where an audio file sounds.

    The file is decoded block by block; only the power of each frame stays in memory.

    Raises:
        SourceError: the file does not exist, is no audio file, or has no samples.
    """
    if not path.is_file():
        raise SourceError(f"{path} does not exist; check the name and the folder", path)
    powers: list[NDArray[np.float64]] = []
    rest = np.zeros(0, np.int16)
    length = rate = 0
    try:
        for rate, block in decode_audio(path):
            length += len(block)
            rest = np.concatenate((rest, block))
            whole = len(rest) // hop_length(rate) * hop_length(rate)
            powers.append(measure_frame_powers(rest[:whole], rate))
            rest = rest[whole:]
    except DecodeError as exc:
        raise SourceError(f"{path} is not an audio file that PyAV can play ({exc})", path) from exc
    if not length:
        raise SourceError(f"{path} contains no sound", path)
    power = np.concatenate(powers)
    return AudioActivity(rate, length, power, tuple(detect_active_ranges(power, rate)))
