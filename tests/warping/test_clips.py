"""The times of a clip's words, by a clip of the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from speechcast.model import Clip, Span
from speechcast.warping.clips import align_clip
from tests.support.toy_voice import RATE, Speaker, applause, speak, utterance

if TYPE_CHECKING:
    from speechcast.units import Mono16

TEXTS = ["春眠不觉晓处闻啼鸟", "白日依山尽黄河入海流", "床前明月光疑是地霜"]
TOLERANCE = 0.03  # seconds
READER = Speaker()
SPEAKERS = [
    pytest.param(Speaker(height=1.06, seed=1), id="another voice"),
    pytest.param(Speaker(height=0.95, syllable=0.3, seed=2), id="a slower one"),
    pytest.param(Speaker(height=1.03, syllable=0.15, seed=3), id="a faster one"),
]


def starts(spans: tuple[Span | None, ...]) -> list[float]:
    return [span.start / RATE for span in spans if span]


@pytest.mark.parametrize("speaker", SPEAKERS)
@pytest.mark.parametrize("text", TEXTS)
def test_each_word_is_at_its_time(text: str, speaker: Speaker) -> None:
    line = utterance(text, 1)
    clip = speak(line, speaker)
    spans = align_clip(clip.samples, clip.rate, speak(line, READER))
    assert spans is not None
    assert spans[-1] is None
    assert starts(spans) == pytest.approx(starts(clip.spans), abs=TOLERANCE)


def test_the_sample_rates_may_differ() -> None:
    line = utterance(TEXTS[0], 1)
    clip = speak(line, Speaker(height=1.06, seed=1))
    faster = np.repeat(clip.samples, 2)
    spans = align_clip(faster, 2 * RATE, speak(line, READER))
    assert spans is not None
    assert [t / 2 for t in starts(spans)] == pytest.approx(starts(clip.spans), abs=TOLERANCE)


@pytest.mark.parametrize(
    "samples",
    [
        pytest.param(np.zeros(RATE * 2, np.int16), id="silence"),
        pytest.param(applause(2), id="applause"),
        pytest.param(speak(utterance(TEXTS[1], 1), READER).samples, id="other words"),
        pytest.param(np.zeros(0, np.int16), id="nothing"),
    ],
)
def test_sound_of_other_words_is_not_timed(samples: Mono16) -> None:
    assert align_clip(samples, RATE, speak(utterance(TEXTS[0], 1), READER)) is None


def test_a_reference_without_sound_times_nothing() -> None:
    silent = Clip(np.zeros(RATE, np.int16), RATE, (None,))
    assert align_clip(speak(utterance(TEXTS[0], 1), READER).samples, RATE, silent) is None
