"""The best division of a sentence's tokens: into lines an engine can take, and into cues.

All divisions are weighed at once, so the last piece is never what a greedy fill happened to leave.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise

from .model import Token

OPENERS = frozenset("“‘「『（(【《〈［[")
# Words that lean on the one before them; no piece begins with one.
ENCLITICS = frozenset("的 了 着 们 地 得 吗 呢 吧 啊 呀".split())
CLOSERS = frozenset("”’」』）)】》〉］]\"'")

# What ending a piece costs: after a mark, seen through closing quotes and spaces, or between words.
_AFTER = (
    (0.0, "；;。．！？!?"),
    (0.05, "：:，,"),
    (0.15, "—…"),
    (0.3, "、"),
)
_BETWEEN_WORDS = 1.5
_PIECE = 1.0  # one more piece
_RAGGED = 0.5  # an (almost) empty piece, beyond its _PIECE; a full one costs no more

Width = Callable[[int, int], float]


def divide(tokens: Sequence[Token], width: Width, limit: float) -> list[range]:
    """The places of each piece's tokens, at the least total cost.

    `width(i, j)` is how much tokens i to j-1 take of `limit`; a piece passes the limit only where
    it cannot be divided. Every piece holds something heard, no mark is parted from what it
    follows, no opening quote or bracket from what it opens.
    """
    breaks = _break_costs(tokens)
    heard = list(accumulate((t.voiced for t in tokens), initial=0))
    count = len(tokens)
    cost = [0.0] + [math.inf] * count
    came = [0] * (count + 1)
    for end in range(1, count + 1):
        if breaks[end - 1] == math.inf:
            continue
        for start in range(end - 1, -1, -1):
            if heard[start] == heard[end] and start:
                continue
            filled = width(start, end) / limit
            total = cost[start] + breaks[end - 1] + _piece(filled)
            if total < cost[end]:
                cost[end], came[end] = total, start
            if filled > 1 and cost[end] < math.inf:
                break  # any longer piece is worse
    return _trace(came, count)


def ends_clause(tokens: Sequence[Token]) -> bool:
    """Whether the tokens end on a mark at which a reader draws breath."""
    return any(_last_mark(tokens) in marks for _, marks in _AFTER)


def _break_costs(tokens: Sequence[Token]) -> list[float]:
    """The cost of ending a piece after each token; infinite where none may end."""
    heard = [i for i, t in enumerate(tokens) if t.voiced]
    costs = [math.inf] * len(tokens)
    for i, (here, after) in enumerate(pairwise(tokens)):
        if heard and heard[0] <= i < heard[-1] and _parts(here, after):
            mark = _last_mark(tokens[: i + 1])
            costs[i] = next((c for c, marks in _AFTER if mark in marks), _BETWEEN_WORDS)
    costs[-1] = 0.0
    return costs


def _parts(here: Token, after: Token) -> bool:
    """Whether a piece may end between the two."""
    if here.shown[-1] in OPENERS or (here.voiced and after.shown in ENCLITICS):
        return False
    return after.voiced or after.shown[0] in OPENERS


def _last_mark(tokens: Sequence[Token]) -> str:
    """The last character, seen through closing quotes, brackets and spaces."""
    for token in reversed(tokens):
        if not token.shown.isspace() and token.shown[-1] not in CLOSERS:
            return token.shown[-1]
    return " "


def _piece(filled: float) -> float:
    if filled > 1:
        return 1000.0 * filled  # only where nothing shorter exists
    return _PIECE + _RAGGED * (1 - filled) ** 2


def _trace(came: Sequence[int], end: int) -> list[range]:
    pieces = []
    while end > 0:
        pieces.append(range(came[end], end))
        end = came[end]
    return pieces[::-1]
