"""Read units of measurement in English words: 10-15 km, 5 million km², 3½ ft, mg/dL.

The names are in `unit_names_en`; the words around were listed by hand for this project.
"""

from __future__ import annotations

import re

from ..rules import Match
from ..rules import make_rule as _rule
from ..scripts import RAISED, RAISED_DIGIT, SQUARED_UNIT
from .number_words_en import to_cardinal, to_words
from .quantities_en import AMOUNT, SCALES, TO, is_attributive, is_single, read_amount, read_span
from .unit_names_en import FACTOR, POWER, SIMPLE_UNIT, UNIT, read_unit

DIRECTIONS = {"N": "North", "S": "South", "E": "East", "W": "West", "NE": "Northeast",
              "NW": "Northwest", "SE": "Southeast", "SW": "Southwest"}  # fmt: skip
"""The letters of the compass."""
# Inches, where no preposition can stand: 5 ft 3 in, 6 in. of rain, 5 in deep.
_INCHES = r"in(?:\.(?=\s[a-z])|(?=\s(?:wide|long|tall|deep|high|thick|diameter)\b))"
_PERIODS = (
    "second|minute|hour|day|night|week|month|quarter|year|person|head|capita|unit|share|barrel|"
    "gallon|liter|ton|tonne|pound|ounce|mile|kilometer|meter|acre|hectare|student|ticket|household|"
    "customer|user|employee|page|piece|serving|cup|game|call"
)
# Units that are read after a number that is a word: ten km.
_AFTER_WORDS = "km/h|km|kg|cm|mm|mph|kWh|kW|MWh|MW|GW|GB|TB|MB|lbs|lb|oz|ft"
_NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|"
    "sixty|seventy|eighty|ninety|hundred|thousand|million|billion|few|several|many|dozen|some"
)
# What is counted by the million, before which m is no meter: 1.2m shares.
_BY_THE_MILLION = (
    "shares|miles|units|customers|subscribers|members|passengers|visitors|tourists|copies|deaths|"
    "cases|doses|households|vehicles|cars|refugees|migrants|students|patients|pupils|downloads|"
    "followers|views|votes|residents|citizens|Americans|Britons|records|accounts|tickets|parcels|"
    "hectares|acres|bpd|tests|trees|animals|birds|listeners|readers|sales|transactions|women|men"
)
_SPELLED = "mile|inch|cup|teaspoon|tablespoon|pound|ounce|acre|gallon|foot|yard|liter|meter"

# A value with its tolerance or its range in brackets, before the unit of both.
_TOLERATED = (
    r"±\s?\d[\d.]*\s?%\s?|\(\s?±\s?\d[\d.]*\s?%?\)\s?|"
    r"\(\d[\d.,]*\s?(?:±|\+/[-−]|[-–—~])\s?\d[\d.,]*\s?%?\)\s?"
)
_RATED = r"[kMmμ]?(?:VA|Wh|Ah|[VAWΩ]|Hz)"  # no quotient before a stroke with a figure: 110 kV/10 kV

MAY_BEGIN = (
    rf"{SQUARED_UNIT}|\s?/|(?:(?<=[\d%)])|(?<=[\d%)]\s)|(?<={RAISED_DIGIT})|(?<={RAISED_DIGIT}\s))[A-Za-zμΩ°]|[a-zμ]{{1,3}}[/·⋅²³⁴⁻]|"
    rf"μ[A-Za-z]|{_AFTER_WORDS}"
)
"""With what a match of the rules may begin, besides a figure."""


def _read_measure(m: Match) -> str:
    minus, low, high, scale, joint, unit = m.groups()
    words = ("minus " if minus else "") + read_span(low, high, scale)
    single = is_single(low, high, scale)
    tolerated = m.string[: m.start()].rstrip().endswith("±")
    plural = tolerated or not (single or joint == "-" or is_attributive(m, unit))
    if single and low != "1" and not low.startswith(("1/", "½", "⅓", "¼", "⅛")):
        name = read_unit(unit, plural=False)
        return f"{words} of {_article(name)} {name}"
    return f"{words} {read_unit(unit, plural=plural)}"


def _read_part(m: Match) -> str:
    """Return the words for a fraction of a unit that is written out: 3/4 mile."""
    words = read_amount(m[1])
    if is_attributive(m):
        return words.removesuffix("s")
    if m[1].startswith("1/"):
        return words
    return f"{words} of {_article(m.string[m.end() :].lstrip())}"


def _read_stroke(m: Match) -> str:
    """Return what a stroke before a quantity says: per, but nothing between two of one unit."""
    first = re.search(r"[A-Za-zμ]{1,4}$", m.string[max(0, m.start() - 4) : m.start()])
    second = re.match(r"[\d.]+\s?([A-Za-zμ]{1,4})", m.string[m.end() : m.end() + 16])
    return ", " if first and second and first[0] == second[1] else " per "


def _article(name: str) -> str:
    return "an" if name[0] in "aeio" or name.startswith("hour") else "a"


def _read_height(m: Match) -> str:
    """Return the words for feet and inches: 5'11"."""
    return f"{to_cardinal(int(m[1]))} foot {read_amount(m[2])}"


def _read_feet(m: Match) -> str:
    feet, inches = m[1], m[2]
    words = f"{to_cardinal(int(feet))} {'foot' if feet == '1' else 'feet'}"
    return f"{words} {read_amount(inches)} inch{'es' * (inches != '1')}"


def _read_angle(m: Match) -> str:
    """Return the words for degrees, minutes and seconds of an angle."""
    parts = ((m[1], "degree"), (m[2], "minute"), (m[3], "second"))
    return " ".join(
        f"{to_words(value)} {name}{'s' * (value != '1')}" for value, name in parts if value
    )


_MINUS = r"(?:(?<![A-Za-z\d])([-−]))?"

# The unit of a range's first number: 5 km-10 km, but not 5 to -3 °C.
_FIRST_UNIT = (
    r"(?:\s?(?!(?:to|and|or|by|at|of|in|is|up|for|as|on|if|but|the|not|from|than)\b)"
    r"[A-Za-zμ°℃℉]{1,5})?"
)

RULES = (
    _rule(r"(\d/\d{1,2})\s?in\.", lambda m: f"{read_amount(m[1])} inch"),
    _rule(r"(\d+(?:\.\d+)?)m(?=\s(?:people|tonnes|tons|euros|pounds|dollars|users|homes|jobs|"
          rf"barrels|viewers|voters|workers|children|{_BY_THE_MILLION})\b)",
          lambda m: f"{read_amount(m[1])} million"),
    _rule(r"(\d{1,3})°\s?(\d{1,2})['′’](?:\s?(\d{1,2}(?:\.\d+)?)[\"″”])?", _read_angle),
    _rule(r"(\d{1,2})\s?(?:['′’]|ft\.?\s)\s?(\d{1,2}(?:\.\d)?)\s?(?:[\"″”]|''|in\b(?:\.(?=\s[a-z]))?)",
          lambda m: _read_feet(m) if "ft" in m[0] else _read_height(m)),
    _rule(r"(\d{1,2})(?:′|'(?=\s(?:tall|high|long|wide|deep)\b|\s?[x×]\s?\d|\sby\s\d{1,2}'))",
          lambda m: f"{to_words(m[1])} {'foot' if m[1] == '1' else 'feet'}"),
    _rule(r"(\d{1,2})'", lambda m: f"{to_words(m[1])} feet", before=r"\d'\s?(?:[x×]|by)\s?"),
    _rule(r"[NSEW]\b", lambda m: DIRECTIONS[m[0]].lower(), before=r"[°′″]\s?"),
    _rule(rf"({AMOUNT})\s?in\b(?:\.(?=[,;)])|(?=\.?$|[,;)]|\.\s[A-Z]))",
          lambda m: f"{read_amount(m[1])} inches",
          before=r"\din\.?\s?(?:by|[x×])\s?|\d\sin\.?\s?(?:by|[x×])\s?"),
    _rule(rf"()({AMOUNT})(?:{TO}({AMOUNT}))?\s?(?:″|{_INCHES})",
          lambda m: f"{read_span(m[2], m[3], None)} {'inch' if m[2] == '1' else 'inches'}"),
    _rule(rf"(?:(?<![A-Za-z])|(?<=\dx))(?!\d{{1,9}}s|\d{{1,5}}\s[NSEW]\.?\s[A-Z\d]){_MINUS}({AMOUNT})(?:{_FIRST_UNIT}{TO}({AMOUNT}))?(?:[\s-]?({SCALES}))?"
          rf"([\s-]?)({UNIT})", _read_measure),
    _rule(rf"(\d/\d{{1,2}})(?=\s(?:{_SPELLED})\b)(?<!1/2)", _read_part),
    _rule(rf"(\d/\d{{1,2}})(?=-(?:{_SPELLED})\b)", lambda m: read_amount(m[1]).removesuffix("s")),
    _rule(rf"\s?/\s?((?:{FACTOR}|{POWER}|{SQUARED_UNIT}))(?![A-Za-z\d/])",
          lambda m: f" per {read_unit(m[1], plural=False)}",
          before=r"[\da-z]|\d[KMB]|USD|EUR|GBP|CNY|RMB"),
    _rule(rf"\s?/\s?(?=\d[\d.]{{0,5}}\s?{_RATED}\b)", ", ", before=rf"\d\s?{_RATED}"),
    _rule(rf"\s?/\s?(?=\d{{1,4}}(?:\.\d{{1,3}})?\s?{SIMPLE_UNIT}(?:[23]|{RAISED})?(?![\w/]))",
          _read_stroke, before=r"(?:\d\s?|/)[A-Za-zμ]{1,4}"),
    _rule(rf"\s?/\s?(?=(?:{_PERIODS})\b)", " per ", before=r"\d[A-Za-z/ ]{0,16}"),
    _rule(rf"({UNIT})", lambda m: read_unit(m[1]), before=_TOLERATED),
    _rule(r"(μ[mgsLlAVFW])\b", lambda m: read_unit(m[1])),
    _rule(r"A(?=[.,;/)]|$|\s(?:at|and|or|to|of|current|fuse|breaker|circuit)\b)", "amperes",
          before=r"(?:\b(?:of|at|to|is|up|than|about|rated|draws?)|[(±≤≥<>=,])\s?\d[\d.]{0,5}\s"),
    _rule(rf"[x×](?=\s?{AMOUNT}(?:\s?[a-z]{{1,2}}\b|['′]))", "by",
          before=r"\d(?:['′]|\s?[A-Za-z]{0,2})\s?"),
    _rule(rf"(?:(?<=[\d½¼¾⅓⅔])|(?<=[\d½¼¾⅓⅔]\s)|"
          rf"(?<![A-Za-z])(?=[A-Za-zμ/·⋅⁻]{{1,9}}{RAISED}|{SQUARED_UNIT}))"
          rf"(?![NSEW]\.?\s[A-Z\d]|(?<=\d)s\b)({UNIT})",
          lambda m: read_unit(m[1], plural=not is_attributive(m))),
    _rule(rf"({UNIT})", lambda m: read_unit(m[1]), before=rf"10{RAISED}{{1,4}}\s?"),
    _rule(rf"({_AFTER_WORDS})(?![A-Za-z\d])", lambda m: read_unit(m[1], plural=False),
          before=r"\b(?:[Oo]ne|[Aa]n?|[Pp]er|[Ee]ach|[Ee]very)[\s-]"),
    _rule(rf"({_AFTER_WORDS})(?![A-Za-z\d])", lambda m: read_unit(m[1]),
          before=rf"\b(?:{_NUMBER_WORDS})\s"),
    _rule(r"[CF]\b", lambda m: {"C": "Celsius", "F": "Fahrenheit"}[m[0]], before=r"\bdegrees?\s"),
    _rule(r"km/h\b", "kilometers per hour"),
    _rule(r"Hg\b", "of mercury", before=r"\d\s?[mc]m\s"),
)  # fmt: skip
"""The rules, which apply before those for plain figures."""
