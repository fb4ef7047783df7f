"""Decode the sound file of a response into a clip's samples."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from ...errors import InvalidResponse
from ..base import SAMPLE_RATE

if TYPE_CHECKING:
    from ...units import Mono16


def decode_response(audio: bytes, container: str, sender: str) -> Mono16:
    """Return the whole sound file as mono samples at `SAMPLE_RATE`.

    Args:
        audio: The file's content, of any sample rate and any number of channels.
        container: The format to decode it as: "wav", "flac" or "mp3".
        sender: What to call the other side in the error: "service" or "server".

    Returns:
        int16, shape (samples,), mono.

    Raises:
        InvalidResponse: The sound cannot be decoded.
    """
    from ...audio.decode import DecodeError, decode_audio
    from ...audio.resample import Resampler

    try:
        blocks = list(decode_audio(io.BytesIO(audio), container))
    except DecodeError as exc:
        raise InvalidResponse(f"the {sender}'s sound cannot be decoded") from exc
    pieces = [block for _, block in blocks]
    rate = blocks[0][0] if blocks else SAMPLE_RATE
    if rate != SAMPLE_RATE:
        resampled = Resampler(rate, SAMPLE_RATE)
        pieces = [*(p for piece in pieces for p in resampled.resample(piece)), *resampled.flush()]
    return np.concatenate([np.zeros(0, np.int16), *pieces])
