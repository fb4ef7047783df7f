"""Find what of a text is in a recording, and where, by dynamic programming.

It is a Viterbi search through the frames of the recording. Its states are the frames of the
reference, one after the other, and, between any two words, sound that is not in the text. From
there the text goes on with the same word or with a later one. So words that were left out and
sound that was added cost something, and do not blur what stands beside them.

Frames are at most doubled or halved, except where both are silent. The recording is worked through
in blocks; only the state at their edges is stored, and each block is searched again on the way
back, so that the memory grows with the length of the recording and not with its square. Of the
reference, some minutes around the best state are searched.
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
INSIDE = 6.0  # … and the more, where the text has no pause
OMIT = 6.0  # … of going on with a later word
BLOCK = 256  # frames of the recording
BEHIND, AHEAD = 3_000, 10_000  # frames of the reference around the best state that are searched
NEAR = 100.0  # of the best score: the first state with as much sets the window
_NEVER = np.float32(-1e30)


@dataclass(frozen=True, slots=True, eq=False)
class Boundaries:
    """Where the search may leave the text and enter it again.

    Attributes:
        first: The first frame of each word, shape (words,).
        last: The last frame of each word, shape (words,).
        pauses: Whether the text has a pause before each word, shape (words,).
    """

    first: Indices
    last: Indices
    pauses: NDArray[np.bool_]


class _Rows(NamedTuple):
    """The state of the search after a frame of the recording.

    Attributes:
        window: The frames of the reference that were searched.
        once: The best score of a path that has just come to a frame of the window, shape (frames,).
        again: … of one that stays there, shape (frames,).
        outside: … of one that is outside the text before each word or after the last, shape
            (words + 1,).
    """

    window: slice
    once: Frames
    again: Frames
    outside: Frames

    def moved(self, window: slice) -> _Rows:
        """Return the state in another window."""
        size = window.stop - window.start
        once, again = _nowhere(size), _nowhere(size)
        start, stop = max(window.start, self.window.start), min(window.stop, self.window.stop)
        if start < stop:
            there = slice(start - window.start, stop - window.start)
            here = slice(start - self.window.start, stop - self.window.start)
            once[there], again[there] = self.once[here], self.again[here]
        return _Rows(window, once, again, self.outside.copy())


class _Choices(NamedTuple):
    """How the best paths came to their states, a row for each frame of a block."""

    steps: NDArray[np.int8]  # to each frame: by a step, a jump or an entry
    stayed: NDArray[np.bool_]  # whether `again` is the better state, from before the block on
    left: NDArray[np.bool_]  # whether `outside` was reached with this frame
    sources: NDArray[np.int32]  # of an entry: which of `outside` it came from


class _State(NamedTuple):
    """Where the best path is: at a frame of the reference, or outside (-1) in a gap."""

    frame: int
    stays: bool
    gap: int


_JUMP, _ENTRY = 1, 2  # a step is 0


def match(scorer: Scorer, boundaries: Boundaries) -> Indices:
    """Return which frame of the reference is heard in each frame of the recording.

    Returns:
        int64, shape (frames,); -1 for sound that is not in the text.
    """
    return _Search(scorer, boundaries).run()


def _nowhere(size: int) -> Frames:
    return np.full(size, _NEVER, np.float32)


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
        inside = ~np.append(boundaries.pauses, True)
        self.leave = np.asarray(LEAVE + INSIDE * inside, np.float32)

    def run(self) -> Indices:
        """Return the best path; see `match`."""
        states = [self._begin()]
        for start in range(0, self.length, BLOCK):
            states.append(self._search_block(start, states[-1])[0])
        outside = states.pop().outside
        outside[:-1] -= OMIT
        path = np.full(self.length, -1, np.int64)
        state = _State(-1, False, int(outside.argmax()))
        for start in range((len(states) - 1) * BLOCK, -1, -BLOCK):
            after, choices = self._search_block(start, states.pop())
            state = self._trace_block(path[start : start + BLOCK], after.window, choices, state)
        return path

    def _begin(self) -> _Rows:
        outside = _nowhere(len(self.first) + 1)
        outside[0] = 0
        return _Rows(slice(0, 0), _nowhere(0), _nowhere(0), outside)

    def _window(self, rows: _Rows) -> slice:
        """Return the frames of the reference that the next block is searched in."""
        best = np.maximum(rows.once, rows.again)
        gap = int(rows.outside.argmax())
        middle = int(self.first[gap]) if gap < len(self.first) else len(self.silent)
        if len(best) and best.max() > rows.outside[gap]:
            middle = rows.window.start + int(np.argmax(best >= best.max() - NEAR))
        return slice(max(0, middle - BEHIND), min(len(self.silent), middle + AHEAD))

    def _search_block(self, start: int, before: _Rows) -> tuple[_Rows, _Choices]:
        """Return the state after a block, and the choices in it."""
        window = self._window(before)
        rows = slice(start, min(start + BLOCK, self.length))
        scores = self.scorer.block(rows, window)
        first, last = np.searchsorted(self.first, (window.start, window.stop))
        words = slice(int(first), int(last))
        shape = (len(scores), window.stop - window.start)
        choices = _Choices(
            np.zeros(shape, np.int8),
            np.zeros((shape[0] + 1, shape[1]), np.bool_),
            np.zeros((shape[0], len(before.outside)), np.bool_),
            np.zeros((shape[0], words.stop - words.start), np.int32),
        )
        state = before.moved(window)
        np.greater(state.again, state.once, out=choices.stayed[0])
        for row, score in enumerate(scores):
            state = self._advance(state, score, words, choices, row)
        return state, choices

    def _advance(
        self, state: _Rows, score: Frames, words: slice, choices: _Choices, row: int
    ) -> _Rows:
        """Return the state after another frame, with these scores, and note the choices."""
        window, once, again, outside = state
        best = np.maximum(once, again)
        came = self._step(best, window, choices.steps[row])
        self._enter(came, outside, words, window.start, choices, row)
        held = np.where(self.silent[window], best, once) - self.stay[window]
        once, again = came + score, held + score
        np.greater(again, once, out=choices.stayed[row + 1])
        inside = self.last[words] < window.stop
        ends = self.last[words][inside] - window.start
        gaps = np.arange(words.start + 1, words.stop + 1)[inside]
        exits = np.maximum(once[ends], again[ends]) - self.leave[gaps]
        choices.left[row, gaps] = exits > outside[gaps]
        outside[gaps] = np.maximum(outside[gaps], exits)
        return _Rows(window, once, again, outside)

    def _step(self, best: Frames, window: slice, steps: NDArray[np.int8]) -> Frames:
        """Return the best scores of a step or a jump to each frame, and note which it is."""
        stepped, jumped = _nowhere(len(best)), _nowhere(len(best))
        stepped[1:] = best[:-1]
        jumped[2:] = best[:-2] - self.skip[window][2:]
        np.greater(jumped, stepped, out=steps)
        return np.maximum(jumped, stepped)

    def _enter(  # noqa: PLR0913 the state of the search and where to note
        self, came: Frames, outside: Frames, words: slice, start: int, choices: _Choices, row: int
    ) -> None:
        """Raise the scores of frames that are better entered from outside, and note it."""
        numbers = np.arange(len(outside), dtype=np.int32)
        highest = np.maximum.accumulate(outside)
        sources = np.maximum.accumulate(np.where(outside == highest, numbers, 0))
        omitted = highest - np.float32(OMIT)
        choices.sources[row] = np.where(omitted > outside, sources, numbers)[words]
        entry = np.maximum(omitted, outside)[words]
        frames = self.first[words] - start
        better = entry > came[frames]
        came[frames[better]] = entry[better]
        choices.steps[row, frames[better]] = _ENTRY

    def _trace_block(
        self, path: Indices, window: slice, choices: _Choices, state: _State
    ) -> _State:
        """Follow the best path back through a block, into `path`; return where it came from."""
        word = int(np.searchsorted(self.first, window.start))
        for row in range(len(path) - 1, -1, -1):
            if state.frame < 0 and choices.left[row, state.gap]:
                frame = int(self.last[state.gap - 1])
                stays = bool(choices.stayed[row + 1, frame - window.start])
                state = _State(frame, stays, -1)
            if state.frame < 0:
                continue
            path[row] = frame = state.frame
            step = int(choices.steps[row, frame - window.start])
            if state.stays:
                stays = self.silent[frame] and choices.stayed[row, frame - window.start]
                state = _State(frame, bool(stays), -1)
            elif step == _ENTRY:
                number = int(np.searchsorted(self.first, frame)) - word
                state = _State(-1, False, int(choices.sources[row, number]))
            else:
                frame -= 1 + (step == _JUMP)
                state = _State(frame, bool(choices.stayed[row, frame - window.start]), -1)
        return state
