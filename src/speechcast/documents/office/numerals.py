"""Format the numbers of list items: 3, c, iii, 三, ③.

The styles have the names of ST_NumberFormat in ISO/IEC 29500-1, 17.18.59, as in Word's
`w:numFmt`; the other formats translate theirs into these. `lowerAlpha` and `upperAlpha` are ours,
and count as browsers do.
"""

from __future__ import annotations

from collections.abc import Callable

_MAX_NUMBER = 9999  # larger numbers, and those below one, are printed in decimal digits
_DIGITS = "〇一二三四五六七八九"
_FINANCIAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")  # the 大写 of contracts and cheques
_FINANCIAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟")
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def format_number(number: int, style: str) -> str:
    """Return a number in a style, or in decimal digits if unsupported.

    >>> format_number(3, "chineseCounting"), format_number(3, "lowerRoman")
    ('三', 'iii')
    """
    if style == "none":
        return ""
    formatter = _FORMATTERS.get(style)
    return formatter(number) if formatter and 1 <= number <= _MAX_NUMBER else str(number)


def parse_int(text: str | None, default: int = 0, base: int = 10) -> int:
    """Return `text` as an integer, or the default where it is none.

    >>> parse_int("7"), parse_int(None), parse_int("many", 1)
    (7, 0, 1)
    """
    try:
        return int(text or "", base)
    except ValueError:
        return default


def _format_chinese(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    text, zero_pending = "", False
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if not digit:
            zero_pending = bool(text)
            continue
        text += digits[0].replace("〇", "零") * zero_pending + digits[digit]
        text += units[power - 1] if power else ""
        zero_pending = False
    return text.removeprefix("一") if text.startswith("一十") else text


def _format_repeated_letter(number: int) -> str:
    """Return a to z, then aa, bb, cc, as Word counts."""
    return chr(ord("a") + (number - 1) % 26) * (1 + (number - 1) // 26)


def _format_alphabetic(number: int) -> str:
    """Return a to z, then aa, ab, ac, as browsers count."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _format_roman(number: int) -> str:
    if number > 3999:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text


def _format_ordinal(number: int) -> str:
    is_teen = 10 <= number % 100 <= 20
    return f"{number}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _from_symbols(signs: str) -> Callable[[int], str]:
    """Return a formatter with one symbol for each number from 1."""
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


def _from_range(first: str, last: str) -> Callable[[int], str]:
    return _from_symbols("".join(map(chr, range(ord(first), ord(last) + 1))))


def _from_digits(digits: str) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(d)] for d in str(number))


_FORMATTERS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _format_repeated_letter,
    "upperLetter": lambda number: _format_repeated_letter(number).upper(),
    "lowerAlpha": _format_alphabetic,
    "upperAlpha": lambda number: _format_alphabetic(number).upper(),
    "lowerRoman": lambda number: _format_roman(number).lower(),
    "upperRoman": _format_roman,
    "ordinal": _format_ordinal,
    "chineseLegalSimplified": lambda number: _format_chinese(number, *_FINANCIAL),
    "ideographLegalTraditional": lambda number: _format_chinese(number, *_FINANCIAL_TRADITIONAL),
    "ideographDigital": _from_digits(_DIGITS),
    "japaneseDigitalTenThousand": _from_digits(_DIGITS),
    "taiwaneseDigital": _from_digits(_DIGITS),
    "ideographTraditional": _from_symbols("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _from_symbols("子丑寅卯辰巳午未申酉戌亥"),
    "decimalFullWidth": _from_digits("０１２３４５６７８９"),
    "decimalFullWidth2": _from_digits("０１２３４５６７８９"),
    "decimalEnclosedCircle": _from_range("①", "⑳"),
    "decimalEnclosedCircleChinese": _from_range("①", "⑳"),
    "decimalEnclosedParen": _from_range("⑴", "⒇"),
    "decimalEnclosedFullstop": _from_range("⒈", "⒛"),
    "ideographEnclosedCircle": _from_range("㊀", "㊉"),
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "ideographCounting",
            "japaneseCounting",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
        ),
        _format_chinese,
    ),
}
