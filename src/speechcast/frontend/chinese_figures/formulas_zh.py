"""Read powers, indices, fractions, angles and roots in Chinese words.

The rules and tables were written by hand for this project.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import factorial

from ...documents.note_marks import is_note
from ...text.isotopes import ends_with_element, is_isotope
from ..rules import Match
from ..rules import make_rule as _rule
from ..scripts import (
    ENCLOSED,
    ENCLOSED_NUMBERS,
    FRACTION,
    LOWERED,
    LOWERED_DIGIT,
    RAISED,
    RAISED_DIGIT,
    text_after,
    text_before,
    written_out,
)  # fmt: skip
from .numbers_zh import NUMBER, read_number
from .units_zh import closes_quotation

_HAN_LENGTH = r"(?:[千百分厘釐毫微纳]?米|公里|公尺|英里|英尺|英寸|[尺寸里])"
_SIGNS = {"+": "加", "-": "减", "=": "等于", "(": "", ")": ""}

_N = NUMBER
_COMPASS = {"N": "北纬", "S": "南纬", "E": "东经", "W": "西经"}
# What is measured in inches, behind and before the figure.
_IN_INCHES = (
    "显示|屏|液晶|彩电|电视|笔记|轻薄|平板|触|投影|轮|管|阀|法兰|硬盘|晶圆|自行车|山地|单车|棉|布|面料|"
    "喇叭|音箱|蛋糕|披萨|O?LED|[248]K"
)
_OF_INCHES = "幅宽|门幅|屏幕|屏|尺寸|管径|口径|轮径|轮毂|腰围|裤长"
# What is numbered, so that a stroke before it divides nothing: 3/a班.
_NUMBERED = "(?:[页頁班级級组組号號楼室座栋幢版课章节節期届区區房床门]|单元)"
_LETTERS = r"[A-Za-zΑ-Ωα-ω]"


def _read_power(m: Match) -> str:
    return f"{read_number(m[1])}的{_read_exponent(m[2])}次方"


def _read_fraction(m: Match) -> str:
    top, bottom = written_out(m[2]).split("/")
    whole = f"{read_number(m[1])}又" if m[1] else ""
    return f"{whole}{read_number(bottom)}分之{read_number(top)}"


def _read_split_fraction(m: Match) -> str:
    whole = f"{read_number(m[1])}又" if m[1] else ""
    top, bottom = read_number(written_out(m[2])), read_number(written_out(m[3]))
    return f"{whole}{bottom}分之{top}"


def _read_raised(m: Match) -> str:
    """Return the words for raised characters that no figure stands before."""
    before, plain, after = text_before(m), written_out(m[0]), text_after(m)
    if is_isotope(plain, after) or ends_with_element(before, plain):
        return _read_signs(m[0])
    if is_note(plain, before, after):
        return ""
    if re.search(rf"{LOWERED}$|[A-Z][a-z]?$", before) and plain[-1] in "+-":  # an ion: Ca²⁺
        return (read_number(plain[:-1]) if plain[:-1].isdecimal() else plain[:-1]) + (
            "正" if plain[-1] == "+" else "负"
        )
    if plain in {"2", "3"}:
        return "的平方" if plain == "2" else "的立方"
    if not re.search(r"[\w)）]$", before) or (plain.isalpha() and len(plain) > 1):
        return _read_signs(m[0])
    return f"的{_read_exponent(plain)}次方"


def _read_exponent(text: str) -> str:
    """Return the words of an exponent: 负三, n加一, 五到六."""
    plain = written_out(text).replace("−", "-")
    if span := re.fullmatch(r"(\d+)-(\d+)", plain):
        return f"{read_number(span[1])}到{read_number(span[2])}"
    if plain.startswith("-"):
        return "负" + _read_exponent(plain[1:])
    return _read_signs(plain)


def _read_signs(text: str) -> str:
    """Return raised or lowered text as it is read sign by sign."""
    pieces = re.findall(r"\d+(?:\.\d+)?|.", written_out(text))
    return "".join(read_number(p) if p[0].isdecimal() else _SIGNS.get(p, p) for p in pieces)


def _read_angle(figures: Sequence[str | None]) -> str:
    """Return the words for degrees, minutes and seconds."""
    parts = zip(figures, "度分秒", strict=True)
    return "".join(read_number(figure) + unit for figure, unit in parts if figure)


def _read_factorial(m: Match) -> str | None:
    """Return a factorial whose value follows (5!=120); None for what is not equal (5!=6)."""
    is_factorial = factorial(int(m[1])) == int(m[2])
    return f"{read_number(m[1])}的阶乘" if is_factorial else None


RULES = (
    _rule("([³⁴-⁹])√", lambda m: f"{read_number(written_out(m[1]))}次根号"),
    _rule(rf"({_N})?({FRACTION})", _read_fraction),
    _rule(rf"(\d{{1,4}})?({RAISED_DIGIT}{{1,4}})\s?[/⁄∕]\s?({LOWERED_DIGIT}{{1,4}})",
          _read_split_fraction),
    _rule(r"()(\d{1,4})\s?[⁄∕]\s?(\d{1,4})(?!\d)", _read_split_fraction),
    _rule(rf"({_HAN_LENGTH})([²³])",
          lambda m: ("平方" if m[2] == "²" else "立方") + m[1]),
    _rule(rf"({_N})({RAISED}+)", _read_power),
    _rule(r"\^(?:\(([^()]{1,20})\)|([-−]?\d+(?:\.\d+)?|[A-Za-z]))",
          lambda m: f"的{_read_exponent(m[1] or m[2])}次方",
          before=r"[\dA-Za-z)）]"),
    _rule(rf"{RAISED_DIGIT}+(?={_LETTERS})",
          lambda m: read_number(written_out(m[0])), before=r"(?:^|[^\w)）])"),
    _rule(rf"{RAISED}+", _read_raised),
    _rule(rf"(?<=log)({LOWERED_DIGIT}+)",
          lambda m: f"以{read_number(written_out(m[1]))}为底"),
    _rule(rf"{LOWERED}+", lambda m: _read_signs(m[0])),
    # places on the globe: 30°15′N, N30°15′24″
    _rule(rf"({_N})[°º](?:\s?({_N})[′'’](?:\s?({_N})[″\"”])?)?\s?([NSEW])(?![A-Za-z])",
          lambda m: _COMPASS[m[4]] + _read_angle(m.groups()[:3])),
    _rule(rf"([NSEW])\s?({_N})[°º](?:\s?({_N})[′'’](?:\s?({_N})[″\"”])?)?",
          lambda m: _COMPASS[m[1]] + _read_angle(m.groups()[1:]), before="(?:^|[^A-Za-z经纬])"),
    _rule(rf"[NSEW]\s?({_N})[°º](?:\s?({_N})[′'’](?:\s?({_N})[″\"”])?)?",
          lambda m: _read_angle(m.groups()), before="[东西]经|[南北]纬"),
    # letters of fractions: 1/x, π/6
    _rule(rf"(\d{{1,3}})/([abcknpqxyzα-ω])(?![A-Za-z\d/]|\s?{_NUMBERED})",
          lambda m: f"{m[2]}分之{read_number(m[1])}", before="(?:^|[^A-Za-z0-9/.:])"),
    _rule(rf"(\d{{0,2}})([abknpqxyzπθω])/(\d{{1,3}})(?![\d/.%年月日]|\s?{_NUMBERED})",
          lambda m: f"{read_number(m[3])}分之{read_number(m[1]) if m[1] else ''}{m[2]}",
          before="(?:^|[^A-Za-z0-9/.:])"),
    _rule(r"(\d{1,2})[!！](?=\s?[=＝]\s?(\d{1,20})(?!\d))", _read_factorial),
    # keys of music
    _rule(r"([A-G])[#♯](?=\s?(?:[大小]?调|和弦|音))", lambda m: f"升{m[1]}",
          before="(?:^|[^A-Za-z])"),
    _rule(r"[♯♭](?=[A-G](?![A-Za-z]))", lambda m: "升" if m[0] == "♯" else "降"),
    _rule(r"([A-G])♭", lambda m: f"降{m[1]}", before="(?:^|[^A-Za-z])"),
    _rule(rf"({_N})\"(?=\s?(?:[×xX*]|的?(?:{_IN_INCHES})))",
          lambda m: None if closes_quotation(m) else f"{read_number(m[1])}英寸"),
    _rule(rf"({_N})\"", lambda m: None if closes_quotation(m) else f"{read_number(m[1])}英寸",
          before=f"(?:{_OF_INCHES})[约为是：:]?"),
    _rule(rf"({_N})°(?=[\d′'])", lambda m: f"{read_number(m[1])}度"),
    _rule(rf"({_N})′({_N})″", lambda m: f"{read_number(m[1])}分{read_number(m[2])}秒"),
    _rule(rf"({_N})'(\d{{1,2}}(?:\.\d+)?)(?:\"|'')",
          lambda m: f"{read_number(m[1])}分{read_number(m[2])}秒"),
    _rule(rf"({_N})([′″])", lambda m: read_number(m[1]) + ("分" if m[2] == "′" else "秒")),
    _rule(r"(\d+)#|#(\d+)", lambda m: f"{read_number(m[1] or m[2])}号"),
    _rule("√(?=[\\w(（])", "根号"),
    _rule("∛(?=[\\w(（])", "三次根号"),
    _rule("∜(?=[\\w(（])", "四次根号"),
    _rule(rf"{ENCLOSED}", lambda m: read_number(str(ENCLOSED_NUMBERS[m[0]]))),
)  # fmt: skip
"""The rules, which apply before those for plain figures."""
MAY_BEGIN = (
    rf"{FRACTION}|{RAISED}|{LOWERED}|{ENCLOSED}|[√∛∜]|\^|#\d|{_HAN_LENGTH}[²³]|"
    r"[abknpqxyzπθω]/\d|[A-G][#♯♭]|[♯♭]|[NSEW]\s?\d"
)
"""With what a match of the rules may begin, besides a figure."""
