"""What holds for every unit, code and Roman numeral of English text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechcast.frontend import tokenizer
from speechcast.frontend.english.number_words_en import parse_roman, to_cardinal, to_code
from speechcast.frontend.english.unit_names_en import UNITS, read_unit


def say(text: str) -> str:
    """Return what is spoken for a text, all of which is shown."""
    tokens = tokenizer.tokenize(text, "en-US")
    assert "".join(t.shown for t in tokens) == text
    return "".join(t.spoken for t in tokens)


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_every_unit_is_singular_after_one_and_before_a_noun(unit: str) -> None:
    one, several = read_unit(unit, plural=False), read_unit(unit)
    assert say(f"in 1 {unit}, 7 {unit}") == f"in one {one}, seven {several}"
    assert say(f"in a 7 {unit} test") == f"in a seven {one} test"


@given(st.integers(2, 10**6), st.sampled_from(sorted(UNITS)))
@settings(deadline=None)
def test_a_range_has_its_unit_once(number: int, unit: str) -> None:
    words = f"{to_cardinal(number)} to {to_cardinal(number + 1)} {read_unit(unit)}"
    assert say(f"it is {number}-{number + 1} {unit}") == f"it is {words}"


@given(st.integers(1, 3999))
def test_a_roman_numeral_has_the_value_it_is_written_for(number: int) -> None:
    pieces = zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
                 "M CM D CD C XC L XL X IX V IV I".split(), strict=True)  # fmt: skip
    numeral, rest = "", number
    for value, letters in pieces:
        numeral += letters * (rest // value)
        rest %= value
    assert parse_roman(numeral) == number


@given(st.integers(0, 99999))
def test_a_code_is_one_of_few_words(number: int) -> None:
    assert len(re.split("[ -]", to_code(str(number)))) <= 5


@given(st.text("0123456789 $€.,:/-–%kmgftIVXSt.aPhD()'x=", max_size=24))
@settings(deadline=None)
def test_every_figure_is_spoken(text: str) -> None:
    tokens = tokenizer.tokenize(text, "en-US")
    assert "".join(t.shown for t in tokens) == text
    assert all(t.voiced for t in tokens if any(c.isalnum() for c in t.shown))
