"""Whole numbers as text that pages and tags can hold: a few characters for each.

A character of base 64 (RFC 4648) stands for five bits, the lowest first; the sixth says that
another character follows. Source maps write theirs so, too (ECMA-426, "Base64 VLQ").
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator

ALPHABET = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
_BITS = 5
_MORE = 1 << _BITS


def encode_numbers(numbers: Iterable[int]) -> str:
    """Return numbers as text.

    Raises:
        ValueError: One of them is negative.

    >>> encode_numbers([0, 31, 32, 1000])
    'AfgBof'
    """
    return "".join(character for number in numbers for character in _encode(number))


def _encode(number: int) -> Iterator[str]:
    if number < 0:
        raise ValueError(f"{number} is negative")
    while number >= _MORE:
        yield ALPHABET[_MORE | number % _MORE]
        number >>= _BITS
    yield ALPHABET[number]


def decode_numbers(text: str) -> list[int]:
    """Return the numbers in a text that `encode_numbers` wrote.

    Raises:
        ValueError: It is none.
    """
    numbers = []
    number = shift = 0
    for character in text:
        bits = ALPHABET.index(character)
        number |= bits % _MORE << shift
        shift += _BITS
        if bits < _MORE:
            numbers.append(number)
            number = shift = 0
    if shift:
        raise ValueError("the last number goes on")
    return numbers
