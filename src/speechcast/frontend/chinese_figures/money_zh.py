"""Read amounts of money in Chinese words: ¥9.9, $1.5B, US$3–5亿, 500HKD.

The names of the currencies were listed by hand for this project.
"""

from __future__ import annotations

import re
from decimal import Decimal

from ..rules import Match
from ..rules import make_rule as _rule
from .numbers_zh import NUMBER, SCALE, TO, read_number

_MONEY = {"$": "美元", "＄": "美元", "￥": "元", "¥": "元", "€": "欧元", "£": "英镑", "￡": "英镑"}
_MONEY |= {"A$": "澳元", "HK$": "港元", "US$": "美元", "NT$": "新台币", "HKD": "港元", "₩": "韩元"}
_MONEY |= {"CNY": "元", "RMB": "元", "USD": "美元", "EUR": "欧元", "GBP": "英镑", "JPY": "日元"}
_MONEY |= {"₽": "卢布", "₹": "卢比", "฿": "泰铢", "₫": "越南盾", "C$": "加元", "S$": "新加坡元"}

_N = NUMBER
_CURRENCY = "|".join(re.escape(c) for c in sorted(_MONEY, key=len, reverse=True))
_LETTER = r"(?:[KMBTkmb]|[mbt]n)(?![A-Za-z\d])"  # a scale after a currency: $1.5B


def _read_amount(m: Match) -> str:
    sign = "负" if m[1] else ""
    end = f"{m[4] or ''}到{read_number(m[5])}" if m[5] else ""
    unit = "" if m.string.startswith(_MONEY[m[2]], m.end()) else _MONEY[m[2]]  # ￥50元
    return f"{sign}{read_number(m[3].removesuffix('.00'))}{end}{m[6] or m[4] or ''}{unit}"


def _read_scaled(m: Match) -> str | None:
    """Return an amount whose thousands or millions are a letter: $1.5B is 十五亿美元."""
    sign, low, low_scale, high, scale = m.groups()
    ends = [(low, low_scale or scale), (high, scale)] if high else [(low, low_scale)]
    amounts = [_scale_up(figure, letters) for figure, letters in ends]
    if not all(amount == int(amount) for amount in amounts):
        return None
    return "到".join(read_number(str(int(amount))) for amount in amounts) + _MONEY[sign]


def _scale_up(figure: str, letters: str) -> Decimal:
    """Return an amount without the letters of its scale: 1.5, B is 1500000000."""
    power = "kmbt".index(letters[0].lower()) + 1
    return Decimal(figure.replace(",", "")) * int(1000**power)


RULES = (
    _rule(rf"({_N})(?<=\.00)(?=\s?[美港欧日]?元)",
          lambda m: read_number(m[1].removesuffix(".00"))),  # 1,725.00元
    _rule(rf"({_CURRENCY})\s?({_N})\s?({_LETTER})?{TO}(?:{_CURRENCY})?\s?({_N})\s?({_LETTER})",
          _read_scaled),
    _rule(rf"({_CURRENCY})\s?({_N})\s?({_LETTER})()()", _read_scaled),
    _rule(rf"((?<![\w.])[-−－])?({_CURRENCY})\s?({_N})({SCALE})?"
          rf"(?:{TO}(?:{_CURRENCY})?({_N})({SCALE})?(?![\d.]))?", _read_amount),
    _rule(rf"({_N})({SCALE})?\s?([￥¥$＄])(?!\s?\d)",
          lambda m: f"{read_number(m[1])}{m[2] or ''}{_MONEY[m[3]]}"),
    _rule(rf"({_N})\s?(USD|HKD|CNY|RMB|EUR|GBP|JPY)\b",
          lambda m: read_number(m[1]) + _MONEY[m[2]]),
)  # fmt: skip
"""The rules, which apply before those for units."""
