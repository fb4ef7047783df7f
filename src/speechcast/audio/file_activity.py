"""Measure how loud an audio file is, and where it sounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..errors import SourceError
from ..files import require_file
from ..messages import _
from ..model import Span
from .activity import detect_active_ranges, hop_length, measure_frame_powers
from .decode import DecodeError, decode_audio

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..units import Hertz, Mono16, Samples

# Sample rates between that of half a telephone's band and twice a studio's; another rate is that
# of a damaged header, or of no sound. Chosen for this project.
_MIN_RATE, _MAX_RATE = 4_000, 384_000
# The power of a day's sound takes 280 MB.
_MAX_HOURS = 24


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
        SourceError: the file does not exist, is no audio file, has no samples, states a sample
            rate that no sound has, or lasts more than a day.
    """
    require_file(path)
    try:
        activity = measure_blocks(_decode_plausible(path))
    except DecodeError as exc:
        raise SourceError(
            _("{path} is not an audio file that PyAV can play ({reason})").format(
                path=path, reason=exc
            ),
            path,
        ) from exc
    if not activity.length:
        raise SourceError(_("{path} contains no sound").format(path=path), path)
    return activity


def measure_blocks(blocks: Iterable[tuple[Hertz, Mono16]]) -> AudioActivity:
    """Measure where a stream of sound sounds.

    Args:
        blocks: The sample rate, the same for all, and int16, shape (samples,), mono.
    """
    powers: list[NDArray[np.float64]] = [np.zeros(0)]
    rest = np.zeros(0, np.int16)
    length = rate = 0
    for rate, block in blocks:
        length += len(block)
        rest = np.concatenate((rest, block))
        whole = len(rest) // hop_length(rate) * hop_length(rate)
        powers.append(measure_frame_powers(rest[:whole], rate))
        rest = rest[whole:]
    power = np.concatenate(powers)
    powers.clear()  # ten hours take 115 MB, and finding the ranges twice as much again
    ranges = tuple(detect_active_ranges(power, rate)) if length else ()
    return AudioActivity(rate, length, power, ranges)


def _decode_plausible(path: Path) -> Iterator[tuple[Hertz, Mono16]]:
    """Yield the sample rate and the blocks of a file, as long as a speech can have them."""
    length = 0
    for rate, block in decode_audio(path):
        length += len(block)
        _require_plausible(path, rate, length)
        yield rate, block


def _require_plausible(path: Path, rate: Hertz, length: Samples) -> None:
    """Raise SourceError unless a speech can have this rate and length."""
    if not _MIN_RATE <= rate <= _MAX_RATE:
        raise SourceError(
            _(
                "{path} states a sample rate of {rate} Hz, and sound has {min_rate} to "
                "{max_rate}; it is damaged, or no sound"
            ).format(path=path, rate=rate, min_rate=_MIN_RATE, max_rate=_MAX_RATE),
            path,
        )
    if length > _MAX_HOURS * 3600 * rate:
        raise SourceError(
            _("{path} lasts more than {max_hours} hours; divide it").format(
                path=path, max_hours=_MAX_HOURS
            ),
            path,
        )
