"""Choose the readings of English words that have several, by the words around them.

Nouns and verbs of one spelling (the record, to record) come from misaki's dictionary, which has
their readings by part of speech; `heteronyms_en.txt` has words that differ in another way, and
leanings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ..tables import read_rows
from . import english_verbs
from .english_phonemes import read_dictionary, to_british
from .word_classes_en import classify

# An entry of misaki's dictionary with readings by part of speech.
_TAGGED = re.compile(rb'"([a-z-]{3,})":\s?(\{[^}]*\})')
_ADJECTIVE_MAKERS = frozenset(("noun", "plural", "people", "name"))
_OWN_PREVERBS = frozenset(("to", "modal", "do", "let", "subj"))  # a verb, whatever follows
_NOUN_AHEAD = -2.5
_REACH = 30  # words before and after that may settle a reading
# read and its compounds: the base form and the past.
_READ = {
    "read": ("ɹˈid", "ɹˈɛd"),
    "reread": ("ɹiɹˈid", "ɹiɹˈɛd"),
    "misread": ("mˌɪsɹˈid", "mˌɪsɹˈɛd"),
    "proofread": ("pɹˈufɹˌid", "pɹˈufɹˌɛd"),
}


class WordReading(NamedTuple):
    """The phonemes of a word where it stands, and those that it has elsewhere."""

    phonemes: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    phonemes: str
    contexts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """`heteronyms_en.txt`: rules and leanings by word; the words to be left as they are."""

    rules: Mapping[str, tuple[_Rule, ...]]
    leanings: Mapping[str, float]
    adjectives: frozenset[str]
    untouched: frozenset[str]


def choose_readings(words: Sequence[str], *, british: bool = False) -> dict[int, WordReading]:
    """Return the readings that the words around settle, by the index of their word.

    >>> choose_readings(["They", "live", "here", "."])[1].phonemes
    'lˈɪv'

    Args:
        words: A sentence, its marks as words of their own.
        british: Whether misaki's British dictionary is the source.
    """
    readings: dict[int, WordReading] = {}
    for index in range(len(words)):
        start = max(0, index - _REACH)
        reading = _choose(words[start : index + _REACH], index - start, british)
        readings |= {index: reading} if reading else {}
    return readings


def _choose(words: Sequence[str], index: int, british: bool) -> WordReading | None:
    word = words[index]
    lower = word.lower()
    if lower in _READ:
        return _choose_tense(words, index)
    table, pairs = _load_table(), _load_pairs(british)
    rules = table.rules.get(word) or table.rules.get(lower, ())
    if not rules and lower not in pairs:
        return None
    weight = _weigh(words, index)
    pair = pairs.get(lower, ())
    for rule in rules:
        if any(_holds(context, words, index, weight) for context in rule.contexts):
            adapt = to_british if british else str
            others = {adapt(other.phonemes) for other in rules} | set(pair)
            phonemes = adapt(rule.phonemes)
            return WordReading(phonemes, tuple(sorted(others - {phonemes})))
    if not pair or not weight:
        return None
    verb, noun = pair
    return WordReading(verb, (noun,)) if weight > 0 else WordReading(noun, (verb,))


def _weigh(words: Sequence[str], index: int) -> float:
    """Return whether a word is a verb (above 0), with its own leaning."""
    table, lower = _load_table(), words[index].lower()
    weight = english_verbs.weigh_verb(words, index) + table.leanings.get(lower, 0)
    if lower in table.adjectives and index + 1 < len(words):
        before = classify(words[index - 1]) if index else "stop"
        if classify(words[index + 1]) in _ADJECTIVE_MAKERS and before not in _OWN_PREVERBS:
            weight += _NOUN_AHEAD
    return weight


def _choose_tense(words: Sequence[str], index: int) -> WordReading:
    present, past = _READ[words[index].lower()]
    if english_verbs.is_past(words, index):
        return WordReading(past, (present,))
    return WordReading(present, (past,))


def _holds(context: Sequence[str], words: Sequence[str], index: int, weight: float) -> bool:
    """Return whether the words around one are those of a context."""
    if context[0] in {"v:", "n:"}:
        if (weight > 0) != (context[0] == "v:"):
            return False
        context = context[1:]
    anywhere = [piece for piece in context if piece.startswith("~")]
    pieces = [piece for piece in context if not piece.startswith("~")]
    start = index - pieces.index("_")
    near = all(_fits(piece, words, start + i) for i, piece in enumerate(pieces) if piece != "_")
    return near and all(_is_in(piece[1:], words, index) for piece in anywhere)


def _fits(piece: str, words: Sequence[str], index: int) -> bool:
    if piece.startswith("!"):
        return not _fits(piece[1:], words, index)
    if piece.startswith(".."):
        return any(_fits(piece[2:], words, i) for i in range(index, len(words)))
    word = words[index] if 0 <= index < len(words) else "."
    return word.lower() in piece.split("|") or classify(word).upper() in piece.split("|")


def _is_in(piece: str, words: Sequence[str], index: int) -> bool:
    wanted = piece.split("|")
    return any(word.lower() in wanted for i, word in enumerate(words) if i != index)


@cache
def _load_pairs(british: bool) -> Mapping[str, tuple[str, str]]:
    """Return the readings as a verb, and as a noun or adjective, by word."""
    name = "gb_gold.json" if british else "us_gold.json"
    entries = _TAGGED.findall(read_dictionary(name))
    readings = ((word.decode(), json.loads(tags)) for word, tags in entries)
    pairs = ((word, _pair(word, tags)) for word, tags in readings)
    untouched = _load_table().untouched
    return {word: pair for word, pair in pairs if pair and word not in untouched}


def _pair(word: str, tags: Mapping[str, str | None]) -> tuple[str, str] | None:
    """Return what a word is as a verb, and otherwise; None if it is the same, or no verb."""
    usual = tags["DEFAULT"]
    other = tags.get("NOUN") or tags.get("ADJ")
    adjective_only = "ADJ" in tags and not {"NOUN", "VERB"} & set(tags)
    if adjective_only and not word.endswith(("ate", "use")):
        return None
    verb, noun = tags.get("VERB") or usual, (usual if "VERB" in tags else other)
    if not verb or not noun or verb.replace("ˌ", "") == noun.replace("ˌ", ""):
        return None
    return verb, noun


@cache
def _load_table() -> _Table:
    rows = [row.split("\t") for row in read_rows(__package__, "heteronyms_en.txt")]
    leanings = {row[0]: float(row[1]) for row in rows if _is_number(row[1])}
    rules: dict[str, tuple[_Rule, ...]] = {}
    for word, phonemes, contexts in (row for row in rows if row[1] != "-" and len(row) == 3):
        if not _is_number(phonemes):
            parsed = tuple(tuple(c.split()) for c in contexts.split(";"))
            rules[word] = (*rules.get(word, ()), _Rule(phonemes, parsed))
    adjectives = frozenset(row[0] for row in rows if row[2:] == ["ADJ"])
    return _Table(rules, leanings, adjectives, frozenset(r[0] for r in rows if r[1] == "-"))


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "").isdigit()
