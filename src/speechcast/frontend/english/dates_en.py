"""Read dates, years and times of day in English words, as American newsreaders do."""

from __future__ import annotations

import re

from ..rules import Match
from ..rules import make_rule as _rule
from .number_words_en import spell_digits, to_cardinal, to_decade, to_ordinal, to_year
from .quantities_en import COUNTED, NOUN, TO

MONTHS = {
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
"""An abbreviation and the month."""
WEEKDAYS = {
    "Mon": "Monday",
    "Tue": "Tuesday",
    "Tues": "Tuesday",
    "Wed": "Wednesday",
    "Weds": "Wednesday",
    "Thu": "Thursday",
    "Thur": "Thursday",
    "Thurs": "Thursday",
    "Fri": "Friday",
    "Sat": "Saturday",
    "Sun": "Sunday",
}
"""An abbreviation and the day of the week."""
_SMALL_MONTHS = {month.lower() for month in MONTHS.values()} - {"march", "may"}
MONTH = (
    rf"(?:{'|'.join(sorted({*MONTHS, *MONTHS.values(), *_SMALL_MONTHS}, key=len, reverse=True))})"
)
"""A month, as part of a regular expression."""

_NAMES = [*dict.fromkeys(MONTHS.values())]
_CLOCK = r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?"
_HALF = r"\s?([AaPp])\.?[Mm]\b(?:\.(?=\W{0,3}\w))?"  # the last full stop ends the sentence
_YEAR = r"(?:1[1-9]|20)\d\d"
_ANY_YEAR = r"(?:1[0-9]|2[0-9])\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_FULL_YEAR = r"(?:1[5-9]|20)\d\d"
_NO_YEAR = (
    rf"(?![,.]\d|\d|%|\s(?:{COUNTED}|(?:more|new|young|other|additional|different)\s{NOUN}\b))"
)
# Before a day: on 12/25. Without such a word it is a fraction, and so is 2/3 after `by`.
_ON = (
    r"(?:\b(?:[Oo]n|[Uu]ntil|[Tt]ill|[Ss]ince|[Dd]ated|[Ee]ffective)|day,?|"
    rf"\b(?:{'|'.join(WEEKDAYS)})\.?,?)\s"
)
_BY = r"\b(?:[Bb]y|[Bb]efore|[Aa]fter|[Dd]ue|[Ff]rom|[Tt]hrough)\s"
_FRACTION = r"(?:1/[2-9]|2/[3579]|3/[4578]|4/[579]|5/[6789]|7/[89])(?!\d)"
_MONTH_AND_DAY = (
    rf"(1[0-2]|0?[1-9])/({_DAY})(?![\d/]|\.\d|\sof\s|\s?%|\s(?:mile|inch|cup|pound|share)\b)"
)
# As a fraction's denominator they are so rare that 12/31 is a date.
_NO_DENOMINATOR = r"1[789]|2[1236789]|31"
_IN_YEAR = (
    r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Bb]efore|[Aa]fter|[Ff]rom|[Oo]f|[Cc]irca|ca?\.|AD|A\.D\.|"
    r"[Yy]ear|[Aa]round)\s"
)
_ERA = r"(?=\s?(?:BCE?|CE|AD|B\.C\.|A\.D\.))"


def _read_time(time: str, half: str | None) -> str:
    """Return the words for a time of day; `half` is the first letter of a.m. or p.m."""
    hour, minute, *second = map(int, re.split("[:.]", time))
    if time == "00:00" and not half:
        return "midnight"
    if minute:
        words = f"{to_cardinal(hour)} {'oh ' if minute < 10 else ''}{to_cardinal(minute)}"
    else:
        hours = "" if half else " o'clock" if hour <= 12 else " hundred"
        words = to_cardinal(hour) + hours
    words += f" and {to_cardinal(second[0])} seconds" if second else ""
    return words + (f" {half.lower()}.m." if half else "")


def _read_hours(m: Match) -> str:
    """Return the words for a span of time: 9am-5pm, 5-7 p.m."""
    first, first_half, second, second_half = m.groups()
    start, end = (t if ":" in t else f"{t}:00" for t in (first, second))
    words = _read_time(start, first_half)
    if not first_half and ":" not in first:
        words = words.removesuffix(" o'clock")  # 5-7 p.m.
    return f"{words} to {_read_time(end, second_half)}"


def _expand_year(written: str) -> str:
    """Return a year's four digits; of two digits, those up to 49 are of this century."""
    return written if len(written) == 4 else f"{'20' if int(written) < 50 else '19'}{written}"


def _read_american(m: Match) -> str:
    """Return the words for 12/25/2023, or for 25/12/2023 where only that is possible."""
    first, second, year = int(m[1]), int(m[2]), to_year(_expand_year(m[3]))
    if first > 12:
        return f"the {to_ordinal(first)} of {_NAMES[second - 1]}, {year}"
    return f"{_NAMES[first - 1]} {to_ordinal(second)}, {year}"


def _read_day_first(m: Match) -> str:
    return f"the {to_ordinal(int(m[1]))} of {_NAMES[int(m[2]) - 1]}, {to_year(m[3])}"


def _read_iso(m: Match) -> str:
    return f"{_NAMES[int(m[3]) - 1]} {to_ordinal(int(m[4]))} {to_year(m[1])}"


def _read_month_and_day(m: Match) -> str:
    return f"{_NAMES[int(m[1]) - 1]} {to_ordinal(int(m[2]))}"


def _read_short_year(written: str) -> str:
    """Return the words for a year that may lack its century.

    >>> _read_short_year("07"), _read_short_year("1998")
    ('oh seven', 'nineteen ninety-eight')
    """
    if len(written) == 4:
        return to_year(written)
    return f"oh {to_cardinal(int(written))}" if written[0] == "0" else to_cardinal(int(written))


def _read_years(m: Match) -> str:
    return f"{to_year(m[1])} to {_read_short_year(m[2])}"


def _is_season(m: Match) -> bool:
    return int(m[2]) == (int(m[1]) + 1) % 100


def _read_season(m: Match) -> str:
    years = to_year(m[1]), _read_short_year(m[2])
    return " to ".join(years) if _is_season(m) else " ".join(years)


def _read_days(m: Match) -> str:
    """Return the words for two days: the 5-7 of May 5-7."""
    return f"{to_ordinal(int(m[1]))} to {to_ordinal(int(m[2]))}"


RULES = (
    # times
    _rule(r"(\d{1,2}:[0-5]\d)\.(\d{1,2})(?!\d|\s?[ap]\.?m\b)",
          lambda m: f"{_read_time(m[1], None)} point {spell_digits(m[2])}"),
    _rule(rf"({_CLOCK}){TO}({_CLOCK})(?:{_HALF})?(?!\d)",
          lambda m: f"{_read_time(m[1], None)} to {_read_time(m[2], m[3])}"),
    _rule(rf"(\d{{1,2}}(?::[0-5]\d)?)(?:{_HALF})?{TO}(\d{{1,2}}(?::[0-5]\d)?){_HALF}", _read_hours),
    _rule(rf"({_CLOCK})(?:{_HALF})?(?![\d:])", lambda m: _read_time(m[1], m[2])),
    _rule(rf"((?:1[0-2]|0?\d)\.[0-5]\d){_HALF}", lambda m: _read_time(m[1], m[2])),
    _rule(rf"(?<![A-Za-z\d.])(\d{{1,2}}){_HALF}",
          lambda m: f"{to_cardinal(int(m[1]))} {m[2].lower()}.m."),
    _rule(rf"([01]\d|2[0-4])00{TO}([01]\d|2[0-4])00(?=\s(?:hours|hrs)\b)",
          lambda m: f"{_read_short_year(m[1])} hundred to {_read_short_year(m[2])} hundred"),
    _rule(r"(0\d)00(?=\s(?:hours|hrs)\b)", lambda m: f"{_read_short_year(m[1])} hundred"),
    _rule(r"(1\d|2[0-4])00(?=\s(?:hours|hrs)\b)", lambda m: f"{to_cardinal(int(m[1]))} hundred",
          before=r"\b(?:[Aa]t|[Bb]y|[Uu]ntil|[Bb]efore)\s"),
    _rule(r"[-–](?=\s?(?:late|noon|midnight|close)\b)", " to ", before=r"\d\s?[ap]\.?m\.?\s?"),
    _rule(r"[-–](?=\d)", " to ", before=r"\b(?:noon|midnight)\s?"),
    _rule(r"[-–](?=[QH][1-4]\b)", " to ", before=r"\b[QH][1-4]"),
    _rule(r"[-−–](?=\d)", " minus ", before=r"\b(?:GMT|UTC)\s?"),
    _rule(r"-(?=\d{1,3}\s(?:seconds|minutes|hours|days)\b)", " minus ", before=r"\bT"),
    # spans of weekdays and months
    _rule(rf"({'|'.join(WEEKDAYS)})\.?\s?[-–]\s?({'|'.join(WEEKDAYS)})\b",
          lambda m: f"{WEEKDAYS[m[1]]} to {WEEKDAYS[m[2]]}"),
    _rule(rf"({MONTH})\.?\s?[-–]\s?({MONTH})\b",
          lambda m: f"{MONTHS.get(m[1], m[1])} to {MONTHS.get(m[2], m[2])}"),
    # dates in figures
    _rule(rf"({_FULL_YEAR})([-/.])(0?[1-9]|1[0-2])\2({_DAY})(?![\d/-])", _read_iso),
    _rule(rf"(1[0-2]|0?[1-9])/({_DAY})/({_FULL_YEAR}|\d\d)(?![\d/])", _read_american),
    _rule(rf"(1[0-2]|0?[1-9])-({_DAY})-({_FULL_YEAR})(?![\d-])", _read_american),
    _rule(rf"(1[3-9]|2\d|3[01])[/-](1[0-2]|0?[1-9])[/-]({_FULL_YEAR}|\d\d)(?![\d/-])",
          _read_american),
    _rule(rf"({_DAY})\.(1[0-2]|0?[1-9])\.({_FULL_YEAR})(?![\d.]*\d)", _read_day_first),
    _rule(r"(1[0-2]|0?[1-9])/((?:19|20)\d\d)(?![\d/])",
          lambda m: f"{_NAMES[int(m[1]) - 1]} {to_year(m[2])}"),
    _rule(r"9/11(?!\d)", "nine eleven"),
    _rule(_MONTH_AND_DAY, _read_month_and_day, before=_ON),
    _rule(rf"(?!{_FRACTION}){_MONTH_AND_DAY}", _read_month_and_day, before=_BY),
    _rule(rf"(1[0-2]|0?[1-9])/({_NO_DENOMINATOR})(?![\d/%]|\.\d|\s(?:of|{COUNTED}))",
          _read_month_and_day),
    _rule(rf"{_MONTH_AND_DAY}(?=\s(?:deadline|meeting|session|election|game|issue|event)s?\b)",
          _read_month_and_day, before=r"\b(?:[Tt]he|[Aa]n?|[Oo]ur)\s"),
    _rule(rf"({_DAY})-({MONTH})-({_FULL_YEAR}|\d\d)(?![\d-])",
          lambda m: f"the {to_ordinal(int(m[1]))} of {MONTHS.get(m[2], m[2])}, "
                    f"{to_year(_expand_year(m[3]))}"),
    # days of a month
    _rule(rf"({_DAY})(?:st|nd|rd|th)?{TO}({_DAY})(?:st|nd|rd|th)?(?![\d,.:%/]\d|\d|%)", _read_days,
          before=rf"\b{MONTH}\.?\s"),
    _rule(rf"({_DAY})(?:st|nd|rd|th)?{TO}({_DAY})(?:st|nd|rd|th)?(?=\s{MONTH}\b)",
          lambda m: f"{_read_days(m)} of", before=r"\bthe\s"),
    _rule(rf"({_DAY})(?:st|nd|rd|th)?{TO}({_DAY})(?:st|nd|rd|th)?(?=\s{MONTH}\b)",
          lambda m: f"the {_read_days(m)} of"),
    _rule(r"(\d{1,2})(?:st|nd|rd|th)?(?![\d,.:%]\d|\d|%)", lambda m: to_ordinal(int(m[1])),
          before=rf"\b{MONTH}\.?\s"),
    _rule(rf"({_DAY})(?![\d,.:%]\d|\d|%|\s[a-z]{{3,}}s\b)", lambda m: to_ordinal(int(m[1])),
          before=rf"\b{MONTH}\.?\s\d{{1,2}}(?:\s(?:and|or|to|through)|,(?:\s\d{{1,2}},)?(?:\sand)?)\s"),
    _rule(rf"({_DAY})(?:st|nd|rd|th)?(?=\s{MONTH}\b(?!\sDay))",
          lambda m: f"{to_ordinal(int(m[1]))} of", before=r"\b[Tt]he\s"),
    _rule(rf"({_DAY})(?:st|nd|rd|th)?(?=\s{MONTH}\b(?!\sDay))",
          lambda m: f"the {to_ordinal(int(m[1]))} of"),
    # years
    _rule(rf"({_YEAR}){TO}({_YEAR}|\d\d)(?![\d%])", _read_years),
    _rule(rf"({_FULL_YEAR})/(\d\d)(?![\d/%])", _read_season),
    _rule(rf"((?:\d{{3}}|[2-9])0)['’]?s{TO}['’]?((?:\d{{3}}|[2-9])0)['’]?s\b",
          lambda m: f"{to_decade(m[1])} to {to_decade(m[2])}"),
    _rule(r"(\d{3,4}|[2-9])0['’]?s\b(?!\sof\s)", lambda m: to_decade(m[1] + "0")),
    _rule(r"['’]([2-9]0)s\b", lambda m: to_decade(m[1])),
    _rule(r"(10{2,6})s\b(?=\sof\s)", lambda m: to_cardinal(int(m[1])).removeprefix("one ") + "s"),
    _rule(r"(\d{1,3})['’]?s\b", lambda m: to_decade(m[1])),
    _rule(rf"(\d{{4}}){_ERA}", lambda m: to_year(m[1])),
    _rule(r"((?:19|20)\d\d)(?![,.]\d|\d|%)", lambda m: to_year(m[1]),
          before=r"(?:\b(?:[Tt]he|[Ii]ts|[Tt]his|[Ll]ast|early|late|mid)\s|[a-z]['’]s\s|mid-|"
                 r"\b(?:In|Since|By|During|Until)\s)"),
    _rule(rf"({_ANY_YEAR}){_NO_YEAR}", lambda m: to_year(m[1]), before=_IN_YEAR),
    _rule(r"(10\d\d)(?=\s(?:invasion|conquest|battle|revolt|war|schism|crusade)\b)",
          lambda m: to_year(m[1])),
    _rule(rf"({_YEAR}){_NO_YEAR}", lambda m: to_year(m[1])),
    _rule(r"['’](0\d)(?![\w'’:])", lambda m: _read_short_year(m[1]), before=r"(?:^|\s)"),
    _rule(r"['’](\d\d)(?!\d|['’]?s\b)", lambda m: _read_short_year(m[1]),
          before=rf"\bQ[1-4]|\b{MONTH}\.?\s(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s)?"),
    _rule(r"['’](\d\d)(?!\d|['’]?s\b)", lambda m: _read_short_year(m[1]),
          before=r"\b(?:of|in|since|class\sof|summer|winter|spring|fall)\s"),
)  # fmt: skip
"""The rules, which apply before those for plain figures."""
