"""Read figures, dates, amounts and codes in Chinese words.

The rules and tables were written by hand for this project. The order of the rules matters: the
first that matches at a position applies (see `rules`). Whole numbers are written out by cn2an.
"""

from __future__ import annotations

import re
import warnings
from functools import cache
from typing import Any

from ..text.han import HAN_CLASS
from . import formulas_zh
from .number_words_en import parse_roman
from .rules import Match, match_first
from .rules import compile_rule as _rule

_DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_MAX_DIGITS = 16  # before the decimal point: what cn2an can write
_PHONE_DIGITS = {**_DIGITS, "1": "幺"}  # telephone numbers, which have 幺 for 1
_SHARES = {"%": "百分之", "％": "百分之", "‰": "千分之"}
_MONEY = {"$": "美元", "＄": "美元", "￥": "元", "¥": "元", "€": "欧元", "£": "英镑"}
_MONEY |= {"A$": "澳元", "HK$": "港元", "US$": "美元", "NT$": "新台币", "HKD": "港元"}
_MONEY |= {"CNY": "元", "RMB": "元", "USD": "美元", "EUR": "欧元", "GBP": "英镑", "JPY": "日元"}
_UNITS = {
    "km/h": "千米每小时",
    "m/s": "米每秒",
    "kW·h": "千瓦时",
    "kWh": "千瓦时",
    "℃": "摄氏度",
    "°C": "摄氏度",
    "℉": "华氏度",
    "km": "千米",
    "cm": "厘米",
    "mm": "毫米",
    "kg": "千克",
    "mg": "毫克",
    "kW": "千瓦",
    "MW": "兆瓦",
    "mL": "毫升",
    "ml": "毫升",
    "GB": "G B",
    "m": "米",
    "g": "克",
    "t": "吨",
    "L": "升",
    "h": "小时",
    "min": "分钟",
    "ms": "毫秒",
}
# Measure words and units before which 2 is 两; it is 二 before others (二月, 二号, 二级).
_AFTER_TWO = (
    "个個人位名项項件次天周年条條只隻家种種类類倍岁歲万萬亿億千元座所台辆輛支门門户戶吨噸米公小分秒"
)

# Pieces of the patterns below.
_N = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_TO = r"\s*[-—–~～至到]{1,2}\s*"
_TIME = r"(?:[01]?\d|2[0-4])[:：][0-5]\d(?:[:：][0-5]\d)?"
_MONTH = r"(0?[1-9]|1[0-2])"
_DAY = r"(0?[1-9]|[12]\d|3[01])"
_CURRENCY = "|".join(re.escape(c) for c in sorted(_MONEY, key=len, reverse=True))
_UNIT = "|".join(map(re.escape, _UNITS))
_SCORE_WORDS = "战胜|戰勝|击败|擊敗|获胜|獲勝|大胜|险胜|取胜|领先|负于|不敌|战平|惜败|横扫|的比分"


def match_chinese(text: str, position: int) -> tuple[int, str] | None:
    """Return the length and words of the expression at `position`.

    An expression is a figure or a code; None if there is none.

    >>> match_chinese("增长5.2%", 2)
    (4, '百分之五点二')
    """
    return match_first(_RULES, text, position)


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
    words = str(_load_cn2an().an2cn(whole, "low"))
    words = re.sub("^二(?=[千万亿])", "两", words)  # 两千四百, as newsreaders say it
    return words + read_digits(point + decimals)  # cn2an would cut the decimals after 16


def read_digits(figure: str) -> str:
    """Return a number digit by digit, its decimal point as 点.

    >>> read_digits("2023"), read_digits("1.2.3")
    ('二零二三', '一点二点三')
    """
    return "".join(_DIGITS.get(c, "点") for c in figure if c in "0123456789.")


def _read_phone_number(figure: str) -> str:
    return "".join(_PHONE_DIGITS[c] for c in figure if c in _PHONE_DIGITS)


def _read_time(time: str) -> str:
    hour, minute, *second = (int(part) for part in re.split("[:：]", time))
    words = ("两" if hour == 2 else read_number(str(hour))) + "点"
    if minute or second:
        zero = "零" if 0 < minute < 10 else ""
        words += f"{zero}{read_number(str(minute))}分"
    return words + (f"{read_number(str(second[0]))}秒" if second else "")


def _read_month_and_day(month: str, day: str) -> str:
    return f"{read_number(str(int(month)))}月{read_number(str(int(day)))}日"


def _read_temperature(m: Match) -> str:
    sign = "零下" if m[1] else ""
    return sign + read_number(m[2]) + _UNITS[m[3].replace("° ", "°")]


def _read_share(m: Match) -> str:
    return f"{_SHARES[m[2]]}{_read_part(m[1])}"


def _read_part(figure: str) -> str:
    return "百" if figure == "100" else read_number(figure)  # 百分之百


def _read_share_range(m: Match) -> str:
    return f"{_SHARES[m[3]]}{_read_part(m[1])}到{_SHARES[m[3]]}{_read_part(m[2])}"


def _read_amount(m: Match) -> str:
    return read_number(m[2]) + (m[3] or "") + _MONEY[m[1]]


def _read_first_of_range(m: Match) -> str:
    """Return the words for the first figure of a range.

    For example, 2-3个 is 两到三个.
    """
    is_two = m[1] == "2" and m.string[m.end() : m.end() + 1] in _AFTER_TWO
    return "两" if is_two and m.string[m.start() - 1 : m.start()] != "第" else read_number(m[1])


def _read_measure(m: Match) -> str:
    return read_number(m[1]) + _UNITS[m[2]]


_RULES = (
    *formulas_zh.build_rules(read_number),
    # dates and years
    _rule(rf"(\d{{4}}){_TO}(\d{{4}})(?=\s*年)",
          lambda m: f"{read_digits(m[1])}到{read_digits(m[2])}"),
    _rule(rf"((?:19|20)\d\d){_TO}(20\d\d)(?=赛季|賽季|[，。、；）)]|$)",
          lambda m: f"{read_digits(m[1])}到{read_digits(m[2])}"),
    _rule(r"(\d{4})/(\d{4})(?=学年|學年|年度)",
          lambda m: f"{read_digits(m[1])}到{read_digits(m[2])}"),
    _rule(r"((?:19|20)\d\d)([-/.])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)",
          lambda m: f"{read_digits(m[1])}年{_read_month_and_day(m[3], m[4])}"),
    _rule(r"((?:19|20)\d\d)[-/.](0[1-9]|1[0-2])(?![\d.%])",
          lambda m: f"{read_digits(m[1])}年{read_number(str(int(m[2])))}月"),
    _rule(rf"{_MONTH}([-/.]){_DAY}\2((?:19|20)\d\d)(?!\d)",
          lambda m: f"{read_digits(m[4])}年{_read_month_and_day(m[1], m[3])}"),
    _rule(rf"{_MONTH}[-/.]((?:19|20)\d\d)(?![\d.%])",
          lambda m: f"{read_digits(m[2])}年{read_number(str(int(m[1])))}月"),
    _rule(rf"(?=0|\d\d[-/.]0){_MONTH}[-/.]{_DAY}(?![\d.%])",
          lambda m: _read_month_and_day(m[1], m[2])),
    _rule(r"\d0(?=[后後](?![来來面]))", lambda m: read_digits(m[0])),
    _rule(r"\d{4}(?=\s*年(?!来|間|间))", lambda m: read_digits(m[0])),
    # times
    _rule(rf"({_TIME}){_TO}({_TIME})(?!\d)", lambda m: f"{_read_time(m[1])}到{_read_time(m[2])}"),
    _rule(rf"({_TIME})\s?([ap])\.?m\b\.?",
          lambda m: ("上午" if m[2] == "a" else "下午") + _read_time(m[1])),
    _rule(rf"{_TIME}(?![\d:：])(?!\s*(?:{_SCORE_WORDS}))", lambda m: _read_time(m[0])),
    # telephone numbers
    _rule(r"(?:\+?86[- ]?)?1[3-9]\d{9}(?!\d)", lambda m: _read_phone_number(m[0])),
    _rule(r"0\d{2,3}[- ]\d{7,8}(?!\d)", lambda m: _read_phone_number(m[0])),
    _rule(r"[48]00[- ]?\d{3}[- ]?\d{4}(?!\d)", lambda m: _read_phone_number(m[0])),
    _rule(r"(?:1\d\d|1\d{4}|9\d{4})(?=\s*(?:热线|熱線|电话|電話|打个?电话))",
          lambda m: _read_phone_number(m[0])),
    _rule(r"(?<=拨打)\d{3,5}|(?<=撥打)\d{3,5}|(?<=致电)\d{3,5}|(?<=热线)\d{3,5}",
          lambda m: _read_phone_number(m[0])),
    _rule(r"(?<=尾号)\d{3,}|(?<=尾号是)\d{3,}|(?<=尾号为)\d{3,}",
          lambda m: _read_phone_number(m[0])),
    # figures of calculators: 1.5e-10
    _rule(rf"(?<![A-Za-z\d.])({_N})[eE]([-−+]?)(\d{{1,3}})(?![\d.]*[A-Za-z\d])",
          lambda m: f"{read_number(m[1])}乘以十的{'负' if m[2] in '-−' and m[2] else ''}"
                    f"{read_number(m[3])}次方"),
    # codes: a standard, a memorable day, a version, a number of an order
    _rule(r"(?<=[A-Z/] )\d+(?:\.\d+)?-(?:19|20)\d\d(?!\d)", lambda m: read_digits(m[0])),
    _rule(r"(\d+)·(\d+)([%％‰])", lambda m: f"{_SHARES[m[3]]}{read_number(f'{m[1]}.{m[2]}')}"),
    _rule(r"(\d+)·(\d+)(?=个?[万亿元倍公吨平米千克百分])", lambda m: read_number(f"{m[1]}.{m[2]}")),
    _rule(r"\d{1,2}·\d{1,2}(?!\d)", lambda m: read_digits(m[0])),
    _rule(r"\d+(?:\.\d+){2,}", lambda m: read_digits(m[0])),
    _rule(r"\d{1,2}\.\d{1,2}(?=晚会|晚會|事件|运动|運動|大地震|特大)",
          lambda m: read_digits(m[0].replace(".", ""))),
    _rule(r"(?<=第)(\d)/(\d)(?!\d)", lambda m: read_number(m[1]) + read_number(m[2])),
    _rule(r"(?:No\.|№)\s?(\d+)", lambda m: f"第{read_number(m[1])}"),
    # shares, ratios, fractions
    _rule(rf"({_N})[%％‰]?{_TO}({_N})([%％‰])", _read_share_range),
    _rule(rf"(?<![A-Za-z\d.])[-−－]({_N})([%％‰])", lambda m: "负" + _read_share(m)),
    _rule(rf"({_N})([%％‰])", _read_share),
    _rule(r"(\d{1,4})\s?/\s?(\d{1,4})(?![\d/])",
          lambda m: f"{read_number(m[2])}分之{read_number(m[1])}"),
    _rule(rf"({_N})[:：]({_N})(?![:：\d])", lambda m: f"{read_number(m[1])}比{read_number(m[2])}"),
    # amounts
    _rule(rf"({_CURRENCY})\s?({_N})(万亿|[万亿])?", _read_amount),
    _rule(rf"({_N})\s?(USD|HKD|CNY|RMB|EUR|GBP|JPY)\b",
          lambda m: read_number(m[1]) + _MONEY[m[2]]),
    _rule(rf"({_N})\s?[wW](?={HAN_CLASS})", lambda m: f"{read_number(m[1])}万"),
    _rule(r"(?<=[BCGOP])2(?=[BCGOP]\b)", lambda _: "to"),  # B2B, O2O
    _rule(rf"({_N})\s?(?:℃|°C|℉)?{_TO}({_N})\s?(℃|°C|℉)",
          lambda m: f"{read_number(m[1])}到{read_number(m[2])}{_UNITS[m[3]]}"),
    _rule(rf"([-—–－−])?({_N})\s?(℃|°C|℉)", _read_temperature),
    _rule(rf"({_N}){_TO}({_N})\s?({_UNIT})(?![A-Za-z])",
          lambda m: f"{read_number(m[1])}到{read_number(m[2])}{_UNITS[m[3]]}"),
    _rule(rf"({_N})\s?({_UNIT})(?![A-Za-z])", _read_measure),
    _rule(rf"({_N})[-–—:：]({_N})(?=\s*(?:{_SCORE_WORDS}))",
          lambda m: f"{read_number(m[1])}比{read_number(m[2])}"),
    _rule(rf"(?<![A-Za-z\d.-])({_N}){_TO}({_N})(?!\s?[-\d.A-Za-z])",
          lambda m: f"{_read_first_of_range(m)}到{read_number(m[2])}"),
    # signs between two figures: 3月5日-8日
    _rule(r"(?<=[年月日号號时時点點分秒周岁歲级級期届屆章页頁])[-—–~～]{1,2}(?=\d)",
          lambda _: "到"),
    # plain figures
    _rule(rf"(?<![A-Za-z\d.])[-−－]({_N})", lambda m: f"负{read_number(m[1])}"),
    _rule(rf"(?<!第)2(?=[{_AFTER_TWO}])(?!个?月份)", lambda _: "两"),
    _rule(r"(?<![\d第.])2(?=[点點](?!\d)|[点點]\d{1,2}分)", lambda _: "两"),
    _rule(r"(?<=[A-Za-z])\d{3,}(?![\d.])", lambda m: read_digits(m[0])),  # ISO9001
    _rule(_N, lambda m: read_number(m[0])),
    _rule(r"(?<![A-Za-z])(?:[VX]?I{1,3}|I[VX]|X?VI{0,3})(?<=[IVX]{2})(?![A-Za-z])",
          lambda m: read_number(str(parse_roman(m[0])))),
)  # fmt: skip


@cache
def _load_cn2an() -> Any:
    """Return the module cn2an, which writes Arabic numerals in Chinese words."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import cn2an
    return cn2an
