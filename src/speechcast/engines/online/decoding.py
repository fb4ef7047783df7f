"""The sound of an answer, held in memory, as the samples of a clip."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from ...errors import InvalidResponse

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 24_000  # samples a second, of every engine's clips


def samples_of(audio: bytes, kind: str, whose: str) -> NDArray[np.int16]:
    """All of it in mono at `RATE`, read as `kind` (wav, flac, mp3) whatever it is.

    Raises SpoiltAnswer telling of `whose` sound.
    """
    from ...audio.decode import DecodeError, decode_audio
    from ...audio.resample import Resampler

    try:
        blocks = list(decode_audio(io.BytesIO(audio), kind))
    except DecodeError as exc:
        raise InvalidResponse(f"the {whose}'s sound cannot be decoded") from exc
    pieces = [block for _, block in blocks]
    rate = blocks[0][0] if blocks else RATE
    if rate != RATE:
        resampled = Resampler(rate, RATE)
        pieces = [*(p for piece in pieces for p in resampled.resample(piece)), *resampled.flush()]
    return np.concatenate([np.zeros(0, np.int16), *pieces])
