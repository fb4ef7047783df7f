"""The loopback service's sound: MP3 frames of tones, with timed words.

The sound is encoded by LAME: 24 kHz, 48 kbit/s, 144-byte frames, with silence around it as the real
service has. The boundaries run some 76 ms before the decoded sound, as the real ones do.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from zlib import crc32

import av
import numpy as np
from numpy.typing import NDArray

from tests.support.edge_faults import Fault

RATE = 24_000
FRAME = 144  # bytes of MP3
FRAME_SECONDS = 0.024
LEAD = 0.130  # seconds of silence encoded before the first word; LAME and decoder add 46 ms
TAIL = 0.700
FIRST_OFFSET = 0.100  # where the service says that the first word begins
LATE = 3.0  # seconds
PAUSES = dict.fromkeys("，,；;：:、", 0.25) | dict.fromkeys("。！？.!?", 0.35)
PAUSES |= dict.fromkeys("—…", 0.2)

_LATIN = r"[^\W\d_\u2e80-\U0010ffff]+"
_HAN = r"[^\W\d_\x00-\u2e7f]{1,2}"
PIECE = re.compile(rf"\d+(?:[.,]\d+)*%?|{_LATIN}(?:['’]{_LATIN})*|{_HAN}|.", re.DOTALL)


@dataclass(frozen=True)
class Request:
    """What a client requested."""

    text: str
    voice: str
    rate: str
    pitch: str
    volume: str
    word_boundaries: bool


@dataclass(frozen=True)
class Word:
    text: str
    start: float  # seconds in the sound as encoded
    end: float

    @property
    def offset(self) -> float:
        """Where the service says that the word begins."""
        return self.start - LEAD + FIRST_OFFSET

    def shrunk(self, factor: float) -> Word:
        """Return the word at times scaled by `factor` from the start."""
        start, end = (LEAD + (time - LEAD) * factor for time in (self.start, self.end))
        return replace(self, start=start, end=end)

    def later(self, seconds: float) -> Word:
        return replace(self, start=self.start + seconds, end=self.end + seconds)


def synthesize(request: Request, fault: Fault | None = None) -> tuple[bytes, list[Word]]:
    """Return an answer's MP3 frames and words, with the fault."""
    pieces = PIECE.findall(request.text)
    if fault is Fault.DROP_WORD:
        pieces = _drop_middle_word(pieces)
    speed = 1 + _parse_number(request.rate) / 100
    words = time_words(pieces, speed / 0.65 if fault is Fault.HURRIED else speed)
    if not words:
        return b"", []
    heard_words = words[: (len(words) + 1) // 2] if fault in _HALF else words
    length = words[-1].end if fault is Fault.HALF_SILENT else heard_words[-1].end
    loudness = 1 + _parse_number(request.volume) / 100
    sound = _encode(tuple(heard_words), length, loudness, _parse_number(request.pitch))
    return _spoil_sound(sound, words[-1], fault), _spoil_words(words, heard_words, fault)


_FIGURES = str.maketrans("0123456789", "零一二三四五六七八九")
_HALF = {Fault.HALF_SILENT, Fault.HALF_SPOKEN}


def _parse_number(text: str) -> int:
    """Return the number in '-5%' or '+10Hz'."""
    return int(text.rstrip("%Hz"))


def _drop_middle_word(pieces: list[str]) -> list[str]:
    words = [i for i, piece in enumerate(pieces) if piece[0].isalnum()]
    dropped = words[len(words) // 2] if words else None
    return [piece for i, piece in enumerate(pieces) if i != dropped]


def time_words(pieces: list[str], speed: float) -> list[Word]:
    """Return the words among the pieces, with their times.

    A word is two characters, a number, or a run of letters.
    """
    words: list[Word] = []
    position = LEAD
    for piece in pieces:
        if piece[0].isalnum():
            each = 0.18 if ord(piece[0]) >= 0x2E80 else 0.07
            length = max(0.15, each * len(piece)) / speed
            words.append(Word(piece, position, position + length))
            position += length
        else:
            position += PAUSES.get(piece, 0.0) / speed
    return words


def split_words(text: str, speed: float = 1.0) -> list[Word]:
    """Return the words of a text with their times."""
    return time_words(PIECE.findall(text), speed)


def _spoil_sound(sound: bytes, last: Word, fault: Fault | None) -> bytes:
    if fault is Fault.TRUNCATE:
        before_last = int(last.offset / FRAME_SECONDS) - 1
        return sound[: FRAME * min(before_last, len(sound) // FRAME // 2)]
    if fault is Fault.HALF_FRAME:
        return sound[: -FRAME // 3]
    return bytes(len(sound)) if fault is Fault.NOISE else sound


def _spoil_words(words: list[Word], heard_words: list[Word], fault: Fault | None) -> list[Word]:
    middle = len(words) // 2
    match fault:
        case Fault.NO_WORDS:
            return []
        case Fault.REWRITE:
            words = [replace(word, text=word.text.translate(_FIGURES)) for word in words]
        case Fault.MISSING_BOUNDARY:
            words = words[:middle] + words[middle + 1 :]
        case Fault.DOUBLED_BOUNDARY:
            words = words[: middle + 1] + words[middle:]
        case Fault.LATE_BOUNDARY:
            words = [*words[:middle], words[middle].later(LATE), *words[middle + 1 :]]
        case Fault.HALF_SPOKEN:
            shrink = (heard_words[-1].end - LEAD) / (words[-1].end - LEAD)
            words = [word.shrunk(shrink) for word in words]
    return words


@lru_cache(maxsize=8192)
def _encode(words: tuple[Word, ...], length: float, loudness: float, higher: float) -> bytes:
    """Return the words as tones, in raw MP3 frames."""
    pcm = render_tones(words, length + TAIL, higher) * loudness * 32767
    buffer = io.BytesIO()
    bare = {"write_xing": "0", "id3v2_version": "0"}
    with av.open(buffer, "w", format="mp3", options=bare) as container:
        quick = {"compression_level": "7"}
        stream: Any = container.add_stream("libmp3lame", rate=RATE, layout="mono", options=quick)
        stream.bit_rate = 48_000
        samples = np.clip(pcm, -32768, 32767).astype(np.int16).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(samples, format="s16p", layout="mono")
        frame.sample_rate = RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return buffer.getvalue()


def render_tones(words: tuple[Word, ...], seconds: float, higher: float) -> NDArray[np.float64]:
    """Return the words as tones at their times, else silence.

    The samples are float64, shape (samples,), from -1 to 1, at `RATE`. `seconds` is their length;
    `higher` is added to each tone's frequency, in Hz.
    """
    samples = np.zeros(round(seconds * RATE))
    for word in words:
        tone = _render_tone(word, higher)
        start = round(word.start * RATE)
        samples[start : start + len(tone)] = tone
    return samples


def tone_frequency(text: str) -> float:
    """Return a word's frequency in Hz, by which tests recognize it."""
    return 120 + crc32(text.encode()) % 1200 / 10


def _render_tone(word: Word, higher: float) -> NDArray[np.float64]:
    """Return three harmonics with raised-cosine edges of 3 ms.

    The tone ends 10 ms before the word does, as a dip.
    """
    times = np.arange(round((word.end - word.start - 0.010) * RATE)) / RATE
    base = max(60.0, tone_frequency(word.text) + higher)
    wave = sum(np.sin(2 * np.pi * base * n * times) / n for n in (1, 2, 3))
    nearness = np.minimum(1.0, np.minimum(times, times[::-1]) / 0.003)
    return np.asarray(0.25 * (0.5 - 0.5 * np.cos(np.pi * nearness)) * wave)
