"""The times of words, as text in a tag that only we read: three numbers for each word.

They are the characters skipped before it, its characters, and the milliseconds since the one before
it. A word takes four characters or so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...text.packed_numbers import decode_numbers, encode_numbers
from .model import TimedRange

OWNER = "speechcast.words"  # of the private frame (ID3v2.4, "PRIV")


def encode_words(words: Iterable[TimedRange]) -> str:
    """Return the words, in the order of the text and of their times, as text.

    >>> encode_words([TimedRange(0, 2, 100), TimedRange(3, 4, 350)])
    'ACkDBB6H'
    """
    return encode_numbers(_differences(words))


def _differences(words: Iterable[TimedRange]) -> Iterator[int]:
    end = time = 0
    for word in words:
        yield from (word.start - end, word.end - word.start, word.time - time)
        end, time = word.end, word.time


def decode_words(text: str) -> tuple[TimedRange, ...]:
    """Return the words in a text that `encode_words` wrote; none if it is another."""
    try:
        numbers = decode_numbers(text)
        return tuple(_add_up(zip(*[iter(numbers)] * 3, strict=True)))
    except ValueError:
        return ()


def _add_up(differences: Iterable[tuple[int, ...]]) -> Iterator[TimedRange]:
    end = time = 0
    for skipped, shown, passed in differences:
        start = end + skipped
        end, time = start + shown, time + passed
        yield TimedRange(start, end, time)
