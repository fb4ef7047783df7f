"""Samples as WAV, and the peaks of a waveform."""

from __future__ import annotations

import wave
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..audio.stitch import stitch
from ..model import Timeline
from ..playback.sinks import to_raw, to_wav

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..units import Decibels, Hertz, Mono16

PEAKS_PER_SECOND = 50


def encode_wav(blocks: Iterable[Mono16], rate: Hertz) -> bytes:
    """Return mono sound as the bytes of a WAV file.

    Args:
        blocks: int16, shape (samples,) each.
        rate: Their sample rate.
    """
    return to_wav(np.concatenate(list(blocks)), rate)


def save_wav(path: Path, blocks: Iterable[Mono16], rate: Hertz) -> None:
    """Write mono sound into a WAV file; see `encode_wav`."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        for block in blocks:
            file.writeframesraw(to_raw(block, rate))


def measure_peaks(
    timeline: Timeline, gains: Mapping[str, Decibels], ceiling: Decibels
) -> NDArray[np.uint8]:
    """Return the highest level in each of `PEAKS_PER_SECOND` parts of a second.

    Returns:
        uint8, shape (parts,); 255 is full scale.
    """
    part = timeline.rate // PEAKS_PER_SECOND
    rest = np.zeros(0, np.int16)
    peaks: list[NDArray[np.uint8]] = []
    for block in stitch(timeline, gains, ceiling):
        rest = np.concatenate((rest, block))
        whole = len(rest) // part * part
        peaks.append(_peaks(rest[:whole], part))
        rest = rest[whole:]
    if len(rest):
        peaks.append(_peaks(np.pad(rest, (0, part - len(rest))), part))
    return np.concatenate(peaks)


def _peaks(samples: Mono16, part: int) -> NDArray[np.uint8]:
    levels = np.abs(samples.astype(np.int32)).reshape(-1, part).max(axis=1, initial=0)
    return np.asarray(np.minimum(levels * 255 // 32767, 255), np.uint8)
