"""Align a recording with the reference: roughly as a whole, then ever finer near the path found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ..warping.likeness import Features, extract, learn_from, match_room
from ..warping.tracks import PAUSE
from .learning import learn_likeness, sample, score_against_others
from .matching import Boundaries, expand, match
from .refining import Passage, refine
from .tracks import Recording, Reference

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..warping.features import Frames
    from ..warping.tracks import Track

    Indices = NDArray[np.int64]

COARSE = 6.0  # frames of the recording's track in one of the first search
LONG = 2  # of these in one of the first search of a long recording
# The same for each search near a path that is known, and what parting from the text costs there, of
# that in the first search. A second has more frames to tell from; chosen for this project, on
# trials (`benchmarks.align_trials`).
NEAR = ((6.0, 1.5), (3.0, 3.0), (1.0, 6.0))
LONGEST = 2e8  # frames of the recording times those of the text that are searched at once
OTHER_PACE = 0.12  # from the reference's, from which on the recording may have either
SHORT = 6_000  # frames of a recording that is searched at each pace it may have


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
    return max((_refine(pair) for pair in pairs), key=_sum_leads)


def _refine(pair: _Pair) -> list[Passage]:
    """Return the passages of the best path, warped exactly."""
    path, recording, reference = _search(pair)
    return refine(path, pair.recording.track.list_pauses(), recording, reference)


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
    return learn_likeness(sample(recording), reference, boundaries)[1]


def _search(pair: _Pair) -> tuple[Indices, Features, Features]:
    """Return the path of the finest search, and the features of both sounds at its step.

    The path has a frame of the reference for each of the recording. All of the text is searched at
    a coarse step, the coarser one if the recording is long, and then at finer ones near the path.
    """
    step = COARSE
    recording, reference = pair.features(step)
    sparse = len(recording.silent) * len(reference.silent) > LONGEST
    if sparse:
        step *= LONG
        recording, reference = pair.features(step)
    path = _search_whole(pair, recording, reference, sparse=sparse)
    for finer, cost in NEAR:
        if finer < step:
            recording, reference = pair.features(finer)
            near = expand(path, round(step / finer), recording, reference)
            path = _search_near(pair, recording, reference, near, cost)
            step = finer
    return path, recording, reference


def _search_near(
    pair: _Pair, recording: Features, reference: Features, near: Indices, cost: float
) -> Indices:
    """Return the best path near another one, with the likeness learned from that."""
    alike = learn_from(near, recording, reference)
    alike = alike.sharpened(*score_against_others(alike, near, recording, reference))
    others = alike.score(recording, reference.backwards())
    scorer = alike.score(recording, reference).normalized(others)
    paused = find_pauses(pair.recording.track, recording)
    return match(scorer, _boundaries(pair.reference, reference), near, paused, cost)


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
    alike, _lead = learn_likeness(sample(recording), reference, boundaries)
    paused = find_pauses(pair.recording.track, recording)
    return match(alike.score(recording, reference), boundaries, paused=paused)


def find_pauses(track: Track, features: Features) -> NDArray[np.bool_]:
    """Return whether a sound has a pause before each frame of its features and after the last.

    A frame may be as far from a pause as it is long. The sound's ends are pauses.
    """
    pauses = track.list_pauses()
    edges = np.arange(len(features.silent) + 1) * features.step
    nearest = np.searchsorted(pauses, edges).clip(1, len(pauses) - 1)
    distance = np.minimum(np.abs(edges - pauses[nearest - 1]), np.abs(edges - pauses[nearest]))
    return np.asarray(distance <= features.step + PAUSE)


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
