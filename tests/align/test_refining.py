"""Passages of a rough path."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from speechcast.align.refining import Passage, refine
from speechcast.warping.features import CEPSTRA
from speechcast.warping.likeness import Features

if TYPE_CHECKING:
    from numpy.typing import NDArray

FRAMES = 1_200
MISSING = range(480, 720)  # frames of a sentence


def speech(frames: int, seed: int) -> NDArray[np.float64]:
    """Return features of speech: frames that are next to each other are alike."""
    noise = np.random.default_rng(seed).standard_normal((frames + 5, 2 * CEPSTRA))
    values = np.stack([noise[n : n + frames] for n in range(6)]).sum(axis=0)
    return np.asarray(values / values.std(axis=0))


TEXT = speech(FRAMES, seed=1)


def found(pieces: Sequence[NDArray[np.float64]], path: Sequence[int]) -> list[tuple[int, int]]:
    """Return the frames of the text that are found in pieces of sound near a path."""
    values = np.concatenate(pieces)
    values = values + 0.3 * np.random.default_rng(5).standard_normal(values.shape)
    silent = np.zeros(len(values), np.bool_)
    recording = Features(np.asarray(values, np.float32), silent, 1.0)
    reference = Features(np.asarray(TEXT, np.float32), np.zeros(FRAMES, np.bool_), 1.0)
    pauses = np.array([0, len(values)])
    passages = refine(np.array(path, np.int64), pauses, recording, reference)
    return [(round(p.frames[0]), round(p.frames[-1])) for p in passages]


BEFORE, AFTER = range(MISSING.start), range(MISSING.stop, FRAMES)


def test_a_passage_that_is_like_other_speech_is_dropped() -> None:
    sound = [TEXT[: MISSING.start], speech(len(MISSING), seed=4), TEXT[MISSING.stop :]]
    path = [*BEFORE, -1, *MISSING[1:-1], -1, *AFTER]
    assert found(sound, path) == [(0, 479), (720, 1199)]


def test_nothing_is_found_without_a_path() -> None:
    assert found([TEXT], [-1] * FRAMES) == []


def test_a_passage_has_a_lead_for_each_of_its_rows() -> None:
    reference = Features(np.asarray(TEXT, np.float32), np.zeros(FRAMES, np.bool_), 1.0)
    pauses = np.array([0, FRAMES])
    (passage,) = refine(np.arange(FRAMES), pauses, reference, reference)
    assert isinstance(passage, Passage)
    assert len(passage.rows) == len(passage.frames) == len(passage.leads)
    assert passage.leads.mean() > 1


def test_a_passage_that_is_stretched_as_no_other_speech_can_be_has_no_lead() -> None:
    silence, long_silence = 50, 600
    silent = np.arange(FRAMES) < silence
    path = np.concatenate((np.arange(long_silence) // 12, np.repeat(np.arange(silence, FRAMES), 2)))
    reference = Features(np.asarray(TEXT, np.float32), silent, 1.0)
    recording = Features(np.asarray(TEXT[path], np.float32), silent[path], 1.0)
    (passage,) = refine(path, np.array([0, len(path)]), recording, reference)
    assert len(passage.rows) > 2 * (FRAMES - silence)
    assert not passage.leads.any()
