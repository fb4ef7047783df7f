"""Divide a run of tokens optimally, for utterances and for cues.

All divisions are weighed at once by dynamic programming, so the last piece is not just the
remainder of a greedy fill.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

# Weights chosen by hand for this project, on the scale of `line_breaking`'s costs.
OVERFULL_COST = 1000.0  # of a piece that is too long; chosen only if nothing else is possible
PIECE_COST = 1.0  # of each piece
RAGGED_COST = 0.5  # of an almost empty piece, beyond its PIECE_COST; a full one costs nothing more

PieceCost = Callable[[int, int], float]


def divide(breaks: Sequence[float], piece_cost: PieceCost) -> list[range]:
    """Return the division of a run of tokens with least cost.

    Args:
        breaks: The cost of ending a piece after each token, infinite where none may end. The last
            one must be finite.
        piece_cost: `piece_cost(i, j)` is the cost of a piece of the tokens i to j - 1, at least
            `PIECE_COST`. Once it reaches `OVERFULL_COST`, it must stay above as i decreases or j
            increases.

    Returns:
        The pieces in order, each as the range of its tokens' indices.

    >>> divide([0, 0, 0, 0], lambda i, j: fill_cost((j - i) / 2))
    [range(0, 2), range(2, 4)]
    """
    count = len(breaks)
    cost = [0.0] + [math.inf] * count
    previous = [0] * (count + 1)
    starts = [0]  # where a piece may begin
    first = 0  # among the starts: the first from which a piece is not too long, or the one before
    for end, break_cost in enumerate(breaks, 1):
        if break_cost == math.inf:
            continue
        while first + 1 < len(starts) and piece_cost(starts[first + 1], end) >= OVERFULL_COST:
            first += 1
        for start in starts[first:]:
            reached = cost[start] + break_cost
            if reached + PIECE_COST > cost[end]:
                continue  # cheaper than a piece can be, so that most are never weighed
            total = reached + piece_cost(start, end)
            if total <= cost[end]:
                cost[end], previous[end] = total, start
        starts.append(end)
    return _trace(previous, count)


def fill_cost(ratio: float) -> float:
    """Return the cost of a piece by how full it is.

    Args:
        ratio: The piece's length divided by the length allowed; above 1 it is too long.

    >>> fill_cost(1.0), fill_cost(0.5), fill_cost(1.5)
    (1.0, 1.125, 1500.0)
    """
    if ratio > 1:
        return OVERFULL_COST * ratio
    return PIECE_COST + RAGGED_COST * (1 - ratio) ** 2


def _trace(previous: Sequence[int], end: int) -> list[range]:
    """Return the pieces of the cheapest division.

    `previous[i]` is the start of the piece that ends at i.
    """
    pieces = []
    while end > 0:
        pieces.append(range(previous[end], end))
        end = previous[end]
    return pieces[::-1]
