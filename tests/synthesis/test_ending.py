"""A recording ends when whoever waits for it says so, also while an engine is silent."""

from __future__ import annotations

import threading

import pytest

from speechcast.engines.tone import Tone
from speechcast.errors import EngineError
from speechcast.model import Clip, Utterance, Voice
from speechcast.progress import ignore_progress
from speechcast.synthesis.concurrency import Limiters
from speechcast.synthesis.resources import Resources
from speechcast.synthesis.synthesizer import synthesize
from tests.support.speeches import lines_of


class Silent(Tone):
    """An engine that gives nothing until it is closed."""

    def __init__(self, voice: Voice) -> None:
        super().__init__(voice)
        self.closed = threading.Event()

    def synthesize(self, utterance: Utterance) -> Clip:
        self.closed.wait()
        raise EngineError(f"it was closed at {utterance.shown}")

    def close(self) -> None:
        self.closed.set()


class Ended(Exception):
    pass


def test_what_a_check_raises_closes_the_engines_and_ends_the_recording(tone: Voice) -> None:
    engine = Silent(tone)

    def check() -> None:
        raise Ended

    with pytest.raises(Ended):
        synthesize(
            lines_of("大家好。", tone, 200),
            {"": engine},
            ignore_progress,
            voices={"": tone},
            resources=Resources(check=check),
            limiters=Limiters(),
        )
    assert engine.closed.is_set()
