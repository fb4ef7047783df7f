"""Numbers in English words: every group, year and fraction."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechcast.frontend.english import number_words_en


@pytest.mark.parametrize(
    ("n", "cardinal", "ordinal"),
    [
        (0, "zero", "zeroth"),
        (9, "nine", "ninth"),
        (10, "ten", "tenth"),
        (19, "nineteen", "nineteenth"),
        (20, "twenty", "twentieth"),
        (21, "twenty-one", "twenty-first"),
        (99, "ninety-nine", "ninety-ninth"),
        (100, "one hundred", "one hundredth"),
        (101, "one hundred and one", "one hundred and first"),
        (110, "one hundred and ten", "one hundred and tenth"),
        (199, "one hundred and ninety-nine", "one hundred and ninety-ninth"),
        (200, "two hundred", "two hundredth"),
        (999, "nine hundred and ninety-nine", "nine hundred and ninety-ninth"),
        (1000, "one thousand", "one thousandth"),
        (1001, "one thousand and one", "one thousand and first"),
        (1099, "one thousand and ninety-nine", "one thousand and ninety-ninth"),
        (1100, "one thousand one hundred", "one thousand one hundredth"),
        (
            9999,
            "nine thousand nine hundred and ninety-nine",
            "nine thousand nine hundred and ninety-ninth",
        ),
        (1000000, "one million", "one millionth"),
        (1000099, "one million and ninety-nine", "one million and ninety-ninth"),
        (1000100, "one million one hundred", "one million one hundredth"),
        (1000000000, "one billion", "one billionth"),
        (1000000000001, "one trillion and one", "one trillion and first"),
    ],
)
def test_whole_numbers(n: int, cardinal: str, ordinal: str) -> None:
    assert number_words_en.to_cardinal(n) == cardinal
    assert number_words_en.to_ordinal(n) == ordinal


def test_the_greatest_number_with_words() -> None:
    words = "nine hundred and ninety-nine"
    groups = [f"{words} {group}" for group in ("trillion", "billion", "million", "thousand")]
    assert number_words_en.to_words("9" * 15) == " ".join([*groups, words])
    assert number_words_en.to_words("9" * 16) == " ".join(["nine"] * 16)


@pytest.mark.parametrize(
    ("written", "year", "decade"),
    [
        ("1000", "one thousand", "one thousands"),
        ("1009", "one thousand and nine", "one thousand and nines"),
        ("1010", "ten ten", "ten tens"),
        ("1100", "eleven hundred", "eleven hundreds"),
        ("1105", "eleven oh five", "eleven oh fives"),
        ("1500", "fifteen hundred", "fifteen hundreds"),
        ("1910", "nineteen ten", "nineteen tens"),
        ("1960", "nineteen sixty", "nineteen sixties"),
        ("1999", "nineteen ninety-nine", "nineteen ninety-nines"),
        ("2000", "two thousand", "two thousands"),
        ("2001", "two thousand and one", "two thousand and ones"),
        ("2009", "two thousand and nine", "two thousand and nines"),
        ("2010", "twenty ten", "twenty tens"),
        ("2020", "twenty twenty", "twenty twenties"),
        ("2099", "twenty ninety-nine", "twenty ninety-nines"),
        ("2100", "twenty-one hundred", "twenty-one hundreds"),
        ("2105", "twenty-one oh five", "twenty-one oh fives"),
    ],
)
def test_years(written: str, year: str, decade: str) -> None:
    assert number_words_en.to_year(written) == year
    assert number_words_en.to_decade(written) == decade


@pytest.mark.parametrize(
    ("fraction", "words"),
    [
        ((1, 2), "one half"),
        ((2, 2), "two over two"),
        ((3, 2), "three halves"),
        ((0, 5), "zero over five"),
        ((22, 20), "twenty-two over twenty"),
        ((5, 1), "five over one"),
        ((1, 4), "one quarter"),
        ((3, 4), "three quarters"),
        ((1, 3), "one third"),
        ((2, 3), "two thirds"),
        ((5, 21), "five twenty-firsts"),
        ((7, 100), "seven one hundredths"),
    ],
)
def test_fractions(fraction: tuple[int, int], words: str) -> None:
    assert number_words_en.to_fraction(*fraction) == words


def test_roman_numerals() -> None:
    numerals = "I II III IV V VI VIII IX X XI XIV XIX XX XXIX".split()
    values = [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 14, 19, 20, 29]
    assert [number_words_en.parse_roman(numeral) for numeral in numerals] == values


@given(st.integers(0, 10**15 - 1))
@settings(deadline=None)
def test_every_number_has_words(n: int) -> None:
    words = number_words_en.to_cardinal(n)
    assert words.replace("-", " ").replace(" ", "").isalpha()
    assert number_words_en.to_ordinal(n)[:3] == words[:3] or n < 13
