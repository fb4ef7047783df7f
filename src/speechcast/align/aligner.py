"""Align a recording with the reference: first roughly as a whole, then each passage exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from . import likeness
from .likeness import Features, Likeness, extract, match_room
from .matching import Boundaries, match
from .tracks import Recording, Reference, Word
from .warping import RADIUS, warp

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .features import Frames

    Indices = NDArray[np.int64]

COARSE = 6.0  # frames of the recording's track in one of the first search
ENOUGH = 0.5  # of what sounds; with less in the text, the voices may be less alike than assumed
PAUSE = 4  # frames between two words of an utterance
ROUNDS = 2  # of searching with the likeness that was learned from the last


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A stretch of the reference, and where it is heard.

    Attributes:
        frames: Frames of the reference's track, float64, shape (rows,), never falling.
        rows: Frames of the recording's track, float64, shape (rows,), rising.
        scores: How alike they are, float32, shape (rows,).
    """

    frames: NDArray[np.float64]
    rows: NDArray[np.float64]
    scores: Frames


@dataclass(frozen=True, slots=True, eq=False)
class _Pair:
    """The mel powers of both sounds in one room."""

    recording: Recording
    reference: Reference
    recording_powers: Frames
    reference_powers: Frames
    pace: float

    def features(self, step: float) -> tuple[Features, Features]:
        """Return the features of both, of about as many frames."""
        return (
            extract(self.recording_powers, self.recording.track.silent, step),
            extract(self.reference_powers, self.reference.track.silent, step * self.pace),
        )


def find_passages(recording: Recording, reference: Reference) -> list[Passage]:
    """Return the passages of the reference that are in the recording, in order."""
    pair = _pair(recording, reference)
    return list(_refine(pair, _search(pair)))


def _pair(recording: Recording, reference: Reference) -> _Pair:
    powers, spoken = recording.track.powers, reference.track.powers
    spoken, powers = match_room(spoken, powers)
    pace = (~reference.track.silent).sum() / max(1, (~recording.track.silent).sum())
    return _Pair(recording, reference, powers, spoken, float(np.clip(pace, 0.6, 1.8)))


def _search(pair: _Pair) -> Indices:
    """Return the path of the first search, with the likeness learned on the way."""
    recording, reference = pair.features(COARSE)
    boundaries = _boundaries(pair.reference, reference)
    for correlation in (likeness.ALIKE, likeness.UNLIKE):
        alike = likeness.guess(correlation)
        path = match(alike.score(recording, reference), boundaries)
        for _ in range(ROUNDS):
            heard = _sounding(path, recording, reference)
            alike = likeness.learn(recording.values[heard], reference.values[path[heard]])
            path = match(alike.score(recording, reference), boundaries)
        if len(_sounding(path, recording, reference)) > ENOUGH * (~recording.silent).sum():
            break
    return path


def _sounding(path: Indices, recording: Features, reference: Features) -> Indices:
    """Return the frames of the recording that are heard in the text, and sound in both."""
    rows = np.flatnonzero((path >= 0) & ~recording.silent)
    return rows[~reference.silent[path[rows]]]


def _boundaries(reference: Reference, features: Features) -> Boundaries:
    """Return the words' first and last frames at the step of the features."""
    firsts = np.array([word.start for word in reference.words]) / features.step
    lasts = np.array([word.end for word in reference.words]) / features.step
    first = np.clip(np.round(firsts).astype(np.int64), 0, len(features.silent) - 1)
    first, chosen = np.unique(first, return_index=True)
    final = np.append(chosen[1:], len(lasts)) - 1  # the last of the words that share a first frame
    last = np.maximum(np.round(lasts[final]).astype(np.int64) - 1, first)
    last = np.minimum(last, np.append(first[1:], len(features.silent)) - 1)
    return Boundaries(first, last, _pauses(reference.words)[chosen])


def _pauses(words: Sequence[Word]) -> NDArray[np.bool_]:
    """Return whether there is a pause before each word."""
    pauses = [
        after.utterance != before.utterance or after.start - before.end >= PAUSE
        for before, after in pairwise(words)
    ]
    return np.array([True, *pauses], np.bool_)


def _refine(pair: _Pair, path: Indices) -> Iterator[Passage]:
    """Yield each passage of a path, warped exactly."""
    recording, reference = pair.features(1.0)
    scorer = _learn_fine(recording, reference, path).score(recording, reference)
    for start, stop in passages_of(path):
        rows = (np.arange(start, stop) + 0.5) * COARSE
        frames = (path[start:stop] + 0.5) * COARSE
        first = max(0, round(start * COARSE) - RADIUS)
        last = min(len(recording.silent), round(stop * COARSE) + RADIUS)
        centers = np.interp(np.arange(first, last) + 0.5, rows, frames).astype(np.int64)
        low = int(path[start] * COARSE)
        high = min(len(reference.silent), int((path[stop - 1] + 1) * COARSE))
        warped, scores = warp(scorer, first, centers, slice(low, high))
        heard = np.flatnonzero(warped >= 0)
        if len(heard):
            frames = (warped[heard] + 0.5) * reference.step - 0.5
            yield Passage(
                frames.astype(np.float64), (heard + first).astype(np.float64), scores[heard]
            )


def _learn_fine(recording: Features, reference: Features, path: Indices) -> Likeness:
    """Return the likeness at the fine step, learned from a path at the coarse one."""
    rows = np.arange(len(recording.silent))
    coarse = np.minimum(rows // int(COARSE), len(path) - 1)
    frames = np.where(path[coarse] >= 0, path[coarse] * COARSE + rows % COARSE, -1).astype(np.int64)
    frames = np.minimum(frames, len(reference.silent) - 1)
    heard = rows[(frames >= 0) & ~recording.silent]
    heard = heard[~reference.silent[frames[heard]]]
    return likeness.learn(recording.values[heard], reference.values[frames[heard]])


def passages_of(path: Indices) -> Sequence[tuple[int, int]]:
    """Return where a path is in the text: the first row of each stretch, and the one after it.

    A stretch ends where the text is left, and where words are passed over.
    """
    heard = path >= 0
    breaks = np.flatnonzero(np.diff(path) > 2) + 1
    edges = np.flatnonzero(np.diff(np.concatenate(([False], heard, [False])).astype(np.int8)))
    inner = [int(b) for b in breaks if heard[b] and heard[b - 1]]
    points = sorted([*edges.tolist(), *inner, *inner])
    return list(zip(points[::2], points[1::2], strict=True))
