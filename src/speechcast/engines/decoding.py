"""The sound of an answer, held in memory, as the samples of a clip."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from ..errors import SpoiltAnswer

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 24_000  # samples a second, of every engine's clips


def samples_of(audio: bytes, kind: str, whose: str) -> NDArray[np.int16]:
    """All of it in mono at `RATE`, read as `kind` (wav, flac, mp3) whatever it is.

    Raises SpoiltAnswer telling of `whose` sound.
    """
    import av

    try:
        with av.open(io.BytesIO(audio), "r", format=kind) as container:
            whole = av.AudioFifo()  # converted in one piece: frame by frame takes thrice the time
            for frame in container.decode(audio=0):
                frame.pts = None  # what a tag has cut off leaves a gap in them
                whole.write(frame)
        resampler = av.AudioResampler("s16", "mono", RATE)
        blocks = [*resampler.resample(whole.read()), *resampler.resample(None)]
    except (av.FFmpegError, IndexError, ValueError) as exc:
        raise SpoiltAnswer(f"the {whose}'s sound cannot be decoded") from exc
    return np.concatenate([np.zeros(0, np.int16), *(b.to_ndarray()[0] for b in blocks)])
