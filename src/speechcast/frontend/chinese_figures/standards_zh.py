"""Read the numbers of standards: GB/T 19001-2016, ISO 9001:2015, JTG D50-2017, CJJ/T 73.

The letters are those of the lists of 中国标准文献分类法 and of the bodies whose standards are cited
beside them, as far as reports name them; the rules were written by hand for this project.
"""

from __future__ import annotations

import re

from ..rules import Match
from ..rules import make_rule as _rule
from .measures_zh import begins_measure
from .numbers_zh import read_digits
from .unit_names_zh import begins_unit

_LETTERS = (
    "GB|GBZ|GBJ|GJB|JGJ|JTG|JTJ|JTS|JB|JJG|JJF|YY|YB|YC|YD|YS|HJ|HG|GA|GY|DL|NB|SL|SY|SH|SJ|SN|CJ|"
    "CJJ|JG|JC|JT|JY|JR|TB|MT|MH|LY|LS|NY|QB|FZ|WS|WW|AQ|KA|QX|QC|CB|CH|DA|DZ|EJ|HY|RB|SC|SB|TD|XF|"
    "YJ|TSG|CECS|CNAS|ISO|IEC|IEEE|EN|ASTM|ANSI|BS|DIN|JIS|NFPA|ITU|OHSAS|IATF"
)
_SERIES = "[A-Z]?"  # JTG D50, ASTM C150
_STANDARD = (
    rf"(?:(?:^|[^A-Za-z])(?:{_LETTERS})|DB[0-9]{{0,6}}|(?:^|[^A-Za-z])[A-Z]{{1,3}}/[A-Z]{{2,6}})"
    rf"(?:/[TZ])?\s?{_SERIES}"
)
# What is nothing but a standard, so that its number needs no year.
_RECOMMENDED = rf"(?:{_LETTERS}|DB[0-9]{{2,6}})/[TZ]|T/[A-Z]{{2,6}}|Q/[A-Z]{{1,6}}|DB[0-9]{{2,6}}"
_BUILDING = "JT[GJS]|JGJ|CJJ|GB[JZ]?|GJB|TSG|CECS"
_CITED = rf"(?:^|[^A-Za-z0-9])(?:{_RECOMMENDED}|{_BUILDING})\s?{_SERIES}"
_FOREIGN = r"(?:^|[^A-Za-z0-9])(?:EN|IEC|DIN|ISO|BS)\s"
_PARTS = r"(\d+(?:\.\d+)*)(?:[-/](\d{1,3}))?"
_YEAR = r"(?:(?:19|20)\d\d)(?!\d|\s?年(?!版))"


def _read_number(m: Match) -> str:
    return "杠".join(read_digits(part) for part in m.groups() if part)


def _read_dated(m: Match) -> str | None:
    """Return a number with two figures of its year (GB 3100-93); None for a range."""
    return None if float(m[1]) < int(m[2]) else _read_cited(m)


def _read_cited(m: Match) -> str | None:
    """Return a number without a year; None for a count."""
    counts = begins_measure(m.string, m.end()) or begins_unit(m.string, m.end())
    return None if counts else "杠".join(map(read_digits, re.split("[-/]", m[0])))


RULES = (
    _rule(rf"{_PARTS}\s?[-—–－]{{1,2}}\s?({_YEAR})", _read_number, before=_STANDARD),
    _rule(rf"{_PARTS}(?=\s?[:：]\s?{_YEAR})", _read_number, before=_STANDARD),
    _rule(_YEAR, lambda m: read_digits(m[0]), before=rf"{_STANDARD}[0-9./-]{{1,12}}[:：]\s?"),
    _rule(r"(\d{2,5}(?:\.\d{1,2})?)-(\d\d)(?![\d.-])", _read_dated, before=_STANDARD),
    _rule(r"\d{2,5}(?:\.\d{1,2})?(?:[-/]\d{1,2})?(?![\d.%％:：-])", _read_cited, before=_CITED),
    _rule(r"\d{3,5}(?:-\d{1,2}){1,2}(?![\d.年月])", _read_cited, before=_FOREIGN),
    _rule(r"/(?=[TZ]\s?\d)", "", before="DB[0-9]{2,6}"),
)
"""The rules, which apply before those for dates."""
