"""What is no speech is not spoken: silence, a constant, noise, half of a sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from speechcast.engines.base import Engine
from speechcast.engines.tone import Tone
from speechcast.errors import EngineError
from speechcast.model import Clip, Token, Utterance
from speechcast.progress import ignore_progress
from speechcast.synthesis import synthesizer
from speechcast.synthesis.clip_cache import ClipCache
from speechcast.synthesis.clip_checks import find_flaw
from speechcast.synthesis.concurrency import Limiters
from speechcast.synthesis.jobs import make_jobs
from speechcast.synthesis.speaking_rate import count_syllable_range, expected_rate
from speechcast.synthesis.synthesizer import Resources
from speechcast.voices import presets
from tests.support.recording import XIAOXIAO, plain_utterances
from tests.support.speeches import line_of

TONE = presets.load("tone")
TEXT = "会议期间，市领导到会指导。"
SAMPLES = 48_000
RANDOM = np.random.default_rng(16)

FLAWS: dict[str, tuple[NDArray[np.float64], str]] = {
    "nothing": (np.zeros(SAMPLES), "is silent where words are"),
    "a constant": (np.full(SAMPLES, 12_000.0), "is silent where words are"),
    "a slow drift": (np.linspace(-9_000, 9_000, SAMPLES), "is silent where words are"),
    "dither": (RANDOM.normal(0, 2, SAMPLES), "is silent where words are"),
    "a word, then nothing": (
        np.where(np.arange(SAMPLES) < 4_000, 8_000 * np.sin(np.arange(SAMPLES) / 20), 0),
        "is silent where words are",
    ),
    "clipped noise": (RANDOM.normal(0, 60_000, SAMPLES), "is clipped noise where words are"),
    "a square wave": (
        32_767 * np.sign(np.sin(np.arange(SAMPLES) / 20)),
        "is clipped noise where words are",
    ),
    "noise": (RANDOM.normal(0, 5_000, SAMPLES), "is noise where words are"),
}


class Broken(Tone):
    """A voice whose model gives the same sound for every text."""

    cacheable = True

    def __init__(self, sound: NDArray[np.float64]) -> None:
        super().__init__(TONE)
        self.sound = sound

    def synthesize(self, utterance: Utterance) -> Clip:
        clip = super().synthesize(utterance)
        sound = np.resize(self.sound, len(clip.samples)).clip(-32_768, 32_767)
        return replace_samples(clip, sound)


def replace_samples(clip: Clip, sound: NDArray[np.float64]) -> Clip:
    return Clip(sound.astype(np.int16), clip.rate, clip.spans)


def record(engine: Engine, cache: ClipCache | None = None) -> Clip:
    (clip,) = synthesizer.synthesize(
        [line_of(TEXT, TONE)],
        {"": engine},
        ignore_progress,
        voices={"": TONE},
        resources=Resources(cache),
        limiters=Limiters(),
    )
    return clip


@pytest.mark.parametrize(("sound", "flaw"), FLAWS.values(), ids=FLAWS)
def test_what_is_no_speech_names_the_voice(sound: NDArray[np.float64], flaw: str) -> None:
    message = f"sentence 1 .*the sound of the voice 'tone' {flaw}; its model may be damaged"
    with pytest.raises(EngineError, match=message):
        record(Broken(sound))


@pytest.mark.parametrize(("sound", "flaw"), FLAWS.values(), ids=FLAWS)
def test_what_is_no_speech_is_not_taken_from_the_cache(
    sound: NDArray[np.float64], flaw: str, tmp_path: Path
) -> None:
    """As a run with a damaged model may have left it there."""
    del flaw
    cache = ClipCache(tmp_path)
    good = Broken(np.sin(np.arange(SAMPLES) / 20) * 8_000)
    (job,) = make_jobs([line_of(TEXT, TONE)], {"": good}, {"": TONE})
    clip = good.synthesize(job.utterance)
    cache.put(
        job.key, replace_samples(clip, np.resize(sound, len(clip.samples)).clip(-32_768, 32_767))
    )
    assert (record(good, cache).samples == clip.samples).all()
    kept = cache.get(job.key, len(job.utterance.tokens))
    assert kept
    assert (kept.samples == clip.samples).all()


@pytest.mark.parametrize("rate", [-50, -20, 0, 50, 100])
@pytest.mark.parametrize("text", ["啊", "你好。", TEXT, "WTO", "Hello, world.", "第1、A、2)B"])
def test_a_tone_is_speech(text: str, rate: int) -> None:
    engine = Tone(replace(TONE, rate=rate))
    utterance = line_of(text, TONE)
    assert not find_flaw(utterance, engine.synthesize(utterance), engine)


# How long a text lasts.


@pytest.mark.parametrize(
    ("spoken", "fewest", "most"),
    [
        ("世界", 2, 2),
        ("한국", 2, 2),
        ("カナ", 0.6, 2.4),
        ("WTO", 0.8, 4.2),
        ("iPhone", 2.4, 3.9),
        ("world", 0.8, 1.3),
        ("7", 0, 2),
        ("。", 0, 0),
        ("😀", 0, 4),
    ],
)
def test_the_syllables_of_a_token(spoken: str, fewest: float, most: float) -> None:
    assert count_syllable_range(Token(spoken, spoken)) == pytest.approx((fewest, most))


WHOLE = [
    "今天的会议讨论三项议题，请大家发言。",
    "加入WTO以后，GDP和CPI都增长了，AI也是。",
    "太好了😀😀，我们赢了🎉！",
    "他，一字，一顿，地说。",
    "Thank you all for coming to the meeting today.",
]


@pytest.mark.parametrize("rate", [-50, 0, 100])
@pytest.mark.parametrize("pace", [3.6, 4.5, 5.4, 6.5, 7.2])
@pytest.mark.parametrize("text", WHOLE)
def test_slow_and_fast_voices_are_plausible(text: str, pace: float, rate: int) -> None:
    voice = replace(XIAOXIAO, rate=rate)
    (utterance,) = plain_utterances([text])
    assert not expected_rate(voice).implausible_ratio(utterance, spoken_at(utterance, pace, rate))


# A fast voice that speaks twice is as long as a slow one that speaks once: it is not tried.
PARTS = [
    (part, pace, low, high)
    for part, low, high in [(0.5, 0.3, 0.7), (0.3, 0.1, 0.5), (2, 1.6, 2.6)]
    for pace in [4.5, 5.0, 5.5, 6.5]
    if part < 1 or pace < 6
]


@pytest.mark.parametrize("rate", [-50, 0, 100])
@pytest.mark.parametrize(("part", "pace", "low", "high"), PARTS)
def test_half_of_a_sentence_and_twice_of_it_are_not(
    part: float, pace: float, low: float, high: float, rate: int
) -> None:
    voice = replace(XIAOXIAO, rate=rate)
    (utterance,) = plain_utterances([WHOLE[0] + WHOLE[0]])
    clip = spoken_at(utterance, pace / part, rate)
    assert low < expected_rate(voice).implausible_ratio(utterance, clip) < high


def spoken_at(utterance: Utterance, pace: float, rate: int) -> Clip:
    """Return a clip of as many syllables a second; of a Latin word each group of vowels is one."""
    from speechcast.model import Span
    from speechcast.synthesis.duration import count_syllables

    spans: list[Span | None] = []
    position = 0
    for token in utterance.tokens:
        length = round(count_syllables(token) / pace / (1 + rate / 100) * 24_000)
        spans.append(Span(position, position + length) if token.voiced else None)
        position += length
    return Clip(np.zeros(position, np.int16), 24_000, tuple(spans))
