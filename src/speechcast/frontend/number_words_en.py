"""Numbers in English words."""

from __future__ import annotations

import re

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "- ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_GROUPS = ("", " thousand", " million", " billion", " trillion")
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
             "nine": "ninth", "twelve": "twelfth"}  # fmt: skip
_ROMAN = {"I": 1, "V": 5, "X": 10}
_MAX_DIGITS = 15


def to_cardinal(n: int) -> str:
    """1234 as one thousand two hundred and thirty-four."""
    if n < 20:
        return _ONES[n]
    if n < 100:
        return _TENS[n // 10] + (f"-{_ONES[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{_ONES[n // 100]} hundred" + (f" and {to_cardinal(n % 100)}" if n % 100 else "")
    power = (len(str(n)) - 1) // 3
    high, low = divmod(n, 1000**power)
    rest = f" {'and ' if low < 100 else ''}{to_cardinal(low)}" if low else ""
    return to_cardinal(high) + _GROUPS[power] + rest


def to_ordinal(n: int) -> str:
    """1234 as one thousand two hundred and thirty-fourth."""
    words = to_cardinal(n)
    last = re.split("[ -]", words)[-1]
    regular = last[:-1] + "ieth" if last.endswith("y") else last + "th"
    return words.removesuffix(last) + _ORDINALS.get(last, regular)


def to_words(written: str) -> str:
    """1,234.5 or 007: digit by digit with a leading nought, or beyond counting."""
    whole, _, rest = written.replace(",", "").partition(".")
    plain = len(whole) <= _MAX_DIGITS and (whole == "0" or not whole.startswith("0"))
    words = to_cardinal(int(whole)) if plain else spell_digits(whole)
    return f"{words} point {spell_digits(rest)}" if rest else words


def spell_digits(digits: str) -> str:
    """Digit by digit, whatever else stands between them."""
    return " ".join(_ONES[int(c)] for c in digits if c.isdigit())


def to_year(written: str) -> str:
    """1961, 1905, 1900, 2005, 2023."""
    century, rest = int(written[:2]), int(written[2:])
    if century % 10 == 0 and rest < 10:
        return to_cardinal(int(written))
    if not rest:
        return f"{to_cardinal(century)} hundred"
    return f"{to_cardinal(century)} {'oh ' if rest < 10 else ''}{to_cardinal(rest)}"


def to_decade(written: str) -> str:
    """1960, 1900, 60: the nineteen sixties, the nineteen hundreds, the sixties."""
    words = to_year(written) if len(written) == 4 else to_cardinal(int(written))
    return words[:-1] + "ies" if words.endswith("y") else words + "s"


def to_fraction(above: int, below: int) -> str:
    """1/2, 2/3, 24/7."""
    if not above or above >= below:
        return f"{to_cardinal(above)} {'over ' if above == below else ''}{to_cardinal(below)}"
    part = {2: "half", 4: "quarter"}.get(below) or to_ordinal(below)
    plural = "halves" if below == 2 else f"{part}s"
    return f"{to_cardinal(above)} {part if above == 1 else plural}"


def parse_roman(numeral: str) -> int:
    """XIV as 14."""
    values = [_ROMAN[c] for c in numeral]
    return sum(v if v >= max(values[i:]) else -v for i, v in enumerate(values))
