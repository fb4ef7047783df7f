"""Name units of measurement in English: km², kg/m³, MWh, sq ft.

A unit is a prefix and a base; the names are those of the International System of Units (the SI
Brochure, 9th edition, tables 2 to 8) in American spelling, and the customary units of the United
States. Which prefixes a base takes was chosen by hand for this project, so that no word (5 pm,
5 am) is read as a unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..scripts import RAISED, SQUARED_UNIT, written_out, written_unit
from .number_words_en import to_words

_PREFIXES = {"T": "tera", "G": "giga", "M": "mega", "k": "kilo", "K": "kilo", "P": "peta",
             "h": "hecto", "d": "deci", "c": "centi", "m": "milli", "μ": "micro", "n": "nano",
             "p": "pico"}  # fmt: skip
# A base: its name and the prefixes it takes; a space for itself without one.
_BASES = {
    "m": ("meter", " kdcmμn"),
    "g": ("gram", " kmμnp"),
    "L": ("liter", " mcdμ"),
    "l": ("liter", "mcdμ"),
    "s": ("second", " mμn"),
    "Hz": ("hertz", " kMGT"),
    "W": ("watt", " kMGTm"),
    "Wp": ("watt peak", "kMG"),
    "Wh": ("watt hour", " kMGT"),
    "V": ("volt", " kmM"),
    "A": ("ampere", "kmμ"),
    "Ah": ("ampere hour", " m"),
    "J": ("joule", " kMG"),
    "N": ("newton", " kM"),
    "Pa": ("pascal", " hkMG"),
    "Bq": ("becquerel", " kMGT"),
    "Sv": ("sievert", " mμ"),
    "Ω": ("ohm", " kM"),
    "F": ("farad", "mμnp"),
    "eV": ("electronvolt", " kMGT"),
    "mol": ("mole", " mμnp"),
    "IU": ("international unit", " mμk"),
    "Eq": ("equivalent", "mμ"),
    "cal": ("calorie", " k"),
    "t": ("ton", " kMG"),
    "bar": ("bar", " m"),
    "lm": ("lumen", " "),
    "lx": ("lux", " "),
    "B": ("byte", "kKMGTP"),
    "b": ("bit", "kKMGT"),
    "bit": ("bit", "kKMG"),
    "bps": ("bit per second", "kKMGT"),
    "B/s": ("byte per second", "kKMGT"),
}
_BINARY = {"KiB": "kibibyte", "MiB": "mebibyte", "GiB": "gibibyte", "TiB": "tebibyte"}
_CUSTOMARY = {
    "ft": "foot", "yd": "yard", "yds": "yard", "mi": "mile", "nmi": "nautical mile",
    "oz": "ounce", "fl oz": "fluid ounce", "lb": "pound", "lbs": "pound", "qt": "quart",
    "gal": "gallon", "gals": "gallon", "tsp": "teaspoon", "tbsp": "tablespoon", "ha": "hectare",
    "mph": "mile per hour", "kph": "kilometer per hour", "kmh": "kilometer per hour",
    "mpg": "mile per gallon", "fps": "frame per second", "rpm": "revolution per minute",
    "psi": "pound per square inch", "hp": "horsepower", "ppm": "part per million",
    "ppb": "part per billion", "dB": "decibel", "bps": "basis point", "bp": "basis point",
    "MP": "megapixel", "U/L": "unit per liter", "U/mL": "unit per milliliter",
    "ppg": "point per game", "rpg": "rebound per game", "apg": "assist per game",
    "h": "hour", "hr": "hour", "hrs": "hour", "min": "minute", "mins": "minute", "sec": "second",
    "secs": "second", "yr": "year", "yrs": "year", "wk": "week", "wks": "week", "mo": "month",
    "bpm": "beat per minute", "dpi": "dot per inch", "ppi": "pixel per inch",
    "cc": "cubic centimeter", "kgs": "kilogram", "kms": "kilometer", "cms": "centimeter",
    "mls": "milliliter", "gms": "gram", "ly": "light-year", "Å": "angstrom",
    "bbl": "barrel", "bu": "bushel", "kn": "knot", "kts": "knot", "pts": "point",
    "mmHg": "millimeter of mercury",
    "cmH2O": "centimeter of water",
    "°C": "degree Celsius", "° C": "degree Celsius", "℃": "degree Celsius",
    "°F": "degree Fahrenheit", "° F": "degree Fahrenheit", "℉": "degree Fahrenheit",
    "°": "degree",
}  # fmt: skip
_INVARIABLE = ("hertz", "lux", "horsepower", "peak")
_IRREGULAR = {"foot": "feet", "inch": "inches"}


def _name_units() -> dict[str, str]:
    """Return every unit's symbol and its name in the singular."""
    units = _CUSTOMARY | _BINARY
    for base, (name, prefixes) in _BASES.items():
        for prefix in prefixes:
            units[prefix.strip() + base] = _PREFIXES.get(prefix, "") + name
    return units


UNITS = _name_units()
LENGTHS = {unit: name for unit, name in UNITS.items() if name.endswith(("meter", "mile", "yard"))}
LENGTHS |= {"ft": "foot", "in": "inch"}
_FACTORS = UNITS | LENGTHS | {"K": "kelvin"}  # of a composite unit


def _alternatives(symbols: Iterable[str]) -> str:
    return "|".join(re.escape(symbol) for symbol in sorted(symbols, key=len, reverse=True))


def _prefixed() -> str:
    """Return a pattern of the bases with their prefixes, much smaller than a list of them all."""
    groups: dict[str, list[str]] = {}
    for base, (_, prefixes) in _BASES.items():
        groups.setdefault(prefixes, []).append(base)
    return "|".join(
        rf"(?:[{prefixes.strip()}]{'?' if ' ' in prefixes else ''})(?:{_alternatives(bases)})"
        if prefixes.strip()
        else _alternatives(bases)
        for prefixes, bases in groups.items()
    )


SIMPLE_UNIT = f"(?:{_prefixed()}|{_alternatives((*_CUSTOMARY, *_BINARY))})"
FACTOR = (
    rf"(?:{_prefixed()}|{_alternatives(w for w in _CUSTOMARY if w.isalpha())}|K){RAISED}{{0,3}}"
)
POWER = rf"(?:{_alternatives(LENGTHS)})[23]"
_AREA = r"(?:sq|cu)\.?\s?(?:ft|in|mi|yd|km|cm|m)"
UNIT = (
    rf"(?:{SIMPLE_UNIT}{RAISED}{{0,3}}(?:[/·⋅]{FACTOR}){{0,4}}(?:(?<=/[a-z])[23])?"
    rf"|{POWER}|in[²³]|{SQUARED_UNIT}|{_AREA})"
    rf"(?![A-Za-z\d{RAISED[1:]})(?:(?<=[a-z])\.(?=\s[a-z\d]))?"
)
"""A unit's symbol, as part of a regular expression."""


def read_unit(text: str, *, plural: bool = True) -> str:
    """Return a unit in words.

    >>> read_unit("km²"), read_unit("kg/m³"), read_unit("m/s²", plural=False), read_unit("MWh")
    ('square kilometers', 'kilograms per cubic meter', 'meter per second squared', 'megawatt hours')
    """
    text = written_unit(text).rstrip(".")
    if area := re.fullmatch(r"(sq|cu)\.?\s?(\w+)", text):
        text = f"{area[2]}{'²' if area[1] == 'sq' else '³'}"
    if power := re.fullmatch(r"([A-Za-zμ/·]+)([23])", text):
        text = f"{power[1]}{'²' if power[2] == '2' else '³'}"
    if text in UNITS:
        return _pluralize(UNITS[text]) if plural else UNITS[text]
    words: list[str] = []
    for sign, base, raised in re.findall(rf"([/·⋅]?)([A-Za-zμΩ]+)({RAISED}*)", text):
        exponent = written_out(raised)
        divides = sign == "/" or exponent.startswith("-")
        words += ["per"] * divides
        words.append(_read_factor(base, exponent.lstrip("-"), plural=plural and not divides))
    return " ".join(words)


def _pluralize(name: str) -> str:
    """Return the plural of a unit's name.

    >>> _pluralize("mile per hour"), _pluralize("degree Celsius"), _pluralize("square foot")
    ('miles per hour', 'degrees Celsius', 'square feet')
    """
    head = re.split(r" per | of |(?<=degree) ", name, maxsplit=1)[0]
    first, space, last = head.rpartition(" ")
    if not last.endswith(_INVARIABLE):
        last = _IRREGULAR.get(last, f"{last}s")
    return first + space + last + name[len(head) :]


def _read_factor(base: str, exponent: str, *, plural: bool) -> str:
    name = _FACTORS.get(base, base)
    name = _pluralize(name) if plural else name
    if base in LENGTHS and exponent in {"2", "3"}:
        return f"{'square' if exponent == '2' else 'cubic'} {name}"
    return f"{name} {read_exponent(exponent)}" if exponent not in {"", "1"} else name


def read_exponent(text: str) -> str:
    """Return the words of an exponent.

    >>> read_exponent("2"), read_exponent("-3")
    ('squared', 'to the power of minus three')
    """
    plain = written_out(text).replace("−", "-")
    if plain in {"2", "3"}:
        return "squared" if plain == "2" else "cubed"
    if span := re.fullmatch(r"(\d+)-(\d+)", plain):
        return f"to the power of {to_words(span[1])} to {to_words(span[2])}"
    return f"to the power of {read_signs(plain)}"


_SIGNS = {"+": "plus", "-": "minus", "=": "equals", "(": "", ")": ""}


def read_signs(text: str) -> str:
    """Return raised or lowered text as it is read sign by sign."""
    pieces = re.findall(r"\d+(?:\.\d+)?|.", written_out(text))
    words = (to_words(p) if p[0].isdecimal() else _SIGNS.get(p, p) for p in pieces)
    return " ".join(filter(None, words))
