"""Recognize the numbers of a list's items: 1. 一、 （一） ① a) • 2.

Items that no mark divides, as in `1. Open 2. Read`, follow one another by their numbers.
The forms of numbers were listed by hand for this project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count, islice
from string import ascii_lowercase, ascii_uppercase

from .han import is_east_asian

_NUMERALS = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BULLETS = "•‣⁃◦▪●·"
# A list number before a dot: the 1 of 1. and the 三 of 三.
_BEFORE_DOT = re.compile(
    rf"[{_BULLETS}]?[（(]?(?:\d{{1,3}}|[A-Za-z]|[ivxIVX]{{1,5}}|[\u2160-\u216b]|第?[{_NUMERALS}]{{1,3}})"
)
_LONGEST = 6  # characters before a dot
_CHARACTER = re.compile(r"[^\s；;：]")  # before a list number stands one that is none of these
# The first number of a list, which begins the text or follows a colon: 1. （1） a) 一、 ①
_FIRST = re.compile(
    rf"(?:^|：)\s*(?P<before>[{_BULLETS}]?\s?[（(]?)"
    r"(?P<number>\d{1,3}|[aA一①])(?P<after>[.．]?[)）]|[.．、]|(?<=①))"
)


def is_list_number(text: str, start: int, end: int) -> bool:
    """Return whether the text from `start` to `end` ends with the number of a list's item.

    >>> is_list_number("1.加强领导", 0, 1), is_list_number("他是第1.", 0, 4)
    (True, False)
    """
    first = end
    while first > max(start, end - _LONGEST) and _CHARACTER.match(text, first - 1):
        first -= 1
    if not _BEFORE_DOT.fullmatch(text, first, end):
        return False
    while first > start and (text[first - 1].isspace() or text[first - 1] in _BULLETS):
        first -= 1
    return first == start or text[first - 1] in "；;："


def find_items(text: str) -> Iterator[int]:
    """Yield where the second and each further item of a list begins, by its number.

    The list begins with the text or after a colon, and white space stands before each further
    number.

    >>> list(find_items("1. Open 2. Read"))
    [8]
    """
    first = _FIRST.search(text)
    if first is None:
        return
    position = first.end()
    for number in _count_on(first["number"]):
        label = first["before"] + number + first["after"]
        start = text.find(label, position)
        while start >= 0 and not _is_item(text, start, start + len(label)):
            start = text.find(label, start + 1)
        if start < 0:
            return
        yield start
        position = start + len(label)


def _is_item(text: str, start: int, end: int) -> bool:
    """Return whether what stands from `start` to `end` is the number of an item.

    A decimal (2.5) is none, nor is an initial (B. Jones).
    """
    following = text[end : end + 2].lstrip()[:1]
    if not text[start - 1].isspace() or text[end : end + 1].isdigit():
        return False
    if text[end - 1] not in ".．":
        return bool(following)
    initial = text[end - 2].isupper() and not is_east_asian(following)
    return bool(following) and not (following.islower() or initial)


def _count_on(first: str) -> Iterator[str]:
    """Return the numbers after the first one, in its script."""
    if first.isdecimal():
        return map(str, count(int(first) + 1))
    if first == "一":
        tens = ("", "十", *(f"{ten}十" for ten in _NUMERALS[1:9]))
        numbers = (ten + one for ten in tens for one in ("", *_NUMERALS[:9]))
        return islice(numbers, 2, None)
    letters = _CIRCLED if first == "①" else ascii_lowercase
    return iter((letters if first != "A" else ascii_uppercase)[1:])
