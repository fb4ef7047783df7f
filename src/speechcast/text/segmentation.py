"""The best division of a run of tokens: into lines an engine can take, and into cues.

All divisions are weighed at once, so the last piece is never what a greedy fill happened to leave.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

OVERFULL_COST = 1000.0  # the cost of a piece that holds too much; taken only where nothing less exists
PIECE_COST = 1.0  # the cost of one more piece
RAGGED_COST = 0.5  # of an (almost) empty one, beyond its PIECE; a full one costs no more

PieceCost = Callable[[int, int], float]


def divide(breaks: Sequence[float], piece_cost: PieceCost) -> list[range]:
    """The places of each piece's tokens, at the least total cost.

    `breaks[i]` is the cost of ending a piece after token i, infinite where none may end; the last
    one must be finite. `piece(i, j)` is the cost of a piece of tokens i to j-1; from `TOO_MUCH`
    on it may only grow as i goes down.
    """
    count = len(breaks)
    cost = [0.0] + [math.inf] * count
    previous = [0] * (count + 1)
    for end in range(1, count + 1):
        if breaks[end - 1] == math.inf:
            continue
        for start in range(end - 1, -1, -1):
            if cost[start] == math.inf:
                continue
            this_cost = piece_cost(start, end)
            total = cost[start] + breaks[end - 1] + this_cost
            if total < cost[end]:
                cost[end], previous[end] = total, start
            if this_cost >= OVERFULL_COST:
                break
    return _trace(previous, count)


def fill_cost(ratio: float) -> float:
    """The cost of a piece that is `filled` to a part of what it may hold."""
    if ratio > 1:
        return OVERFULL_COST * ratio
    return PIECE_COST + RAGGED_COST * (1 - ratio) ** 2


def _trace(previous: Sequence[int], end: int) -> list[range]:
    pieces = []
    while end > 0:
        pieces.append(range(previous[end], end))
        end = previous[end]
    return pieces[::-1]
