"""A voice for aligning: every character has a sound of its own, and every speaker a color.

It needs no model, and the time of each character is known to the sample.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from speechcast.model import Clip, Pause, Span, Token, Utterance

if TYPE_CHECKING:
    from speechcast.units import Mono16, Mono64

RATE = 16_000


@dataclass(frozen=True)
class Speaker:
    """Sets the height of the formants, the length of a syllable in seconds, and the breath."""

    height: float = 1.0
    syllable: float = 0.22
    seed: int = 0


def utterance(text: str, sentence: int) -> Utterance:
    """Return a sentence with a token for each character, and a full stop."""
    tokens = (*(Token(c, c) for c in text), Token("。", ""))
    return Utterance(tokens=tokens, sentence=sentence, row=sentence, pause=Pause.SENTENCE)


def speak(spoken: Utterance, speaker: Speaker) -> Clip:
    """Return the clip of an utterance."""
    length = round(speaker.syllable * RATE)
    voiced = [token for token in spoken.tokens if token.voiced]
    sounds = [_syllable(token.spoken, length, speaker) for token in voiced]
    edge = np.zeros(RATE // 100)
    spans = [Span(len(edge) + i * length, len(edge) + (i + 1) * length) for i in range(len(voiced))]
    samples = np.concatenate((edge, *sounds, edge)).astype(np.int16)
    return Clip(samples, RATE, (*spans, None))


def join(clips: Sequence[Mono16], pause: float = 0.4) -> tuple[Mono16, list[int]]:
    """Return sounds with pauses between them, and the first sample of each."""
    gap = np.zeros(round(pause * RATE), np.int16)
    starts, pieces, length = [], [gap], len(gap)
    for samples in clips:
        starts.append(length)
        pieces += [samples, gap]
        length += len(samples) + len(gap)
    return np.concatenate(pieces), starts


def applause(seconds: float) -> Mono16:
    """Return noise that comes and goes."""
    generator = np.random.default_rng(7)
    count = round(seconds * RATE)
    swell = np.minimum(1, np.minimum(np.arange(count), np.arange(count)[::-1]) / (0.3 * RATE))
    return np.asarray(generator.normal(0, 2500, count) * swell, np.int16)


def _syllable(character: str, length: int, speaker: Speaker) -> Mono64:
    """Return noise with the formants of a character."""
    formants = np.random.default_rng(ord(character)).uniform((250, 900, 2300), (850, 2200, 4500))
    breath = np.random.default_rng((ord(character), speaker.seed)).normal(0, 1, length)
    frequencies = np.fft.rfftfreq(length, 1 / RATE)
    color = np.full(len(frequencies), 0.02)
    for formant in formants * speaker.height:
        color += np.exp(-(((frequencies - formant) / 130) ** 2))
    sound = np.fft.irfft(np.fft.rfft(breath) * color, length)
    shape = np.minimum(1, np.minimum(np.arange(length), np.arange(length)[::-1]) / (0.02 * RATE))
    return np.asarray(6000 * sound / sound.std() * shape * 0.6)
