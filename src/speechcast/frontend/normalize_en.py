"""Figures, dates, amounts, signs and abbreviations in English text, to the words for them.

Each rule is a pattern, what is said for a match of it, and (for some) what must stand before; the
first that matches at a place holds. What it matches is one token: shown as written, spoken so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from .number_words_en import (
    to_cardinal,
    to_decade,
    to_words,
    to_fraction,
    to_ordinal,
    parse_roman,
    spell_digits,
    to_year,
)

Match = re.Match[str]

_MONEY = {
    "$": ("dollar", "dollars", "cents"),
    "£": ("pound", "pounds", "pence"),
    "€": ("euro", "euros", "cents"),
    "¥": ("yen", "yen", "sen"),
}
_COUNTRIES = {
    "US": "U.S. ",
    "HK": "Hong Kong ",
    "A": "Australian ",
    "C": "Canadian ",
    "NT": "Taiwan ",
}
_MAGNITUDES = {"k": "thousand", "m": "million", "mn": "million", "b": "billion", "bn": "billion"}
_UNITS = {
    "km/h": "kilometers per hour",
    "kph": "kilometers per hour",
    "mph": "miles per hour",
    "m/s": "meters per second",
    "km²": "square kilometers",
    "m²": "square meters",
    "m³": "cubic meters",
    "kWh": "kilowatt hours",
    "km": "kilometers",
    "cm": "centimeters",
    "mm": "millimeters",
    "kg": "kilograms",
    "mg": "milligrams",
    "kW": "kilowatts",
    "MW": "megawatts",
    "GW": "gigawatts",
    "GHz": "gigahertz",
    "MHz": "megahertz",
    "Hz": "hertz",
    "TB": "terabytes",
    "GB": "gigabytes",
    "MB": "megabytes",
    "lbs": "pounds",
    "lb": "pounds",
    "oz": "ounces",
    "ft": "feet",
    "mi": "miles",
    "ml": "milliliters",
    "mL": "milliliters",
    "m": "meters",
    "g": "grams",
    "L": "liters",
}
_SCALES = {**dict.fromkeys("C℃", " Celsius"), **dict.fromkeys("F℉", " Fahrenheit")}
_ABBREVIATIONS = {
    "Mr": "Mister",
    "Mrs": "Mrs",
    "Ms": "Miz",
    "Dr": "Doctor",
    "Prof": "Professor",
    "Sen": "Senator",
    "Gov": "Governor",
    "Gen": "General",
    "Rep": "Representative",
    "Rev": "Reverend",
    "Hon": "Honorable",
    "Capt": "Captain",
    "Lt": "Lieutenant",
    "Col": "Colonel",
    "Sgt": "Sergeant",
    "Jr": "Junior",
    "Sr": "Senior",
    "Inc": "Incorporated",
    "Ltd": "Limited",
    "Corp": "Corporation",
    "Bros": "Brothers",
    "Dept": "Department",
    "approx": "approximately",
    "vs": "versus",
    "etc": "et cetera",
}
_MONTHS = {
    "Jan": "January",
    "Feb": "February",
    "Mar": "March",
    "Apr": "April",
    "May": "May",
    "Jun": "June",
    "Jul": "July",
    "Aug": "August",
    "Sep": "September",
    "Sept": "September",
    "Oct": "October",
    "Nov": "November",
    "Dec": "December",
}
_SIGNS = {
    "&": "and",
    "+": "plus",
    "=": "equals",
    "@": "at",
    "%": "percent",
    "#": "number",
    "×": "times",
    "÷": "divided by",
    "<": "less than",
    ">": "greater than",
    "≤": "at most",
    "≥": "at least",
    "±": "plus or minus",
    "≈": "about",
    "°": "degrees",
    "§": "section",
    "$": "dollars",
    "£": "pounds",
    "€": "euros",
    "¥": "yen",
    "¢": "cents",
    "℃": "degrees Celsius",
    "℉": "degrees Fahrenheit",
    "≠": "is not",
    "∞": "infinity",
    "№": "number",
    "＆": "and",
    "＋": "plus",
    "→": "to",
}
_HALVES = {"½": "one half", "⅓": "one third", "⅔": "two thirds", "¼": "one quarter",
           "¾": "three quarters"}  # fmt: skip

_N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_TO = r"\s?[-–—−~]\s?"
_YEAR = r"(?:1[1-9]|20)\d\d"
_TIME = r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?"
_HALF_OF_DAY = r"\s?([AaPp])\.?[Mm]\b(?:\.(?=\W*\w))?"  # the last full stop ends the sentence
_MONTH = rf"(?:{'|'.join(sorted({*_MONTHS, *_MONTHS.values()}, key=len, reverse=True))})"
_UNIT = "|".join(map(re.escape, _UNITS))
_COUNTED = r"(?:people|men|women|children|(?!was|has|his|this|its|does|as|is)[a-z]{2,}s)\b"
_BOOKS = (
    "War|Chapter|Part|Act|Article|Title|Section|Volume|Phase|Type|Class|Book|Bowl|Stage|Scene|"
    "Level|Figure|Table|Appendix|Apollo|Grade|Annex"
)
_DOTTED = "|".join((*_ABBREVIATIONS, *_MONTHS, "St", "No", "Nos", "[A-Z]"))


class Rule(NamedTuple):
    pattern: re.Pattern[str]
    spoken: Callable[[Match], str]
    before: re.Pattern[str] | None = None


def match_english(text: str, position: int) -> tuple[int, str] | None:
    """How long what begins at `at` is, if words are to be said for it, and which."""
    if not _MAY_BEGIN.match(text, position):
        return None
    for rule in _RULES:
        match = rule.pattern.match(text, position)
        if match and (
            rule.before is None or rule.before.search(text[max(0, position - 24) : position])
        ):
            return len(match[0]), rule.spoken(match)
    return None


def _read_time(time: str, half_of_day: str | None) -> str:
    hour, minute, *second = map(int, time.split(":"))
    if minute:
        words = f"{to_cardinal(hour)} {'oh ' if minute < 10 else ''}{to_cardinal(minute)}"
    else:
        words = to_cardinal(hour) + (
            "" if half_of_day else " o'clock" if hour <= 12 else " hundred"
        )
    words += f" and {to_cardinal(second[0])} seconds" if second else ""
    return words + (f" {half_of_day.lower()}.m." if half_of_day else "")


def _read_amount(m: Match) -> str:
    """$5.3 billion, £1.25, US$3–5m."""
    country, sign, low, high, magnitude = m.groups()
    one, several, hundredths = _MONEY[sign]
    country = _COUNTRIES.get(country or "", "")
    if magnitude or high:
        span = f"{to_words(low)} to {to_words(high)}" if high else to_words(low)
        magnitude = magnitude and _MAGNITUDES.get(magnitude.lower(), magnitude.lower())
        return " ".join(filter(None, (span, magnitude, country + several)))
    whole, _, rest = low.replace(",", "").partition(".")
    if len(rest) != 2:
        return f"{to_words(low)} {country}{one if low == '1' else several}"
    words = (
        f"{to_cardinal(int(whole))} {country}{one if whole == '1' else several}"
        if int(whole)
        else ""
    )
    small = to_cardinal(int(rest)) + ("" if words else f" {hundredths}")
    return f"{words} {small if int(rest) else ''}".strip()


def _read_measure(m: Match) -> str:
    unit = _UNITS[m[2]]
    if m[1] == "1":
        unit = "foot" if unit == "feet" else re.sub(r"s\b", "", unit, count=1)
    return f"{to_words(m[1])} {unit}"


def _read_temperature(m: Match) -> str:
    scale = _SCALES.get(m[0][-1], "")
    return f"{'minus ' if m[1] else ''}{to_words(m[2])} degree{'s' * (m[2] != '1')}{scale}"


def _read_date(m: Match) -> str:
    month = [*dict.fromkeys(_MONTHS.values())][int(m[2]) - 1]
    return f"{month} {to_ordinal(int(m[3]))} {to_year(m[1])}"


def _read_years(m: Match) -> str:
    end = m[2] if len(m[2]) == 4 else m[1][:2] + m[2]
    return f"{to_year(m[1])} to {to_year(end) if len(m[2]) == 4 else to_cardinal(int(end[2:]))}"


def _expand_st(m: Match) -> str:
    return "Saint" if re.match(r"\.?\s[A-Z]", m.string[m.end() :]) else "Street"


def _rule(pattern: str, spoken: Callable[[Match], str] | str, before: str = "") -> Rule:
    said = (lambda _: spoken) if isinstance(spoken, str) else spoken
    return Rule(re.compile(pattern, re.ASCII), said, re.compile(before + "$") if before else None)


_MAY_BEGIN = re.compile(
    rf"[\d.$£€¥'’(−-]|[A-Z]|[aeipv]|[{re.escape(''.join((*_SIGNS, *_HALVES)))}]"
)
_RULES = (
    # times
    _rule(rf"({_TIME}){_TO}({_TIME})(?:{_HALF_OF_DAY})?(?!\d)",
          lambda m: f"{_read_time(m[1], None)} to {_read_time(m[2], m[3])}"),
    _rule(rf"({_TIME})(?:{_HALF_OF_DAY})?(?![\d:])", lambda m: _read_time(m[1], m[2])),
    _rule(rf"(\d{{1,2}}){_HALF_OF_DAY}", lambda m: f"{to_cardinal(int(m[1]))} {m[2].lower()}.m."),
    # dates and years
    _rule(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)", _read_date),
    _rule(r"(\d{1,2})(?:st|nd|rd|th)?(?![\d,.:%]\d|\d|%)", lambda m: to_ordinal(int(m[1])),
          before=rf"\b{_MONTH}\.?\s"),
    _rule(rf"(\d{{1,2}})(?=\s{_MONTH}\b)", lambda m: f"{to_ordinal(int(m[1]))} of", before=r"\bthe\s"),
    _rule(rf"(\d{{1,2}})(?=\s{_MONTH}\b)", lambda m: f"the {to_ordinal(int(m[1]))} of"),
    _rule(rf"({_YEAR}){_TO}({_YEAR}|\d\d)(?![\d%])", _read_years),
    _rule(r"(\d{3,4}|[2-9])0['’]?s\b", lambda m: to_decade(m[1] + "0")),
    _rule(r"['’]([2-9]0)s\b", lambda m: to_decade(m[1])),
    _rule(r"(\d{1,3})['’]?s\b", lambda m: to_decade(m[1])),
    # telephone numbers and other chains of digits
    _rule(r"\+?(?:\d{1,3}[- .])?\(?\d{3}\)?[- .]\d{3}[- .]\d{4}(?!\d)", lambda m: spell_digits(m[0])),
    _rule(r"\+\d[\d -]{6,}\d", lambda m: spell_digits(m[0])),
    _rule(r"0\d{2,4}[- ]\d{3,4}[- ]?\d{3,4}(?!\d)|\d{3}-\d{4}(?!\d)", lambda m: spell_digits(m[0])),
    _rule(r"\d{3,5}(?!\d|,\d|\.\d)", lambda m: spell_digits(m[0]), before=r"\b(?:[Cc]all|[Dd]ial)\s"),
    _rule(r"\d+(?:-\d+){2,}", lambda m: spell_digits(m[0])),
    _rule(r"\d+(?:\.\d+){2,}", lambda m: " point ".join(to_cardinal(int(d)) for d in m[0].split("."))),
    # money
    _rule(rf"(US|HK|NT|A|C)?([$£€¥])\s?({_N})(?:{_TO}[$£€¥]?({_N}))?"
          rf"(?:\s?(thousand|million|billion|trillion|[kKmMbB]n?)\b)?", _read_amount),
    # shares, ratios, fractions
    _rule(rf"({_N})\s?%?{_TO}({_N})\s?%", lambda m: f"{to_words(m[1])} to {to_words(m[2])} percent"),
    _rule(rf"({_N})\s?%", lambda m: f"{to_words(m[1])} percent"),
    _rule(r"9/11(?!\d)", "nine eleven"),
    _rule(r"(\d+)\s(\d)/(\d{1,2})(?![\d/])",
          lambda m: f"{to_cardinal(int(m[1]))} and {to_fraction(int(m[2]), int(m[3]))}"),
    _rule(r"(\d{1,3})/(\d{1,3})(?![\d/])", lambda m: to_fraction(int(m[1]), int(m[2]))),
    _rule(r"\d{1,4}(?:/\d{1,4}){2}(?!\d)", lambda m: " ".join(map(to_words, m[0].split("/")))),
    _rule(rf"({_N}):({_N})(?![:\d])", lambda m: f"{to_words(m[1])} to {to_words(m[2])}"),
    _rule(rf"(?:({_N})\s?)?([{''.join(_HALVES)}])",
          lambda m: f"{to_words(m[1])} and {_HALVES[m[2]]}" if m[1] else _HALVES[m[2]]),
    # measures
    _rule(rf"(?:(?<![A-Za-z\d])([-−]))?({_N})\s?(?:°\s?[CF]\b|[°℃℉])", _read_temperature),
    _rule(rf"({_N})\s?({_UNIT})(?![A-Za-z\d])", _read_measure),
    _rule(rf"({_UNIT})(?![A-Za-z])", lambda m: _UNITS[m[1]], before=r"\d\s?"),
    _rule(r"km/h\b", "kilometers per hour"),
    # numbers
    _rule(r"(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)\b",
          lambda m: to_ordinal(int(m[1].replace(",", "")))),
    _rule(r"(?:No\.\s?|#)(?=\d)(\d+)", lambda m: f"number {to_words(m[1])}"),
    _rule(rf"({_YEAR})(?![\d,.]\d|\d|\s{_COUNTED})", lambda m: to_year(m[1])),
    _rule(rf"(?<![A-Za-z\d-])({_N}){_TO}({_N})(?![-\d])",
          lambda m: f"{to_words(m[1])} to {to_words(m[2])}"),
    _rule(rf"(?<![A-Za-z\d.])[-−]({_N})", lambda m: f"minus {to_words(m[1])}"),
    _rule(r"(?<!\d)\.(\d+)", lambda m: f"point {spell_digits(m[1])}"),
    _rule(_N, lambda m: to_words(m[0])),
    _rule(r"([IVX]{1,5})\b", lambda m: to_cardinal(parse_roman(m[1])), before=rf"\b(?:{_BOOKS})\s"),
    _rule(r"([IVX]{2,5})\b", lambda m: f"the {to_ordinal(parse_roman(m[1]))}", before=r"\b[A-Z][a-z]+\s"),
    # abbreviations
    _rule(r"e\.g\.", "for example"),
    _rule(r"i\.e\.", "that is"),
    _rule(r"([ap])\.m\b(?:\.(?=\W*\w))?", lambda m: f"{m[1]}.m."),
    _rule(r"(?:[A-Z]\.){2,}(?=\W*\w)|(?:[A-Z]\.)+[A-Z]\b",
          lambda m: ".".join(m[0].replace(".", "")) + "."),
    _rule(r"St(?=\.|\s[A-Z])", _expand_st),
    _rule(r"(No|Nos)(?=\.\s?\d)", lambda m: "number" if m[1] == "No" else "numbers"),
    _rule(rf"({'|'.join(_MONTHS)})(?=\.\s?\d|\s\d)", lambda m: _MONTHS[m[1]]),
    _rule(r"(Mr|Dr)(?=\s[A-Z])", lambda m: _ABBREVIATIONS[m[1]]),
    _rule(rf"({'|'.join(_ABBREVIATIONS)})(?=\.)", lambda m: _ABBREVIATIONS[m[1]]),
    _rule(r"\.(?=\W*\w)", "", before=rf"(?:^|[^A-Za-z])(?:{_DOTTED})"),
    _rule(r"\.(?=[A-Za-z])", "dot", before=r"[A-Za-z\d]"),
    # signs
    *(_rule(re.escape(sign), said) for sign, said in _SIGNS.items()),
)  # fmt: skip
