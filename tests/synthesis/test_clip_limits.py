"""What is still speech and what no longer is: each limit, and one step beyond it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import ClassVar

import numpy as np
import pytest
from numpy.typing import NDArray

from speechcast.engines.tone import Tone
from speechcast.model import Clip, Span, Token, Utterance
from speechcast.synthesis.clip_checks import find_flaw
from speechcast.synthesis.speaking_rate import (
    SpeakingRate,
    count_syllable_range,
    expected_rate,
    measure_rate,
)
from speechcast.voices import presets
from tests.support.recording import XIAOXIAO
from tests.support.speeches import line

TONE = presets.load("tone")
RATE = 1000  # a frame of 10 ms has ten samples
SILENT = "is silent where words are"
CLIPPED = "is clipped noise where words are"
NOISY = "is noise where words are"


class OnlineTone(Tone):
    online: ClassVar[bool] = True


def frames(*levels: int) -> NDArray[np.int16]:
    """One frame of each level, which is its standard deviation."""
    return np.concatenate([np.repeat([level, -level], 5) for level in levels]).astype(np.int16)


def flaw_of(samples: NDArray[np.int16], text: str = "好", rate: int = 0) -> str:
    clip = Clip(samples, RATE, (Span(0, len(samples)),))
    return find_flaw(line(text), clip, Tone(replace(TONE, rate=rate)))


@pytest.mark.parametrize(
    ("samples", "flaw"),
    [
        (frames(*[58] * 10), SILENT),
        (frames(*[59] * 10), ""),
        (frames(*[9000] * 5), ""),
        (frames(*[9000] * 4, *[0] * 6), SILENT),
        (frames(*[9000] * 5, *[0] * 95), ""),
        (frames(9000)[:5], SILENT),  # less than a frame
        (frames(9000, 9000)[:15], SILENT),
        (frames(*[9000] * 6)[:59], ""),
        (frames(9000)[:0], SILENT),
    ],
)
def test_silence(samples: NDArray[np.int16], flaw: str) -> None:
    assert flaw_of(samples) == flaw


@pytest.mark.parametrize(
    ("text", "rate", "fewest"),
    [
        ("一二", 0, 10),
        ("一二三四", 100, 10),
        ("一二", -50, 10),
        ("7", 0, 5),
        ("一", 100, 3),
        ("字" * 80, 100, 200),
    ],
)
def test_a_syllable_sounds_for_fifty_milliseconds_at_least(
    text: str, rate: int, fewest: int
) -> None:
    """At a faster rate for less; at a slower one for no longer."""
    assert flaw_of(frames(*[9000] * fewest), text, rate) == ""
    assert flaw_of(frames(*[9000] * (fewest - 1)), text, rate) == SILENT


def test_what_sounds_outside_of_the_words_does_not_count() -> None:
    samples = frames(*[9000] * 20, *[0] * 20, *[9000] * 20)
    inside = Clip(samples, RATE, (Span(200, 300), None, Span(300, 400)))
    assert find_flaw(line("好", "，", "好"), inside, Tone(TONE)) == SILENT
    partly = Clip(samples, RATE, (Span(100, 300), None, Span(300, 400)))
    assert find_flaw(line("好", "，", "好"), partly, Tone(TONE)) == ""


@pytest.mark.parametrize(
    ("peak", "count", "flaw"),
    [(32_700, 100, ""), (32_700, 101, CLIPPED), (32_699, 1000, ""), (-32_768, 101, CLIPPED)],
)
def test_a_tenth_at_full_scale_is_clipped(peak: int, count: int, flaw: str) -> None:
    samples = frames(*[9000] * 100)
    samples[:count] = np.sign(samples[:count]) * min(peak, 32_767) if peak > 0 else peak
    assert flaw_of(samples) == flaw


@pytest.mark.parametrize(("changes", "flaw"), [(400, ""), (401, NOISY)])
def test_noise_changes_its_sign_at_every_other_sample(changes: int, flaw: str) -> None:
    turns = np.arange(1000) * changes // 1000
    samples = np.where(np.append(turns, changes) % 2, -9000, 9000).astype(np.int16)
    assert np.count_nonzero(np.diff(np.signbit(samples))) == changes
    assert flaw_of(samples) == flaw


@pytest.mark.parametrize(
    ("seconds", "rate", "flaw"),
    [
        (4.0, 0, ""),
        (
            2.0,
            0,
            "lasts 0.50 times as long as its text takes, so words are missing; if the voice is "
            "that fast, set its pace in the preset 'tone'",
        ),
        (
            7.6,
            0,
            "lasts 1.90 times as long as its text takes, so something was added; if the voice is "
            "that slow, set its pace in the preset 'tone'",
        ),
        (
            8.0,
            25,
            "lasts 2.50 times as long as its text takes, so something was added; if the voice is "
            "that slow, set its pace in the preset 'tone', or leave out the rate if the server "
            "does not heed it",
        ),
    ],
)
def test_an_answer_of_the_wrong_length(seconds: float, rate: int, flaw: str) -> None:
    """Nineteen syllables and the edges take four seconds at five a second."""
    voice = replace(TONE, pace=5.0 / 1.12, rate=rate)
    samples = frames(*[9000] * round(100 * seconds))
    clip = Clip(samples, RATE, (Span(0, len(samples)),))
    assert find_flaw(line("字" * 19), clip, OnlineTone(voice)) == flaw
    assert find_flaw(line("字" * 19), clip, Tone(voice)) == "", "a local voice takes its time"


# The speaking rate.


def lasting(text: str, logarithm: float) -> tuple[Utterance, Clip]:
    """The text, spoken so that a syllable takes e to the power of this, in seconds."""
    utterance = line(text)
    samples = round(24_000 * (len(text) + 1) * math.exp(logarithm))
    return utterance, Clip(np.zeros(samples, np.int16), 24_000, (Span(0, samples),))


@pytest.mark.parametrize(
    ("logarithms", "median", "tolerance"),
    [
        ([-2.0] * 3, -2.0, 0.35),
        ([-2.0] * 7, -2.0, 0.35),
        ([-2.0] * 8, -2.0, 0.25),
        ([-2.3, -2.1, -2.0], -2.1, 4 * 1.4826 * 0.1),
        ([-2.3, -2.1, -2.0, -1.9], -2.05, 4 * 1.4826 * 0.1),
        ([-2.02, -2.01, -2.0, -1.99, -1.98] * 2, -2.0, 0.25),
    ],
)
def test_the_rate_of_a_voice(logarithms: list[float], median: float, tolerance: float) -> None:
    rate = measure_rate([lasting("一二三四", logarithm) for logarithm in logarithms])
    assert rate
    assert rate.median == pytest.approx(median, abs=1e-3)
    assert rate.shorter == rate.longer == pytest.approx(tolerance, abs=2e-3)


def test_three_clips_of_four_syllables_make_a_rate() -> None:
    long, short = lasting("一二三四", -2.0), lasting("一二三", -9.0)
    assert measure_rate([long, long, short, short]) is None
    rate = measure_rate([long, long, long, short, short, short, short])
    assert rate
    assert rate.median == pytest.approx(-2.0, abs=1e-3)


def test_the_rate_to_expect_follows_from_the_preset() -> None:
    tone = expected_rate(replace(TONE, pace=4.0, rate=25))
    assert (tone.shorter, tone.longer) == (0.40, 0.55)
    assert math.exp(-tone.median) == pytest.approx(1.12 * 4.0 * 1.25)
    edge = expected_rate(replace(XIAOXIAO, pace=4.0, rate=-50))
    assert (edge.shorter, edge.longer) == (0.30, 0.55)
    assert math.exp(-edge.median) == pytest.approx(1.12 * 4.0 * 0.5)


@pytest.mark.parametrize(
    ("text", "syllables", "logarithm", "plausible"),
    [
        # Ten syllables: a tenth shorter than 0.4, or longer than 0.5.
        ("字" * 10, 10, -0.49, True),
        ("字" * 10, 10, -0.51, False),
        ("字" * 10, 10, 0.59, True),
        ("字" * 10, 10, 0.61, False),
        # Ten digits have none to twenty syllables, and are counted as ten.
        ("1234567890", 0, -0.49, True),
        ("1234567890", 0, -0.51, False),
        ("1234567890", 20, 0.59, True),
        ("1234567890", 20, 0.61, False),
    ],
)
def test_what_lasts_too_long_or_too_short(
    text: str, syllables: int, logarithm: float, plausible: bool
) -> None:
    samples = round(24_000 * 0.2 * (syllables + 1) * math.exp(logarithm))
    clip = Clip(np.zeros(samples, np.int16), 24_000, (Span(0, samples),))
    ratio = SpeakingRate(math.log(0.2), 0.4, 0.5).implausible_ratio(line(text), clip)
    assert ratio == pytest.approx(0.0 if plausible else math.exp(logarithm), abs=1e-3)


@pytest.mark.parametrize(
    ("spoken", "fewest", "most"),
    [
        ("Hello", 1.6, 2.6),
        ("HEllo", 1.6, 7.0),  # two capitals may be spelled
        ("hmm", 0.8, 4.2),  # and what has no vowels
        ("a", 0.8, 1.4),
        ("aeiou", 0.8, 1.3),
        ("é", 0.3, 1.2),
        ("éé", 0.8, 1.3),
        ("й", 0.3, 1.2),
        ("힣", 1, 1),
        ("½", 0.3, 1.2),
        ("١", 0, 2),
        ("12", 0, 4),
        ("+", 0, 4),
        ("_", 0, 0),
        ("α+", 0.3, 5.2),
        ("第1章", 2, 4),
    ],
)
def test_the_syllables_of_a_piece(spoken: str, fewest: float, most: float) -> None:
    assert count_syllable_range(Token(spoken, spoken)) == pytest.approx((fewest, most))


def test_pinyin_says_how_many_syllables_there_are() -> None:
    assert count_syllable_range(Token("5%", "百分之五", ("bai3", "fen1", "zhi1", "wu3"))) == (4, 4)
