"""Lines to clips, in order, whole or not at all."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

import pytest

from conftest import line
from speechcast import studio
from speechcast.engines.tone import Tone
from speechcast.errors import EngineError, ServiceUnreachable
from speechcast.model import Clip, Line, Voice
from speechcast.models import Bundle
from speechcast.progress import Step, silent


class Slow(Tone):
    """A tone engine with several workers; lines that show `late` take longer, `bad` fails."""

    longest: ClassVar[int] = 200

    def __init__(self, voice: Voice, error: Exception | None = None) -> None:
        super().__init__(voice)
        self.error = error
        self.at_once = self.most = 0
        self.lock = threading.Lock()
        self.recorded: list[str] = []

    @property
    def workers(self) -> int:
        return 3

    def record(self, one: Line) -> Clip:
        with self.lock:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        time.sleep(0.05 if one.shown.startswith("late") else 0.005)
        with self.lock:
            self.at_once -= 1
            self.recorded.append(one.shown)
        if one.shown == "bad" and self.error:
            raise self.error
        return super().record(one)

    @staticmethod
    def needs(voice: Voice) -> Sequence[Bundle]:
        return Tone.needs(voice)


def lines(*texts: str) -> list[Line]:
    return [replace(line(text), sentence=n, row=n) for n, text in enumerate(texts, 1)]


def test_clips_come_back_in_order_and_side_by_side(tone: Voice) -> None:
    engine = Slow(tone)
    asked = lines("late1", "b", "cc", "late22", "ddd")
    clips = studio.record(asked, engine, silent)
    assert [len(c.samples) for c in clips] == [4800 * len(one.shown) for one in asked]
    assert engine.most == 3


def test_progress_counts_sentences(tone: Voice) -> None:
    steps: list[Step] = []
    asked = [*lines("a", "b"), replace(line("c"), sentence=2)]
    studio.record(asked, Tone(tone), steps.append)
    assert [step.text for step in steps] == [
        "0 of 2 sentences",
        "1 of 2 sentences",
        "1 of 2 sentences",
        "2 of 2 sentences",
    ]
    assert (steps[-1].done, steps[-1].total) == (3, 3)


def test_a_failure_names_the_sentence_and_ends_the_rest(tone: Voice) -> None:
    engine = Slow(tone, EngineError("the stream broke off"))
    asked = lines("a", "bad", *["late"] * 60)
    with pytest.raises(EngineError, match="sentence 2 .line 2, “bad…”.: the stream broke off"):
        studio.record(asked, engine, silent)
    assert len(engine.recorded) < 20


def test_a_service_that_cannot_be_reached_is_no_sentences_fault(tone: Voice) -> None:
    engine = Slow(tone, ServiceUnreachable("cannot be reached"))
    with pytest.raises(ServiceUnreachable, match="^cannot be reached$"):
        studio.record(lines("bad"), engine, silent)


def test_an_interruption_ends_the_recording(tone: Voice) -> None:
    def interrupt(step: Step) -> None:
        if step.done:
            raise KeyboardInterrupt

    engine = Slow(tone)
    with pytest.raises(KeyboardInterrupt):
        studio.record(lines(*["late"] * 60), engine, interrupt)
    assert len(engine.recorded) < 20
    with pytest.raises(EngineError, match="closed"):
        engine.record(line("a"))
