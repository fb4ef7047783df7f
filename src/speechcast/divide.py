"""The best division of a run of tokens: for lines an engine can take, and for cues.

All divisions are weighed at once, so the last piece is never what a greedy fill happened to leave.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

RAGGED = 0.5  # the cost of an (almost) empty piece; a full one costs nothing beyond its PIECE
PIECE = 1.0  # the cost of one more piece

Width = Callable[[int, int], float]


def divide(breaks: Sequence[float], width: Width, limit: float) -> list[int]:
    """Where to end each piece of `len(breaks)` tokens, at the least total cost.

    `breaks[i]` is the cost of ending a piece after token i (`math.inf`: never), `width(i, j)` how
    much tokens i to j-1 take of `limit`. A piece passes the limit only where it cannot be divided.
    Returns the pieces' ends, ascending, the last one `len(breaks)`.
    """
    count = len(breaks)
    cost = [0.0] + [math.inf] * count
    came = [0] * (count + 1)
    for end in range(1, count + 1):
        if breaks[end - 1] == math.inf and end < count:
            continue
        at_end = 0.0 if end == count else breaks[end - 1]
        for start in range(end - 1, -1, -1):
            if cost[start] == math.inf:
                continue
            filled = width(start, end) / limit
            total = cost[start] + at_end + _piece(filled)
            if total < cost[end]:
                cost[end], came[end] = total, start
            if filled > 1:
                break  # any longer piece is worse
    return _trace(came, count)


def _piece(filled: float) -> float:
    if filled > 1:
        return 1000.0 * filled  # only where nothing shorter exists
    return PIECE + RAGGED * (1 - filled) ** 2


def _trace(came: Sequence[int], end: int) -> list[int]:
    ends = []
    while end > 0:
        ends.append(end)
        end = came[end]
    return ends[::-1]
