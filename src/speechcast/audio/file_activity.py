"""An audio file as a player plays it: how loud it is, hop by hop, and where it sounds."""

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


@dataclass(frozen=True, slots=True, eq=False)
class AudioActivity:
    """What was heard: the power of each hop, the ranges that sound; `length` in samples."""

    rate: int
    length: int
    power: NDArray[np.float64]
    ranges: tuple[Span, ...]


def measure_activity(path: Path) -> AudioActivity:
    """Decode the file block by block; only the power of each hop is kept.

    Raises SourceError for what is no audio file.
    """
    if not path.is_file():
        raise SourceError(f"{path} does not exist; check the name and the folder", path)
    power: list[NDArray[np.float64]] = []
    rest = np.zeros(0, np.int16)
    length = rate = 0
    try:
        for rate, block in decode_audio(path):
            length += len(block)
            rest = np.concatenate((rest, block))
            whole = len(rest) // hop_length(rate) * hop_length(rate)
            power.append(measure_frame_powers(rest[:whole], rate))
            rest = rest[whole:]
    except DecodeError as exc:
        raise SourceError(f"{path} is no audio file PyAV can play ({exc})", path) from exc
    if not length:
        raise SourceError(f"{path} holds no sound", path)
    joined = np.concatenate(power)
    return AudioActivity(rate, length, joined, tuple(detect_active_ranges(joined, rate)))
