"""Warp each passage of a path exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..warping.likeness import Features, Scorer, learn_from
from ..warping.warp import RADIUS, warp

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..warping.features import Frames

    Indices = NDArray[np.int64]

BESIDE = 3  # frames between the end of a path and a pause beside it, at most
LEAST_LEAD = 0.25  # of the lead of the passages; one that has less is not there


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


def refine(
    path: Indices, pauses: Indices, recording: Features, reference: Features
) -> list[Passage]:
    """Return the passages of a path, warped exactly, those that are in the recording.

    Args:
        path: A frame of the reference for each of the recording, as `match` returns it.
        pauses: The frames of the recording's track before which silence was cut.
        recording: The features of the recording, one for each frame of its track.
        reference: Those of the reference, about as many.
    """
    alike = learn_from(path, recording, reference)
    scorers = alike.score(recording, reference), alike.score(recording, reference.backwards())
    warped = [_warp_stretch(*scorers, pauses, path, slice(*s)) for s in passages_of(path)]
    passages = [passage for passage in warped if passage]
    if not passages:
        return []
    usual = float(np.concatenate([passage.leads for passage in passages]).mean())
    return [passage for passage in passages if passage.leads.mean() >= LEAST_LEAD * usual]


def _warp_stretch(
    scorer: Scorer, others: Scorer, pauses: Indices, path: Indices, stretch: slice
) -> Passage | None:
    """Return the passage of a stretch of the path, if it is heard.

    It reaches a little beyond the path's ends, but not beyond a pause beside them.

    Args:
        scorer: Scores the recording against the reference.
        others: Scores it against other speech.
        pauses: The frames of the recording before which silence was cut.
        path: The frame of the reference for each of the recording.
        stretch: The frames of the recording.
    """
    before = pauses[np.searchsorted(pauses, stretch.start + BESIDE, "right") - 1]
    after = pauses[np.searchsorted(pauses, stretch.stop - BESIDE)]
    first = max(stretch.start - RADIUS, int(before))
    last = min(stretch.stop + RADIUS, int(after))
    rows = np.arange(stretch.start, stretch.stop)
    centers = np.interp(np.arange(first, last), rows, path[stretch]).astype(np.int64)
    span = slice(int(path[stretch][0]), int(path[stretch][-1]) + 1)
    frames, scores = warp(scorer, first, centers, span)
    heard = np.flatnonzero(frames >= 0)
    if not len(heard):
        return None
    other = _score_others(others, first, centers, span)
    leads = np.zeros_like(scores) if other is None else scores - other
    return Passage(
        np.asarray((frames[heard] + 0.5) * scorer.reference.step - 0.5, np.float64),
        np.asarray(heard + first, np.float64),
        leads[heard],
    )


def _score_others(others: Scorer, first: int, centers: Indices, span: slice) -> Frames | None:
    """Return how alike the recording is to other speech that is warped as a passage is.

    Scores alone say little: they are learned from the very frames that they judge, and as high for
    the words of another text. None if no other speech can be warped like that, as the passage is
    stretched to its utmost.
    """
    path, scores = warp(others, first, centers, span)
    heard = path >= 0
    if not heard.any():
        return None
    return np.where(heard, scores, np.float32(scores[heard].mean()))


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
