"""Any audio file to samples, as a player has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from av import AudioFifo, AudioFrame
    from numpy.typing import NDArray

POOL_SIZE = 1 << 15  # samples that are converted at a time


class DecodeError(Exception):
    """No sound could be had from it; the text says why."""


def decode_audio(
    file: Path | IO[bytes], container_format: str | None = None
) -> Iterator[tuple[int, NDArray[np.int16]]]:
    """The rate of a file's sound and, block by block, its samples as a player has them, in mono.

    Raises Undecodable.
    """
    import av

    try:
        with av.open(
            str(file) if isinstance(file, Path) else file, "r", format=container_format
        ) as container:
            if not container.streams.audio:
                raise DecodeError("it has no sound")
            rate = container.streams.audio[0].rate
            resampler = av.AudioResampler("s16", "mono", rate)
            for frame in _pool_frames(container.decode(audio=0)):
                for block in resampler.resample(frame):
                    yield rate, block.to_ndarray()[0]
    except av.FFmpegError as exc:
        raise DecodeError(exc.strerror) from exc


def _pool_frames(frames: Iterable[AudioFrame]) -> Iterator[AudioFrame]:
    """The same samples in fewer frames: to convert each by itself takes nearly thrice the time."""
    import av

    pool = av.AudioFifo()
    for frame in frames:
        frame.pts = None  # what a tag has cut off leaves a gap in them
        try:
            pool.write(frame)
        except ValueError as exc:
            raise DecodeError("its sound changes its kind midway") from exc
        if pool.samples >= POOL_SIZE:
            yield from _drain(pool)
    if pool.samples:
        yield from _drain(pool)


def _drain(pool: AudioFifo) -> Iterator[AudioFrame]:
    if frame := pool.read():
        yield frame


def read_played_length(file: Path) -> tuple[int, int]:
    """How many samples a player hears, by the file's own account (its gapless tag), and their rate.

    Raises Undecodable.
    """
    import av

    try:
        with av.open(str(file), "r") as container:
            stream = container.streams.audio[0]
            if stream.duration is None or stream.time_base is None:
                raise DecodeError("it does not say how long it is")
            whole = round(stream.duration * stream.time_base * stream.rate)
            return whole - stream.codec_context.delay, stream.rate
    except av.FFmpegError as exc:
        raise DecodeError(exc.strerror) from exc
