"""Divide a paragraph into sentences.

A sentence ends at 。！？!? and at an ASCII full stop, and includes the quotes and brackets that
close there. A decimal point, an ellipsis, and the dot of a list number, an abbreviation or an
initial do not end one, nor do the marks in a title, or in a quotation that is part of a clause. The
lists of words and the rules were written by hand for this project.

Of pySBD's 48 golden rules for English it divides 47 alike. The last has `compounds. . . . The`,
where the spaced dots stay here with the sentence they end: they are no beginning for a cue.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import NamedTuple

from .abbreviations import is_last_word
from .han import HAN_CLASS, is_east_asian
from .list_numbers import find_items, is_list_number
from .quotations import find_held_marks

CLOSERS = frozenset("”’」』）)】》〉］]\"'")  # closing quotes and brackets
_ENDERS = "。！？!?｡"
RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ")
"""The raised characters of Unicode that `documents.raised` writes."""
# Marks after a closing quote with which the sentence continues: “真的？”，他问。
_CONTINUING = "，、；：,;:)）—–"
_ELLIPSIS = 3  # dots
_FIGURES = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# A note's reference after the mark (产量上升。¹), not the top of a fraction (。¹/₂的人) nor the
# mass number of an isotope (。¹⁴C测年).
_NOTE = rf"[{_FIGURES}]{{1,9}}(?![{_FIGURES}/⁄∕ᵐA-Z])"
_CANDIDATE = re.compile(
    rf"(?:[{_ENDERS}]++|[.．]++(?: [.．]++)*(?! [.．]))"
    rf"(?:[{re.escape(''.join(sorted(CLOSERS)))}]|{_NOTE})*"
)

_ADDRESS_CHARACTER = re.compile("[A-Za-z0-9=&/]")
# A day's name: the rest of 五.四 after its dot, but 目标一.二是 is two sentences.
_NUMERALS = "一二三四五六七八九十"
_REST_OF_DATE = re.compile(f"[{_NUMERALS}]{{1,3}}+(?![是、，])")
_NAME = re.compile("[A-Z][A-Za-z]{0,15}$")  # before a mark that is part of it: Yahoo!
_LONGEST_NAME = 16  # characters
# After a quotation, the clause naming its speaker belongs to the sentence: “真的？”他问。
_REPORTING_CLAUSE = re.compile(
    rf"{HAN_CLASS}{{1,12}}?(?:[说說问問道答喊]|表示|指出|强调|強調|介绍|介紹|感慨|坦言|透露|呼吁|呼籲)"
    rf"[着著了道]{{0,2}}(?:[，。；！]|$)|{HAN_CLASS}{{1,6}}?[叫叹嘆笑][着著了道]{{0,2}}(?:[，。；！]|$)|[a-z]"
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
    held = find_held_marks(text)
    items = find_items(text)
    item = next(items, len(text))
    for match in _CANDIDATE.finditer(text):
        while item <= match.start():
            yield (start := item)
            item = next(items, len(text))
        if not held[match.start()] and _ends_sentence(text, start, match, brackets):
            start = _skip_space(text, match.end())
            yield start
    yield from chain([item], items)


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
    if _continues(text, match.end(), after) or _is_inside_word(text, match):
        return False
    if _continues_after_bracket(text, start, match.end(), after, brackets):
        return False
    return match[0][0] not in ".．" or _is_full_stop(text, start, match, after)


def _continues(text: str, end: int, after: int) -> bool:
    """Return whether the text from `after` on continues the sentence up to `end`."""
    if after < len(text) and text[after] in _CONTINUING:
        return True
    return text[end - 1] in CLOSERS and _REPORTING_CLAUSE.match(text, after) is not None


def _is_inside_word(text: str, match: re.Match[str]) -> bool:
    """Return whether ? or ! stands inside a web address (a?b=1) or ends a name (Yahoo! in)."""
    if not re.fullmatch("[?!]+", match[0]):
        return False
    start, end = match.span()
    if match[0] == "!" and text[end : end + 1] == " " and text[end + 1 : end + 2].islower():
        return _NAME.search(text[max(0, start - _LONGEST_NAME) : start]) is not None
    return _ADDRESS_CHARACTER.match(text, end) is not None


def _is_full_stop(text: str, start: int, match: re.Match[str], after: int) -> bool:
    """Return whether the dot of `match` ends the sentence from `start` on."""
    dot, end = match.span()
    if (dots := sum(match[0].count(mark) for mark in ".．")) > 1:  # an ellipsis, and a full stop?
        return dots > _ELLIPSIS and text[after : after + 1].isupper()
    if is_list_number(text, start, dot):
        return False
    last, following = text[max(start, dot - 1) : dot], text[end : end + 1]
    if is_east_asian(last or " "):  # after a Chinese character a dot is a 。
        if last in _NUMERALS and _REST_OF_DATE.match(text, end):
            return False
        return not following.isalnum() or is_east_asian(following)
    if following and not following.isspace() and not is_east_asian(following):
        return False  # a decimal point, a version, an address
    return is_last_word(text, start, dot, after, spaced=after > end)


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
