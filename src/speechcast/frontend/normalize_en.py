"""Read figures, dates, amounts, signs and abbreviations in English words.

The rules were written by hand for this project. Their order matters: the first that matches at a
position applies (see `rules`).
"""

from __future__ import annotations

import re

from . import formulas_en
from .number_words_en import (
    MAX_DIGITS,
    parse_roman,
    spell_digits,
    to_cardinal,
    to_decade,
    to_fraction,
    to_ordinal,
    to_words,
    to_year,
)
from .rules import Match, match_first
from .rules import compile_rule as _rule
from .symbols_en import (
    ABBREVIATIONS,
    COUNTRIES,
    MAGNITUDES,
    MEASURES,
    MONEY,
    MONTHS,
    SCALES,
    SIGNS,
)

# Pieces of the patterns below.
_N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_TO = r"\s?[-–—−~]\s?"
_YEAR = r"(?:1[1-9]|20)\d\d"
_TIME = r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?"
_HALF_OF_DAY = r"\s?([AaPp])\.?[Mm]\b(?:\.(?=\W*\w))?"  # the last full stop ends the sentence
_MONTH = rf"(?:{'|'.join(sorted({*MONTHS, *MONTHS.values()}, key=len, reverse=True))})"
_UNIT = "|".join(map(re.escape, MEASURES))
_COUNTED = r"(?:people|men|women|children|(?!was|has|his|this|its|does|as|is)[a-z]{2,}s)\b"
_BOOKS = (
    "War|Chapter|Part|Act|Article|Title|Section|Volume|Phase|Type|Class|Book|Bowl|Stage|Scene|"
    "Level|Figure|Table|Appendix|Apollo|Grade|Annex"
)
_DOTTED = "|".join((*ABBREVIATIONS, *MONTHS, "St", "No", "Nos", "[A-Z]"))


def match_english(text: str, position: int) -> tuple[int, str] | None:
    """Return the length and words of the expression at `position`.

    An expression is a figure, a sign or an abbreviation.

    The words may be empty (the full stop of "Mr."). None if the text there is plain.

    >>> match_english("In 1961", 3)
    (4, 'nineteen sixty-one')
    """
    return match_first(_RULES, text, position) if _MAY_BEGIN.match(text, position) else None


def _read_time(time: str, half_of_day: str | None) -> str:
    """Return the words for a time of day.

    `half_of_day` is the first letter of a.m. or p.m.
    """
    hour, minute, *second = map(int, time.split(":"))
    if minute:
        words = f"{to_cardinal(hour)} {'oh ' if minute < 10 else ''}{to_cardinal(minute)}"
    else:
        hours = "" if half_of_day else " o'clock" if hour <= 12 else " hundred"
        words = to_cardinal(hour) + hours
    words += f" and {to_cardinal(second[0])} seconds" if second else ""
    return words + (f" {half_of_day.lower()}.m." if half_of_day else "")


def _read_amount(m: Match) -> str:
    """Return the words for an amount: $5.3 billion, £1.25, US$3–5m."""
    country, sign, low, high, magnitude = m.groups()
    one, several, hundredths = MONEY[sign]
    country = COUNTRIES.get(country or "", "")
    if magnitude or high:
        span = f"{to_words(low)} to {to_words(high)}" if high else to_words(low)
        magnitude = magnitude and MAGNITUDES.get(magnitude.lower(), magnitude.lower())
        return " ".join(filter(None, (span, magnitude, country + several)))
    whole, _, rest = low.replace(",", "").partition(".")
    if len(rest) != 2 or len(whole) > MAX_DIGITS:
        return f"{to_words(low)} {country}{one if low == '1' else several}"
    unit = f"{country}{one if whole == '1' else several}"
    words = f"{to_cardinal(int(whole))} {unit}" if int(whole) else ""
    small = to_cardinal(int(rest)) + ("" if words else f" {hundredths}")
    return f"{words} {small if int(rest) else ''}".strip()


def _read_measure(m: Match) -> str:
    unit = MEASURES[m[2]]
    if m[1] == "1":
        unit = "foot" if unit == "feet" else re.sub(r"s\b", "", unit, count=1)
    return f"{to_words(m[1])} {unit}"


def _read_temperature(m: Match) -> str:
    scale = SCALES.get(m[0][-1], "")
    return f"{'minus ' if m[1] else ''}{to_words(m[2])} degree{'s' * (m[2] != '1')}{scale}"


def _read_date(m: Match) -> str:
    month = [*dict.fromkeys(MONTHS.values())][int(m[2]) - 1]
    return f"{month} {to_ordinal(int(m[3]))} {to_year(m[1])}"


def _read_years(m: Match) -> str:
    end = m[2] if len(m[2]) == 4 else m[1][:2] + m[2]
    return f"{to_year(m[1])} to {to_year(end) if len(m[2]) == 4 else to_cardinal(int(end[2:]))}"


def _read_ordinal(m: Match) -> str:
    figures = m[1].replace(",", "")
    return to_words(figures) + "th" if len(figures) > MAX_DIGITS else to_ordinal(int(figures))


def _expand_st(m: Match) -> str:
    return "Saint" if re.match(r"\.?\s[A-Z]", m.string[m.end() :]) else "Street"


_MAY_BEGIN = re.compile(
    rf"[\d.$£€¥'’(−—-]|[A-Z]|[aeipv]|[{re.escape(''.join(SIGNS))}]|{formulas_en.MAY_BEGIN}"
)
_RULES = (
    *formulas_en.RULES,
    # times
    _rule(rf"({_TIME}){_TO}({_TIME})(?:{_HALF_OF_DAY})?(?!\d)",
          lambda m: f"{_read_time(m[1], None)} to {_read_time(m[2], m[3])}"),
    _rule(rf"({_TIME})(?:{_HALF_OF_DAY})?(?![\d:])", lambda m: _read_time(m[1], m[2])),
    _rule(rf"(\d{{1,2}}){_HALF_OF_DAY}", lambda m: f"{to_cardinal(int(m[1]))} {m[2].lower()}.m."),
    # dates and years
    _rule(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)", _read_date),
    _rule(r"(\d{1,2})(?:st|nd|rd|th)?(?![\d,.:%]\d|\d|%)", lambda m: to_ordinal(int(m[1])),
          before=rf"\b{_MONTH}\.?\s"),
    _rule(rf"(\d{{1,2}})(?=\s{_MONTH}\b)",
          lambda m: f"{to_ordinal(int(m[1]))} of", before=r"\bthe\s"),
    _rule(rf"(\d{{1,2}})(?=\s{_MONTH}\b)", lambda m: f"the {to_ordinal(int(m[1]))} of"),
    _rule(rf"({_YEAR}){_TO}({_YEAR}|\d\d)(?![\d%])", _read_years),
    _rule(r"(\d{3,4}|[2-9])0['’]?s\b", lambda m: to_decade(m[1] + "0")),
    _rule(r"['’]([2-9]0)s\b", lambda m: to_decade(m[1])),
    _rule(r"(\d{1,3})['’]?s\b", lambda m: to_decade(m[1])),
    # telephone numbers and other chains of digits
    _rule(r"\+?(?:\d{1,3}[- .])?\(?\d{3}\)?[- .]\d{3}[- .]\d{4}(?!\d)",
          lambda m: spell_digits(m[0])),
    _rule(r"\+\d[\d -]{6,}\d", lambda m: spell_digits(m[0])),
    _rule(r"0\d{2,4}[- ]\d{3,4}[- ]?\d{3,4}(?!\d)|\d{3}-\d{4}(?!\d)", lambda m: spell_digits(m[0])),
    _rule(r"\d{3,5}(?!\d|,\d|\.\d)",
          lambda m: spell_digits(m[0]), before=r"\b(?:[Cc]all|[Dd]ial)\s"),
    _rule(r"\d+(?:-\d+){2,}", lambda m: spell_digits(m[0])),
    _rule(r"\d+(?:\.\d+){2,}",
          lambda m: " point ".join(map(to_words, m[0].split(".")))),
    # money
    _rule(rf"(US|HK|NT|A|C)?([$£€¥])\s?({_N})(?:{_TO}[$£€¥]?({_N}))?"
          rf"(?:\s?(thousand|million|billion|trillion|[kKmMbB]n?)\b)?", _read_amount),
    # shares, ratios, fractions
    _rule(rf"({_N})\s?%?{_TO}({_N})\s?%",
          lambda m: f"{to_words(m[1])} to {to_words(m[2])} percent"),
    _rule(rf"({_N})\s?%", lambda m: f"{to_words(m[1])} percent"),
    _rule(r"9/11(?!\d)", "nine eleven"),
    _rule(r"(\d+)\s(\d)/(\d{1,2})(?![\d/])",
          lambda m: f"{to_words(m[1])} and {to_fraction(int(m[2]), int(m[3]))}"),
    _rule(r"(\d{1,3})/(\d{1,3})(?![\d/])", lambda m: to_fraction(int(m[1]), int(m[2]))),
    _rule(r"\d{1,4}(?:/\d{1,4}){2}(?!\d)", lambda m: " ".join(map(to_words, m[0].split("/")))),
    _rule(rf"({_N}):({_N})(?![:\d])", lambda m: f"{to_words(m[1])} to {to_words(m[2])}"),
    # measures
    _rule(rf"(?:(?<![A-Za-z\d])([-−]))?({_N})\s?(?:°\s?[CF]\b|[°℃℉])", _read_temperature),
    _rule(rf"({_N})\s?({_UNIT})(?![A-Za-z\d])", _read_measure),
    _rule(rf"({_UNIT})(?![A-Za-z])", lambda m: MEASURES[m[1]], before=r"\d\s?"),
    _rule(r"km/h\b", "kilometers per hour"),
    # numbers
    _rule(r"(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)\b", _read_ordinal),
    _rule(rf"(?<![A-Za-z\d.])({_N})[eE]([-−+]?)(\d{{1,3}})(?![\d.]*[A-Za-z\d])",
          lambda m: f"{to_words(m[1])} times ten to the power of "
                    f"{'minus ' if m[2] in '-−' and m[2] else ''}{to_words(m[3])}"),
    _rule(r"(?:No\.\s?|#)(?=\d)(\d+)", lambda m: f"number {to_words(m[1])}"),
    _rule(rf"({_YEAR})(?![\d,.]\d|\d|\s{_COUNTED})", lambda m: to_year(m[1])),
    _rule(rf"(?<![A-Za-z\d-])({_N}){_TO}({_N})(?![-\d])",
          lambda m: f"{to_words(m[1])} to {to_words(m[2])}"),
    _rule(rf"(?<![A-Za-z\d.])[-−]({_N})", lambda m: f"minus {to_words(m[1])}"),
    _rule(r"(?<!\d)\.(\d+)", lambda m: f"point {spell_digits(m[1])}"),
    _rule(_N, lambda m: to_words(m[0])),
    _rule(r"([IVX]{1,5})\b", lambda m: to_cardinal(parse_roman(m[1])), before=rf"\b(?:{_BOOKS})\s"),
    _rule(r"([IVX]{2,5})\b",
          lambda m: f"the {to_ordinal(parse_roman(m[1]))}", before=r"\b[A-Z][a-z]+\s"),
    # abbreviations
    _rule(r"e\.g\.", "for example"),
    _rule(r"i\.e\.", "that is"),
    _rule(r"([ap])\.m\b(?:\.(?=\W*\w))?", lambda m: f"{m[1]}.m."),
    _rule(r"(?:[A-Z]\.){2,}(?=\W*\w)|(?:[A-Z]\.)+[A-Z]\b",
          lambda m: ".".join(m[0].replace(".", "")) + "."),
    _rule(r"([A-Z]{2,3})&([A-Z]{1,3})\b", lambda m: f"{'.'.join(m[1])}. and {m[2]}"),  # AT&T
    _rule(r"St(?=\.|\s[A-Z])", _expand_st),
    _rule(r"(No|Nos)(?=\.\s?\d)", lambda m: "number" if m[1] == "No" else "numbers"),
    _rule(rf"({'|'.join(MONTHS)})(?=\.\s?\d|\s\d)", lambda m: MONTHS[m[1]]),
    _rule(r"(Mr|Dr)(?=\s[A-Z])", lambda m: ABBREVIATIONS[m[1]]),
    _rule(rf"({'|'.join(ABBREVIATIONS)})(?=\.)", lambda m: ABBREVIATIONS[m[1]]),
    _rule(r"(?<=[A-Za-z])\.(?=\W*\w)", "", before=rf"(?:^|[^A-Za-z])(?:{_DOTTED})"),
    _rule(r"\.(?=[A-Za-z])", "dot", before=r"[A-Za-z\d]"),
    # signs, and arrows of several signs
    _rule(r"[-—]{1,3}>", SIGNS["→"], before=r"\S\s?"),
    _rule(r"={1,3}>", SIGNS["⇒"], before=r"\S\s?"),
    _rule(r"[-=—]{1,3}>|<[-=—]{1,3}>|<-{2,3}", ""),
    *(_rule(re.escape(sign), words) for sign, words in SIGNS.items()),
)  # fmt: skip
