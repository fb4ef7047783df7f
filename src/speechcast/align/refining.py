"""Warp each passage of a rough path exactly, and look once more at what lies between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..warping.likeness import Features, Scorer, learn_from
from ..warping.warp import RADIUS, warp
from .matching import expand

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..warping.features import Frames

    Indices = NDArray[np.int64]

SHORTEST_GAP = 30  # frames of a gap between two passages that is looked at once more
GAP_PACE = 1.33  # by how much its pace may differ from that of the passages
GAP_ROOM = 1.5  # of the words' length that is searched where a gap is longer
# Of the lead of the passages. Sentences forced on their own sound have 0.5 to 1.1 of it, others of
# the same length 0.81 at most, nearly all below 0.4 (eSpeak NG and neural voices).
GAP_LEAD = 0.5
LEAST_LEAD = 0.25  # of the lead of the passages; one that has less is not there
GAP_BAND = 3  # of a gap's length one part is searched on either side of an even pace


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
    path: Indices, step: float, pauses: Indices, recording: Features, reference: Features
) -> list[Passage]:
    """Return the passages of a rough path, warped exactly, and those that fill its gaps.

    Args:
        path: A frame of the reference for each of the recording, as `match` returns it.
        step: How many frames of the features below are one of the path.
        pauses: The frames of the recording's track before which silence was cut.
        recording: The features of the recording, one for each frame of its track.
        reference: Those of the reference, about as many.
    """
    alike = learn_from(expand(path, round(step), recording, reference), recording, reference)
    fine = _Fine(
        alike.score(recording, reference),
        alike.score(recording, reference.backwards()),
        pauses,
        step,
    )
    warped = [_warp_stretch(fine, path, *stretch) for stretch in passages_of(path)]
    passages = [passage for passage in warped if passage]
    if not passages:
        return []
    usual = float(np.concatenate([passage.leads for passage in passages]).mean())
    passages = [passage for passage in passages if _mean(passage) >= LEAST_LEAD * usual]
    filled = _fill_gaps(fine, passages, GAP_LEAD * usual) if passages else ()
    return sorted([*passages, *filled], key=lambda passage: float(passage.rows[0]))


def _mean(passage: Passage) -> float:
    return float(passage.leads.mean())


@dataclass(frozen=True, slots=True, eq=False)
class _Fine:
    """What warps a stretch of the recording exactly.

    Attributes:
        scorer: Scores the recording against the reference.
        others: Scores it against other speech.
        pauses: The frames of the recording before which silence was cut.
        step: How many frames are one of the rough path.
    """

    scorer: Scorer
    others: Scorer
    pauses: Indices
    step: float

    def warp(
        self, first: int, centers: Indices, span: slice, radius: int = RADIUS
    ) -> Passage | None:
        """Return the passage of some frames of the reference, if it is heard; see `warp`."""
        frames, scores = warp(self.scorer, first, centers, span, radius)
        heard = np.flatnonzero(frames >= 0)
        if not len(heard):
            return None
        leads = scores - _score_others(self.others, first, centers, span, radius)
        return Passage(
            np.asarray((frames[heard] + 0.5) * self.scorer.reference.step - 0.5, np.float64),
            np.asarray(heard + first, np.float64),
            leads[heard],
        )


def _warp_stretch(fine: _Fine, path: Indices, start: int, stop: int) -> Passage | None:
    """Return the passage of a stretch of the rough path.

    It reaches a little beyond its rough ends, but not beyond a pause beside them.
    """
    step = fine.step
    before = fine.pauses[np.searchsorted(fine.pauses, (start + 1) * step, "right") - 1]
    after = fine.pauses[np.searchsorted(fine.pauses, (stop - 1) * step)]
    first = max(round(start * step) - RADIUS, int(before))
    last = min(round(stop * step) + RADIUS, int(after))
    rows = (np.arange(start, stop) + 0.5) * step
    frames = (path[start:stop] + 0.5) * step
    centers = np.interp(np.arange(first, last) + 0.5, rows, frames).astype(np.int64)
    low = int(path[start] * step)
    high = min(len(fine.scorer.reference.silent), int((path[stop - 1] + 1) * step))
    return fine.warp(first, centers, slice(low, high))


def _fill_gaps(fine: _Fine, passages: Sequence[Passage], least: float) -> Iterator[Passage]:
    """Yield what lies between two passages and is spoken there after all.

    The rough search may miss a sentence that is like the reference when they are compared exactly.
    Words that were left out seldom have sound in their place that is as long; and beside sound that
    was put in, the words before or after it may have been taken for a part of it.

    Args:
        fine: What warps.
        passages: Those of the rough path.
        least: The lead that the words must have.
    """
    pace = _measure_pace(fine, passages)
    for rows, frames in _list_gaps(fine, passages):
        radius = max(RADIUS, (frames.stop - frames.start) // GAP_BAND)
        warped = []
        for room in _list_rooms(rows, round((frames.stop - frames.start) / pace)):
            line = np.linspace(frames.start, frames.stop - 1, room.stop - room.start)
            warped.append(fine.warp(room.start, line.astype(np.int64), frames, radius))
        best = max((passage for passage in warped if passage), key=_mean, default=None)
        if best and _mean(best) >= least:
            yield best


def _list_gaps(fine: _Fine, passages: Sequence[Passage]) -> Iterator[tuple[slice, slice]]:
    """Yield the frames of the recording and of the reference between two passages."""
    step = fine.scorer.reference.step
    starts = [(int(p.rows[0]), int(p.frames[0] / step)) for p in passages]
    ends = [(int(p.rows[-1]) + 1, int((p.frames[-1] + 1) / step)) for p in passages]
    starts.append((len(fine.scorer.recording.silent), len(fine.scorer.reference.silent)))
    for (row, frame), (last_row, last_frame) in zip([(0, 0), *ends], starts, strict=True):
        if min(last_row - row, last_frame - frame) >= SHORTEST_GAP:
            yield slice(row, last_row), slice(frame, last_frame)


def _measure_pace(fine: _Fine, passages: Sequence[Passage]) -> float:
    """Return how many frames of the reference there are for one of the recording."""
    rows = sum(passage.rows[-1] - passage.rows[0] + 1 for passage in passages)
    frames = sum(passage.frames[-1] - passage.frames[0] + 1 for passage in passages)
    return float(frames / fine.scorer.reference.step / rows)


def _list_rooms(rows: slice, length: int) -> list[slice]:
    """Return where in a gap words of this length may be: in all of it, or at one of its ends."""
    sound = rows.stop - rows.start
    if sound * GAP_PACE < length:
        return []
    if sound <= length * GAP_PACE:
        return [rows]
    room = min(sound, round(length * GAP_ROOM))
    return [slice(rows.start, rows.start + room), slice(rows.stop - room, rows.stop)]


def _score_others(others: Scorer, first: int, centers: Indices, span: slice, radius: int) -> Frames:
    """Return how alike the recording is to other speech that is warped as a passage is.

    Scores alone say little: they are learned from the very frames that they judge, and as high for
    the words of another text.
    """
    path, scores = warp(others, first, centers, span, radius)
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
