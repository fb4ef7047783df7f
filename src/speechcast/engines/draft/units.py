"""Divide an utterance into units that the draft voice speaks in one go.

The model was trained on single sentences of some 16 syllables, with prosody marks between them. It
loses its clarity in longer runs, so each clause is a unit. Clauses of fewer than 12 syllables,
joined to their neighbours, were heard no better (60 cues of a speech, by Whisper base: 4.4 % of the
pinyin wrong, against 4.0 % one by one).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...units import Seconds
from ..refusals import PhonemeGroup
from .files import load_symbols
from .g2p_zh import ERHUA, is_breath

LONGEST_CLAUSE = 40  # syllables; a longer clause is divided between words

# Silence between the sounds of two units, in seconds, by the breath between them.
_PAUSES = {"、": 0.15}
_PAUSE: Seconds = 0.25
_NO_PAUSE: Seconds = 0.0

# Prosody marks of the corpus: between the syllables of a word, between words.
_IN_WORD, _BETWEEN_WORDS = "#0", "#1"
_EDGE = "sil"


@dataclass(frozen=True, slots=True)
class Unit:
    """What is spoken in one go.

    Attributes:
        ids: The numbers of its symbols.
        tokens: For each symbol, the index of its token; None for the silence around them.
        pause: The silence after it, in seconds.
    """

    ids: tuple[int, ...]
    tokens: tuple[int | None, ...]
    pause: Seconds


@dataclass(frozen=True, slots=True)
class _Clause:
    """Syllables without a breath between them, and the breath after them; "" for none."""

    syllables: tuple[PhonemeGroup, ...]
    breath: str


def divide_into_units(groups: Sequence[PhonemeGroup]) -> list[Unit]:
    """Return the units of an utterance, from its syllables and breaths, in order."""
    return [_to_unit(clause) for clause in _list_clauses(groups)]


def _list_clauses(groups: Sequence[PhonemeGroup]) -> Iterator[_Clause]:
    """Yield the clauses, the long ones in parts."""
    syllables: list[PhonemeGroup] = []
    for group in [*groups, PhonemeGroup(-1, ".")]:
        if not is_breath(group):
            syllables.append(group)
        elif syllables:
            parts = list(_divide_evenly(syllables))
            yield from (_Clause(tuple(part), "") for part in parts[:-1])
            yield _Clause(tuple(parts[-1]), group.symbols)
            syllables = []


def _divide_evenly(syllables: Sequence[PhonemeGroup]) -> Iterator[Sequence[PhonemeGroup]]:
    """Yield a clause in parts of at most `LONGEST_CLAUSE` syllables, cut between words."""
    count = -(-len(syllables) // LONGEST_CLAUSE)
    start = 0
    for number in range(1, count + 1):
        end = number * len(syllables) // count
        edges = [i for i in range(start + 1, end) if _begins_word(syllables, i)]
        if number < count and not _begins_word(syllables, end) and edges:
            end = edges[-1]
        yield syllables[start:end]
        start = end


def _begins_word(syllables: Sequence[PhonemeGroup], index: int) -> bool:
    return syllables[index - 1].token != syllables[index].token


def _to_unit(clause: _Clause) -> Unit:
    """Return a clause as a unit.

    A mark belongs to the syllable before it, whose end its frames are.
    """
    symbols: list[tuple[str, int | None]] = [(_EDGE, None)]
    for before, syllable in pairwise((None, *clause.syllables)):
        assert syllable
        if before and syllable.symbols != ERHUA:
            mark = _IN_WORD if before.token == syllable.token else _BETWEEN_WORDS
            symbols.append((mark, before.token))
        symbols += ((symbol, syllable.token) for symbol in syllable.symbols.split())
    symbols.append((_EDGE, None))
    ids = load_symbols().ids
    return Unit(
        tuple(ids[symbol] for symbol, _ in symbols),
        tuple(token for _, token in symbols),
        _PAUSES.get(clause.breath, _PAUSE) if clause.breath else _NO_PAUSE,
    )
