"""The exact path near a rough one, through frames of noise of which each is like itself alone."""

from __future__ import annotations

import numpy as np
import pytest

from speechcast.warping import likeness
from speechcast.warping.features import CEPSTRA
from speechcast.warping.likeness import Features, Scorer
from speechcast.warping.warp import warp

ALIKE = likeness.guess([0.6] * CEPSTRA)
REFERENCE = np.random.default_rng(3).normal(0, 1, (400, 26)).astype(np.float32)
SPAN = slice(100, 300)
PASSAGE = list(range(100, 300))


def features(values: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Features:
    return Features(values, np.zeros(len(values), np.bool_), 1.0)


def find(heard: list[int], centers: list[int], radius: int = 30, first: int = 0) -> list[int]:
    """Return the path through a recording of these frames, from row `first` on."""
    scorer = Scorer(ALIKE, features(REFERENCE[heard]), features(REFERENCE))
    path, scores = warp(scorer, first, np.maximum.accumulate(centers), SPAN, radius)
    assert len(path) == len(scores) == len(centers)
    on_path = path >= 0
    assert (scores[~on_path] == 0).all()
    assert (scores[on_path] > 0).mean() > 0.8
    return [int(frame) for frame in path]


@pytest.mark.parametrize("off", [-30, -29, 0, 1, 30])
def test_a_path_is_found_within_its_radius(off: int) -> None:
    assert find(PASSAGE, [frame + off for frame in PASSAGE]) == PASSAGE


@pytest.mark.parametrize(("radius", "inside"), [(7, True), (6, False)])
def test_the_radius_is_exact(radius: int, inside: bool) -> None:
    scorer = Scorer(ALIKE, features(REFERENCE[PASSAGE]), features(REFERENCE))
    path, _ = warp(scorer, 0, np.array(PASSAGE) + 7, SPAN, radius)
    assert (path.tolist() == PASSAGE) is inside


def test_what_is_before_and_after_the_passage_is_not_on_the_path() -> None:
    heard = list(range(60, 340))
    assert find(heard, heard) == [-1] * 40 + PASSAGE + [-1] * 40
    assert find(heard, heard[20:], first=20) == [-1] * 20 + PASSAGE + [-1] * 40


def test_a_slower_and_a_faster_speaker_is_followed() -> None:
    slow = [frame for frame in PASSAGE for _ in range(1 + frame % 2)]
    assert find(slow, slow) == slow
    fast = [*PASSAGE[::2], PASSAGE[-1]]
    assert find(fast, fast) == fast
    assert find(fast, [frame + 9 for frame in fast]) == fast


def test_a_pause_may_last_as_long_as_it_likes() -> None:
    values = np.concatenate([REFERENCE[100:200], REFERENCE[[200] * 40], REFERENCE[201:300]])
    silent = np.zeros(400, np.bool_)
    silent[200] = True
    reference = Features(REFERENCE, silent, 1.0)
    recording = Features(values, np.zeros(len(values), np.bool_), 1.0)
    expected = [*range(100, 200), *[200] * 40, *range(201, 300)]
    path, _ = warp(Scorer(ALIKE, recording, reference), 0, np.array(expected), SPAN)
    assert path.tolist() == expected


def test_a_passage_that_never_ends_is_nowhere() -> None:
    scorer = Scorer(ALIKE, features(REFERENCE[:50]), features(REFERENCE))
    path, scores = warp(scorer, 0, np.arange(50), SPAN)
    assert set(path.tolist()) == {-1}
    assert not scores.any()


def test_a_long_recording_is_scored_in_parts() -> None:
    heard = [frame for frame in PASSAGE for _ in range(2)] + PASSAGE[-1:] * 700
    path = find(heard[:400], heard[:400])
    assert path == heard[:400]
