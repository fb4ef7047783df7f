"""Find what of a text is in a recording, and where, by dynamic programming.

It is a Viterbi search through the frames of the recording. Its states are the frames of the
reference, one after the other, and, between any two words, sound that is not in the text. From
there the text goes on with the same word or with a later one. So words that were left out and
sound that was added cost something, and do not blur what stands beside them.

Frames are at most doubled or halved, except where both are silent. The recording is worked through
in blocks; only the state at their edges is stored, and each block is searched again on the way
back, so that little more than the product of blocks and frames is in memory. All of the reference
is searched, or what lies near a path that was found before at a coarser step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..warping.likeness import Features, Scorer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..warping.features import Frames

    Indices = NDArray[np.int64]

STAY = 0.6  # the cost of a frame of the reference that is heard twice
SKIP = 0.6  # … of one that is not heard
LEAVE = 12.0  # … of sound that is not in the text
OMIT = 6.0  # … of going on with a later word
INSIDE = 6.0  # … and the more of either, where the text has no pause
HALFWAY = 15.0  # … and the more, within a sentence: people go back to where one begins
UNPAUSED = 8.0  # … of leaving the text and of entering it, where the recording has no pause
BLOCK = 256  # frames of the recording
MARGIN = 600  # frames searched on either side of an earlier path; more than a sentence has
_NEVER = np.float32(-1e30)


@dataclass(frozen=True, slots=True, eq=False)
class Boundaries:
    """Where the search may leave the text and enter it again.

    Attributes:
        first: The first frame of each word, shape (words,).
        last: The last frame of each word, shape (words,).
        pauses: Whether the text has a pause before each word, shape (words,).
        sentences: Whether a sentence begins with it, shape (words,).
    """

    first: Indices
    last: Indices
    pauses: NDArray[np.bool_]
    sentences: NDArray[np.bool_]

    def at_pauses(self) -> Boundaries:
        """Return those that have a pause, the words between them as one."""
        chosen = np.flatnonzero(self.pauses)
        last = np.append(chosen[1:], len(self.last)) - 1
        return Boundaries(
            self.first[chosen], self.last[last], self.pauses[chosen], self.sentences[chosen]
        )

    def costs(self) -> Frames:
        """Return what it costs to part the text before each word and after the last one."""
        inside, halfway = (~np.append(flags, True) for flags in (self.pauses, self.sentences))
        return np.asarray(INSIDE * inside + HALFWAY * halfway, np.float32)


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


def match(
    scorer: Scorer,
    boundaries: Boundaries,
    near: Indices | None = None,
    paused: NDArray[np.bool_] | None = None,
    cost: float = 1.0,
) -> Indices:
    """Return which frame of the reference is heard in each frame of the recording.

    Args:
        scorer: Scores the recording against the reference.
        boundaries: The words of the reference.
        near: A path near which the best one is, as this function returns it; None to search the
            whole reference.
        paused: Whether the recording has a pause before each frame and after the last one, shape
            (frames + 1,); None if that is not known.
        cost: By which the costs of parting from the text are multiplied; more where a second has
            more frames, as each of them has a score.

    Returns:
        int64, shape (frames,); -1 for sound that is not in the text.
    """
    return _Search(scorer, boundaries, near, paused, cost).run()


def expand(path: Indices, times: int, recording: Features, reference: Features) -> Indices:
    """Return a path at the finer step of these features."""
    rows = np.arange(len(recording.silent))
    coarse = path[np.minimum(rows // times, len(path) - 1)]
    frames = np.where(coarse >= 0, coarse * times + rows % times, -1)
    return np.minimum(frames, len(reference.silent) - 1).astype(np.int64)


def _find_windows(near: Indices | None, rows: int, columns: int) -> list[slice]:
    """Return the frames of the reference that each block of the recording is searched in."""
    blocks = range(0, rows, BLOCK)
    if near is None or not (near >= 0).any():
        return [slice(0, columns)] * len(blocks)
    heard = np.flatnonzero(near >= 0)
    windows = []
    for start in blocks:
        first = max(0, int(np.searchsorted(heard, start)) - 1)
        last = min(len(heard) - 1, int(np.searchsorted(heard, start + BLOCK)))
        low = 0 if start < heard[0] else int(near[heard[first]]) - MARGIN
        high = columns if start + BLOCK > heard[-1] else int(near[heard[last]]) + MARGIN
        windows.append(slice(max(0, low), min(columns, high)))
    return windows


def _nowhere(size: int) -> Frames:
    return np.full(size, _NEVER, np.float32)


class _Search:
    """The search of one recording."""

    def __init__(
        self,
        scorer: Scorer,
        boundaries: Boundaries,
        near: Indices | None,
        paused: NDArray[np.bool_] | None,
        cost: float,
    ) -> None:
        self.scorer = scorer
        self.first, self.last = boundaries.first, boundaries.last
        self.silent = scorer.reference.silent
        self.length = len(scorer.recording.silent)
        self.windows = _find_windows(near, self.length, len(self.silent))
        self.skip = np.asarray(SKIP * ~np.roll(self.silent, 1), np.float32)
        self.stay = np.asarray(STAY * ~self.silent, np.float32)
        # A frame that is not silent is held once at the most.
        self.hold = np.where(self.silent, 0, -_NEVER).astype(np.float32)
        parting = boundaries.costs()
        self.leave, self.omit = cost * (LEAVE + parting), cost * (OMIT + parting)
        unpaused = np.zeros(self.length + 1) if paused is None else ~paused
        self.cross = np.asarray(cost * UNPAUSED * unpaused, np.float32)

    def run(self) -> Indices:
        """Return the best path; see `match`."""
        states = [self._begin()]
        for start in range(0, self.length, BLOCK):
            states.append(self._search_block(start, states[-1])[0])
        outside = states.pop().outside
        outside[:-1] -= self.omit[-1]
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

    def _search_block(self, start: int, before: _Rows) -> tuple[_Rows, _Choices]:
        """Return the state after a block, and the choices in it."""
        window = self.windows[start // BLOCK]
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
            crossing = self.cross[start + row : start + row + 2]
            state = self._advance(state, score, words, choices, row, crossing)
        return state, choices

    def _advance(  # noqa: PLR0913 the state of the search and where to note
        self,
        state: _Rows,
        score: Frames,
        words: slice,
        choices: _Choices,
        row: int,
        crossing: Frames,
    ) -> _Rows:
        """Return the state after another frame, with these scores, and note the choices.

        `crossing` is what it costs to enter the text before the frame and to leave it after.
        """
        window, once, again, outside = state
        came = self._step(np.maximum(once, again), window, choices.steps[row])
        self._enter(came, outside, words, window.start, choices, row, crossing[0])
        again -= self.hold[window]
        np.maximum(once, again, out=again)
        again -= self.stay[window]
        again += score
        once = np.add(came, score, out=came)
        np.greater(again, once, out=choices.stayed[row + 1])
        inside = self.last[words] < window.stop
        ends = self.last[words][inside] - window.start
        gaps = np.arange(words.start + 1, words.stop + 1)[inside]
        exits = np.maximum(once[ends], again[ends]) - self.leave[gaps] - crossing[1]
        choices.left[row, gaps] = exits > outside[gaps]
        outside[gaps] = np.maximum(outside[gaps], exits)
        return _Rows(window, once, again, outside)

    def _step(self, best: Frames, window: slice, steps: NDArray[np.int8]) -> Frames:
        """Return the best scores of a step or a jump to each frame, and note which it is."""
        jumped = best[:-2] - self.skip[window][2:]
        came = np.empty_like(best)
        came[0] = _NEVER
        came[1:] = best[:-1]
        np.greater(jumped, came[2:], out=steps[2:].view(np.bool_))
        np.maximum(jumped, came[2:], out=came[2:])
        return came

    def _enter(  # noqa: PLR0913 the state of the search and where to note
        self,
        came: Frames,
        outside: Frames,
        words: slice,
        start: int,
        choices: _Choices,
        row: int,
        crossing: np.float32,
    ) -> None:
        """Raise the scores of frames that are better entered from outside, and note it."""
        numbers = np.arange(len(outside), dtype=np.int32)
        highest = np.maximum.accumulate(outside)
        sources = np.maximum.accumulate(np.where(outside == highest, numbers, 0))
        omitted = highest - self.omit
        choices.sources[row] = np.where(omitted > outside, sources, numbers)[words]
        entry = np.maximum(omitted, outside)[words] - crossing
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
