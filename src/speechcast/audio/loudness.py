"""How loud sound is, measured in one pass: by ITU-R BS.1770, and as ACX counts it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .filters import AudioFilter

if TYPE_CHECKING:
    from numpy.typing import NDArray

SILENCE_LUFS = -70.0  # LUFS, the gate of BS.1770: nothing below it counts
SILENCE_DB = -120.0  # dB that stand for digital silence
FLOOR_WINDOW = 0.5  # seconds over which the noise floor is taken


@dataclass(frozen=True, slots=True)
class LoudnessLevel:
    """What was measured. dB of full scale, where it is not said otherwise."""

    loudness: float  # LUFS, integrated over the whole with BS.1770's gates
    true_peak: float  # dBTP
    peak: float  # of the samples
    rms: float  # over the whole, pauses included
    floor: float  # rms of the quietest half second


def measure_level(blocks: Iterable[NDArray[np.int16]], rate: int) -> LoudnessLevel:
    """The level of mono sound at `rate`; of no sound, all is at its lowest.

    Loudness and true peak are FFmpeg's ebur128 filter's (EBU Tech 3341), the rest is counted here.
    """
    meter = AudioFilter("ebur128", "peak=true:metadata=1", rate)
    count = LevelMeter(round(FLOOR_WINDOW * rate))
    said: dict[str, str] = {}
    for block in blocks:
        count.add(block)
        for frame in meter.filter(block):
            said = frame.metadata or said
    for frame in meter.flush():
        said = frame.metadata or said
    true_peak = max(_to_decibels(float(said.get("lavfi.r128.true_peak", "0"))), count.peak)
    loudness = max(SILENCE_LUFS, float(said.get("lavfi.r128.I", SILENCE_LUFS)))
    return LoudnessLevel(loudness, true_peak, count.peak, count.rms, count.floor)


class LevelMeter:
    """Peak, power and the quietest window of the blocks it is given."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._rest = np.zeros(0, np.int16)
        self._highest = 0
        self._squares = 0.0
        self._samples = 0
        self._quietest = math.inf

    def add(self, block: NDArray[np.int16]) -> None:
        """Count these samples too."""
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
    def peak(self) -> float:
        return _to_decibels(self._highest / 32768)

    @property
    def rms(self) -> float:
        return _to_decibels(math.sqrt(self._squares / max(1, self._samples)) / 32768)

    @property
    def floor(self) -> float:
        quietest = self._quietest if math.isfinite(self._quietest) else 0.0
        return _to_decibels(math.sqrt(quietest) / 32768)


def _to_decibels(ratio: float) -> float:
    return max(SILENCE_DB, 20 * math.log10(ratio)) if ratio > 0 else SILENCE_DB
