"""Warp a passage of the reference to the recording, frame by frame, near a rough path.

This is dynamic time warping (Sakoe and Chiba 1978) in a band around the path. A frame is at most
doubled or left out between two others, except in a silence. The passage may begin and end a little
earlier or later than the path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .likeness import Scorer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .features import Frames

    Indices = NDArray[np.int64]

RADIUS = 30  # frames of the reference on either side of the path
STAY = SKIP = 0.4  # the costs of a frame heard twice, and of one not heard
_NEVER = np.float32(-1e30)
_BATCH = 500  # rows that are scored at once
_STEP, _JUMP = 0, 1


def warp(
    scorer: Scorer, first: int, centers: Indices, span: slice, radius: int = RADIUS
) -> tuple[Indices, Frames]:
    """Return the frame of the reference that is heard in each row, and its score.

    Args:
        scorer: Scores the recording against the reference.
        first: The first row, a frame of the recording.
        centers: For each row from `first` on, where the path is, shape (rows,), never falling.
        span: The frames of the reference that belong to the passage.
        radius: How many frames of the reference are tried on either side of the path.

    Returns:
        int64 and float32, both of shape (rows,). The frames are -1 before the passage begins and
        after it ends.
    """
    scores = _band_scores(scorer, first, centers, span, radius)
    silent = scorer.reference.silent[_clip_band(centers, span, radius)]
    return _search(scores, silent, centers, span)


def _clip_band(centers: Indices, span: slice, radius: int) -> NDArray[np.int32]:
    """Return the frames in the band, those beyond the passage replaced by its edges."""
    columns = centers.astype(np.int32)[:, None] + np.arange(-radius, radius + 1, dtype=np.int32)
    return np.clip(columns, np.int32(span.start), np.int32(span.stop - 1))


def _band_scores(scorer: Scorer, first: int, centers: Indices, span: slice, radius: int) -> Frames:
    """Return the scores in the band, float32, shape (rows, width); never beyond the passage."""
    bands = np.empty((len(centers), 2 * radius + 1), np.float32)
    offsets = np.arange(-radius, radius + 1)
    for start in range(0, len(centers), _BATCH):
        columns = centers[start : start + _BATCH, None] + offsets
        part = np.clip(columns, span.start, span.stop - 1)
        lowest = int(part.min())
        rows = slice(first + start, first + start + len(part))
        block = scorer.block(rows, slice(lowest, int(part.max()) + 1))
        scores = np.take_along_axis(block, part - lowest, axis=1)
        bands[start : start + _BATCH] = np.where(part == columns, scores, _NEVER)
    return bands


def _search(
    scores: Frames, silent: NDArray[np.bool_], centers: Indices, span: slice
) -> tuple[Indices, Frames]:
    """Find the best path through a band; see `warp`."""
    rows, width = scores.shape
    radius = width // 2
    steps = np.zeros((rows, width), np.int8)
    stayed = np.zeros((rows, width), np.bool_)
    entered = np.zeros(rows, np.bool_)
    ends = np.full(rows, _NEVER, np.float32)
    pad = int(np.diff(centers, prepend=centers[0]).max()) + 2
    nowhere = np.full(width + pad + 2, _NEVER, np.float32)
    once, again = nowhere[:width].copy(), nowhere[:width].copy()
    for row in range(rows):
        shift = int(centers[row] - centers[row - 1]) if row else 0
        held_once, held_again, best = (nowhere.copy() for _ in range(3))
        held_once[2 : width + 2], held_again[2 : width + 2] = once, again
        np.maximum(held_once, held_again, out=best)
        here = slice(shift + 2, shift + 2 + width)
        stepped = best[shift + 1 : shift + 1 + width]
        sounding = ~silent[row]
        jumped = best[shift : shift + width] - np.float32(SKIP) * sounding
        np.greater(jumped, stepped, out=steps[row], casting="unsafe")
        came = np.maximum(jumped, stepped)
        start = span.start - int(centers[row]) + radius
        if 0 <= start < width and came[start] < 0:
            came[start], entered[row] = 0, True
        held = np.where(silent[row], best[here], held_once[here])
        held -= np.float32(STAY) * sounding
        once, again = came + scores[row], held + scores[row]
        np.greater(again, once, out=stayed[row])
        end = span.stop - 1 - int(centers[row]) + radius
        if 0 <= end < width:
            ends[row] = max(once[end], again[end])
    return _trace(scores, silent, centers, span, (steps, stayed, entered, ends))


def _trace(
    scores: Frames,
    silent: NDArray[np.bool_],
    centers: Indices,
    span: slice,
    choices: tuple[NDArray[np.int8], NDArray[np.bool_], NDArray[np.bool_], Frames],
) -> tuple[Indices, Frames]:
    """Follow the best path back from where it ends."""
    steps, stayed, entered, ends = choices
    radius = scores.shape[1] // 2
    path = np.full(len(scores), -1, np.int64)
    gains = np.zeros(len(scores), np.float32)
    row = int(ends.argmax())
    if ends[row] <= _NEVER / 2:
        return path, gains
    frame = span.stop - 1
    layer = int(stayed[row, frame - centers[row] + radius])
    while row >= 0:
        column = frame - int(centers[row]) + radius
        path[row], gains[row] = frame, scores[row, column]
        if not layer and entered[row] and frame == span.start:
            break
        held_silently = layer and silent[row, column]
        held = bool(layer)
        frame -= 0 if layer else 1 + int(steps[row, column])
        row -= 1
        if row < 0:
            break
        before = frame - int(centers[row]) + radius
        layer = int(stayed[row, before]) if held_silently or not held else 0
    return path, gains
