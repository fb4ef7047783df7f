"""Synthesize tones in place of speech, with exact timings.

Each spoken character has a fixed length.

It needs no model and no network, so it previews a production's structure at once, and tests can
know every sample of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ..downloads.bundle import Bundle
from ..errors import EngineError, PresetError
from ..messages import _
from ..model import Clip, Span, Token, Utterance, Voice
from ..units import Samples, Seconds
from .base import SAMPLE_RATE, Engine

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_CHARACTERS = 200
CHARACTER: Seconds = 0.200  # length of a spoken character at rate +0%
MARK: Seconds = 0.150  # length of the silence for a mark between tokens
EDGE: Seconds = 0.005  # in which a tone rises, and falls
LOWEST_HERTZ = 220.0  # frequency of the lowest tone (the note A3), at pitch +0 Hz
SEMITONES = 12  # number of different tones, a semitone apart
LEVEL = 0.3  # amplitude, as a share of full scale


class Tone(Engine):
    """The engine behind the preset `tone`."""

    cacheable: ClassVar[bool] = False

    def __init__(self, voice: Voice) -> None:
        super().__init__(voice)
        self._speed = 1 + voice.rate / 100
        self._closed = False

    def synthesize(self, utterance: Utterance) -> Clip:
        """Return the utterance as tones, each span exact to the sample.

        Raises:
            EngineError: The engine was closed.
        """
        if self._closed:
            raise EngineError(_("the tone engine is closed"))
        pieces: list[NDArray[np.float64]] = []
        spans: list[Span | None] = []
        position = 0
        for token in utterance.tokens:
            piece = self._render(token)
            spans.append(Span(position, position + len(piece)) if token.voiced else None)
            pieces.append(piece)
            position += len(piece)
        start, end = _find_ends([s for s in spans if s is not None])
        samples = np.rint(np.concatenate(pieces)[start:end] * 32767).astype(np.int16)
        return Clip(samples, SAMPLE_RATE, tuple(s and s.shifted(-start) for s in spans))

    def close(self) -> None:
        """Refuse any further `synthesize`."""
        self._closed = True

    @staticmethod
    def max_characters(voice: Voice) -> int:  # noqa: ARG004 the same for every voice
        """Return `MAX_CHARACTERS`."""
        return MAX_CHARACTERS

    @staticmethod
    def required_bundles(voice: Voice) -> Sequence[Bundle]:
        """Return no bundles: a tone needs no model.

        Raises:
            PresetError: The preset's voice is not `sine`.
        """
        if voice.voice != "sine":
            raise PresetError(
                _("preset '{voice}': voice is '{voice_2}'; allowed is sine").format(
                    voice=voice.name, voice_2=voice.voice
                )
            )
        return ()

    def _render(self, token: Token) -> NDArray[np.float64]:
        """Return the token's sound, full scale being 1.

        It is tones, or silence for a mark.
        """
        if not token.voiced:
            return np.zeros(0 if token.spoken.isspace() else self._count_samples(MARK))
        return np.concatenate([self._render_tone(c) for c in token.spoken if c.isalnum()])

    def _render_tone(self, char: str) -> NDArray[np.float64]:
        time = np.arange(self._count_samples(CHARACTER)) / SAMPLE_RATE
        hertz = LOWEST_HERTZ * 2 ** (ord(char) % SEMITONES / 12) + self.voice.pitch
        envelope = np.minimum(1.0, np.minimum(time, time[::-1]) / EDGE)
        return np.asarray(LEVEL * envelope * np.sin(2 * np.pi * hertz * time))

    def _count_samples(self, seconds: Seconds) -> Samples:
        return round(seconds * SAMPLE_RATE / self._speed)


def _find_ends(spans: Sequence[Span]) -> tuple[Samples, Samples]:
    """Return where the first span starts and the last one ends."""
    return spans[0].start, spans[-1].end
