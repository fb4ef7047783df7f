"""One stream of sound to one or several files at once, by PyAV."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from .decode import decode_audio
from .formats import AUDIO_FORMATS, AudioFormat
from .lame import LameEncoder
from .resample import Resampler
from .stitch import blocks
from .tags.model import TimedText

if TYPE_CHECKING:
    from av import Packet
    from av.container import OutputContainer
    from av.container.core import Chapter
    from numpy.typing import NDArray
    from pydub import AudioSegment


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file to write; at None, its sample rate and its bitrate are the format's own.

    `chapters` are for the format that can only have them with the sound, an MP4.
    """

    path: Path
    format: AudioFormat
    sample_rate: int | None = None
    bitrate: int | None = None
    chapters: tuple[TimedText, ...] = ()


def encode(segments: Iterable[AudioSegment], *files: Path | OutputFile) -> None:
    """Write mono 16-bit segments, at least one, into every file; a mere path is an MP3's.

    What a player hears of mp3, flac and wav is as long as the segments, to the sample. The same
    segments give the same bytes: nothing is written of when, where and by what version.
    """
    stream = iter(segments)
    first = next(stream)
    with contextlib.ExitStack() as open_:
        writers = [
            open_.enter_context(
                contextlib.closing(_open_writer(_as_output_file(file), first.frame_rate))
            )
            for file in files
        ]
        for block in blocks(chain([first], stream)):
            for writer in writers:
                writer.write(block)
        for writer in writers:
            writer.finish()


class AudioWriter:
    """A file being written at `rate`, `gain` times as loud, of sound at the rate `taken`."""

    def __init__(  # noqa: PLR0913 what a file is made of, each by its name
        self,
        file: str | IO[bytes],
        audio_format: AudioFormat,
        source_rate: int,
        *,
        rate: int,
        bitrate: int | None,
        gain: float = 1.0,
        chapters: Sequence[TimedText] = (),
    ) -> None:
        import av

        self._gain = gain
        self._resampled = None if rate == source_rate else Resampler(source_rate, rate)
        own = {key: value.format(rate=rate) for key, value in audio_format.options.items()}
        options = {"fflags": "+bitexact", **own}
        self._container = av.open(file, "w", format=audio_format.muxer, options=options)
        stream = _add_stream(self._container, audio_format, rate, bitrate)
        if chapters and audio_format.chapters:
            self._container.set_chapters(_chapter_entries(chapters))
        self._container.start_encoding()
        self._codec: FFmpegEncoder | LameEncoder
        if audio_format.name == "mp3":
            assert bitrate
            self._codec = LameEncoder(stream, rate, bitrate)
        else:
            self._codec = FFmpegEncoder(stream, rate)

    def write(self, block: NDArray[np.int16]) -> None:
        """Encode these samples too."""
        for piece in self._resampled.resample(block) if self._resampled else [block]:
            self._encode(piece)

    def finish(self) -> None:
        """Encode what is left; the file is whole once it is closed."""
        for piece in self._resampled.flush() if self._resampled else []:
            self._encode(piece)
        self._container.mux(self._codec.flush())

    def close(self) -> None:
        self._container.close()

    def _encode(self, samples: NDArray[np.int16]) -> None:
        if self._gain != 1.0:
            louder = np.rint(samples * np.float32(self._gain))
            samples = louder.clip(-32768, 32767).astype(np.int16)
        self._container.mux(self._codec.encode(samples))


class FFmpegEncoder:
    """Mono samples to the packets of any of FFmpeg's codecs."""

    def __init__(self, stream: Any, rate: int) -> None:
        self._stream, self._rate = stream, rate
        self._position = 0

    def encode(self, samples: NDArray[np.int16]) -> list[Packet[Any]]:
        """The packets that these samples complete."""
        import av

        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts = self._rate, self._position
        self._position += len(samples)
        return list(self._stream.encode(frame))

    def flush(self) -> list[Packet[Any]]:
        """What is left."""
        return list(self._stream.encode(None))


def _add_stream(
    container: OutputContainer, audio_format: AudioFormat, rate: int, bitrate: int | None
) -> Any:
    stream: Any = container.add_stream(
        audio_format.codec, rate=rate, layout="mono", options={"flags": "+bitexact"}
    )
    stream.format = audio_format.sample_format
    if bitrate:
        stream.bit_rate = bitrate
    return stream


def _open_writer(output: OutputFile, source_rate: int) -> AudioWriter:
    kind = output.format
    rate = kind.choose_rate(output.sample_rate, source_rate)
    bits = kind.choose_bitrate(rate, output.bitrate)
    gain = 1 / _codec_gain(kind.name, rate, bits) if bits else 1.0
    return AudioWriter(
        str(output.path),
        kind,
        source_rate,
        rate=rate,
        bitrate=bits,
        gain=gain,
        chapters=output.chapters,
    )


def _chapter_entries(chapters: Sequence[TimedText]) -> list[Chapter]:
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
def _codec_gain(name: str, rate: int, bitrate: int) -> float:
    """How many times as loud this codec gives back what it is given, tried on a tone.

    LAME takes some 5 % off at lower bitrates lest it clip; we leave the room for that ourselves.
    """
    time = np.arange(rate) / rate
    tone = np.rint(8192 * np.sin(2 * np.pi * 440 * time)).astype(np.int16)
    with io.BytesIO() as file:
        writer = AudioWriter(file, AUDIO_FORMATS[name], rate, rate=rate, bitrate=bitrate)
        with contextlib.closing(writer):
            writer.write(tone)
            writer.finish()
        file.seek(0)
        given = np.concatenate([block for _, block in decode_audio(file)])
    middle = slice(len(given) // 4, len(given) * 3 // 4)
    return float(given[middle].std() / tone[len(tone) // 4 : len(tone) * 3 // 4].std())


def _as_output_file(file: Path | OutputFile) -> OutputFile:
    return file if isinstance(file, OutputFile) else OutputFile(file, AUDIO_FORMATS["mp3"])
