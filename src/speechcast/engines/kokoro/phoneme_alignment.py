"""What was said for several words in one go, cut into what was said for each."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SOUND = re.compile(r"[ˈˌ]*[^ˈˌ]ː?")
_VOWELS = frozenset("AIOQWYaeiouæɑɐɒɔəɚɛɜɪɨʊʌᵊᵻ")
_GAPS = {" ": 0.3, "ɹ": 0.5}  # words are run together, an r links them; any other sound 1
_ALIKE = frozenset("tdT")  # t between vowels
_ALIKE_SWAP, _VOWEL_SWAP, _CONSONANT_SWAP, _KIND_SWAP = 0.1, 0.4, 0.8, 1.8
_NEVER = 1e9
_STRANGE = 0.75  # of what a word would cost if none of it were heard


def split_phonemes(together: str, alone: Sequence[str]) -> list[str] | None:
    """`together` in as many pieces as there are words, each like what its word is `alone`.

    None if that cannot be told for sure: a word without a sound, or hardly a sound of its own.
    """
    heard = _SOUND.findall(together)
    words = [_SOUND.findall(word.replace(" ", "")) for word in alone]
    expected = [sound for word in words for sound in (*word, " ")][:-1]
    costs = _costs(expected, heard)
    ends = _trace(expected, heard, costs)
    pieces: list[str] = []
    at = begin = 0
    paid = 0.0
    for word in words:
        at += len(word)
        end = ends[at]
        pieces.append("".join(heard[begin:end]).strip())
        if not pieces[-1] or costs[at][end] - paid > _STRANGE * len(word):
            return None
        begin, paid = end, costs[at][end]
        at += 1
    return pieces


def _costs(expected: Sequence[str], heard: Sequence[str]) -> list[list[float]]:
    """The least cost of hearing the first j sounds for the first i that are expected."""
    table = [[0.0]]
    for sound in heard:
        table[0].append(table[0][-1] + _gap(sound))
    for sound in expected:
        above, gap = table[-1], _gap(sound)
        row = [above[0] + gap]
        for j, other in enumerate(heard):
            swapped = above[j] + _swap(sound, other)
            row.append(min(swapped, above[j + 1] + gap, row[j] + _gap(other)))
        table.append(row)
    return table


def _trace(
    expected: Sequence[str], heard: Sequence[str], costs: Sequence[Sequence[float]]
) -> list[int]:
    """How many sounds are heard until so many of those expected have been said."""
    i, j = len(expected), len(heard)
    ends = [0] * i + [j]
    while i:
        if j and costs[i][j] == costs[i - 1][j - 1] + _swap(expected[i - 1], heard[j - 1]):
            i, j = i - 1, j - 1
            ends[i] = j
        elif costs[i][j] == costs[i - 1][j] + _gap(expected[i - 1]):
            i -= 1
            ends[i] = j
        else:
            j -= 1
    return ends


def _gap(sound: str) -> float:
    return _GAPS.get(sound, 1.0)


def _swap(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if " " in (one, other):
        return _NEVER
    plain = {one.lstrip("ˈˌ")[0], other.lstrip("ˈˌ")[0]}
    if len(plain) == 1:
        return 0.0
    if plain < _ALIKE:
        return _ALIKE_SWAP
    if plain <= _VOWELS:
        return _VOWEL_SWAP
    return _KIND_SWAP if plain & _VOWELS else _CONSONANT_SWAP
