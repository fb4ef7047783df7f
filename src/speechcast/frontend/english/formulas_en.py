"""Read powers, indices and fractions in English words.

The rules and tables were written by hand for this project; spelling and words are American.
"""

from __future__ import annotations

import re

from ...documents.note_marks import is_note
from ...text.isotopes import ends_with_element, is_isotope
from ..rules import Match
from ..rules import make_rule as _rule
from ..scripts import (
    ENCLOSED,
    ENCLOSED_NUMBERS,
    FRACTION,
    LOWERED,
    LOWERED_DIGIT,
    RAISED,
    RAISED_DIGIT,
    text_after,
    text_before,
    written_out,
)
from .number_words_en import MAX_DIGITS, to_cardinal, to_fraction, to_ordinal, to_words
from .quantities_en import N
from .unit_names_en import read_exponent, read_signs

_ROOTS = {"√": "the square root of ", "∛": "the cube root of ", "∜": "the fourth root of "}


def _read_fraction(m: Match) -> str:
    top, bottom = map(int, written_out(m[2]).split("/"))
    return _with_whole(m[1], to_fraction(top, bottom))


def _read_split_fraction(m: Match) -> str:
    top, bottom = int(written_out(m[2])), int(written_out(m[3]))
    return _with_whole(m[1], to_fraction(top, bottom))


def _with_whole(whole: str | None, fraction: str) -> str:
    if not whole:
        return fraction
    return f"{to_words(whole)} and {fraction}"


def _read_power(m: Match) -> str:
    plain = written_out(m[2])
    if plain in {"st", "nd", "rd", "th"} and m[1].isdigit() and len(m[1]) <= MAX_DIGITS:
        return to_ordinal(int(m[1]))  # 1ˢᵗ
    if plain.isalpha() and len(plain) > 1:
        return f"{to_words(m[1])} {plain}"
    return f"{to_words(m[1])} {read_exponent(m[2])}"


def _read_raised(m: Match) -> str:
    """Return the words for raised characters that no figure stands before."""
    before, plain, after = text_before(m), written_out(m[0]), text_after(m)
    if is_isotope(plain, after) or ends_with_element(before, plain):
        return f" {read_signs(m[0])} "
    if is_note(plain, before, after):
        return ""
    is_ion = re.search(rf"{LOWERED}$|[A-Z]$|[A-Z][a-z]$", before) and plain[-1] in "+-"
    if is_ion or not re.search(r"[\w)]$", before) or (plain.isalpha() and len(plain) > 1):
        return " " + read_signs(m[0])
    return " " + read_exponent(plain)


RULES = (
    _rule(rf"(?:({N})\s?)?({FRACTION})", _read_fraction),
    _rule(rf"(\d{{1,4}})?({RAISED_DIGIT}{{1,4}})\s?[/⁄∕]\s?({LOWERED_DIGIT}{{1,4}})",
          _read_split_fraction),
    _rule(r"()(\d{1,4})\s?[⁄∕]\s?(\d{1,4})(?!\d)", _read_split_fraction),
    _rule(rf"({N})({RAISED}+)", _read_power),
    _rule(r"\^(?:\(([^()]{1,20})\)|([-−]?\d+(?:\.\d+)?|[A-Za-z]))",
          lambda m: " " + read_exponent(m[1] or m[2]), before=r"[\dA-Za-z)]"),
    _rule(rf"{RAISED_DIGIT}+(?=[A-Za-z])", lambda m: to_words(written_out(m[0])) + " ",
          before=r"(?:^|[^\w)])"),
    _rule(rf"{RAISED}+", _read_raised),
    _rule(rf"{LOWERED}+(?=[A-Za-z])", lambda m: f" {read_signs(m[0])} "),
    _rule(rf"{LOWERED}+", lambda m: f" {read_signs(m[0])}"),
    *(_rule(rf"{sign}(?=[\w(])", words) for sign, words in _ROOTS.items()),
    _rule(rf"{ENCLOSED}", lambda m: to_cardinal(ENCLOSED_NUMBERS[m[0]])),
)  # fmt: skip
"""The rules, which apply before those for plain figures."""

MAY_BEGIN = rf"{FRACTION}|{RAISED}|{LOWERED}|{ENCLOSED}|[√∛∜^]"
"""With what a match of the rules may begin, besides a figure."""
