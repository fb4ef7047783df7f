"""Weigh the readings of a character by the words and characters around it.

A model of general text knows 120 frequent characters less well than their neighbours do: 哄 in
哄孩子 and in 起哄. A log-linear model corrects it for these characters. Each thing that a context
shows (the character before, the two after, the word before, …) has a weight for each reading, found
in `reading_contexts.npz` by its hash; the reading's score is their sum and its share of g2pM's
probability.

`benchmarks/train_contexts.py` trained the weights on the sentences that g2pL was published with
(whzikaros/g2pL, Apache-2.0).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log
from typing import TYPE_CHECKING
from zlib import crc32

from ...text.han import simplified
from .polyphone_model import Guess

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HASHES = 1 << 20
"""The count of weights; two contexts that share one are rare enough not to matter."""

LEAST_SHARE = 1e-8
"""A reading that g2pM excludes counts as this probable."""
_DECIDED = 0.9  # the probability from which a context decides; else g2pM's guess stands
_NEAR, _FAR = 3, 8  # in how many characters around are pairs and single characters shown
# What is shown of the characters around: the first and the last, counted from the character.
_WINDOWS = (
    *((-1, 0), (1, 2), (-2, 0), (1, 3), (-2, -1), (2, 3), (-3, 0), (1, 4)),
    *((-1, 2), (-2, 2), (-1, 3)),
)


@dataclass(frozen=True, slots=True, eq=False)
class _Weights:
    """What the training found.

    Attributes:
        characters: The characters the model was trained on.
        share: The weight of the logarithm of g2pM's probability.
        step: The weight that 1 in the table stands for.
        table: int8, shape (HASHES,).
    """

    characters: frozenset[str]
    share: float
    step: float
    table: NDArray[np.int8]


def weigh_contexts(words: Sequence[str], guesses: Sequence[Guess]) -> list[Guess]:
    """Return the guesses, those of frequent characters corrected by their context.

    >>> guess = (("hong4", 0.9), ("hong3", 0.1))
    >>> weigh_contexts(["哄", "孩子"], [guess, (), ()])[0][0][0]
    'hong3'

    Args:
        words: The words of a sentence.
        guesses: g2pM's guess for each of their characters.
    """
    weights = _load_weights()
    weighed = list(guesses)
    position = 0
    words = [simplified(word) for word in words]
    text = "".join(words)
    for index, word in enumerate(words):
        for offset, char in enumerate(word):
            if char in weights.characters and len(guesses[position]) > 1:
                begun = begin_hashes(describe_context(text, position, words, index, offset))
                weighed[position] = _weigh(char, begun, guesses[position], weights)
            position += 1
    return weighed


def describe_context(
    text: str, position: int, words: Sequence[str], index: int, offset: int
) -> Iterator[str]:
    """Yield what the context of a character shows, each with its kind.

    Args:
        text: The sentence, in simplified characters.
        position: The character's position in it.
        words: The words of the sentence.
        index: The index of the character's word.
        offset: The character's position in its word.
    """
    padded = "^" * _NEAR + text + "$" * _NEAR
    center = position + _NEAR
    yield "bias"
    for kind, (first, end) in enumerate(_WINDOWS):
        yield f"{kind}:{padded[center + first : center + end]}"
    around = padded[max(0, center - _FAR) : center - 2] + padded[center + _NEAR : center + _FAR]
    yield from (f"around:{char}" for char in sorted(set(around)))
    yield f"word:{words[index]}{offset}"
    yield f"before:{words[index - 1] if index else ''}"
    yield f"after:{words[index + 1] if index + 1 < len(words) else ''}"


def begin_hashes(shown: Iterable[str]) -> list[int]:
    """Return the hashes of what a context shows, to be ended by a reading."""
    return [crc32(f"{kind} ".encode()) for kind in shown]


def end_hashes(begun: Sequence[int], char: str, syllable: str) -> list[int]:
    """Return where the weights of a reading in a context are."""
    reading = f"{char}{syllable}".encode()
    return [crc32(reading, value) % HASHES for value in begun]


def _weigh(char: str, begun: Sequence[int], guess: Guess, weights: _Weights) -> Guess:
    """Return a guess with the probabilities that the context gives."""
    scores: dict[str, float] = {}
    for syllable, share in guess:
        hashes = end_hashes(begun, char, syllable)
        context = weights.step * int(weights.table[hashes].sum(dtype="int64"))
        scores[syllable] = context + weights.share * log(max(share, LEAST_SHARE))
    highest = max(scores.values())
    shares = {syllable: exp(score - highest) for syllable, score in scores.items()}
    total = sum(shares.values())
    ranked = sorted(shares.items(), key=lambda pair: -pair[1])
    if ranked[0][1] < _DECIDED * total:
        return guess
    return tuple((syllable, share / total) for syllable, share in ranked)


@cache
def _load_weights() -> _Weights:
    import numpy as np

    with (files(__package__) / "reading_contexts.npz").open("rb") as file:
        saved = np.load(file)
        return _Weights(
            characters=frozenset(str(saved["characters"])),
            share=float(saved["share"]),
            step=float(saved["step"]),
            table=saved["table"],
        )
