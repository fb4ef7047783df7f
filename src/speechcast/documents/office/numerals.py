"""The numbers of list items as they are printed: 3, c, iii, 三, ③."""

from __future__ import annotations

from collections.abc import Callable

_MOST = 9999  # above it, and below one, any number is printed in figures
_DIGITS = "〇一二三四五六七八九"
_FORMAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")
_FORMAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟")
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def numeral(number: int, style: str) -> str:
    """`number` in a style that has the name Word gives it; in figures where it has no such form."""
    if style == "none":
        return ""
    made = _STYLES.get(style)
    return made(number) if made and 1 <= number <= _MOST else str(number)


def number(text: str | None, default: int = 0) -> int:
    """The whole number `text` is; the default for what is none."""
    try:
        return int(text or "")
    except ValueError:
        return default


def _chinese(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if not digit:
            gap = bool(text)
            continue
        text += digits[0].replace("〇", "零") * gap + digits[digit]
        text += units[place - 1] if place else ""
        gap = False
    return text.removeprefix("一") if text.startswith("一十") else text


def _letters(number: int) -> str:
    """A to z, then aa, bb, cc, as Word goes on."""
    return chr(ord("a") + (number - 1) % 26) * (1 + (number - 1) // 26)


def _alphabetic(number: int) -> str:
    """A to z, then aa, ab, ac, as a browser goes on."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _roman(number: int) -> str:
    if number > 3999:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text


def _ordinal(number: int) -> str:
    teen = 10 <= number % 100 <= 20
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _signs(signs: str) -> Callable[[int], str]:
    """Numbers that have one sign each, as long as there are some."""
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


def _run(first: str, last: str) -> Callable[[int], str]:
    return _signs("".join(map(chr, range(ord(first), ord(last) + 1))))


def _figures(digits: str) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(d)] for d in str(number))


_STYLES: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerAlpha": _alphabetic,
    "upperAlpha": lambda number: _alphabetic(number).upper(),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
    "ordinal": _ordinal,
    "chineseLegalSimplified": lambda number: _chinese(number, *_FORMAL),
    "ideographLegalTraditional": lambda number: _chinese(number, *_FORMAL_TRADITIONAL),
    "ideographDigital": _figures(_DIGITS),
    "japaneseDigitalTenThousand": _figures(_DIGITS),
    "taiwaneseDigital": _figures(_DIGITS),
    "ideographTraditional": _signs("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _signs("子丑寅卯辰巳午未申酉戌亥"),
    "decimalFullWidth": _figures("０１２３４５６７８９"),
    "decimalFullWidth2": _figures("０１２３４５６７８９"),
    "decimalEnclosedCircle": _run("①", "⑳"),
    "decimalEnclosedCircleChinese": _run("①", "⑳"),
    "decimalEnclosedParen": _run("⑴", "⒇"),
    "decimalEnclosedFullstop": _run("⒈", "⒛"),
    "ideographEnclosedCircle": _run("㊀", "㊉"),
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "ideographCounting",
            "japaneseCounting",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
        ),
        _chinese,
    ),
}
