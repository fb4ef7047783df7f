"""Learn how alike two voices are, from a recording in which the text is yet to be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..warping import likeness
from ..warping.likeness import Features, Likeness, learn_from, list_sounding
from ..warping.warp import warp
from .matching import Boundaries, match

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Indices = NDArray[np.int64]

CHOSEN = 3_000  # frames of a path that are compared with those of other words
STRETCHES, STRETCH = 4, 1_500  # of a recording, and frames of each, to learn the likeness from
ROUNDS = 8  # of searching at most to learn the likeness from, before the last one
BETTER = 1.03  # times the lead of the round before, to be worth another one
# What the learning begins with: that the speaker is a person; a machine; or that nearly all of the
# recording is in the text, which finds a way into one that is like nothing the reference has.
_GUESSES = (
    likeness.guess(likeness.ALIKE),
    likeness.guess(likeness.UNLIKE),
    likeness.guess(likeness.UNLIKE, threshold=-1.0),
)


def learn_likeness(
    recording: Features, reference: Features, boundaries: Boundaries
) -> tuple[Likeness, float]:
    """Return the likeness that tells a text's words best from others, and how much it does."""
    return max(
        (_learn_from_guess(guess, recording, reference, boundaries) for guess in _GUESSES),
        key=lambda learned: learned[1],
    )


def _learn_from_guess(
    guess: Likeness, recording: Features, reference: Features, boundaries: Boundaries
) -> tuple[Likeness, float]:
    """Return the likeness that is learned from a first guess, and how much it tells apart.

    Each round searches with what the one before has learned, as long as that gets better.
    """
    best, lead, alike = guess, 0.0, guess
    for number in range(ROUNDS):
        path = match(alike.score(recording, reference), boundaries)
        learned = learn_from(path, recording, reference)
        same, other = score_against_others(learned, path, recording, reference)
        share = len(list_sounding(path, recording, reference)) / max(1, (~recording.silent).sum())
        # What is heard is sharpened once it is as good as it gets without.
        alike = learned.sharpened(same, other) if number else learned
        reached = (same - other) * share
        if reached > lead or number == 1:
            best = alike
        if number > 1 and reached < BETTER * lead:
            break
        lead = max(lead, reached)
    return best, lead


def sample(recording: Features) -> Features:
    """Return some stretches of a recording, evenly spaced; a short one as a whole."""
    length = len(recording.silent)
    if length <= STRETCHES * STRETCH:
        return recording
    starts = np.linspace(0, length - STRETCH, STRETCHES).astype(np.int64)
    rows = (starts[:, None] + np.arange(STRETCH)).ravel()
    return Features(recording.values[rows], recording.silent[rows], recording.step)


def score_against_others(
    alike: Likeness, path: Indices, recording: Features, reference: Features
) -> tuple[float, float]:
    """Return the mean score of the frames of a path, and that of the best path of other words."""
    rows = list_sounding(path, recording, reference)[:CHOSEN]
    if not len(rows):
        return 0.0, 0.0
    end = int(rows[-1]) + 1
    part = Features(recording.values[:end], recording.silent[:end], recording.step)
    scorer = alike.score(part, reference)
    same = [scorer.block(slice(r, r + 1), slice(path[r], path[r] + 1)) for r in rows]
    other = reference.backwards()
    line = np.minimum(np.arange(end), len(other.silent) - 1)
    heard, scores = warp(alike.score(part, other), 0, line, slice(0, int(line[-1]) + 1))
    sounding = (heard >= 0) & ~part.silent
    return float(np.mean(same)), float(scores[sounding].mean()) if sounding.any() else 0.0
