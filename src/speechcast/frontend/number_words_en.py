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
_MOST_DIGITS = 15


def counted(n: int) -> str:
    """1234 as one thousand two hundred and thirty-four."""
    if n < 20:
        return _ONES[n]
    if n < 100:
        return _TENS[n // 10] + (f"-{_ONES[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{_ONES[n // 100]} hundred" + (f" and {counted(n % 100)}" if n % 100 else "")
    power = (len(str(n)) - 1) // 3
    high, low = divmod(n, 1000**power)
    rest = f" {'and ' if low < 100 else ''}{counted(low)}" if low else ""
    return counted(high) + _GROUPS[power] + rest


def ordinal(n: int) -> str:
    """1234 as one thousand two hundred and thirty-fourth."""
    said = counted(n)
    last = re.split("[ -]", said)[-1]
    regular = last[:-1] + "ieth" if last.endswith("y") else last + "th"
    return said.removesuffix(last) + _ORDINALS.get(last, regular)


def figure(written: str) -> str:
    """1,234.5 or 007: digit by digit with a leading nought, or beyond counting."""
    whole, _, rest = written.replace(",", "").partition(".")
    plain = len(whole) <= _MOST_DIGITS and (whole == "0" or not whole.startswith("0"))
    said = counted(int(whole)) if plain else spelled(whole)
    return f"{said} point {spelled(rest)}" if rest else said


def spelled(digits: str) -> str:
    """Digit by digit, whatever else stands between them."""
    return " ".join(_ONES[int(c)] for c in digits if c.isdigit())


def year(written: str) -> str:
    """1961, 1905, 1900, 2005, 2023."""
    century, rest = int(written[:2]), int(written[2:])
    if century % 10 == 0 and rest < 10:
        return counted(int(written))
    if not rest:
        return f"{counted(century)} hundred"
    return f"{counted(century)} {'oh ' if rest < 10 else ''}{counted(rest)}"


def decade(written: str) -> str:
    """1960, 1900, 60: the nineteen sixties, the nineteen hundreds, the sixties."""
    said = year(written) if len(written) == 4 else counted(int(written))
    return said[:-1] + "ies" if said.endswith("y") else said + "s"


def fraction(above: int, below: int) -> str:
    """1/2, 2/3, 24/7."""
    if not above or above >= below:
        return f"{counted(above)} {'over ' if above == below else ''}{counted(below)}"
    part = {2: "half", 4: "quarter"}.get(below) or ordinal(below)
    plural = "halves" if below == 2 else f"{part}s"
    return f"{counted(above)} {part if above == 1 else plural}"


def roman(numeral: str) -> int:
    """XIV as 14."""
    values = [_ROMAN[c] for c in numeral]
    return sum(v if v >= max(values[i:]) else -v for i, v in enumerate(values))
