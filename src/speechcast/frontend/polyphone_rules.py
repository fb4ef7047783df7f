"""Readings that the words around settle, whatever a model makes of the sentence.

The words are in `polyphones.txt`: those that a model of general text gets wrong, those that
speeches are full of, and places.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from ..text.han import HAN_CLASS

_PLAIN = re.compile(f"{HAN_CLASS}+")


@dataclass(slots=True)
class _Words:
    """A character's words and patterns, each with the reading it has there."""

    plain: dict[str, str] = field(default_factory=dict)
    patterns: list[tuple[re.Pattern[str], str]] = field(default_factory=list)


def find_readings(text: str, edges: Container[int]) -> dict[int, str]:
    """The toned syllables that are settled, by the place of their character in `text`.

    `edges` are where its words begin and end: a word of ours that begins in the midst of one and
    ends in another is none. Of two that fit the longer holds.
    """
    found: dict[int, tuple[int, str]] = {}
    for char in _words().keys() & set(text):
        for start, end, syllable in _matches(char, text, edges):
            for at in range(start, end):
                if text[at] == char and end - start >= found.get(at, (0, ""))[0]:
                    found[at] = end - start, syllable
    return {at: syllable for at, (_, syllable) in found.items()}


def _matches(char: str, text: str, edges: Container[int]) -> Iterator[tuple[int, int, str]]:
    """Where the character's words stand, then its patterns, which hold over words as long."""
    known = _words()[char]
    for word, syllable in known.plain.items():
        start = text.find(word)
        while start >= 0:
            end = start + len(word)
            if _is_whole(start, end, edges):
                yield start, end, syllable
            start = text.find(word, start + 1)
    for pattern, syllable in known.patterns:
        yield from ((m.start(), m.end(), syllable) for m in pattern.finditer(text))


def _is_whole(start: int, end: int, edges: Container[int]) -> bool:
    """Whether these are whole words, or lie inside of one."""
    if start in edges and end in edges:
        return True
    return not any(at in edges for at in range(start + 1, end))


@cache
def _words() -> Mapping[str, _Words]:
    table = (files(__package__) / "polyphones.txt").read_text("utf-8")
    found: dict[str, _Words] = {}
    for row in table.splitlines():
        if row.startswith("#"):
            continue
        char, syllable, *words = row.split()
        own = found.setdefault(char, _Words())
        for word in words:
            if _PLAIN.fullmatch(word):
                own.plain[word] = syllable
            else:
                own.patterns.append((re.compile(word), syllable))
    return found
