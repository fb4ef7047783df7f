"""Collect the messages of a response, up to what its text can take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ...errors import InvalidResponse
from ...messages import _
from ...model import Span, Voice
from ..base import SAMPLE_RATE
from ..online.boundaries import Boundary
from ..online.bounds import longest_sound
from .word_alignment import MP3_FRAME, MP3_FRAME_SAMPLES

TICKS_PER_SAMPLE = 10_000_000 / SAMPLE_RATE  # the service counts time in units of 100 ns
# Words and letters that a response may name, for each character of the text: the service names a
# word once and writes it as it stands, or a figure in words. Chosen here, far above both.
MAX_WORDS, MAX_LETTERS = 4, 20
EXTRA_LETTERS = 200

EdgeResponse: TypeAlias = tuple[bytes, list[Boundary]]
"""MP3 at 24 kHz and 48 kbit/s, and the time of each of its words."""


@dataclass(slots=True)
class ReceivedSpeech:
    """What has arrived of the response to a text.

    Attributes:
        text: The text that was requested.
        voice: The voice it was requested in.
        audio: The sound so far.
        boundaries: The words so far.
    """

    text: str
    voice: Voice
    audio: bytearray = field(default_factory=bytearray)
    boundaries: list[Boundary] = field(default_factory=list)
    letters: int = 0

    def add(self, message: Mapping[str, Any]) -> None:
        """Add a message, as edge-tts yields it.

        Raises:
            InvalidResponse: There is more of it than the text can take, or a word ends before it
                begins.
        """
        if message["type"] == "audio":
            self.audio += message["data"]
            self._require_bounded(len(self.audio) <= self._most_bytes, "sound")
            return
        start = round(message["offset"] / TICKS_PER_SAMPLE)
        length = round(message["duration"] / TICKS_PER_SAMPLE)
        if length < 0:
            raise InvalidResponse(
                _("the service's times are out of order, at “{message}”").format(
                    message=message["text"]
                )
            )
        self.boundaries.append(Boundary(message["text"], Span(start, start + max(1, length))))
        self.letters += len(message["text"])
        words, letters = (n * len(self.text) + EXTRA_LETTERS for n in (MAX_WORDS, MAX_LETTERS))
        bounded = len(self.boundaries) <= words and self.letters <= letters
        self._require_bounded(bounded, "words")

    @property
    def response(self) -> EdgeResponse:
        """The sound, and its words."""
        return bytes(self.audio), self.boundaries

    @property
    def _most_bytes(self) -> int:
        frames = longest_sound(self.text, self.voice) * SAMPLE_RATE / MP3_FRAME_SAMPLES
        return round(frames) * MP3_FRAME

    def _require_bounded(self, bounded: bool, what: str) -> None:
        if not bounded:
            raise InvalidResponse(
                _("the service sends more {what} than the text can take").format(what=what)
            )
