"""Clips that last implausibly long or short are recorded again."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from speechcast.engines.tone import Tone
from speechcast.model import Clip, Span, Utterance, Voice
from speechcast.progress import ignore_progress
from speechcast.synthesis import synthesizer
from speechcast.synthesis.clip_cache import ClipCache
from speechcast.synthesis.concurrency import Limiters
from speechcast.synthesis.duration import estimate_seconds
from speechcast.synthesis.speaking_rate import EXTRA_SYLLABLES, SpeakingRate, measure_rate
from speechcast.synthesis.synthesizer import Resources
from speechcast.voices import presets
from tests.support.speeches import line

TONE = presets.load("tone")
# Ten sentences of twenty syllables; the last one's takes are what the tests are about.
TEXTS = [f"{n}加上一句正好二十个音节的话来讲给大家听一" for n in "一二三四五六七八九十"]
LINES = [replace(line(text), sentence=n, row=n) for n, text in enumerate(TEXTS, 1)]
NAME = f"sentence 10 (line 10, “{TEXTS[-1][:20]}…”)"


class Erratic(Tone):
    """A tone engine as an online one; each take of the last sentence has a rate of its own."""

    online: ClassVar[bool] = True
    cacheable: ClassVar[bool] = True

    def __init__(self, voice: Voice, rates: Sequence[int]) -> None:
        super().__init__(voice)
        self.rates: Iterator[int] = iter(rates)
        self.takes = 0

    def synthesize(self, utterance: Utterance) -> Clip:
        if utterance.shown != TEXTS[-1]:
            return super().synthesize(utterance)
        self.takes += 1
        return Tone(replace(TONE, rate=next(self.rates))).synthesize(utterance)


class Local(Erratic):
    online: ClassVar[bool] = False


def record(engine: Tone, cache: ClipCache | None = None, count: int = 10) -> float:
    """Record the last sentences; return the last one's rate, in percent."""
    clips = synthesizer.synthesize(
        LINES[-count:],
        {"": engine},
        ignore_progress,
        voices={"": TONE},
        resources=Resources(cache),
        limiters=Limiters(),
    )
    return round(100 * len(clips[0].samples) / len(clips[-1].samples)) - 100


@pytest.mark.parametrize(
    ("rates", "takes", "used"),
    [
        ([0], 1, 0),
        ([20], 1, 20),  # plausible
        ([45, 0], 2, 0),
        ([-32, 5], 2, 5),
        ([45, 43], 2, 43),  # two takes that agree are taken to say the same
        ([45, -32, 0], 3, 0),
        ([45, -30, 52], 3, -30),  # the nearest of three, and no fourth
        ([45, 60, -32], 3, 45),
        ([45, -32, -31], 3, -31),
    ],
)
def test_how_often_a_clip_is_recorded(rates: list[int], takes: int, used: int) -> None:
    engine = Erratic(TONE, rates)
    assert record(engine) == used
    assert engine.takes == takes


def test_a_local_voice_is_not_suspected() -> None:
    engine = Local(TONE, [45])
    assert record(engine) == 45


def test_a_clip_that_stays_implausible_is_named_and_accepted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache = ClipCache(tmp_path)
    assert record(Erratic(TONE, [45, 45]), cache) == 45
    warnings = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
    assert warnings == [
        f"{NAME} lasts 0.69 times as long as this voice usually takes; listen to it"
    ]
    caplog.clear()
    again = Erratic(TONE, [])
    assert record(again, cache) == 45
    assert again.takes == 0
    assert not caplog.records


def test_the_best_take_is_the_one_that_is_cached(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "speechcast")
    cache = ClipCache(tmp_path)
    assert record(Erratic(TONE, [45, 0]), cache) == 0
    assert [r.getMessage() for r in caplog.records] == [
        f"{NAME} lasts 0.69 times as long as usual; again"
    ]
    assert record(Erratic(TONE, []), cache) == 0


# The rate of a voice.


def spoken(*texts: str, rate: int = 0) -> list[tuple[Utterance, Clip]]:
    engine = Tone(replace(TONE, rate=rate))
    return [(line(text), engine.synthesize(line(text))) for text in texts]


def test_a_distance_is_a_logarithm() -> None:
    rate = measure_rate(spoken(*["一二三四"] * 9))
    assert rate
    ((utterance, slow),) = spoken("一二三四", rate=-20)
    ((_, fast),) = spoken("一二三四", rate=25)
    assert rate.distance(utterance, slow) == pytest.approx(math.log(1.25), abs=0.001)
    assert rate.distance(utterance, fast) == pytest.approx(math.log(1.25), abs=0.001)


def test_a_syllable_more_stands_for_the_edges() -> None:
    """Nine syllables of sound for ten, where four are for five."""
    rate = measure_rate(spoken(*["一二三四"] * 9))
    assert rate
    ((utterance, clip),) = spoken("一二三四五六七八九")
    assert rate.distance(utterance, clip) == pytest.approx(math.log(9 / 10 * 5 / 4), abs=0.001)


def test_pauses_are_no_speech() -> None:
    rate = measure_rate(spoken(*["一二三四"] * 9))
    assert rate
    utterance = line("一二", "，", "三四")
    clip = Tone(TONE).synthesize(utterance)
    assert rate.distance(utterance, clip) == pytest.approx(0.0, abs=0.001)


def test_one_odd_clip_in_nine_hardly_moves_the_rate() -> None:
    rate = measure_rate(spoken(*["一二三四"] * 8) + spoken("一二三四", rate=-50))
    assert rate
    ((utterance, clip),) = spoken("一二三四")
    assert rate.distance(utterance, clip) == pytest.approx(0.0, abs=0.001)


# The length of a speech, before it is recorded.


def test_an_estimate_counts_syllables_and_pauses() -> None:
    voice = replace(TONE, pace=5.0)
    pauses = voice.pauses
    lines = [replace(line("一二三四五"), pause_after=0.0), line("六七八九十")]
    edges = pauses.lead_in + pauses.sentence + pauses.tail
    assert estimate_seconds(lines, {"": voice}) == pytest.approx(2.0 + edges)
    slower = replace(voice, rate=-50)
    assert estimate_seconds(lines, {"": slower}) == pytest.approx(4.0 + edges)
    lines[-1] = replace(lines[-1], pause_after=1.5)
    assert estimate_seconds(lines, {"": voice}) == pytest.approx(3.5 + edges)
    assert estimate_seconds([], {"": voice}) == 0.0


@pytest.mark.parametrize(("text", "seconds"), [("字" * 28, 5.6), ("字" * 14, 2.89), ("word", 0.2)])
def test_each_syllable_of_a_short_chinese_utterance_takes_longer(text: str, seconds: float) -> None:
    """The narrator's edges are 0.18 s, on utterances of 28 syllables they are in the pace."""
    voice = replace(presets.load("narrator"), pace=5.0, rate=0)
    edges = voice.pauses.lead_in + voice.pauses.tail
    estimate = estimate_seconds([line(text)], {"": voice})
    assert estimate - edges == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("text", "change", "plausible"),
    [
        # One syllable: the tolerance of 0.25 and 1.0 more.
        ("好", -1.2, True),
        ("好", -1.3, False),
        ("好", 1.2, True),
        ("好", 1.3, False),
        # Four syllables: 0.25 more.
        ("一二三四", -0.45, True),
        ("一二三四", -0.55, False),
        ("一二三四", 0.45, True),
        ("一二三四", 0.55, False),
        # A sign without syllables of its own counts as one.
        ("%", -1.2, True),
        ("%", -1.3, False),
    ],
)
def test_short_utterances_may_be_farther_from_the_rate(
    text: str, change: float, plausible: bool
) -> None:
    utterance = line(text)
    syllables = 0.0 if text == "%" else len(text)
    seconds = 0.2 * (syllables + EXTRA_SYLLABLES) * math.exp(change)
    samples = round(24_000 * seconds)
    clip = Clip(np.ones(samples, np.int16), 24_000, (Span(0, samples),))
    rate = SpeakingRate(math.log(0.2), 0.25, 0.25)
    assert (rate.implausible_ratio(utterance, clip) == 0.0) is plausible
