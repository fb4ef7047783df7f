"""Passages of a rough path, and what lies between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pytest

from speechcast.align.refining import Passage, refine
from speechcast.warping.features import CEPSTRA
from speechcast.warping.likeness import Features

if TYPE_CHECKING:
    from numpy.typing import NDArray

FRAMES = 1_200
STEP = 6
MISSING = range(480, 720)  # frames of a sentence that the rough path passes over


def speech(frames: int, seed: int) -> NDArray[np.float64]:
    """Return features of speech: frames that are next to each other are alike."""
    noise = np.random.default_rng(seed).standard_normal((frames + 5, 2 * CEPSTRA))
    values = np.stack([noise[n : n + frames] for n in range(6)]).sum(axis=0)
    return np.asarray(values / values.std(axis=0))


TEXT = speech(FRAMES, seed=1)


def found(pieces: Sequence[NDArray[np.float64]], path: Sequence[int]) -> list[tuple[int, int]]:
    """Return the frames of the text that are found in pieces of sound near a rough path."""
    values = np.concatenate(pieces)
    values = values + 0.3 * np.random.default_rng(5).standard_normal(values.shape)
    silent = np.zeros(len(values), np.bool_)
    recording = Features(np.asarray(values, np.float32), silent, 1.0)
    reference = Features(np.asarray(TEXT, np.float32), np.zeros(FRAMES, np.bool_), 1.0)
    pauses = np.array([0, len(values)])
    passages = refine(np.array(path, np.int64), STEP, pauses, recording, reference)
    return [(round(p.frames[0]), round(p.frames[-1])) for p in passages]


def rough(frames: range) -> list[int]:
    """Return the rough path through frames of the text that are heard one after the other."""
    return [frame // STEP for frame in frames[::STEP]]


BEFORE, AFTER = range(MISSING.start), range(MISSING.stop, FRAMES)


def test_a_sentence_that_the_rough_path_passes_over_is_found_in_its_place() -> None:
    path = [*rough(BEFORE), *[-1] * (len(MISSING) // STEP), *rough(AFTER)]
    assert found([TEXT], path) == [(0, 479), (480, 719), (720, 1199)]


def test_a_gap_is_held_against_the_pace_of_the_speaker() -> None:
    heard = np.arange(0, FRAMES, 1.5).astype(np.intp)
    path = np.where(np.isin(heard, MISSING), -1, heard // STEP)[::STEP]
    assert found([TEXT[heard]], path.tolist()) == [(0, 479), (480, 719), (720, 1199)]


@pytest.mark.parametrize("length", [len(MISSING), 2 * len(MISSING)])
def test_other_speech_in_its_place_is_not_taken_for_it(length: int) -> None:
    path = [*rough(BEFORE), *[-1] * (length // STEP), *rough(AFTER)]
    sound = [TEXT[: MISSING.start], speech(length, seed=2), TEXT[MISSING.stop :]]
    assert found(sound, path) == [(0, 479), (720, 1199)]


@pytest.mark.parametrize("first", [True, False])
def test_it_is_found_before_and_after_sound_that_was_put_in(*, first: bool) -> None:
    words, other = TEXT[MISSING.start : MISSING.stop], speech(600, seed=3)
    path = [*rough(BEFORE), *[-1] * ((len(other) + len(words)) // STEP), *rough(AFTER)]
    middle = [words, other] if first else [other, words]
    sound = [TEXT[: MISSING.start], *middle, TEXT[MISSING.stop :]]
    assert found(sound, path) == [(0, 479), (480, 719), (720, 1199)]


def test_a_passage_that_is_like_other_speech_is_dropped() -> None:
    sound = [TEXT[: MISSING.start], speech(len(MISSING), seed=4), TEXT[MISSING.stop :]]
    path = [*rough(BEFORE), -1, *rough(MISSING)[1:-1], -1, *rough(AFTER)]
    assert found(sound, path) == [(0, 479), (720, 1199)]


def test_nothing_is_found_without_a_path() -> None:
    assert found([TEXT], [-1] * (FRAMES // STEP)) == []


def test_a_passage_has_a_lead_for_each_of_its_rows() -> None:
    reference = Features(np.asarray(TEXT, np.float32), np.zeros(FRAMES, np.bool_), 1.0)
    pauses = np.array([0, FRAMES])
    (passage,) = refine(np.array(rough(range(FRAMES))), STEP, pauses, reference, reference)
    assert isinstance(passage, Passage)
    assert len(passage.rows) == len(passage.frames) == len(passage.leads)
    assert passage.leads.mean() > 1
