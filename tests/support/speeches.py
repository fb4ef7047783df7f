"""Utterances of a text, decoded clips, and a detector of onsets.

The detector is independent of the product's own.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from speechcast.audio.decode import decode_audio
from speechcast.documents import from_text
from speechcast.engines.registry import engine_class
from speechcast.frontend.utterances import Reader, to_utterances
from speechcast.model import Pause, Speech, Token, Utterance, Voice
from speechcast.script.parser import parse

EXAMPLES = Path(__file__).parents[2] / "examples"


def line_of(text: str, voice: Voice) -> Utterance:
    """Return the text as one utterance for the voice."""
    (line,) = lines_of(text, voice, 500)
    return line


def lines_of(text: str, voice: Voice, max_characters: int) -> list[Utterance]:
    """Return the text as utterances of at most `max_characters` spoken characters.

    They are read in the way the voice's engine needs.
    """
    kind = engine_class(voice.engine)
    return to_utterances(speech_of(text), {"": Reader(voice, max_characters, kind.phonetic)})


def speech_of(text: str) -> Speech:
    return parse(from_text(text).blocks)


def line(*tokens: str) -> Utterance:
    """Return an utterance of tokens that are spoken as shown."""
    return Utterance(
        tokens=tuple(Token(t, t) for t in tokens), sentence=1, row=1, pause=Pause.SENTENCE
    )


def heard(path: Path) -> tuple[NDArray[np.float64], int]:
    """Decode an audio file as a player does.

    Return its samples, float64, shape (samples,), mono, from -1 to 1, and their rate in Hertz.
    """
    blocks = list(decode_audio(path))
    return np.concatenate([block for _, block in blocks]) / 32768.0, blocks[0][0]


def onsets(samples: NDArray[np.float64], rate: int, silence: float = 0.15) -> list[float]:
    """Return the seconds at which sound begins after a silence.

    The silence lasts at least `silence` seconds; `samples` are float, shape (samples,), mono, from
    -1 to 1. On purpose the method is not the product's: the peak of each millisecond is compared
    with a fixed level.
    """
    window = rate // 1000
    peaks = np.abs(samples[: len(samples) // window * window]).reshape(-1, window).max(axis=1)
    found: list[float] = []
    last = -(10**9)
    for at in np.flatnonzero(peaks > 10 ** (-42 / 20)).tolist():
        if at - last > silence * 1000:
            found.append(at / 1000)
        last = at
    return found
