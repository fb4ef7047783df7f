"""Read measures without a unit's usual symbol in English words: 1h 30m, 27", 75F, 8/10, 2pp.

The words around that decide were listed by hand for this project.
"""

from __future__ import annotations

import re

from ..rules import Match
from ..rules import make_rule as _rule
from .number_words_en import to_words
from .quantities_en import AMOUNT, COUNTED, N, is_attributive, is_single, read_amount

_HOURS = r"(?P<hour>\d{1,3})\s?(?:h|hrs?)\s?"
_MINUTES = r"(?P<minute>[0-5]?\d)\s?m(?:ins?)?"
_SECONDS = r"(?P<second>[0-5]?\d)\s?s(?:ecs?)?"
_TEMPERATURES = (
    "[Tt]emperatures?|[Hh]ighs?|[Ll]ows?|fever|oven|heat|heated|weather|freezing|[Tt]hermostat|"
    "[Pp]reheat"
)
_DEGREES = {"C": "degrees Celsius", "F": "degrees Fahrenheit"}
_RATED = r"\b(?:[Ss]cor(?:e|es|ed|ing)|[Rr]at(?:ed|ing)|[Gg]rades?|[Mm]arks?)\s(?:\w{1,5}\s){0,2}"
_ODDS = r"\b[Oo]dds\s(?:of|are|were|at|is|was)\s"
_OPENING = re.compile(r'(?<![\d½¼¾⅓⅔⅛⅜⅝⅞])"')
_REACH = 200  # characters before a mark in which a quotation may have begun


def _read_duration(m: Match) -> str:
    """Return the words for those of hours, minutes and seconds that matched."""
    parts = ((int(figures), name) for name, figures in m.groupdict().items() if figures)
    return " ".join(f"{to_words(str(n))} {name}{'s' * (n != 1)}" for n, name in parts)


def _read_inches(m: Match) -> str | None:
    """Return the words for inches; None where the mark closes a quotation."""
    before = m.string[max(0, m.start() - _REACH) : m.start()]
    curly = before.count("“") > before.count("”")
    if curly if m[2] == "”" else len(_OPENING.findall(before)) % 2:
        return None
    words = read_amount(m[1])
    if is_attributive(m):
        return f"{words.removesuffix('s') if '/' in m[1] else words} inch"
    return f"{words} inch{'es' * (not is_single(m[1], None, None))}"


_AGES = {"y": "year", "m": "month", "w": "week", "d": "day"}


def _read_age(m: Match) -> str:
    """Return the words for an age: 65 y/o."""
    name = _AGES[m[2]]
    if re.match(r"\s(?!and|or|with|at|in|when|who|on|as|is|was)[a-z]", m.string[m.end() :]):
        return f"{to_words(m[1])}-{name}-old"
    return f"{to_words(m[1])} {name}{'s' * (m[1] != '1')} old"


def _read_score(m: Match) -> str:
    return f"{to_words(m[1])} out of {to_words(m[2])}"


RULES = (
    # durations
    _rule(rf"{_HOURS}{_MINUTES}(?:\s?{_SECONDS})?\b", _read_duration),
    _rule(rf"{_MINUTES}\s?{_SECONDS}(?<!\dm\d)\b", _read_duration, before=r"(?:^|[^\w.])"),
    # inches
    _rule(rf"({AMOUNT})([\"”])(?!\w)", _read_inches, before=r"(?:^|[^\w.\"“'’/-])"),
    _rule(r"[x×](?=\s?\d)", "by",
          before=r"(?:[\d½¼¾⅓⅔⅛⅜⅝⅞][\"”]|\d/\d|[½¼¾⅓⅔⅛⅜⅝⅞])\s?"),
    _rule(r"[x×](?=\s?\d)", "by", before=r"\bM\d{1,2}\s?"),  # the thread M8 x 1.25
    # ages and cups
    _rule(r"(\d{1,3})[\s-]?([ymwd])/o\b", _read_age),
    _rule(rf"({AMOUNT})\s?c\.(?=\s[a-z])",
          lambda m: f"{read_amount(m[1])} cup{'s' * (not is_single(m[1], None, None))}"),
    # temperatures
    _rule(r"[CF]\b(?![-'’])", lambda m: _DEGREES[m[0]],
          before=rf"\b(?:{_TEMPERATURES})\s(?:[a-z]{{1,5}}\s){{0,2}}[-−]?\d{{1,3}}(?:\.\d)?\s?"),
    _rule(r"[CF](?=\s(?:outside|outdoors|today|tonight|overnight|this\s(?:morning|afternoon))\b)",
          lambda m: _DEGREES[m[0]], before=r"(?:^|[^\w.])\d{1,3}(?:\.\d)?\s?"),
    _rule(r"K\b(?![-'’])", "kelvins",
          before=rf"(?:^|[^$£€\d,])\d{{1,3}},\d{{3}}\s|\b(?:{_TEMPERATURES})\s(?:[a-z]{{1,5}}\s){{0,2}}\d{{1,4}}\s"),
    _rule(r"°\s?([CF])\b", lambda m: _DEGREES[m[1]]),
    # scores, odds and beats
    _rule(r"([2-9]|12)/([248]|16)(?=\s(?:time|beat|signature|rhythm)\b)",
          lambda m: f"{to_words(m[1])} {to_words(m[2])}"),
    _rule(r"(\d{1,3}(?:\.\d{1,2})?)/(5|10|20|50|100)(?![\d/]|\.\d|\s?%)", _read_score,
          before=_RATED),
    _rule(r"(\d\.\d)/(5|10)(?![\d/]|\.\d|\s?%)", _read_score),
    _rule(r"(\d{1,3})/(\d{1,2})(?![\d/])", lambda m: f"{to_words(m[1])} to {to_words(m[2])}",
          before=_ODDS),
    _rule(r"(\d{2,3})/(10|\d)(?=\s(?:\(|declared|dec\b|after|at\s(?:stumps|tea|lunch)|(?:in|off)\s\d))",
          lambda m: f"{to_words(m[1])} for {to_words(m[2])}",
          before=r"\b[A-Z][a-z]+\s(?:(?:were|are|at|on|reached|made|scored)\s)?"),
    # points and thousands
    _rule(rf"({N})pp\b", lambda m: f"{to_words(m[1])} percentage point{'s' * (m[1] != '1')}"),
    _rule(rf"(?![48]K)({N})[kK](?=\s(?!runs|races){COUNTED})",
          lambda m: f"{to_words(m[1])} thousand"),
)  # fmt: skip
"""The rules, which apply before those for units."""
