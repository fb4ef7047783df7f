"""What the tests share: the embedded voice's model, tone voices, an ear."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from speechcast import voices
from speechcast.documents import from_text
from speechcast.engines import engine
from speechcast.model import Line, Pause, Speech, Token, Voice
from speechcast.progress import silent
from speechcast.reading import Reader, lines
from speechcast.script import parse
from speechcast.sound import decoded

# A shell that puts the tests into the background has them ignore it, and what they start as well.
signal.signal(signal.SIGINT, signal.default_int_handler)

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="session", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A clip store of the tests' own, for the commands they start as well."""
    folder = tmp_path_factory.mktemp("clips")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPEECHCAST_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def narrator() -> Voice:
    """The default voice, its model fetched if it is not here yet."""
    voice = voices.load("narrator")
    for bundle in engine(voice.engine).needs(voice):
        bundle.ensure(silent)
    return voice


@pytest.fixture(scope="session")
def tone() -> Voice:
    return voices.load("tone")


def line_of(text: str, voice: Voice) -> Line:
    """The text as one line for the voice."""
    (line,) = lines_of(text, voice, 500)
    return line


def lines_of(text: str, voice: Voice, longest: int) -> list[Line]:
    """The text as lines of so many spoken characters, read as the voice's engine wants it."""
    kind = engine(voice.engine)
    return lines(speech_of(text), {"": Reader(voice, longest, kind.phonetic)})


def speech_of(text: str) -> Speech:
    return parse(from_text(text).blocks)


def line(*tokens: str) -> Line:
    """A line of tokens that are spoken as they are shown."""
    return Line(tuple(Token(t, t) for t in tokens), 1, 1, Pause.SENTENCE)


def heard(path: Path) -> tuple[NDArray[np.float64], int]:
    """What a player makes of an audio file: mono samples from -1 to 1, and their rate."""
    blocks = list(decoded(path))
    return np.concatenate([block for _, block in blocks]) / 32768.0, blocks[0][0]


def onsets(samples: NDArray[np.float64], rate: int, silence: float = 0.15) -> list[float]:
    """The seconds at which sound begins after at least so much silence.

    On purpose not the product's way: peaks a millisecond against a fixed level.
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
