"""Write numbers in English words.

The words are written by hand for this project, with "and" before tens and ones as in British usage:
one hundred and one. num2words 0.5.14 says the same of 20,000 cardinals and ordinals and of the
years 1000 to 2199, but for commas after the thousands and a hyphen after "oh".
"""

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
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_LARGEST_PART = 16  # denominator of a fraction above one that is read as a fraction
MAX_DIGITS = 15  # what _GROUPS can name


def to_cardinal(n: int) -> str:
    """Return a whole number from 0 to 10**15 - 1 in words.

    >>> to_cardinal(1234)
    'one thousand two hundred and thirty-four'
    """
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
    """Return the ordinal of a whole number in words.

    >>> to_ordinal(1234)
    'one thousand two hundred and thirty-fourth'
    """
    words = to_cardinal(n)
    last = re.split("[ -]", words)[-1]
    regular = last[:-1] + "ieth" if last.endswith("y") else last + "th"
    return words.removesuffix(last) + _ORDINALS.get(last, regular)


def to_words(written: str) -> str:
    """Return a written number in words, with its decimals digit by digit.

    A whole part with a leading zero, or of more than 15 digits, is read digit by digit too.

    >>> to_words("1,234.5")
    'one thousand two hundred and thirty-four point five'
    >>> to_words("007")
    'zero zero seven'
    """
    whole, _, rest = written.replace(",", "").partition(".")
    plain = len(whole) <= MAX_DIGITS and (whole == "0" or not whole.startswith("0"))
    words = to_cardinal(int(whole)) if plain else spell_digits(whole)
    return f"{words} point {spell_digits(rest)}" if rest else words


def spell_digits(text: str) -> str:
    """Return the digits in a text as words.

    Other characters are skipped.

    >>> spell_digits("555-01")
    'five five five zero one'
    """
    return " ".join(_ONES[int(c)] for c in text if c.isdigit())


def to_year(written: str) -> str:
    """Return a year of three or four digits in words.

    >>> to_year("1961"), to_year("1905"), to_year("1900"), to_year("2005")
    ('nineteen sixty-one', 'nineteen oh five', 'nineteen hundred', 'two thousand and five')
    """
    century, rest = int(written[:-2]), int(written[-2:])
    if century % 10 == 0 and rest < 10:
        return to_cardinal(int(written))
    if not rest:
        return f"{to_cardinal(century)} hundred"
    return f"{to_cardinal(century)} {'oh ' if rest < 10 else ''}{to_cardinal(rest)}"


def to_code(written: str) -> str:
    """Return the words for figures that are a name: in pairs, or one by one if more than four.

    >>> to_code("747"), to_code("101"), to_code("1549"), to_code("500")
    ('seven forty-seven', 'one oh one', 'fifteen forty-nine', 'five hundred')
    >>> to_code("1001"), to_code("9001")
    ('ten oh one', 'nine thousand one')
    >>> to_code("90210")
    'nine zero two one zero'
    """
    if written.startswith("0") or len(written) > 4:
        return spell_digits(written)
    if re.fullmatch(r"100[1-9]", written):
        return f"ten oh {to_cardinal(int(written[3]))}"
    words = to_cardinal(int(written)) if len(written) < 3 else to_year(written)
    return words.replace("thousand and ", "thousand ")


def to_decade(written: str) -> str:
    """Return the plural of a year or of another number.

    >>> to_decade("1960"), to_decade("1900"), to_decade("60")
    ('nineteen sixties', 'nineteen hundreds', 'sixties')
    """
    words = to_year(written) if len(written) > 2 else to_code(written)
    return words[:-1] + "ies" if words.endswith("y") else words + "s"


def to_fraction(numerator: int, denominator: int) -> str:
    """Return a fraction in words.

    A fraction that is not less than one is so if its denominator is small.

    >>> to_fraction(1, 2), to_fraction(2, 3), to_fraction(24, 7)
    ('one half', 'two thirds', 'twenty-four sevenths')
    >>> to_fraction(50, 30)
    'fifty over thirty'
    """
    top, bottom = numerator, denominator
    if (
        not top
        or bottom < 2
        or top == bottom
        or (top > bottom and (top >= 100 or bottom > _LARGEST_PART))
    ):
        return f"{to_cardinal(top)} over {to_cardinal(bottom)}"
    part = {2: "half", 4: "quarter"}.get(bottom) or to_ordinal(bottom)
    plural = "halves" if bottom == 2 else f"{part}s"
    return f"{to_cardinal(top)} {part if top == 1 else plural}"


_UNITS_ROMAN = "(?:IX|IV|VI{0,3}|I{1,3})"
_TENS_ROMAN = "(?:XC|XL|LX{0,3}|X{1,3})"
_HUNDREDS_ROMAN = "(?:CM|CD|DC{0,3}|C{1,3})"
ROMAN_BELOW_100 = f"(?:{_TENS_ROMAN}{_UNITS_ROMAN}?|{_UNITS_ROMAN})"
"""A Roman numeral up to 99, as part of a regular expression; it has a letter at least."""
ROMAN = (
    f"(?:(?:M{{1,3}}{_HUNDREDS_ROMAN}?|{_HUNDREDS_ROMAN}){_TENS_ROMAN}?{_UNITS_ROMAN}?"
    f"|{ROMAN_BELOW_100})"
)
"""A Roman numeral, as part of a regular expression; it has a letter at least."""


def parse_roman(numeral: str) -> int:
    """Return the value of a Roman numeral.

    >>> parse_roman("XIV"), parse_roman("MCMXLIX")
    (14, 1949)
    """
    values = [_ROMAN[c] for c in numeral]
    return sum(v if v >= max(values[i:]) else -v for i, v in enumerate(values))
