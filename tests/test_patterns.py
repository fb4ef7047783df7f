"""One match of a regular expression takes steps in proportion to the text.

Each repetition of each pattern is led to and then repeated, with an end that no pattern expects, so
that a matcher tries all that it can. What is not seen: a search that begins anew at every
character, and patterns that are made when they are needed. `tests/test_growth.py` sees those.
"""

from __future__ import annotations

import importlib
import math
import pkgutil
import re
import sys
from collections.abc import Iterator

import pytest

import speechcast
from speechcast.frontend.rules import Rule
from tests.support.counted_patterns import TooManySteps, count_steps, parse, pumps

END = "\x00"  # no pattern names it
LIMIT = 300  # steps a character; linear patterns take up to a hundred


def patterns() -> dict[str, re.Pattern[str]]:
    """Return every pattern of the package that reads text, by its text."""
    collected: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.walk_packages(speechcast.__path__, "speechcast."):
        if not module.name.endswith("__main__"):
            for value in vars(importlib.import_module(module.name)).values():
                collected |= {p.pattern: p for p in _patterns_in(value)}
    return collected


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, Rule):
        yield from _patterns_in((value.pattern, value.before))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _patterns_in(item)


def steps(pattern: re.Pattern[str], text: str) -> float:
    """Return the steps of one match from the beginning; infinite if there are too many."""
    try:
        dot_all = bool(pattern.flags & re.DOTALL)
        return count_steps(parse(pattern), text, 0, LIMIT * len(text), dot_all=dot_all)
    except TooManySteps:
        return math.inf


def find_growing(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """Return the repetitions whose steps grow faster than the text."""
    growing = []
    for before, unit in set(pumps(parse(pattern))):
        once, again = (steps(pattern, before + unit * n + END) for n in (30, 120))
        if again > 6 * once or again == math.inf:
            growing.append((before, unit))
    return growing


def test_no_group_is_repeated_possessively() -> None:
    """After such a group, the Python of Debian 12 goes on where its last, failed try ended."""
    possessive = re.compile(r"(?<!\\)\)(?:[*+?]|\{[\d,]*\})\+")
    assert possessive.search("(?:ab)*+")
    assert not possessive.search(r"\)*+")
    assert not [pattern for pattern in patterns() if possessive.search(pattern)]


@pytest.mark.slow
def test_no_pattern_tries_a_text_in_ever_more_ways() -> None:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    try:
        growing = {text: ways for text, p in patterns().items() if (ways := find_growing(p))}
    finally:
        sys.setrecursionlimit(limit)
    assert growing == {}


@pytest.mark.parametrize(
    "pattern",
    [
        r"\[停顿\s*:?\s*\d*\s*\]",  # adjacent: every division of the spaces
        r"(?:xi|an|xian)+$",  # one word in two ways: exponential
        r"(?:[a-z]+ ?){0,30}!",
    ],
)
def test_a_pattern_that_tries_every_division_is_found(pattern: str) -> None:
    assert find_growing(re.compile(pattern))
