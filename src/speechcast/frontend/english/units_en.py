"""Read units of measurement in English words: 10-15 km, 5 million km², 3½ ft, mg/dL.

A unit is a prefix and a base; the names are those of the International System of Units (the SI
Brochure, 9th edition, tables 2 to 8) in American spelling, and the customary units of the United
States. Which prefixes a base takes was chosen by hand for this project, so that no word (5 pm,
5 am) is read as a unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..rules import Match
from ..rules import make_rule as _rule
from ..scripts import RAISED, SQUARED_UNIT, written_out, written_unit
from .number_words_en import to_cardinal, to_words
from .quantities_en import AMOUNT, SCALES, TO, is_attributive, is_single, read_amount, read_span

_PREFIXES = {"T": "tera", "G": "giga", "M": "mega", "k": "kilo", "K": "kilo", "P": "peta",
             "h": "hecto", "d": "deci", "c": "centi", "m": "milli", "μ": "micro", "n": "nano",
             "p": "pico"}  # fmt: skip
# A base: its name and the prefixes it takes; a space for itself without one.
_BASES = {
    "m": ("meter", " kdcmμn"),
    "g": ("gram", " kmμn"),
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
    "mol": ("mole", " mμ"),
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
    "MP": "megapixel",
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
DIRECTIONS = {"N": "North", "S": "South", "E": "East", "W": "West", "NE": "Northeast",
              "NW": "Northwest", "SE": "Southeast", "SW": "Southwest"}  # fmt: skip
"""The letters of the compass."""
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


_SIMPLE = f"(?:{_prefixed()}|{_alternatives((*_CUSTOMARY, *_BINARY))})"
_FACTOR = (
    rf"(?:{_prefixed()}|{_alternatives(w for w in _CUSTOMARY if w.isalpha())}|K){RAISED}{{0,3}}"
)
_POWER = rf"(?:{_alternatives(LENGTHS)})[23]"
_AREA = r"(?:sq|cu)\.?\s?(?:ft|in|mi|yd|km|cm|m)"
UNIT = (
    rf"(?:{_SIMPLE}{RAISED}{{0,3}}(?:[/·⋅]{_FACTOR}){{0,4}}(?:(?<=/[a-z])[23])?"
    rf"|{_POWER}|in[²³]|{SQUARED_UNIT}|{_AREA})"
    rf"(?![A-Za-z\d{RAISED[1:]})(?:(?<=[a-z])\.(?=\s[a-z\d]))?"
)
"""A unit's symbol, as part of a regular expression."""
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
_SPELLED = "mile|inch|cup|teaspoon|tablespoon|pound|ounce|acre|gallon|foot|yard|liter|meter"

# A value with its tolerance or its range in brackets, before the unit of both.
_TOLERATED = (
    r"±\s?\d[\d.]*\s?%\s?|\(\s?±\s?\d[\d.]*\s?%?\)\s?|"
    r"\(\d[\d.,]*\s?(?:±|\+/[-−]|[-–—~])\s?\d[\d.,]*\s?%?\)\s?"
)
_RATED = r"[kMmμ]?(?:VA|Wh|Ah|[VAWΩ]|Hz)"  # no quotient before a stroke with a figure: 110 kV/10 kV

MAY_BEGIN = (
    rf"{SQUARED_UNIT}|\s?/|(?:(?<=[\d%)])|(?<=[\d%)]\s))[A-Za-zμΩ°]|[a-zμ]{{1,3}}[/·⋅²³⁴⁻]|"
    rf"μ[A-Za-z]|{_AFTER_WORDS}"
)
"""With what a match of the rules may begin, besides a figure."""


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


def _read_measure(m: Match) -> str:
    minus, low, high, scale, joint, unit = m.groups()
    words = ("minus " if minus else "") + read_span(low, high, scale)
    single = is_single(low, high, scale)
    tolerated = m.string[: m.start()].rstrip().endswith("±")
    plural = tolerated or not (single or joint == "-" or is_attributive(m))
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
          r"barrels|viewers|voters|workers|children)\b)", lambda m: f"{read_amount(m[1])} million"),
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
    _rule(rf"\s?/\s?((?:{_FACTOR}|{_POWER}|{SQUARED_UNIT}))(?![A-Za-z\d/])",
          lambda m: f" per {read_unit(m[1], plural=False)}",
          before=r"[\da-z]|\d[KMB]|USD|EUR|GBP|CNY|RMB"),
    _rule(rf"\s?/\s?(?=\d[\d.]{{0,5}}\s?{_RATED}\b)", ", ", before=rf"\d\s?{_RATED}"),
    _rule(rf"\s?/\s?(?=\d{{1,4}}\s?{_SIMPLE}\b)", " per ", before=r"\d\s?[A-Za-z]{1,4}"),
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
          lambda m: read_unit(m[1])),
    _rule(rf"({_AFTER_WORDS})(?![A-Za-z\d])", lambda m: read_unit(m[1], plural=False),
          before=r"\b(?:[Oo]ne|[Aa]n?|[Pp]er|[Ee]ach|[Ee]very)[\s-]"),
    _rule(rf"({_AFTER_WORDS})(?![A-Za-z\d])", lambda m: read_unit(m[1]),
          before=rf"\b(?:{_NUMBER_WORDS})\s"),
    _rule(r"[CF]\b", lambda m: {"C": "Celsius", "F": "Fahrenheit"}[m[0]], before=r"\bdegrees?\s"),
    _rule(r"km/h\b", "kilometers per hour"),
    _rule(r"Hg\b", "of mercury", before=r"\d\s?[mc]m\s"),
)  # fmt: skip
"""The rules, which apply before those for plain figures."""
