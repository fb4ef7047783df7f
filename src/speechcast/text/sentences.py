"""Divide a paragraph into sentences.

A sentence ends at 。！？!? and at an ASCII full stop, and includes the quotes and brackets that
close there. A decimal point, an ellipsis, and the dot of a list number, an abbreviation or an
initial do not end one. The lists of words and the rules were written by hand for this project.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from .han import HAN_CLASS, is_east_asian

CLOSERS = frozenset("”’」』）)】》〉］]\"'")  # closing quotes and brackets
_ENDERS = "。！？!?｡．"
RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ")
"""The raised characters of Unicode that `documents.raised` writes."""
# Marks after a closing quote with which the sentence continues: “真的？”，他问。
_CONTINUING = "，、；：,;:)）—"
_FIGURES = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# A note's reference after the mark (产量上升。¹), not the top of a fraction (。¹/₂的人).
_NOTE = rf"[{_FIGURES}]{{1,9}}(?![{_FIGURES}/⁄∕])"
_CANDIDATE = re.compile(
    rf"(?:[{_ENDERS}]+|\.+)(?:[{re.escape(''.join(sorted(CLOSERS)))}]|{_NOTE})*"
)

# Abbreviations that never end a sentence when more text follows.
_NEVER_LAST = frozenset(
    "mr mrs ms dr prof st vs fig figs vol vols pp gen gov sen rep rev hon capt col lt sgt cf eg ie "
    "viz jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_BEFORE_FIGURES = frozenset("no nos".split())  # No. 5, but: No. Not now.
# Abbreviations that end a sentence only where a capital letter follows.
_SOMETIMES_LAST = frozenset("etc am pm inc ltd co corp jr sr bc ad".split())
# After initials (U.S.), only a word that seldom follows a name begins a new sentence.
_STARTERS = re.compile(
    r"(?:The|This|That|These|Those|It|He|She|We|They|I|You|In|But|And|A|An|Our|His|Her|There)\b"
)
_LATIN = r"[A-Za-z\u00c0-\u024f]"
# The word before a dot, with the dots inside it: the p.m of p.m.
_WORD_BEFORE = re.compile(rf"(?<!{_LATIN})(?:{_LATIN}\.)*{_LATIN}+$")
_LONGEST_WORD = 32  # characters; no longer word before a dot is an abbreviation
# A list number before a dot: the 1 of 1. and the 三 of 三.
_LIST_NUMBER = re.compile(
    r"[（(]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5}|[\u2160-\u216b]|[一二三四五六七八九十]{1,3})"
)
_LONGEST_LIST_NUMBER = 6  # characters
_LIST_CHARACTER = re.compile(r"[^\s；;]")  # before a list number stands one that is none of these
_ADDRESS_CHARACTER = re.compile("[A-Za-z0-9=&/]")
# The next item of a list: ii. or b)
_LIST_ITEM = re.compile(r"(?:[ivx]{1,4}|[a-z])[.)]\s")
# After a quotation, the clause naming its speaker belongs to the sentence: “真的？”他问。
_REPORTING_CLAUSE = re.compile(
    rf"{HAN_CLASS}{{1,6}}?(?:说|說|问|問|道|答|喊|叫|叹|嘆|笑)[着著了道]{{0,2}}(?:[，。；！]|$)|[a-z]"
)


def is_voiced(text: str) -> bool:
    """Return whether `text` has a letter, a digit or a character.

    Raised ones do not count, for by themselves they refer to a note.

    >>> is_voiced("好。"), is_voiced("——"), is_voiced("¹²")
    (True, False, False)
    """
    return any(c.isalnum() and c not in RAISED for c in text)


def split_sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph, each with its trailing white space.

    Joined, they are the paragraph. Text with nothing to speak belongs to the sentence before it,
    at the start to the one after it.

    >>> split_sentences("It rose 3.5 percent. “真的？”他问。好！")
    ['It rose 3.5 percent. ', '“真的？”他问。', '好！']
    """
    edges, voiced = [0], False
    for start, end in pairwise([0, *_find_ends(paragraph), len(paragraph)]):
        if is_voiced(paragraph[start:end]):
            edges += [start] if voiced else []
            voiced = True
    pieces = pairwise([*edges, len(paragraph)])
    return [paragraph[start:end] for start, end in pieces if start < end]


def _find_ends(text: str) -> Iterator[int]:
    """Yield where each sentence ends, including the white space after it."""
    start = _skip_space(text, 0)
    brackets = _Brackets.find(text)
    for match in _CANDIDATE.finditer(text):
        if _ends_sentence(text, start, match, brackets):
            start = _skip_space(text, match.end())
            yield start


class _Brackets(NamedTuple):
    """The indices of a paragraph's round brackets."""

    opening: list[int]
    closing: list[int]

    @classmethod
    def find(cls, text: str) -> _Brackets:
        """Return the brackets of a text."""
        opening, closing = (re.finditer(brackets, text) for brackets in ("[（(]", "[）)]"))
        return cls([m.start() for m in opening], [m.start() for m in closing])


def _ends_sentence(text: str, start: int, match: re.Match[str], brackets: _Brackets) -> bool:
    """Return whether the marks of `match` end a sentence.

    The sentence begins at `start`.
    """
    after = _skip_space(text, match.end())
    if match[0][-1] in "》〉":
        return after == len(text)  # a title that ends with a mark
    if _continues(text, match.end(), after) or _is_in_address(text, match):
        return False
    if _continues_after_bracket(text, start, match.end(), after, brackets):
        return False
    return not match[0].startswith(".") or _is_full_stop(text, start, match, after)


def _continues(text: str, end: int, after: int) -> bool:
    """Return whether the text from `after` on continues the sentence up to `end`."""
    if after < len(text) and text[after] in _CONTINUING:
        return True
    return text[end - 1] in CLOSERS and _REPORTING_CLAUSE.match(text, after) is not None


def _is_in_address(text: str, match: re.Match[str]) -> bool:
    """Return whether the mark stands inside a web address: a?b=1."""
    inside = _ADDRESS_CHARACTER.match(text, match.end())
    return bool(inside and re.fullmatch("[?!]+", match[0]))


def _is_full_stop(text: str, start: int, match: re.Match[str], after: int) -> bool:
    """Return whether the ASCII dot of `match` ends the sentence from `start` on."""
    dot, end = match.span()
    if match[0].startswith(".."):
        return False  # an ellipsis
    if _is_list_number(text, start, dot):
        return False
    last, following = text[max(start, dot - 1) : dot], text[end : end + 1]
    if is_east_asian(last or " "):  # after a Chinese character a dot is a 。
        return not following.isalnum() or is_east_asian(following)
    if following and not following.isspace() and not is_east_asian(following):
        return False  # a decimal point, a version, an address
    word = _WORD_BEFORE.search(text[max(start, dot - _LONGEST_WORD) : dot])
    if word is None or after == len(text) or _LIST_ITEM.match(text, after):
        return True
    return _ends_after_word(word[0], text, after, spaced=after > end)


def _is_list_number(text: str, start: int, end: int) -> bool:
    """Return whether the text from `start` to `end` ends with the number of a list's item."""
    first = end
    while first > max(start, end - _LONGEST_LIST_NUMBER) and _LIST_CHARACTER.match(text, first - 1):
        first -= 1
    if not _LIST_NUMBER.fullmatch(text, first, end):
        return False
    while first > start and text[first - 1].isspace():
        first -= 1
    return first == start or text[first - 1] in "；;"


def _ends_after_word(word: str, text: str, after: int, *, spaced: bool) -> bool:
    """Return whether the dot after a word ends a sentence.

    An example is the last dot of `p.m.`. The text goes on at `after`, with or without a space.
    """
    letters, following = word.replace(".", "").lower(), text[after]
    if letters in _BEFORE_FIGURES and word[0].isupper() and following.isdigit():
        return False
    if letters in _NEVER_LAST or following.islower():
        return False
    if letters in _SOMETIMES_LAST:  # 5 p.m. Then, but: 5p.m.开会
        return following.isupper() or not (following.isascii() or not spaced)
    if len(word) == 1 or "." in word:  # an initial, or several
        return word == "I" or _STARTERS.match(text, after) is not None
    return True


def _continues_after_bracket(
    text: str, start: int, end: int, after: int, brackets: _Brackets
) -> bool:
    """Return whether the sentence from `start` to `end` continues after its last bracket.

    It does if a bracket is still open, or if it ends with a bracketed insertion.
    """
    opened, closed = (
        bisect_left(indices, end) - bisect_left(indices, start) for indices in brackets
    )
    if opened > closed:
        return bool(brackets.closing) and brackets.closing[-1] >= after
    inserted = opened and text[end - 1] in "）)" and text[start] not in "（("
    return bool(inserted and after < len(text))


def _skip_space(text: str, position: int) -> int:
    """Return the first position from `position` on that is not white space."""
    while position < len(text) and text[position].isspace():
        position += 1
    return position
