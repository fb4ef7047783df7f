"""Find what of a text is in a recording, and where, by dynamic programming.

It is a Viterbi search through the frames of the recording. Its states are the frames of the
reference, one after the other, and, between any two words, sound that is not in the text. From
there the text goes on with the same word or with a later one. So words that were left out and
sound that was added cost something, and do not blur what stands beside them.

Frames are at most doubled or halved, except where both are silent. The recording is worked through
in blocks; only the state at their edges is stored, and each block is searched again on the way
back, so that the memory grows with the length of the recording and not with its square.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .likeness import Scorer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .features import Frames

    Indices = NDArray[np.int64]

STAY = 0.6  # the cost of a frame of the reference that is heard twice
SKIP = 0.6  # … of one that is not heard
LEAVE = 12.0  # … of sound that is not in the text
OMIT = 6.0  # … of going on with a later word
BLOCK = 256  # frames of the recording
REACH = 40_000  # frames of the reference, before and after the best state, that are searched
_NEVER = np.float32(-1e30)


@dataclass(frozen=True, slots=True, eq=False)
class Boundaries:
    """Where the search may leave the text and enter it again.

    Attributes:
        first: The first frame of each word, shape (words,).
        last: The last frame of each word, shape (words,).
    """

    first: Indices
    last: Indices


class _Rows(NamedTuple):
    """The state of the search after a frame of the recording.

    Attributes:
        once: The best score of a path that has just come to a frame, shape (frames,).
        again: … of one that stays there, shape (frames,).
        outside: … of one that is outside the text before each word or after the last, shape
            (words + 1,).
    """

    once: Frames
    again: Frames
    outside: Frames


class _Choices(NamedTuple):
    """How the best paths came to their states, a row for each frame of a block."""

    steps: NDArray[np.int8]  # to each frame: by STEP, JUMP or ENTRY
    stayed: NDArray[np.bool_]  # whether `again` is the better of the two states of a frame
    left: NDArray[np.bool_]  # whether `outside` was reached with this frame
    sources: NDArray[np.int32]  # of an entry: which of `outside` it came from


_STEP, _JUMP, _ENTRY = 0, 1, 2


def match(scorer: Scorer, boundaries: Boundaries) -> Indices:
    """Return which frame of the reference is heard in each frame of the recording.

    Returns:
        int64, shape (frames,); -1 for sound that is not in the text.
    """
    return _Search(scorer, boundaries).run()


class _Search:
    """The search of one recording."""

    def __init__(self, scorer: Scorer, boundaries: Boundaries) -> None:
        self.scorer = scorer
        self.first, self.last = boundaries.first, boundaries.last
        self.silent = scorer.reference.silent
        self.length = len(scorer.recording.silent)
        hushed = self.silent.astype(np.float32)
        self.skip = np.asarray(SKIP * (1 - np.roll(hushed, 1)), np.float32)
        self.stay = np.asarray(STAY * (1 - hushed), np.float32)

    def run(self) -> Indices:
        states = [self._begin()]
        windows: list[slice] = []
        for start in range(0, self.length, BLOCK):
            windows.append(self._window(states[-1]))
            states.append(self._search_block(start, windows[-1], states[-1])[0])
        outside = states[-1].outside.copy()
        outside[:-1] -= OMIT
        path = np.full(self.length, -1, np.int64)
        state = (-1, 0, int(outside.argmax()))
        for number in range(len(windows) - 1, -1, -1):
            start = number * BLOCK
            _, choices = self._search_block(start, windows[number], states[number])
            last = states[number]
            stayed = last.again > last.once
            state = self._trace_block(path, start, windows[number], choices, stayed, state)
            states.pop()
        return path

    def _begin(self) -> _Rows:
        nowhere = np.full(len(self.silent), _NEVER, np.float32)
        outside = np.full(len(self.first) + 1, _NEVER, np.float32)
        outside[0] = 0
        return _Rows(nowhere, nowhere.copy(), outside)

    def _window(self, rows: _Rows) -> slice:
        """Return the frames of the reference that a block is searched in."""
        best = np.maximum(rows.once, rows.again)
        middle = int(best.argmax())
        if best[middle] <= _NEVER / 2:
            middle = 0
        return slice(max(0, middle - REACH), min(len(best), middle + REACH))

    def _search_block(self, start: int, window: slice, rows: _Rows) -> tuple[_Rows, _Choices]:
        """Return the state after a block, and the choices in it."""
        stop = min(start + BLOCK, self.length)
        scores = self.scorer.block(slice(start, stop), window)
        size = window.stop - window.start
        lo, hi = np.searchsorted(self.first, (window.start, window.stop))
        first = self.first[lo:hi] - window.start
        last = self.last[lo:hi] - window.start
        reachable = last < size
        leaving, ends = np.arange(lo, hi)[reachable] + 1, last[reachable]
        silent = self.silent[window]
        skip, stay = self.skip[window], self.stay[window]
        choices = _Choices(
            np.zeros((stop - start, size), np.int8),
            np.zeros((stop - start, size), np.bool_),
            np.zeros((stop - start, len(rows.outside)), np.bool_),
            np.zeros((stop - start, len(first)), np.int32),
        )
        once, again = rows.once[window], rows.again[window]
        outside = rows.outside.copy()
        numbers = np.arange(len(outside), dtype=np.int32)
        for row, score in enumerate(scores):
            best = np.maximum(once, again)
            stepped = np.full(size, _NEVER, np.float32)
            stepped[1:] = best[:-1]
            jumped = np.full(size, _NEVER, np.float32)
            jumped[2:] = best[:-2] - skip[2:]
            jumps = jumped > stepped
            came = np.where(jumps, jumped, stepped)
            highest = np.maximum.accumulate(outside)
            sources = np.maximum.accumulate(np.where(outside == highest, numbers, 0))
            omitted = highest - np.float32(OMIT)
            entry = np.maximum(omitted, outside)[lo:hi]
            choices.sources[row] = np.where(omitted > outside, sources, numbers)[lo:hi]
            steps = choices.steps[row]
            steps[:] = jumps
            enters = entry > came[first]
            steps[first[enters]] = _ENTRY
            came[first[enters]] = entry[enters]
            held = np.where(silent, best, once) - stay
            once, again = came + score, held + score
            np.greater(again, once, out=choices.stayed[row])
            exits = np.maximum(once[ends], again[ends]) - np.float32(LEAVE)
            leaves = exits > outside[leaving]
            choices.left[row, leaving] = leaves
            outside[leaving] = np.maximum(outside[leaving], exits)
        after = _Rows(np.full_like(rows.once, _NEVER), np.full_like(rows.once, _NEVER), outside)
        after.once[window], after.again[window] = once, again
        return after, choices

    def _trace_block(  # noqa: PLR0913
        self,
        path: Indices,
        start: int,
        window: slice,
        choices: _Choices,
        stayed_before: NDArray[np.bool_],
        state: tuple[int, int, int],
    ) -> tuple[int, int, int]:
        """Follow the best path back through a block.

        Args:
            path: Gets the frame of the reference for each frame of the recording.
            start: The first frame of the block.
            window: The frames of the reference that it was searched in.
            choices: How the best paths went.
            stayed_before: Whether `again` was the better state before the block.
            state: The frame of the reference and whether the path stays there (1); or -1, 0, and
                which of `outside`.
        """
        frame, layer, gap = state
        lo = int(np.searchsorted(self.first, window.start))
        for row in range(len(choices.steps) - 1, -1, -1):
            if frame < 0 and choices.left[row, gap]:
                frame = int(self.last[gap - 1])
                layer = int(choices.stayed[row, frame - window.start])
            if frame < 0:
                continue
            path[start + row] = frame
            column = frame - window.start

            def better(column: int, row: int = row) -> int:
                if row:
                    return int(choices.stayed[row - 1, column])
                return int(stayed_before[column + window.start])

            if layer:
                layer = better(column) if self.silent[frame] else 0
                continue
            step = int(choices.steps[row, column])
            if step == _ENTRY:
                word = int(np.searchsorted(self.first, frame))
                gap, frame, layer = int(choices.sources[row, word - lo]), -1, 0
            else:
                frame -= 1 + step
                layer = better(column - 1 - step)
        return frame, layer, gap
