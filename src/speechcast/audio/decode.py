"""Decode an audio file into the samples that a player would play."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ..errors import explain_os_error
from ..messages import _

if TYPE_CHECKING:
    from av import AudioFifo, AudioFrame, AudioStream, Packet

    from ..units import Hertz, Mono16, Samples

POOL_SIZE = 1 << 15  # samples that are converted at a time


class DecodeError(Exception):
    """The file cannot be decoded; the message says why."""


def decode_audio(
    file: Path | IO[bytes], container_format: str | None = None
) -> Iterator[tuple[Hertz, Mono16]]:
    """Decode an audio file to mono blocks, as a player does.

    Args:
        file: its path, or its content as a binary stream.
        container_format: FFmpeg's name of the container (`mp3`, `wav`, …); None to detect it.

    Yields:
        The sample rate and the next block, int16, shape (samples,), mono.

    Raises:
        DecodeError: the file has no audio stream, or FFmpeg cannot decode it.
    """
    import av

    source = str(file) if isinstance(file, Path) else file
    try:
        with av.open(source, "r", format=container_format, metadata_errors="replace") as container:
            if not container.streams.audio:
                raise DecodeError(_("it has no sound"))
            rate = _read_rate(container.streams.audio[0])
            for block in _convert(container.decode(audio=0), rate):
                yield rate, block
    except av.FFmpegError as exc:
        raise DecodeError(explain_os_error(exc)) from exc


def decode_packets(packets: Iterable[Packet[Any]], decoder: str, rate: Hertz) -> Iterator[Mono16]:
    """Decode the packets of a file to mono blocks, as `decode_audio` decodes the file.

    Args:
        packets: all of them, with the marks of the samples to skip.
        decoder: FFmpeg's name of their decoder.
        rate: their sample rate.

    Yields:
        int16, shape (samples,), mono.

    Raises:
        DecodeError: FFmpeg cannot decode them.
    """
    import av

    codec: Any = av.CodecContext.create(decoder, "r")
    try:
        frames = (frame for packet in chain(packets, [None]) for frame in codec.decode(packet))
        yield from _convert(frames, rate)
    except av.FFmpegError as exc:
        raise DecodeError(explain_os_error(exc)) from exc


def _convert(frames: Iterable[AudioFrame], rate: Hertz) -> Iterator[Mono16]:
    """Yield the sound of decoded frames as 16-bit mono."""
    import av

    resampler = av.AudioResampler("s16", "mono", rate)
    for frame in _pool_frames(frames):
        for block in resampler.resample(frame):
            yield block.to_ndarray()[0]


def _read_rate(stream: AudioStream) -> Hertz:
    """Return the stream's sample rate; raise DecodeError if no decoder knows the stream."""
    if not hasattr(stream, "rate") or not stream.rate:  # av has no attribute where it has no codec
        raise DecodeError(_("its sound is coded in a way that FFmpeg does not know"))
    return stream.rate


def _pool_frames(frames: Iterable[AudioFrame]) -> Iterator[AudioFrame]:
    """Pool the same samples into fewer frames.

    Converting each small frame by itself takes nearly three times as long.
    """
    import av

    pool = av.AudioFifo()
    first: tuple[object, ...] = ()
    for frame in frames:
        frame.pts = None  # the samples that a gapless tag cuts off leave a gap in the timestamps
        # The pool itself does not compare the channels, and reads past the end of fewer ones.
        form = (frame.format.name, frame.layout.name, frame.sample_rate, frame.time_base)
        first = first or form
        if form != first:
            raise DecodeError(_("its sound changes its format midway"))
        pool.write(frame)
        if pool.samples >= POOL_SIZE:
            yield from _drain(pool)
    if pool.samples:
        yield from _drain(pool)


def _drain(pool: AudioFifo) -> Iterator[AudioFrame]:
    if frame := pool.read():
        yield frame


def read_played_length(file: Path) -> tuple[Samples, Hertz]:
    """Read from the file's header how many samples a player plays.

    Returns:
        The number of samples, without those that the gapless tag cuts off, and their rate.

    Raises:
        DecodeError: FFmpeg cannot open the file, or the file does not state its length.
    """
    import av

    try:
        with av.open(str(file), "r", metadata_errors="replace") as container:
            stream = container.streams.audio[0]
            if stream.duration is None or stream.time_base is None:
                raise DecodeError(_("it does not say how long it is"))
            length = round(stream.duration * stream.time_base * stream.rate)
            return length - stream.codec_context.delay, stream.rate
    except av.FFmpegError as exc:
        raise DecodeError(explain_os_error(exc)) from exc
