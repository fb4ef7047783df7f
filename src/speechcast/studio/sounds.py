"""Samples as WAV."""

from __future__ import annotations

import wave
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..playback.sinks import to_raw, to_wav

if TYPE_CHECKING:
    from ..units import Hertz, Mono16


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
