"""Look up readings that the words around a character settle.

These readings take precedence over those of a model.

The words are in `polyphones.txt`: words that a model of general text gets wrong, words that
are frequent in speeches, and place names.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from ...text.han import HAN_CLASS
from ..tables import read_rows

_HAN_ONLY = re.compile(f"{HAN_CLASS}+")


@dataclass(slots=True)
class _Entries:
    """The words and patterns that settle one character.

    Each has the reading that the character has there.
    """

    words: dict[str, str] = field(default_factory=dict)
    patterns: list[tuple[str, str]] = field(default_factory=list)


def find_readings(text: str, edges: Container[int]) -> dict[int, str]:
    """Return the settled toned syllables by their character's position.

    A listed word applies if it is made of whole words of the text or lies inside one; of two that
    match at a position the longer applies.

    >>> find_readings("取得分红", {0, 2, 4})  # 取得 applies, 得分 does not
    {1: 'de2'}

    Args:
        text: In simplified characters.
        edges: The positions at which the text's words begin and end.
    """
    best: dict[int, tuple[int, str]] = {}
    for char in _load_entries().keys() & set(text):
        for start, end, syllable in _find_matches(char, text, edges):
            for position in range(start, end):
                if text[position] == char and end - start >= best.get(position, (0, ""))[0]:
                    best[position] = end - start, syllable
    return {position: syllable for position, (_, syllable) in best.items()}


def _find_matches(char: str, text: str, edges: Container[int]) -> Iterator[tuple[int, int, str]]:
    """Yield the matches of a character's words, then its patterns.

    A pattern takes precedence over a word of the same length.
    """
    entries = _load_entries()[char]
    for word, syllable in entries.words.items():
        start = text.find(word)
        while start >= 0:
            end = start + len(word)
            if _is_whole(start, end, edges):
                yield start, end, syllable
            start = text.find(word, start + 1)
    for pattern, syllable in entries.patterns:
        matches = _compile(pattern).finditer(text)
        yield from ((m.start(), m.end(), syllable) for m in matches)


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when its character first occurs: all of them take 30 ms."""
    return re.compile(pattern)


def _is_whole(start: int, end: int, edges: Container[int]) -> bool:
    """Return whether a range is whole words, or inside one word."""
    if start in edges and end in edges:
        return True
    return not any(position in edges for position in range(start + 1, end))


@cache
def _load_entries() -> Mapping[str, _Entries]:
    """Return the rows of `polyphones.txt`, by their character."""
    by_char: dict[str, _Entries] = {}
    for row in read_rows(__package__, "polyphones.txt"):
        char, syllable, *words = row.split()
        entries = by_char.setdefault(char, _Entries())
        for word in words:
            if _HAN_ONLY.fullmatch(word):
                entries.words[word] = syllable
            else:
                entries.patterns.append((word, syllable))
    return by_char
