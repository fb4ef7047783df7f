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

from .decode import decode
from .formats import FORMATS, AudioFormat
from .lame import Lame
from .resample import Resampled
from .stitch import blocks
from .tags.model import TimedText

if TYPE_CHECKING:
    from av import Packet
    from av.container import OutputContainer
    from av.container.core import Chapter
    from numpy.typing import NDArray
    from pydub import AudioSegment


@dataclass(frozen=True, slots=True)
class Encoding:
    """A file to write; at None, its sample rate and its bitrate are the format's own.

    `chapters` are for the format that can only have them with the sound, an MP4.
    """

    path: Path
    format: AudioFormat
    sample_rate: int | None = None
    bitrate: int | None = None
    chapters: tuple[TimedText, ...] = ()


def encode(segments: Iterable[AudioSegment], *files: Path | Encoding) -> None:
    """Write mono 16-bit segments, at least one, into every file; a mere path is an MP3's.

    What a player hears of mp3, flac and wav is as long as the segments, to the sample. The same
    segments give the same bytes: nothing is written of when, where and by what version.
    """
    stream = iter(segments)
    first = next(stream)
    with contextlib.ExitStack() as open_:
        writers = [
            open_.enter_context(contextlib.closing(_writer(_encoding(file), first.frame_rate)))
            for file in files
        ]
        for block in blocks(chain([first], stream)):
            for writer in writers:
                writer.write(block)
        for writer in writers:
            writer.finish()


class Writer:
    """A file being written at `rate`, `gain` times as loud, of sound at the rate `taken`."""

    def __init__(  # noqa: PLR0913 what a file is made of, each by its name
        self,
        file: str | IO[bytes],
        kind: AudioFormat,
        taken: int,
        *,
        rate: int,
        bitrate: int | None,
        gain: float = 1.0,
        chapters: Sequence[TimedText] = (),
    ) -> None:
        import av

        self._gain = gain
        self._resampled = None if rate == taken else Resampled(taken, rate)
        own = {key: value.format(rate=rate) for key, value in kind.options.items()}
        options = {"fflags": "+bitexact", **own}
        self._container = av.open(file, "w", format=kind.muxer, options=options)
        stream = _stream(self._container, kind, rate, bitrate)
        if chapters and kind.chapters:
            self._container.set_chapters(_chapters(chapters))
        self._container.start_encoding()
        self._codec: Codec | Lame
        if kind.name == "mp3":
            assert bitrate
            self._codec = Lame(stream, rate, bitrate)
        else:
            self._codec = Codec(stream, rate)

    def write(self, block: NDArray[np.int16]) -> None:
        """Encode these samples too."""
        for piece in self._resampled.of(block) if self._resampled else [block]:
            self._encode(piece)

    def finish(self) -> None:
        """Encode what is left; the file is whole once it is closed."""
        for piece in self._resampled.rest() if self._resampled else []:
            self._encode(piece)
        self._container.mux(self._codec.rest())

    def close(self) -> None:
        self._container.close()

    def _encode(self, samples: NDArray[np.int16]) -> None:
        if self._gain != 1.0:
            louder = np.rint(samples * np.float32(self._gain))
            samples = louder.clip(-32768, 32767).astype(np.int16)
        self._container.mux(self._codec.of(samples))


class Codec:
    """Mono samples to the packets of any of FFmpeg's codecs."""

    def __init__(self, stream: Any, rate: int) -> None:
        self._stream, self._rate = stream, rate
        self._at = 0

    def of(self, samples: NDArray[np.int16]) -> list[Packet[Any]]:
        """The packets that these samples complete."""
        import av

        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts = self._rate, self._at
        self._at += len(samples)
        return list(self._stream.encode(frame))

    def rest(self) -> list[Packet[Any]]:
        """What is left."""
        return list(self._stream.encode(None))


def _stream(container: OutputContainer, kind: AudioFormat, rate: int, bitrate: int | None) -> Any:
    stream: Any = container.add_stream(
        kind.codec, rate=rate, layout="mono", options={"flags": "+bitexact"}
    )
    stream.format = kind.sample_format
    if bitrate:
        stream.bit_rate = bitrate
    return stream


def _writer(asked: Encoding, taken: int) -> Writer:
    kind = asked.format
    rate = kind.rate(asked.sample_rate, taken)
    bits = kind.bitrate(rate, asked.bitrate)
    gain = 1 / _kept(kind.name, rate, bits) if bits else 1.0
    return Writer(
        str(asked.path),
        kind,
        taken,
        rate=rate,
        bitrate=bits,
        gain=gain,
        chapters=asked.chapters,
    )


def _chapters(chapters: Sequence[TimedText]) -> list[Chapter]:
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
def _kept(name: str, rate: int, bitrate: int) -> float:
    """How many times as loud this codec gives back what it is given, tried on a tone.

    LAME takes some 5 % off at lower bitrates lest it clip; we leave the room for that ourselves.
    """
    time = np.arange(rate) / rate
    tone = np.rint(8192 * np.sin(2 * np.pi * 440 * time)).astype(np.int16)
    with io.BytesIO() as file:
        writer = Writer(file, FORMATS[name], rate, rate=rate, bitrate=bitrate)
        with contextlib.closing(writer):
            writer.write(tone)
            writer.finish()
        file.seek(0)
        given = np.concatenate([block for _, block in decode(file)])
    middle = slice(len(given) // 4, len(given) * 3 // 4)
    return float(given[middle].std() / tone[len(tone) // 4 : len(tone) * 3 // 4].std())


def _encoding(file: Path | Encoding) -> Encoding:
    return file if isinstance(file, Encoding) else Encoding(file, FORMATS["mp3"])
