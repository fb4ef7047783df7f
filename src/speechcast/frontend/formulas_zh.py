"""Read powers, indices, fractions and composite units in Chinese words.

The rules and tables were written by hand for this project; the units are read as in the standard
GB 3100 (m/s²: 米每二次方秒).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ..documents.raised import is_note
from .rules import Match, Rule
from .rules import compile_rule as _rule
from .scripts import (
    ENCLOSED,
    ENCLOSED_NUMBERS,
    FRACTION,
    LOWERED,
    LOWERED_DIGIT,
    RAISED,
    RAISED_DIGIT,
    SQUARED_UNIT,
    text_before,
    written_out,
    written_unit,
)  # fmt: skip

_LENGTHS = {"km": "千米", "hm": "百米", "dm": "分米", "cm": "厘米", "mm": "毫米", "μm": "微米",
            "nm": "纳米", "m": "米", "ft": "英尺", "in": "英寸"}  # fmt: skip
_UNITS = _LENGTHS | {
    "kg": "千克", "mg": "毫克", "μg": "微克", "ng": "纳克", "g": "克", "t": "吨", "mL": "毫升",
    "ml": "毫升", "L": "升", "mol": "摩尔", "kN": "千牛", "N": "牛", "kJ": "千焦", "J": "焦",
    "kW": "千瓦", "MW": "兆瓦", "W": "瓦", "kPa": "千帕", "MPa": "兆帕", "Pa": "帕", "min": "分钟",
    "s": "秒", "h": "小时", "d": "天", "a": "年", "K": "开", "A": "安", "V": "伏", "ha": "公顷",
}  # fmt: skip
_HAN_LENGTH = r"(?:[千百分厘釐毫微纳]?米|公里|公尺|英里|英尺|英寸|[尺寸里])"
_SIGNS = {"+": "加", "-": "减", "=": "等于", "(": "", ")": ""}

_FACTOR = rf"(?:{'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))}){RAISED}*"
_LENGTH_POWER = rf"(?:{'|'.join(sorted(_LENGTHS, key=len, reverse=True))})[⁻]?[²³⁴]"
_COMPOSITE = rf"{_FACTOR}(?:[/／·⋅]{_FACTOR}){{1,4}}(?<={RAISED})"
_UNIT = rf"(?:{_COMPOSITE}|{_LENGTH_POWER})(?![A-Za-z{RAISED[1:]})"
_N = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_LETTERS = r"[A-Za-zΑ-Ωα-ω]"


def build_rules(read_number: Callable[[str], str]) -> tuple[Rule, ...]:
    """Return the rules, which apply before those for plain figures.

    Args:
        read_number: Reads a written number in words.
    """

    def read_power(m: Match) -> str:
        return f"{read_number(m[1])}的{_read_exponent(m[2], read_number)}次方"

    def read_fraction(m: Match) -> str:
        top, bottom = written_out(m[2]).split("/")
        whole = f"{read_number(m[1])}又" if m[1] else ""
        return f"{whole}{read_number(bottom)}分之{read_number(top)}"

    def read_split_fraction(m: Match) -> str:
        whole = f"{read_number(m[1])}又" if m[1] else ""
        top, bottom = read_number(written_out(m[2])), read_number(written_out(m[3]))
        return f"{whole}{bottom}分之{top}"

    def read_measure(m: Match) -> str:
        return read_number(m[1]) + read_unit(written_unit(m[2]), read_number)

    return (
        _rule(rf"({_N})?({FRACTION})", read_fraction),
        _rule(rf"(\d{{1,4}})?({RAISED_DIGIT}{{1,4}})\s?[/⁄∕]\s?({LOWERED_DIGIT}{{1,4}})",
              read_split_fraction),
        _rule(r"()(\d{1,4})\s?[⁄∕]\s?(\d{1,4})(?!\d)", read_split_fraction),
        _rule(rf"({_N})\s?({_UNIT}|{SQUARED_UNIT})", read_measure),
        _rule(rf"[/／]\s?({_UNIT}|{SQUARED_UNIT})",
              lambda m: "每" + read_unit(written_unit(m[1]), read_number)),
        _rule(rf"(?<![A-Za-z])({_UNIT})", lambda m: read_unit(m[1], read_number)),
        _rule(rf"{SQUARED_UNIT}", lambda m: read_unit(written_out(m[0]), read_number)),
        _rule(rf"({_HAN_LENGTH})([²³])",
              lambda m: ("平方" if m[2] == "²" else "立方") + m[1]),
        _rule(rf"({_N})({RAISED}+)", read_power),
        _rule(r"\^(?:\(([^()]{1,20})\)|([-−]?\d+(?:\.\d+)?|[A-Za-z]))",
              lambda m: f"的{_read_exponent(m[1] or m[2], read_number)}次方",
              before=r"[\dA-Za-z)）]"),
        _rule(rf"{RAISED_DIGIT}+(?={_LETTERS})",
              lambda m: read_number(written_out(m[0])), before=r"(?:^|[^\w)）])"),
        _rule(rf"{RAISED}+", lambda m: _read_raised(m, read_number)),
        _rule(rf"(?<=log)({LOWERED_DIGIT}+)",
              lambda m: f"以{read_number(written_out(m[1]))}为底"),
        _rule(rf"{LOWERED}+", lambda m: _read_signs(m[0], read_number)),
        _rule(rf"({_N})°(?=[\d′'])", lambda m: f"{read_number(m[1])}度"),
        _rule(rf"({_N})′({_N})″", lambda m: f"{read_number(m[1])}分{read_number(m[2])}秒"),
        _rule(rf"({_N})([′″])", lambda m: read_number(m[1]) + ("分" if m[2] == "′" else "秒")),
        _rule(r"(\d+)#|#(\d+)", lambda m: f"{read_number(m[1] or m[2])}号"),
        _rule("√(?=[\\w(（])", "根号"),
        _rule("∛(?=[\\w(（])", "三次根号"),
        _rule("∜(?=[\\w(（])", "四次根号"),
        _rule(rf"{ENCLOSED}", lambda m: read_number(str(ENCLOSED_NUMBERS[m[0]]))),
    )  # fmt: skip


MAY_BEGIN = (
    rf"{FRACTION}|{RAISED}|{LOWERED}|{SQUARED_UNIT}|{ENCLOSED}|[√∛∜]|\^|#\d"
    rf"|[/／]\s?(?:{_UNIT}|{SQUARED_UNIT})|{_UNIT}|{_HAN_LENGTH}[²³]"
)
"""With what a match of the rules may begin, besides a figure."""


def read_unit(text: str, read_number: Callable[[str], str]) -> str:
    """Return a unit in words.

    >>> read_unit("km²", str), read_unit("kg/m³", str), read_unit("m/s²", str)
    ('平方千米', '千克每立方米', '米每2次方秒')
    """
    words = ""
    for sign, base, raised in re.findall(rf"([/／·⋅]?)([A-Za-zμ]+)({RAISED}*)", text):
        exponent = written_out(raised)
        divides = sign in {"/", "／"} or exponent.startswith("-")
        words += ("每" if divides else "") + _read_factor(base, exponent.lstrip("-"), read_number)
    return words


def _read_factor(base: str, exponent: str, read_number: Callable[[str], str]) -> str:
    name = _UNITS.get(base, base)
    if exponent in {"", "1"}:
        return name
    if base in _LENGTHS and exponent in {"2", "3"}:
        return ("平方" if exponent == "2" else "立方") + name
    return f"{_read_exponent(exponent, read_number)}次方{name}"


def _read_raised(m: Match, read_number: Callable[[str], str]) -> str:
    """Return the words for raised characters that no figure stands before."""
    before, plain = text_before(m), written_out(m[0])
    if is_note(plain, before, m.string[m.end() : m.end() + 4]):
        return ""
    if re.search(rf"{LOWERED}$|[A-Z][a-z]?$", before) and plain[-1] in "+-":  # an ion: Ca²⁺
        return (read_number(plain[:-1]) if plain[:-1].isdecimal() else plain[:-1]) + (
            "正" if plain[-1] == "+" else "负"
        )
    if plain in {"2", "3"}:
        return "的平方" if plain == "2" else "的立方"
    if not re.search(r"[\w)）]$", before) or (plain.isalpha() and len(plain) > 1):
        return _read_signs(m[0], read_number)
    return f"的{_read_exponent(plain, read_number)}次方"


def _read_exponent(text: str, read_number: Callable[[str], str]) -> str:
    """Return the words of an exponent: 负三, n加一, 五到六."""
    plain = written_out(text).replace("−", "-")
    if span := re.fullmatch(r"(\d+)-(\d+)", plain):
        return f"{read_number(span[1])}到{read_number(span[2])}"
    if plain.startswith("-"):
        return "负" + _read_exponent(plain[1:], read_number)
    return _read_signs(plain, read_number)


def _read_signs(text: str, read_number: Callable[[str], str]) -> str:
    """Return raised or lowered text as it is read sign by sign."""
    pieces = re.findall(r"\d+(?:\.\d+)?|.", written_out(text))
    return "".join(read_number(p) if p[0].isdecimal() else _SIGNS.get(p, p) for p in pieces)
