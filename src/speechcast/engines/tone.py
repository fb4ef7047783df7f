"""Tones in place of speech: the same length for every spoken character, the timings exact.

It needs no model and no network, so it shows what a production will look like in a moment, and
tests can know every sample of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from ..downloads.bundle import Bundle
from ..errors import EngineError, PresetError
from ..model import Clip, Span, Token, Utterance, Voice

RATE = 24_000
MAX_CHARACTERS = 200  # characters
CHARACTER = 0.200  # seconds a spoken character lasts, at rate +0%
MARK = 0.150  # seconds of silence for a mark between tokens
EDGE = 0.005  # seconds a tone takes to rise and to fall
LOWEST, STEPS = 220.0, 12  # Hertz, and how many semitones above it a character may be
LEVEL = 0.3  # of full scale


class Tone:
    """The engine behind the preset `tone`."""

    online: ClassVar[bool] = False
    phonetic: ClassVar[bool] = False
    cacheable: ClassVar[bool] = False
    approximate: ClassVar[bool] = False

    def __init__(self, voice: Voice) -> None:
        self._speed = 1 + voice.rate / 100
        self._pitch = voice.pitch
        self._closed = False

    @property
    def workers(self) -> int:
        return 1

    def synthesize(self, line: Utterance) -> Clip:
        if self._closed:
            raise EngineError("the tone engine is closed")
        pieces: list[NDArray[np.float64]] = []
        spans: list[Span | None] = []
        at = 0
        for token in line.tokens:
            piece = self._piece(token)
            spans.append(Span(at, at + len(piece)) if token.voiced else None)
            pieces.append(piece)
            at += len(piece)
        first, last = _ends([s for s in spans if s is not None])
        samples = np.rint(np.concatenate(pieces)[first:last] * 32767).astype(np.int16)
        return Clip(samples, RATE, tuple(s and s.shifted(-first) for s in spans))

    def close(self) -> None:
        self._closed = True

    @staticmethod
    def max_characters(voice: Voice) -> int:  # noqa: ARG004
        return MAX_CHARACTERS

    @staticmethod
    def required_bundles(voice: Voice) -> Sequence[Bundle]:
        if voice.voice != "sine":
            raise PresetError(f"preset '{voice.name}': voice is '{voice.voice}', allowed is sine")
        return ()

    def _piece(self, token: Token) -> NDArray[np.float64]:
        if not token.voiced:
            return np.zeros(0 if token.spoken.isspace() else self._samples(MARK))
        return np.concatenate([self._tone(c) for c in token.spoken if c.isalnum()])

    def _tone(self, char: str) -> NDArray[np.float64]:
        time = np.arange(self._samples(CHARACTER)) / RATE
        hertz = LOWEST * 2 ** (ord(char) % STEPS / 12) + self._pitch
        edge = np.minimum(1.0, np.minimum(time, time[::-1]) / EDGE)
        return np.asarray(LEVEL * edge * np.sin(2 * np.pi * hertz * time))

    def _samples(self, seconds: float) -> int:
        return round(seconds * RATE / self._speed)


def _ends(spans: Sequence[Span]) -> tuple[int, int]:
    return spans[0].start, spans[-1].end
