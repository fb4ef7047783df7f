"""Find where each token is heard, by the lengths that the model gave its symbols."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ...model import Span, Utterance
from .vocabulary import Alphabet, Symbol

if TYPE_CHECKING:
    from numpy.typing import NDArray


def find_spans(
    utterance: Utterance,
    symbols: Sequence[Symbol],
    lengths: NDArray[np.int64],
    alphabet: Alphabet,
) -> tuple[Span | None, ...]:
    """Return each voiced token's span.

    It goes from its first symbol's start to its last symbol's end.
    """
    ends, gaps = np.cumsum(lengths), alphabet.gaps
    spans: list[Span | None] = [None] * len(utterance.tokens)
    for i, symbol in enumerate(symbols):
        if not utterance.tokens[symbol.token].voiced or symbol.id in gaps:
            continue
        start, end = int(ends[i]), int(ends[i + 1])  # symbol i is the model's i + 1
        before = spans[symbol.token]
        spans[symbol.token] = Span(before.start if before else start, end)
    return tuple(spans)
