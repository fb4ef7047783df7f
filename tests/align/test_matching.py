"""The search for what of a text is in a recording."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from speechcast.align import matching
from speechcast.align.matching import Boundaries, match
from speechcast.warping import likeness
from speechcast.warping.features import CEPSTRA
from speechcast.warping.likeness import Features, Scorer

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORDS, LENGTH = 30, 20  # words, and frames of each
ALIKE = likeness.guess([0.6] * CEPSTRA)
REFERENCE = np.random.default_rng(3).normal(0, 1, (WORDS * LENGTH, 26)).astype(np.float32)
ADDED = np.random.default_rng(4).normal(0, 1, (100, 26)).astype(np.float32)
FRAMES = np.arange(WORDS * LENGTH)


def features(values: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Features:
    return Features(values, np.zeros(len(values), np.bool_), 1.0)


def find(frames: list[int], near: NDArray[np.int64] | None = None, cost: float = 1.0) -> list[int]:
    """Return the path through a recording of these frames of the reference; -1 is added sound."""
    added = iter(ADDED)
    values = np.array([next(added) if f < 0 else REFERENCE[f] for f in frames])
    scorer = Scorer(ALIKE, features(values), features(REFERENCE))
    first = FRAMES[::LENGTH]
    everywhere = np.ones(WORDS, np.bool_)
    boundaries = Boundaries(first, first + LENGTH - 1, everywhere, everywhere)
    return [int(frame) for frame in match(scorer, boundaries, near, cost=cost)]


WHOLE = FRAMES.tolist()


@pytest.mark.parametrize(
    "heard",
    [
        pytest.param(WHOLE, id="all of it"),
        pytest.param(WHOLE[:100] + WHOLE[200:], id="words are left out"),
        pytest.param(WHOLE[100:], id="the beginning is left out"),
        pytest.param(WHOLE[:-100], id="the end is left out"),
        pytest.param([-1] * 80 + WHOLE, id="it begins with other sound"),
        pytest.param(WHOLE[:200] + [-1] * 90 + WHOLE[200:], id="it is interrupted"),
        pytest.param(WHOLE[:200] + [-1] * 90 + WHOLE[300:], id="other words are said"),
    ],
)
def test_what_is_left_out_or_added_does_not_move_the_rest(heard: list[int]) -> None:
    assert find(heard) == heard


def test_a_doubled_stretch_is_heard_once() -> None:
    path = find(WHOLE[:200] + WHOLE[100:200] + WHOLE[200:])
    assert [frame for frame in path if frame >= 0] == WHOLE


@pytest.mark.parametrize(("cost", "is_added"), [(1.0, True), (20.0, False)])
def test_a_cost_keeps_to_the_text(cost: float, is_added: bool) -> None:
    path = find(WHOLE[:200] + [-1] * 20 + WHOLE[220:], cost=cost)
    assert (-1 in path) == is_added


def test_a_faster_and_a_slower_speaker_is_followed() -> None:
    slow = [frame for frame in WHOLE for _ in range(1 + frame % 2)]
    assert find(slow) == slow
    fast = [*WHOLE[::2], WHOLE[-1]]
    assert find(fast) == fast


@pytest.mark.parametrize("heard", [WHOLE[:200] + [-1] * 90 + WHOLE[300:], WHOLE[100:300]])
def test_blocks_and_windows_do_not_change_the_path(
    monkeypatch: pytest.MonkeyPatch, heard: list[int]
) -> None:
    monkeypatch.setattr(matching, "BLOCK", 7)
    monkeypatch.setattr(matching, "MARGIN", 30)
    near = np.array(heard)
    assert find(heard) == heard
    assert find(heard, near + 5 * (near >= 0)) == heard


def blurred(word: int, sentence: int, pause: int | None) -> int:
    """Return the word with which the search enters the text after other sound.

    It might be the one that is heard badly, or the next one.

    Args:
        word: The number of the one that is heard badly.
        sentence: The number of a word with which a sentence begins.
        pause: The number of a word before which the recording has a pause; None if that is unknown.
    """
    start = word * LENGTH
    values = np.concatenate((ADDED, REFERENCE[start:]))
    values[100:120] = 0.14 * REFERENCE[start : start + LENGTH] + 0.6 * ADDED[:LENGTH]
    scorer = Scorer(ALIKE, features(values), features(REFERENCE))
    numbers = np.arange(WORDS)
    first = numbers * LENGTH
    sentences = (numbers == 0) | (numbers == sentence)
    boundaries = Boundaries(first, first + LENGTH - 1, np.ones(WORDS, np.bool_), sentences)
    paused = None
    if pause is not None:
        paused = np.zeros(len(values) + 1, np.bool_)
        paused[[0, 100 + LENGTH * (pause - word), -1]] = True
    path = match(scorer, boundaries, paused=paused)
    return int(path[path >= 0][0]) // LENGTH


def test_the_text_goes_on_where_a_sentence_begins() -> None:
    assert blurred(12, sentence=12, pause=None) == 12
    assert blurred(12, sentence=13, pause=None) == 13


def test_the_text_goes_on_after_a_pause_of_the_recording() -> None:
    assert blurred(12, sentence=20, pause=12) == 12
    assert blurred(12, sentence=20, pause=13) == 13
