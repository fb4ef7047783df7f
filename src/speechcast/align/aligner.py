"""Align a recording with the reference: first roughly as a whole, then each passage exactly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ..warping import likeness
from ..warping.likeness import Features, Likeness, Scorer, extract, match_room
from ..warping.warp import RADIUS, warp
from .matching import Boundaries, match
from .tracks import Recording, Reference

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..warping.features import Frames
    from ..warping.tracks import Track

    Indices = NDArray[np.int64]

COARSE = 6.0  # frames of the recording's track in one of the search
LONG = 2  # of these in one of the first search of a long recording
LONGEST = 2e8  # frames of the recording times those of the text that are searched at once
CHOSEN = 3_000  # frames of a path that are compared with those of other words
STRETCHES, STRETCH = 4, 1_500  # of a recording, and frames of each, to learn the likeness from
OTHER_PACE = 0.12  # from the reference's, from which on the recording may have either
# What the learning begins with: that the speaker is a person; a machine; or that nearly all of the
# recording is in the text, which finds a way into one that is like nothing the reference has.
_GUESSES = (
    likeness.guess(likeness.ALIKE),
    likeness.guess(likeness.UNLIKE),
    likeness.guess(likeness.UNLIKE, threshold=-1.0),
)
SHORT = 6_000  # frames of a recording that is searched at each pace it may have
PAUSE = 4  # frames between two words of an utterance
ROUNDS = 8  # of searching at most to learn the likeness from, before the last one
BETTER = 1.03  # times the lead of the round before, to be worth another one


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A stretch of the reference, and where it is heard.

    Attributes:
        frames: Frames of the reference's track, float64, shape (rows,), never falling.
        rows: Frames of the recording's track, float64, shape (rows,), rising.
        leads: How much more alike they are than other speech would be there, float32, shape
            (rows,).
    """

    frames: NDArray[np.float64]
    rows: NDArray[np.float64]
    leads: Frames


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
    pairs = _pair(recording, reference)
    if len(recording.track.silent) > SHORT:
        pairs = [max(pairs, key=_tell_apart)] if len(pairs) > 1 else pairs
    return max((list(_refine(pair, _search(pair))) for pair in pairs), key=_sum_leads)


def _sum_leads(passages: Sequence[Passage]) -> float:
    return sum(float(passage.leads.sum()) for passage in passages)


def _pair(recording: Recording, reference: Reference) -> list[_Pair]:
    """Return both sounds, at each pace that the recording may have.

    Where its length is not that of the text, it is spoken at another pace, or much of the text is
    left out or other sound put in.
    """
    powers, spoken = recording.track.powers, reference.track.powers
    spoken, powers = match_room(spoken, powers)
    ratio = (~reference.track.silent).sum() / max(1, (~recording.track.silent).sum())
    pace = float(np.clip(ratio, 0.6, 1.8))
    paces = [pace] if abs(pace - 1) < OTHER_PACE else [pace, 1.0]
    return [_Pair(recording, reference, powers, spoken, each) for each in paces]


def _tell_apart(pair: _Pair) -> float:
    """Return how much the likeness at a pace tells the words of the text from others."""
    recording, reference = pair.features(LONG * COARSE)
    boundaries = _boundaries(pair.reference, reference).at_pauses()
    return learn_likeness(_sample(recording), reference, boundaries)[1]


def _search(pair: _Pair) -> Indices:
    """Return the path of the best search, a frame of the reference for each of the recording.

    A long recording is first searched at a coarser step, and then near that path.
    """
    recording, reference = pair.features(COARSE)
    if len(recording.silent) * len(reference.silent) <= LONGEST:
        return _search_whole(pair, recording, reference, sparse=False)
    path = _search_whole(pair, *pair.features(LONG * COARSE), sparse=True)
    near = _expand(path, LONG, recording, reference)
    alike = _learn_from(near, recording, reference)
    alike = alike.sharpened(*_compare(alike, near, recording, reference))
    scorer = alike.score(recording, reference)
    paused = find_pauses(pair.recording.track, recording)
    return match(scorer, _boundaries(pair.reference, reference), near, paused)


def _search_whole(
    pair: _Pair, recording: Features, reference: Features, *, sparse: bool
) -> Indices:
    """Return the path of a search of all of the text, with the likeness learned on the way.

    Args:
        pair: The two sounds.
        recording: The features of the one.
        reference: The features of the other.
        sparse: Whether words are left out, and other sound is put in, at pauses alone.
    """
    boundaries = _boundaries(pair.reference, reference)
    if sparse:
        boundaries = boundaries.at_pauses()
    alike, _lead = learn_likeness(_sample(recording), reference, boundaries)
    paused = find_pauses(pair.recording.track, recording)
    return match(alike.score(recording, reference), boundaries, paused=paused)


def find_pauses(track: Track, features: Features) -> NDArray[np.bool_]:
    """Return whether a sound has a pause before each frame of its features and after the last.

    A frame may be as far from a pause as it is long. The sound's ends are pauses.
    """
    pauses = _list_pauses(track)
    edges = np.arange(len(features.silent) + 1) * features.step
    nearest = np.searchsorted(pauses, edges).clip(1, len(pauses) - 1)
    distance = np.minimum(np.abs(edges - pauses[nearest - 1]), np.abs(edges - pauses[nearest]))
    return np.asarray(distance <= features.step + PAUSE)


def _list_pauses(track: Track) -> Indices:
    """Return the frames of a track before which silence was cut, its first, and that after all."""
    cut = np.flatnonzero(np.diff(track.numbers) > PAUSE) + 1
    return np.array([0, *cut, len(track.numbers)], np.int64)


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
        learned = _learn_from(path, recording, reference)
        same, other = _compare(learned, path, recording, reference)
        share = len(_sounding(path, recording, reference)) / max(1, (~recording.silent).sum())
        # What is heard is sharpened once it is as good as it gets without.
        alike = learned.sharpened(same, other) if number else learned
        reached = (same - other) * share
        if reached > lead or number == 1:
            best = alike
        if number > 1 and reached < BETTER * lead:
            break
        lead = max(lead, reached)
    return best, lead


def _sample(recording: Features) -> Features:
    """Return some stretches of a recording, evenly spaced; a short one as a whole."""
    length = len(recording.silent)
    if length <= STRETCHES * STRETCH:
        return recording
    starts = np.linspace(0, length - STRETCH, STRETCHES).astype(np.int64)
    rows = (starts[:, None] + np.arange(STRETCH)).ravel()
    return Features(recording.values[rows], recording.silent[rows], recording.step)


def _learn_from(path: Indices, recording: Features, reference: Features) -> Likeness:
    """Return the likeness of the frames that a path brings together."""
    rows = _sounding(path, recording, reference)
    return likeness.learn(recording.values[rows], reference.values[path[rows]])


def _compare(
    alike: Likeness, path: Indices, recording: Features, reference: Features
) -> tuple[float, float]:
    """Return the mean score of the frames of a path, and that of the best path of other words."""
    rows = _sounding(path, recording, reference)[:CHOSEN]
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


def _expand(path: Indices, times: int, recording: Features, reference: Features) -> Indices:
    """Return a path at the finer step of these features."""
    rows = np.arange(len(recording.silent))
    coarse = path[np.minimum(rows // times, len(path) - 1)]
    frames = np.where(coarse >= 0, coarse * times + rows % times, -1)
    return np.minimum(frames, len(reference.silent) - 1).astype(np.int64)


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
    sentences = np.diff([word.utterance for word in reference.words], prepend=-1) > 0
    gaps = [after.start - before.end for before, after in pairwise(reference.words)]
    pauses = sentences | (np.array([0, *gaps]) >= PAUSE)
    return Boundaries(first, last, pauses[chosen], sentences[chosen])


def _refine(pair: _Pair, path: Indices) -> Iterator[Passage]:
    """Yield each passage of a path, warped exactly."""
    recording, reference = pair.features(1.0)
    fine = _expand(path, int(COARSE), recording, reference)
    alike = _learn_from(fine, recording, reference)
    scorer = alike.score(recording, reference)
    others = alike.score(recording, reference.backwards())
    pauses = _list_pauses(pair.recording.track)
    for start, stop in passages_of(path):
        rows = (np.arange(start, stop) + 0.5) * COARSE
        frames = (path[start:stop] + 0.5) * COARSE
        # A passage reaches a little beyond its rough ends, but not beyond a pause beside them.
        before = pauses[np.searchsorted(pauses, (start + 1) * COARSE, "right") - 1]
        after = pauses[np.searchsorted(pauses, (stop - 1) * COARSE)]
        first = max(round(start * COARSE) - RADIUS, int(before))
        last = min(round(stop * COARSE) + RADIUS, int(after))
        centers = np.interp(np.arange(first, last) + 0.5, rows, frames).astype(np.int64)
        low = int(path[start] * COARSE)
        high = min(len(reference.silent), int((path[stop - 1] + 1) * COARSE))
        warped, scores = warp(scorer, first, centers, slice(low, high))
        heard = np.flatnonzero(warped >= 0)
        if len(heard):
            frames = (warped[heard] + 0.5) * reference.step - 0.5
            leads = scores - _score_others(others, first, centers, slice(low, high))
            yield Passage(
                frames.astype(np.float64), (heard + first).astype(np.float64), leads[heard]
            )


def _score_others(others: Scorer, first: int, centers: Indices, span: slice) -> Frames:
    """Return how alike the recording is to other speech that is warped as a passage is.

    Scores alone say little: they are learned from the very frames that they judge, and as high for
    the words of another text.
    """
    path, scores = warp(others, first, centers, span)
    heard = path >= 0
    mean = scores[heard].mean() if heard.any() else 0.0
    return np.where(heard, scores, np.float32(mean))


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
