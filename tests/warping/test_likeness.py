"""How alike two voices are."""

from __future__ import annotations

import numpy as np

from speechcast.warping import likeness
from speechcast.warping.features import CEPSTRA
from speechcast.warping.likeness import Features, Scorer

FRAMES = 400
ALIKE = likeness.guess([0.6] * CEPSTRA)
RANDOM = np.random.default_rng(11)


def features(values: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Features:
    return Features(values, np.zeros(len(values), np.bool_), 1.0)


REFERENCE = features(RANDOM.normal(0, 1, (FRAMES, 2 * CEPSTRA)).astype(np.float32))
ALL, FIRST_HALF = slice(0, FRAMES), slice(0, FRAMES // 2)


def score(recording: Features) -> tuple[Scorer, Scorer]:
    """Return what scores a recording, as it is and normalized."""
    scorer = Scorer(ALIKE, recording, REFERENCE)
    return scorer, scorer.normalized(Scorer(ALIKE, recording, REFERENCE.backwards()))


def test_a_frame_that_is_like_much_speech_is_scored_lower() -> None:
    common = 0.2 * RANDOM.normal(0, 1, (FRAMES // 2, 2 * CEPSTRA))
    values = np.concatenate((common, RANDOM.normal(0, 1, (FRAMES // 2, 2 * CEPSTRA))))
    scorer, normalized = score(features(values.astype(np.float32)))
    before, after = scorer.block(ALL, ALL), normalized.block(ALL, ALL)
    assert before[FIRST_HALF].mean() > before[FRAMES // 2 :].mean() + 0.5
    assert after[FIRST_HALF].mean() < before[FIRST_HALF].mean() - 0.2
    assert after[FRAMES // 2 :].mean() > before[FRAMES // 2 :].mean() + 0.2


def test_the_same_frames_stay_the_most_alike() -> None:
    _, normalized = score(REFERENCE)
    scores = normalized.block(ALL, ALL)
    assert (scores.argmax(axis=1) == np.arange(FRAMES)).all()


def test_silence_is_not_normalized() -> None:
    silent = Features(REFERENCE.values, np.ones(FRAMES, np.bool_), 1.0)
    scorer, normalized = score(silent)
    assert normalized is scorer
