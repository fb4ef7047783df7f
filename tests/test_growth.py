"""The work on a text grows with its length, whatever the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

import pytest
from benchmarks.growth import PATTERNS, repeated

from tests.support.counted_work import Counter, counted_modules

Work = Callable[[str], int]


@pytest.fixture(scope="module")
def work() -> Iterator[Work]:
    """The count of the work on a text, from bytes to subtitles and their check."""
    with counted_modules("benchmarks.growth") as counter:
        growth = import_module("benchmarks.growth")
        voice = import_module("speechcast.voices.presets").load("tone")
        growth.run("今天开会。It is 5%.", voice)  # loads the dictionaries

        def count(text: str) -> int:
            before = counter.total
            growth.run(text, voice)
            return counter.total - before

        yield count


@pytest.mark.slow
@pytest.mark.parametrize("name", PATTERNS)
def test_four_times_the_text_is_four_times_the_work(name: str, work: Work) -> None:
    once, again = (work(repeated(PATTERNS[name], characters)) for characters in (250, 1000))
    assert again < 6 * once  # work that grows with the square is sixteen times as much


def test_what_grows_with_the_square_is_counted_so() -> None:
    counter = Counter()
    text = "好" * 100
    for i in counter.turns(range(100)):
        counter.copied(text[i:])
    assert counter.total == 100 + sum(range(101))
