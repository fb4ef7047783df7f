"""Encode one stream of sound into several files, with PyAV."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import KW_ONLY, dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from .decode import decode_audio
from .formats import AUDIO_FORMATS, AudioFormat
from .lame import LameEncoder
from .loudness import LoudnessLevel
from .played_level import PlayedLevel
from .resample import Resampler
from .tags.model import TimedText

if TYPE_CHECKING:
    from av import Packet
    from av.container import OutputContainer
    from av.container.core import Chapter

    from ..units import Hertz, Mono16


@dataclass(frozen=True, slots=True)
class OutputFile:
    """An audio file to write.

    Attributes:
        path: where to write it.
        format: its format.
        sample_rate: in Hertz; None for the format's default.
        bitrate: in bits a second; None for the format's default.
        chapters: only written for a format that stores them with the sound (MP4).
    """

    path: Path
    format: AudioFormat
    _: KW_ONLY
    sample_rate: Hertz | None = None
    bitrate: int | None = None
    chapters: tuple[TimedText, ...] = ()


def encode(
    blocks: Iterable[Mono16], rate: Hertz, *files: Path | OutputFile, measure: bool = False
) -> tuple[LoudnessLevel | None, ...]:
    """Encode a stream of mono sound into every file.

    The files are encoded side by side: the encoders run outside the interpreter. An mp3, flac or
    wav file plays exactly as many samples as went in. The same blocks give the same bytes: no date,
    path or version is written.

    Args:
        blocks: int16, shape (samples,) each, mono; at least one.
        rate: their sample rate.
        files: what to write; a bare path is an MP3 with the defaults.
        measure: whether to measure what a player plays, as far as that can be done meanwhile.

    Returns:
        The level of each file; None where it was not measured.
    """
    with contextlib.ExitStack() as stack:
        writers = [
            stack.enter_context(
                contextlib.closing(_open_writer(_as_output_file(file), rate, measure=measure))
            )
            for file in files
        ]
        executor = stack.enter_context(ThreadPoolExecutor(len(writers), "writer"))
        for block in blocks:
            _await_all(executor.submit(writer.write, block) for writer in writers)
        _await_all(executor.submit(writer.finish) for writer in writers)
    return tuple(writer.level for writer in writers)


def _await_all(futures: Iterable[Future[None]]) -> None:
    """Wait for work that was begun together; raise what one of them raised."""
    for future in list(futures):
        future.result()


class AudioWriter:
    """An audio file that is being written."""

    def __init__(  # noqa: PLR0913 what the file consists of
        self,
        file: str | IO[bytes],
        audio_format: AudioFormat,
        source_rate: Hertz,
        *,
        rate: Hertz,
        bitrate: int | None,
        gain: float = 1.0,
        chapters: Sequence[TimedText] = (),
        measure: bool = False,
    ) -> None:
        """Open the file for writing.

        Args:
            file: its path, or a binary stream that can seek.
            audio_format: its format.
            source_rate: the sample rate of the blocks that `write` receives.
            rate: the sample rate of the file.
            bitrate: in bits a second; None for a lossless format.
            gain: the factor that every sample is multiplied by.
            chapters: written if the format stores them with the sound.
            measure: whether to measure the level, if the format allows it.
        """
        import av

        self._gain = gain
        self._resampler = None if rate == source_rate else Resampler(source_rate, rate)
        muxer_options = {k: value.format(rate=rate) for k, value in audio_format.options.items()}
        options = {"fflags": "+bitexact", **muxer_options}
        self._container = av.open(file, "w", format=audio_format.muxer, options=options)
        stream = _add_stream(self._container, audio_format, rate, bitrate)
        if chapters and audio_format.chapters:
            self._container.set_chapters(_chapter_entries(chapters))
        self._container.start_encoding()
        self._encoder: FFmpegEncoder | LameEncoder
        if audio_format.name == "mp3":
            assert bitrate
            self._encoder = LameEncoder(stream, rate, bitrate)
        else:
            self._encoder = FFmpegEncoder(stream, rate)
        decoder = audio_format.packet_decoder if measure else ""
        self._played = PlayedLevel(decoder, rate) if decoder else None
        self.level: LoudnessLevel | None = None  # once it is finished

    def write(self, block: Mono16) -> None:
        """Encode the next block, int16, shape (samples,), mono."""
        for piece in self._resampler.resample(block) if self._resampler else [block]:
            self._encode(piece)

    def finish(self) -> None:
        """Encode what is left in the encoder; `close` completes the file."""
        for piece in self._resampler.flush() if self._resampler else []:
            self._encode(piece)
        self._write_packets(self._encoder.flush())
        if self._played:
            self.level = self._played.finish()

    def close(self) -> None:
        """Close the file."""
        try:
            self._container.close()
        finally:
            if self._played:
                self._played.close()

    def _encode(self, samples: Mono16) -> None:
        if self._gain != 1.0:
            scaled = np.rint(samples * np.float32(self._gain))
            samples = scaled.clip(-32768, 32767).astype(np.int16)
        self._write_packets(self._encoder.encode(samples))

    def _write_packets(self, packets: list[Packet[Any]]) -> None:
        self._container.mux(packets)
        if self._played:
            self._played.add(packets)


class FFmpegEncoder:
    """Encode mono samples to packets with any of FFmpeg's codecs."""

    def __init__(self, stream: Any, rate: Hertz) -> None:
        self._stream, self._rate = stream, rate
        self._position = 0

    def encode(self, samples: Mono16) -> list[Packet[Any]]:
        """Return the packets completed by these samples, int16, shape (samples,), mono."""
        import av

        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts = self._rate, self._position
        self._position += len(samples)
        return list(self._stream.encode(frame))

    def flush(self) -> list[Packet[Any]]:
        """Return the packets that are left after the last sample."""
        return list(self._stream.encode(None))


def _add_stream(
    container: OutputContainer, audio_format: AudioFormat, rate: Hertz, bitrate: int | None
) -> Any:
    stream: Any = container.add_stream(
        audio_format.codec, rate=rate, layout="mono", options={"flags": "+bitexact"}
    )
    stream.format = audio_format.sample_format
    if bitrate:
        stream.bit_rate = bitrate
    return stream


def _open_writer(output: OutputFile, source_rate: Hertz, *, measure: bool) -> AudioWriter:
    """Open the file at its requested or default rate and bitrate."""
    audio_format = output.format
    rate = audio_format.choose_rate(output.sample_rate, source_rate)
    bitrate = audio_format.choose_bitrate(rate, output.bitrate)
    return AudioWriter(
        str(output.path),
        audio_format,
        source_rate,
        rate=rate,
        bitrate=bitrate,
        gain=1 / _measure_codec_gain(audio_format.name, rate, bitrate) if bitrate else 1.0,
        chapters=output.chapters,
        measure=measure,
    )


def _chapter_entries(chapters: Sequence[TimedText]) -> list[Chapter]:
    """Return the chapters as PyAV takes them."""
    return [
        {
            "id": number,
            "start": chapter.start,
            "end": chapter.end,
            "time_base": Fraction(1, 1000),
            "metadata": {"title": chapter.text},
        }
        for number, chapter in enumerate(chapters)
    ]


@cache
def _measure_codec_gain(name: str, rate: Hertz, bitrate: int) -> float:
    """Return the codec's gain, as a factor, measured on a tone.

    LAME lowers the level by some 5 % at lower bitrates to avoid clipping. Our own limiter already
    leaves the room for that, so the writer makes up for it.
    """
    time = np.arange(rate) / rate
    tone = np.rint(8192 * np.sin(2 * np.pi * 440 * time)).astype(np.int16)
    with io.BytesIO() as file:
        writer = AudioWriter(file, AUDIO_FORMATS[name], rate, rate=rate, bitrate=bitrate)
        with contextlib.closing(writer):
            writer.write(tone)
            writer.finish()
        file.seek(0)
        decoded = np.concatenate([block for _, block in decode_audio(file)])
    middle = slice(len(decoded) // 4, len(decoded) * 3 // 4)
    return float(decoded[middle].std() / tone[len(tone) // 4 : len(tone) * 3 // 4].std())


def _as_output_file(file: Path | OutputFile) -> OutputFile:
    return file if isinstance(file, OutputFile) else OutputFile(file, AUDIO_FORMATS["mp3"])
