"""Split the phonemes of a phrase into those of its words.

The words' phonemes in isolation are aligned with the joint phonemes by edit distance (Wagner and
Fischer 1974), with costs by the kind of sound. The costs were set by hand for this project.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_SOUND = re.compile(r"[ˈˌ]*[^ˈˌ]ː?")
_VOWELS = frozenset("AIOQWYaeiouæɑɐɒɔəɚɛɜɪɨʊʌᵊᵻ")
_GAP_COSTS = {" ": 0.3, "ɹ": 0.5}  # words run together, an r links them; any other sound costs 1
_FLAPS = frozenset("tdT")  # sound alike between vowels
_FLAP_COST, _VOWEL_COST, _CONSONANT_COST, _MIXED_COST = 0.1, 0.4, 0.8, 1.8  # of a substitution
_STRESS_COST = 0.5
_IMPOSSIBLE = 1e9
_MAX_COST = 0.75  # of a word, as a share of what it would cost if none of it were spoken


def split_phonemes(together: str, alone: Sequence[str]) -> list[str] | None:
    """Return the joint phonemes split into one piece per word.

    Args:
        together: The phonemes of all words spoken in one go.
        alone: The phonemes of each word spoken by itself.

    Returns:
        As many pieces as words; None if the split is not certain: a word has no sound, or hardly
        one of its own.

    >>> split_phonemes("ʌvðə mˈæn", ["ˈʌv", "ðə", "mˈæn"])
    ['ʌv', 'ðə', 'mˈæn']
    """
    actual = _SOUND.findall(together)
    words = [_SOUND.findall(word.replace(" ", "")) for word in alone]
    expected = [sound for word in words for sound in (*word, " ")][:-1]
    costs = _fill_costs(expected, actual)
    ends = _trace(expected, actual, costs)
    pieces: list[str] = []
    position = start = 0
    paid = 0.0
    for word in words:
        position += len(word)
        end = ends[position]
        pieces.append("".join(actual[start:end]).strip())
        if not pieces[-1] or costs[position][end] - paid > _MAX_COST * len(word):
            return None
        start, paid = end, costs[position][end]
        position += 1
    return pieces


def measure_distance(one: str, other: str) -> float:
    """Return how far two readings of a word are apart, in sounds; another stress counts half.

    >>> measure_distance("lˈIv", "lˈɪv"), measure_distance("ˈɪmpɔɹt", "ɪmpˈɔɹt")
    (0.4, 0.5)
    """
    sounds = [_SOUND.findall(word.replace("ˌ", "")) for word in (one, other)]
    stressed = [_find_stress(word) for word in (one, other)]
    moved = min(stressed) >= 0 and stressed[0] != stressed[1]
    return _fill_costs(*sounds)[-1][-1] + _STRESS_COST * moved


def _find_stress(word: str) -> int:
    """Return the number of vowels before the stressed one; -1 if none is stressed."""
    before, mark, _ = word.partition("ˈ")
    return sum(sound in _VOWELS for sound in before) if mark else -1


def _fill_costs(expected: Sequence[str], actual: Sequence[str]) -> list[list[float]]:
    """Return the table of costs.

    Row i, column j is the cost of aligning the first i expected sounds with the first j actual
    ones.
    """
    table = [[0.0]]
    for sound in actual:
        table[0].append(table[0][-1] + _gap_cost(sound))
    for sound in expected:
        above, gap = table[-1], _gap_cost(sound)
        row = [above[0] + gap]
        for j, other in enumerate(actual):
            substituted = above[j] + _substitution_cost(sound, other)
            row.append(min(substituted, above[j + 1] + gap, row[j] + _gap_cost(other)))
        table.append(row)
    return table


def _trace(
    expected: Sequence[str], actual: Sequence[str], costs: Sequence[Sequence[float]]
) -> list[int]:
    """Return where the first i expected sounds end, for each i.

    The end is counted in actual sounds.
    """
    i, j = len(expected), len(actual)
    ends = [0] * i + [j]
    while i:
        substitution = _substitution_cost(expected[i - 1], actual[j - 1]) if j else _IMPOSSIBLE
        if j and costs[i][j] == costs[i - 1][j - 1] + substitution:
            i, j = i - 1, j - 1
            ends[i] = j
        elif costs[i][j] == costs[i - 1][j] + _gap_cost(expected[i - 1]):
            i -= 1
            ends[i] = j
        else:
            j -= 1
    return ends


def _gap_cost(sound: str) -> float:
    """Return the cost of a sound that only one side has."""
    return _GAP_COSTS.get(sound, 1.0)


def _substitution_cost(one: str, other: str) -> float:
    """Return the cost of one sound in place of another.

    Stress and length cost nothing.
    """
    if one == other:
        return 0.0
    if " " in (one, other):
        return _IMPOSSIBLE
    plain = {one.lstrip("ˈˌ")[0], other.lstrip("ˈˌ")[0]}
    if len(plain) == 1:
        return 0.0
    if plain < _FLAPS:
        return _FLAP_COST
    if plain <= _VOWELS:
        return _VOWEL_COST
    return _MIXED_COST if plain & _VOWELS else _CONSONANT_COST
