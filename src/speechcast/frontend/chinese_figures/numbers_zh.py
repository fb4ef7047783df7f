"""Read whole and decimal numbers in Chinese words, and codes digit by digit.

The tables were written by hand for this project. The package cn2an writes whole numbers as well,
but its import compiles patterns for 0.15 s, and its 100001000 is 一亿一千, heard as 110000000.
"""

from __future__ import annotations

import re

from ..rules import Match
from .measures_zh import begins_measure

_DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_PLACES = {1000: "千", 100: "百", 10: "十", 1: ""}
_MYRIADS = ("", "万", "亿", "万")  # after each four digits, from the right; the last is 万亿
_MAX_DIGITS = 4 * len(_MYRIADS)  # before the decimal point
_PHONE_DIGITS = {**_DIGITS, "1": "幺"}  # telephone numbers, which have 幺 for 1

# Pieces of the patterns of all rules.
NUMBER = r"(?:\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
"""A number in figures, which may have commas and decimals."""
SCALE = r"(?:[十百千万]?亿|[十百千]?万|[百千])"
"""A magnitude written in characters after a figure: 5000万, 30亿."""
TO = r"\s*(?:[~～至到]{1,2}|-(?=-\d)|[-—–]{1,2})\s*"
"""What joins the two ends of a range."""


def read_number(figure: str) -> str:
    """Return a written number in words.

    2 is read as 两 before 千, 万 and 亿.

    Numbers with a leading zero or more than 16 digits are read digit by digit.

    >>> read_number("39218"), read_number("1,234.5"), read_number("007"), read_number("2400")
    ('三万九千二百一十八', '一千二百三十四点五', '零零七', '两千四百')
    """
    figure = figure.replace(",", "")
    whole, point, decimals = figure.partition(".")
    if re.match(r"0\d", whole) or len(whole) > _MAX_DIGITS:
        return read_digits(figure)
    words = write_numeral(int(whole))
    words = re.sub("^二(?=[千万亿])", "两", words)  # 两千四百, as newsreaders say it
    return words + read_digits(point + decimals)


def write_numeral(number: int) -> str:
    """Return a whole number from 0 to 10¹⁶ - 1 in Chinese numerals.

    >>> write_numeral(12), write_numeral(2024), write_numeral(100001000), write_numeral(10**12)
    ('十二', '二千零二十四', '一亿零一千', '一万亿')
    """
    words, skipped = "", False
    for power in reversed(range(len(_MYRIADS))):
        group = number // 10_000**power % 10_000
        if group:
            words += "零" if words and (skipped or group < 1000) else ""
            words += _write_group(group) + _MYRIADS[power]
        elif power == 2 and words:  # 一万亿
            words += "亿"
        skipped = bool(words) and not group
    return words.removeprefix("一") if words.startswith("一十") else words or "零"


def _write_group(group: int) -> str:
    """Return a number from 1 to 9999 in Chinese numerals."""
    words = ""
    for value, unit in _PLACES.items():
        if digit := group // value % 10:
            words += _DIGITS[str(digit)] + unit
        elif words and not words.endswith("零"):
            words += "零"
    return words.rstrip("零")


def read_digits(figure: str) -> str:
    """Return a number digit by digit, its decimal point as 点.

    >>> read_digits("2023"), read_digits("1.2.3")
    ('二零二三', '一点二点三')
    """
    return "".join(_DIGITS.get(c, "点") for c in figure if c in "0123456789.")


def read_ratio(figures: str) -> str:
    """Return the words of a ratio.

    >>> read_ratio("1:19"), read_ratio("3：2：1")
    ('一比十九', '三比二比一')
    """
    return "比".join(map(read_number, re.split("[:：]", figures)))


def read_dialled(figure: str) -> str:
    """Return digits as they are said of telephones, roads and accounts, without other signs.

    >>> read_dialled("010-12345")
    '零幺零幺二三四五'
    """
    return "".join(_PHONE_DIGITS[c] for c in figure if c in _PHONE_DIGITS)


def read_counted(match: Match, figure: str) -> str:
    """Return a number before what follows the match: 2 is 两 if that is a measure word."""
    if figure == "2" and begins_measure(match.string, match.end(), of_two=True):
        return "两"
    return read_number(figure)
