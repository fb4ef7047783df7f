"""The best division of a run of tokens: into lines an engine can take, and into cues.

All divisions are weighed at once, so the last piece is never what a greedy fill happened to leave.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

TOO_MUCH = 1000.0  # the cost of a piece that holds too much; taken only where nothing less exists
PIECE = 1.0  # the cost of one more piece
RAGGED = 0.5  # of an (almost) empty one, beyond its PIECE; a full one costs no more

Cost = Callable[[int, int], float]


def divide(breaks: Sequence[float], piece: Cost) -> list[range]:
    """The places of each piece's tokens, at the least total cost.

    `breaks[i]` is the cost of ending a piece after token i, infinite where none may end; the last
    one must be finite. `piece(i, j)` is the cost of a piece of tokens i to j-1; from `TOO_MUCH`
    on it may only grow as i goes down.
    """
    count = len(breaks)
    cost = [0.0] + [math.inf] * count
    came = [0] * (count + 1)
    for end in range(1, count + 1):
        if breaks[end - 1] == math.inf:
            continue
        for start in range(end - 1, -1, -1):
            if cost[start] == math.inf:
                continue
            own = piece(start, end)
            total = cost[start] + breaks[end - 1] + own
            if total < cost[end]:
                cost[end], came[end] = total, start
            if own >= TOO_MUCH:
                break
    return _trace(came, count)


def filling(filled: float) -> float:
    """The cost of a piece that is `filled` to a part of what it may hold."""
    if filled > 1:
        return TOO_MUCH * filled
    return PIECE + RAGGED * (1 - filled) ** 2


def _trace(came: Sequence[int], end: int) -> list[range]:
    pieces = []
    while end > 0:
        pieces.append(range(came[end], end))
        end = came[end]
    return pieces[::-1]
