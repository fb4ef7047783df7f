"""Whole numbers as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.text.packed_numbers import ALPHABET, decode_numbers, encode_numbers


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([], ""), ([0], "A"), ([31, 32], "fgB"), ([1000, 0, 1], "ofAB"), ([1 << 15], "gggB")],
)
def test_small_numbers_take_few_characters(numbers: list[int], text: str) -> None:
    assert encode_numbers(numbers) == text
    assert decode_numbers(text) == numbers


@given(st.lists(st.integers(0, 1 << 40)))
def test_what_was_written_is_read(numbers: list[int]) -> None:
    text = encode_numbers(numbers)
    assert set(text) <= set(ALPHABET)
    assert decode_numbers(text) == numbers


@pytest.mark.parametrize("text", ["g", "Ag", "?", "A A"])
def test_what_is_cut_or_foreign_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"goes on|substring not found"):
        decode_numbers(text)


@pytest.mark.parametrize("number", [-1, -40, -65])
def test_a_negative_number_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="is negative"):
        encode_numbers([0, number])
