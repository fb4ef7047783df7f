"""Read the numbers of standards with their year: GB/T 19001-2016, ISO 9001:2015.

The letters are those of the lists of 中国标准文献分类法 and of the bodies whose standards are cited
beside them, as far as reports name them; the rules were written by hand for this project.
"""

from __future__ import annotations

from ..rules import Match
from ..rules import make_rule as _rule
from .numbers_zh import read_digits

_LETTERS = (
    "GB|GBZ|GJB|JGJ|JTG|JTJ|JTS|JB|JJG|JJF|YY|YB|YC|YD|YS|HJ|HG|GA|GY|DL|NB|SL|SY|SH|SJ|SN|CJ|CJJ|"
    "JG|JC|JT|JY|JR|TB|MT|MH|LY|LS|NY|QB|FZ|WS|WW|AQ|KA|QX|QC|CB|CH|DA|DZ|EJ|HY|RB|SC|SB|TD|XF|YJ|"
    "TSG|CECS|CNAS|ISO|IEC|IEEE|EN|ASTM|ANSI|BS|DIN|JIS|NFPA|ITU|OHSAS|IATF"
)
_STANDARD = (
    rf"(?:(?:^|[^A-Za-z])(?:{_LETTERS})|DB[0-9]{{0,6}}|(?:^|[^A-Za-z])[A-Z]{{1,3}}/[A-Z]{{2,6}})"
    r"(?:/[TZ])?\s?"
)
_NUMBER = r"(\d+(?:\.\d+)*)(?:-(\d{1,3}))?"
_YEAR = r"(?:(?:19|20)\d\d)(?!\d|\s?年(?!版))"


def _read_number(m: Match) -> str:
    return "杠".join(read_digits(part) for part in m.groups() if part)


RULES = (
    _rule(rf"{_NUMBER}\s?[-—–－]{{1,2}}\s?({_YEAR})", _read_number, before=_STANDARD),
    _rule(rf"{_NUMBER}(?=\s?[:：]\s?{_YEAR})", _read_number, before=_STANDARD),
    _rule(_YEAR, lambda m: read_digits(m[0]), before=rf"{_STANDARD}[0-9.-]{{1,12}}[:：]\s?"),
)
"""The rules, which apply before those for dates."""
