"""Measure how loud sound is, as ITU-R BS.1770 and ACX define.

Both are measured in one pass. Integrated loudness comes from FFmpeg's `ebur128` filter, which
implements ITU-R BS.1770 in the mode of EBU Tech 3341. Its true peak is exact too, but takes longer
than all the rest, so that comes from `true_peaks`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .filters import AudioFilter
from .true_peaks import TruePeakMeter

if TYPE_CHECKING:
    from ..units import Decibels, Hertz, Mono16, Samples

SILENCE_LUFS = -70.0  # the absolute gate of BS.1770: nothing below it counts
SILENCE_DB = -120.0  # stands for digital silence
FLOOR_WINDOW = 0.5  # seconds over which the noise floor is measured


@dataclass(frozen=True, slots=True, kw_only=True)
class LoudnessLevel:
    """The measured level of a piece of sound.

    Attributes:
        loudness: integrated over the whole with the gates of BS.1770, in LUFS.
        true_peak: in dBTP.
        peak: the highest sample, in dBFS.
        rms: the root mean square over the whole, pauses included, in dBFS.
        floor: the root mean square of the quietest half second, in dBFS.
    """

    loudness: Decibels
    true_peak: Decibels
    peak: Decibels
    rms: Decibels
    floor: Decibels


def measure_level(
    blocks: Iterable[Mono16], rate: Hertz, channels: int = 1, *, true_peak: bool = True
) -> LoudnessLevel:
    """Measure the level of sound.

    Args:
        blocks: int16, shape (samples,) each; none of them: every level is the lowest.
        rate: their sample rate.
        channels: 1 or 2; the samples of two alternate in a block.
        true_peak: whether to measure the true peak; otherwise the highest sample stands for it.
    """
    loudness_filter = AudioFilter("ebur128", "peak=none:metadata=1", rate, channels)
    meter = LevelMeter(round(FLOOR_WINDOW * rate) * channels)
    peaks = TruePeakMeter(rate, channels)
    metadata: dict[str, str] = {}
    for block in blocks:
        meter.add(block)
        if true_peak:
            peaks.add(block)
        for frame in loudness_filter.filter(block):
            metadata = frame.metadata or metadata
    for frame in loudness_filter.flush():
        metadata = frame.metadata or metadata
    peaks.finish()
    return LoudnessLevel(
        loudness=max(SILENCE_LUFS, float(metadata.get("lavfi.r128.I", SILENCE_LUFS))),
        true_peak=max(_to_decibels(peaks.highest / 32768), meter.peak),
        peak=meter.peak,
        rms=meter.rms,
        floor=meter.floor,
    )


class LevelMeter:
    """Count the peak, power and quietest window of a stream."""

    def __init__(self, window: Samples) -> None:
        self._window = window
        self._rest = np.zeros(0, np.int16)
        self._highest = 0
        self._squares = 0.0
        self._samples = 0
        self._quietest = math.inf

    def add(self, block: Mono16) -> None:
        """Count the next block, int16, shape (samples,), mono."""
        wide = block.astype(np.float64)
        self._highest = max(self._highest, int(np.abs(wide).max(initial=0)))
        self._squares += float(np.square(wide).sum())
        self._samples += len(block)
        rest = np.concatenate((self._rest, block))
        whole = len(rest) // self._window * self._window
        windows = rest[:whole].reshape(-1, self._window).astype(np.float64)
        power = np.square(windows).mean(axis=1)
        self._quietest = min(self._quietest, float(power.min(initial=math.inf)))
        self._rest = rest[whole:]

    @property
    def peak(self) -> Decibels:
        """Return the highest sample so far, in dBFS."""
        return _to_decibels(self._highest / 32768)

    @property
    def rms(self) -> Decibels:
        """Return the root mean square of all samples so far, in dBFS."""
        return _to_decibels(math.sqrt(self._squares / max(1, self._samples)) / 32768)

    @property
    def floor(self) -> Decibels:
        """Return the level of the quietest whole window so far.

        It is a root mean square, in dBFS.
        """
        quietest = self._quietest if math.isfinite(self._quietest) else 0.0
        return _to_decibels(math.sqrt(quietest) / 32768)


def _to_decibels(ratio: float) -> Decibels:
    return max(SILENCE_DB, 20 * math.log10(ratio)) if ratio > 0 else SILENCE_DB
