"""Read powers, indices, fractions, angles and roots in Chinese words.

The rules and tables were written by hand for this project.
"""

from __future__ import annotations

import re

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

_HAN_LENGTH = r"(?:[千百分厘釐毫微纳]?米|公里|公尺|英里|英尺|英寸|[尺寸里])"
_SIGNS = {"+": "加", "-": "减", "=": "等于", "(": "", ")": ""}

_N = NUMBER
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
MAY_BEGIN = rf"{FRACTION}|{RAISED}|{LOWERED}|{ENCLOSED}|[√∛∜]|\^|#\d|{_HAN_LENGTH}[²³]"
"""With what a match of the rules may begin, besides a figure."""
