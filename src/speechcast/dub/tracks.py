"""Write a mix: as files of sound, and as a further track of the video."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ..audio.encode import OutputFile
from ..errors import UsageError
from ..messages import _
from ..units import Hertz, Samples
from .original import Original

if TYPE_CHECKING:
    import numpy as np
    from av import Packet
    from av.container import InputContainer, OutputContainer
    from numpy.typing import NDArray

# The codec of the new track, by the suffix of the video.
VIDEO_CODECS = {
    ".mp4": "aac",
    ".m4v": "aac",
    ".mov": "aac",
    ".mkv": "aac",
    ".ts": "aac",
    ".webm": "libopus",
}
TRACK_TITLE = "speechcast"
_TRACK_BITRATES = {1: 128_000, 2: 192_000}  # of the new track, by its channels
_OPUS_RATE: Hertz = 48_000


class MixWriter(Protocol):
    """What takes the blocks of a mix."""

    def write(self, block: NDArray[np.int16]) -> None:
        """Write the next block, int16, shape (samples,); two channels alternate."""

    def finish(self) -> None:
        """Write what is left."""

    def close(self) -> None:
        """Close the file."""


class SoundWriter:
    """Writes a mix into a file of sound."""

    def __init__(self, file: OutputFile, original: Original) -> None:
        """Open the file at its requested or default rate and bitrate."""
        import av

        form = file.format
        rate = form.choose_rate(file.sample_rate, original.rate)
        bitrate = form.choose_bitrate(rate, file.bitrate)
        if bitrate and not file.bitrate:  # music takes more than one voice
            bitrate = form.choose_bitrate(rate, bitrate * (1 + original.channels) // 2)
        options = {k: value.format(rate=rate) for k, value in form.options.items()}
        self._container = av.open(
            str(file.path), "w", format=form.muxer, options={"fflags": "+bitexact", **options}
        )
        self._stream = _add_track(self._container, form.codec, rate, original.layout)
        if bitrate:
            self._stream.bit_rate = bitrate
        self._encoder = _TrackEncoder(self._stream, original)

    def write(self, block: NDArray[np.int16]) -> None:
        """Encode the next block."""
        self._container.mux(list(self._encoder.encode(block)))

    def finish(self) -> None:
        """Encode what is left."""
        self._container.mux(list(self._encoder.flush()))

    def close(self) -> None:
        """Close the file."""
        self._container.close()


class VideoWriter:
    """Copies a video, packet by packet, with a mix as a further track."""

    def __init__(self, path: Path, original: Original, language: str) -> None:
        """Open the video and its copy.

        Args:
            path: The copy.
            original: The video.
            language: The ISO 639-2 code of the speech.
        """
        import av
        from av.stream import AttachmentStream

        self._source = av.open(str(original.path), metadata_errors="replace")
        self._container = av.open(str(path), "w", options={"fflags": "+bitexact"})
        self._container.metadata.update(self._source.metadata)
        self._container.set_chapters(self._source.chapters())
        self._attached: set[int] = set()  # the fonts of a Matroska file
        self._copies = {
            stream.index: self._container.add_stream_from_template(stream, opaque=True)
            for stream in self._source.streams
            if stream.type in {"video", "audio", "subtitle"}
        }
        for stream in self._source.streams:
            if stream.index in self._copies:
                self._copies[stream.index].metadata.update(stream.metadata)
                self._copies[stream.index].disposition = stream.disposition
            elif isinstance(stream, AttachmentStream) and path.suffix.lower() == ".mkv":
                self._container.add_attachment(
                    stream.name or "", stream.mimetype or "", stream.data or b""
                )
                self._attached.add(stream.index)
        codec = VIDEO_CODECS[path.suffix.lower()]
        rate = _OPUS_RATE if codec == "libopus" else original.rate
        self._stream = _add_track(self._container, codec, rate, original.layout)
        self._stream.bit_rate = _TRACK_BITRATES[original.channels]
        self._stream.metadata.update({"language": language, "title": TRACK_TITLE})
        self._start = Fraction(self._source.start_time or 0, 1_000_000)
        self._encoder = _TrackEncoder(self._stream, original, self._start)
        self._packets = self._read_packets(self._source)
        self._next: Packet[Any] | None = next(self._packets, None)

    @property
    def left_out(self) -> list[str]:
        """The kinds of streams that are not copied, such as the time code of a camera."""
        copied = self._copies.keys() | self._attached
        return [s.type for s in self._source.streams if s.index not in copied]

    def write(self, block: NDArray[np.int16]) -> None:
        """Encode the next block, and copy what belongs before its end."""
        packets = list(self._encoder.encode(block))
        self._copy_until(self._start + self._encoder.seconds)
        self._container.mux(packets)

    def finish(self) -> None:
        """Encode and copy what is left."""
        packets = list(self._encoder.flush())
        self._container.mux(packets)
        self._copy_until(None)

    def close(self) -> None:
        """Close both files."""
        self._container.close()
        self._source.close()

    def _read_packets(self, source: InputContainer) -> Iterator[Packet[Any]]:
        """Yield the packets that are copied; an empty one only ends a stream."""
        for packet in source.demux():
            if packet.dts is not None and packet.stream.index in self._copies:
                yield packet

    def _copy_until(self, end: Fraction | None) -> None:
        """Copy the packets that are decoded before a time, or all that are left."""
        while (packet := self._next) is not None:
            if end is not None and (packet.dts or 0) * (packet.time_base or Fraction(0)) > end:
                return
            packet.stream = self._copies[packet.stream.index]
            self._container.mux(packet)
            self._next = next(self._packets, None)


class _TrackEncoder:
    """Encodes blocks to packets, and counts their time."""

    def __init__(self, stream: Any, original: Original, start: Fraction = Fraction(0)) -> None:
        self._stream, self._original = stream, original
        self._position: Samples = 0
        self._start = round(start * original.rate)

    @property
    def seconds(self) -> Fraction:
        """How much sound was encoded."""
        return Fraction(self._position, self._original.rate)

    def encode(self, block: NDArray[np.int16]) -> Iterator[Packet[Any]]:
        """Yield the packets completed by a block."""
        import av

        layout = self._original.layout
        frame = av.AudioFrame.from_ndarray(block.reshape(1, -1), format="s16", layout=layout)
        frame.sample_rate, frame.pts = self._original.rate, self._start + self._position
        frame.time_base = Fraction(1, self._original.rate)
        self._position += len(block) // self._original.channels
        yield from self._stream.encode(frame)

    def flush(self) -> Iterator[Packet[Any]]:
        """Yield the packets that are left after the last block."""
        yield from self._stream.encode(None)


def _add_track(container: OutputContainer, codec: str, rate: Hertz, layout: str) -> Any:
    options = {"flags": "+bitexact"}
    return container.add_stream(codec, rate=rate, layout=layout, options=options)


def require_container(original: Original) -> None:
    """Raise UsageError unless a track can be added to a video of this kind."""
    suffix = original.path.suffix.lower()
    if suffix not in VIDEO_CODECS:
        allowed = ", ".join(VIDEO_CODECS)
        raise UsageError(
            _(
                "--over: {path} cannot take another track; a video must be one of {allowed}: "
                "ffmpeg -i {path} -c copy video.mkv makes one of it"
            ).format(path=original.path.name, allowed=allowed)
        )
