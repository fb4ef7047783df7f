"""Read powers, indices, fractions and composite units in English words.

The rules and tables were written by hand for this project; spelling and words are American.
"""

from __future__ import annotations

import re

from ..documents.raised import is_note
from .number_words_en import to_cardinal, to_fraction, to_words
from .rules import Match
from .rules import compile_rule as _rule
from .scripts import (
    ENCLOSED,
    ENCLOSED_NUMBERS,
    FRACTION,
    LOWERED,
    LOWERED_DIGIT,
    RAISED,
    RAISED_DIGIT,
    SQUARED_UNIT,
    text_before,
    written_out,
    written_unit,
)

_LENGTHS = {
    "km": "kilometer",
    "dm": "decimeter",
    "cm": "centimeter",
    "mm": "millimeter",
    "μm": "micrometer",
    "nm": "nanometer",
    "m": "meter",
    "ft": "foot",
    "in": "inch",
    "yd": "yard",
    "mi": "mile",
}
_UNITS = _LENGTHS | {
    "kg": "kilogram",
    "mg": "milligram",
    "μg": "microgram",
    "ng": "nanogram",
    "g": "gram",
    "t": "ton",
    "mL": "milliliter",
    "ml": "milliliter",
    "L": "liter",
    "mol": "mole",
    "kN": "kilonewton",
    "N": "newton",
    "J": "joule",
    "kJ": "kilojoule",
    "kW": "kilowatt",
    "W": "watt",
    "Pa": "pascal",
    "s": "second",
    "h": "hour",
    "K": "kelvin",
}
_PLURALS = {"foot": "feet", "inch": "inches"}
_SIGNS = {"+": "plus", "-": "minus", "=": "equals", "(": "", ")": ""}
_ROOTS = {"√": "the square root of ", "∛": "the cube root of ", "∜": "the fourth root of "}

_FACTOR = rf"(?:{'|'.join(sorted(_UNITS, key=len, reverse=True))}){RAISED}*"
_LENGTH_POWER = rf"(?:{'|'.join(sorted(_LENGTHS, key=len, reverse=True))})[⁻]?[²³⁴]"
_COMPOSITE = rf"{_FACTOR}(?:[/·⋅]{_FACTOR}){{1,4}}(?<={RAISED})"
_UNIT = rf"(?:{_COMPOSITE}|{_LENGTH_POWER})(?![A-Za-z{RAISED[1:]})"
_N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


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


def _read_measure(m: Match) -> str:
    return f"{to_words(m[1])} {read_unit(written_unit(m[2]), plural=m[1] != '1')}"


def read_unit(text: str, *, plural: bool = True) -> str:
    """Return a unit in words.

    >>> read_unit("km²"), read_unit("kg/m³"), read_unit("m/s²", plural=False)
    ('square kilometers', 'kilograms per cubic meter', 'meter per second squared')
    """
    words: list[str] = []
    for sign, base, raised in re.findall(rf"([/·⋅]?)([A-Za-zμ]+)({RAISED}*)", text):
        exponent = written_out(raised)
        divides = sign == "/" or exponent.startswith("-")
        words += ["per"] * divides
        words.append(_read_factor(base, exponent.lstrip("-"), plural=plural and not divides))
    return " ".join(words)


def _read_factor(base: str, exponent: str, *, plural: bool) -> str:
    name = _UNITS.get(base, base)
    if plural:
        name = _PLURALS.get(name, f"{name}s")
    if base in _LENGTHS and exponent in {"2", "3"}:
        return f"{'square' if exponent == '2' else 'cubic'} {name}"
    return f"{name} {_read_exponent(exponent)}" if exponent not in {"", "1"} else name


def _read_exponent(text: str) -> str:
    """Return the words of an exponent: squared, to the power of minus three."""
    plain = written_out(text).replace("−", "-")
    if plain in {"2", "3"}:
        return "squared" if plain == "2" else "cubed"
    if span := re.fullmatch(r"(\d+)-(\d+)", plain):
        return f"to the power of {to_words(span[1])} to {to_words(span[2])}"
    return f"to the power of {_read_signs(plain)}"


def _read_signs(text: str) -> str:
    """Return raised or lowered text as it is read sign by sign."""
    pieces = re.findall(r"\d+(?:\.\d+)?|.", written_out(text))
    words = (to_words(p) if p[0].isdecimal() else _SIGNS.get(p, p) for p in pieces)
    return " ".join(filter(None, words))


def _read_power(m: Match) -> str:
    plain = written_out(m[2])
    if plain.isalpha() and len(plain) > 1:
        return f"{to_words(m[1])} {plain}"  # 1ˢᵗ
    return f"{to_words(m[1])} {_read_exponent(m[2])}"


def _read_raised(m: Match) -> str:
    """Return the words for raised characters that no figure stands before."""
    before, plain = text_before(m), written_out(m[0])
    if is_note(plain, before, m.string[m.end() : m.end() + 4]):
        return ""
    is_ion = re.search(rf"{LOWERED}$|[A-Z]$|[A-Z][a-z]$", before) and plain[-1] in "+-"
    if is_ion or not re.search(r"[\w)]$", before) or (plain.isalpha() and len(plain) > 1):
        return " " + _read_signs(m[0])
    return " " + _read_exponent(plain)


RULES = (
    _rule(rf"(?:({_N})\s?)?({FRACTION})", _read_fraction),
    _rule(rf"(\d{{1,4}})?({RAISED_DIGIT}{{1,4}})\s?[/⁄∕]\s?({LOWERED_DIGIT}{{1,4}})",
          _read_split_fraction),
    _rule(r"()(\d{1,4})\s?[⁄∕]\s?(\d{1,4})(?!\d)", _read_split_fraction),
    _rule(rf"({_N})\s?({_UNIT}|{SQUARED_UNIT})", _read_measure),
    _rule(rf"\s?/\s?({_UNIT}|{SQUARED_UNIT})",
          lambda m: f" per {read_unit(written_unit(m[1]), plural=False)}"),
    _rule(rf"(?<![A-Za-z])({_UNIT}|{SQUARED_UNIT})", lambda m: read_unit(written_unit(m[1]))),
    _rule(rf"({_N})({RAISED}+)", _read_power),
    _rule(r"\^(?:\(([^()]{1,20})\)|([-−]?\d+(?:\.\d+)?|[A-Za-z]))",
          lambda m: " " + _read_exponent(m[1] or m[2]), before=r"[\dA-Za-z)]"),
    _rule(rf"{RAISED_DIGIT}+(?=[A-Za-z])", lambda m: to_words(written_out(m[0])) + " ",
          before=r"(?:^|[^\w)])"),
    _rule(rf"{RAISED}+", _read_raised),
    _rule(rf"{LOWERED}+(?=[A-Za-z])", lambda m: f" {_read_signs(m[0])} "),
    _rule(rf"{LOWERED}+", lambda m: f" {_read_signs(m[0])}"),
    *(_rule(rf"{sign}(?=[\w(])", words) for sign, words in _ROOTS.items()),
    _rule(rf"{ENCLOSED}", lambda m: to_cardinal(ENCLOSED_NUMBERS[m[0]])),
)  # fmt: skip
"""The rules, which apply before those for plain figures."""

MAY_BEGIN = rf"{FRACTION}|{RAISED}|{LOWERED}|{SQUARED_UNIT}|{ENCLOSED}|[√∛∜^]|\s?/|{_UNIT}"
"""With what a match of the rules may begin, besides a figure."""
