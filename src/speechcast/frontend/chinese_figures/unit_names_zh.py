"""Name units of measurement in Chinese: km², kg/m³, kW·h.

A symbol is a prefix and a unit, or a unit: names and prefixes are those of the standards GB 3100 to
GB 3102 and of the international system of units; units in use beside them were listed by hand for
this project. Quotients are read as GB 3100 reads them (m/s²: 米每二次方秒).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..scripts import SQUARED_UNIT, written_out
from .numbers_zh import read_number

# GB 3100, table 4: the prefixes of the international system.
_PREFIXES = {
    "Y": "尧", "Z": "泽", "E": "艾", "P": "拍", "T": "太", "G": "吉", "M": "兆", "k": "千",
    "h": "百", "da": "十", "d": "分", "c": "厘", "m": "毫", "μ": "微", "n": "纳", "p": "皮",
    "f": "飞", "a": "阿", "z": "仄", "y": "幺",
}  # fmt: skip
LENGTHS = {"m", "km", "hm", "dm", "cm", "mm", "μm", "nm", "ft", "in", "yd", "mi"}
# GB 3100, tables 1 to 3: a unit, its name, its short name after a prefix and in products, and the
# prefixes with which it is in use; others would be words: am, pm, PA.
_WITH_PREFIXES = {
    "m": "米 米 k h d c m μ n p", "g": "克 克 k m μ n p", "L": "升 升 h d c m μ n",
    "l": "升 升 m μ", "s": "秒 秒 m μ n p", "A": "安 安 k m μ n", "K": "开 开 m",
    "mol": "摩尔 摩尔 k m μ n p", "cd": "坎德拉 坎德拉 m k", "Hz": "赫兹 赫 k M G T",
    "N": "牛 牛 k M m μ", "Pa": "帕 帕 h k M G m μ", "J": "焦耳 焦 k M G T m",
    "W": "瓦 瓦 k M G T m μ", "C": "库仑 库 m μ n", "V": "伏 伏 k M m μ", "F": "法拉 法 m μ n p",
    "Ω": "欧姆 欧 k M G m μ", "S": "西门子 西 m μ", "Wb": "韦伯 韦 m",
    "T": "特斯拉 特 m μ n", "H": "亨 亨 m μ n", "lm": "流明 流明 k", "lx": "勒克斯 勒克斯 k",
    "Bq": "贝可 贝可 k M G T m", "Gy": "戈瑞 戈瑞 k m μ", "Sv": "希沃特 希沃特 m μ",
    "rad": "弧度 弧度 m μ", "sr": "球面度 球面度 m", "eV": "电子伏 电子伏 k M G T m",
    "Wh": "瓦时 瓦时 k M G T m", "Ah": "安时 安时 k m", "VA": "伏安 伏安 k M",
    "var": "乏 乏 k M G", "cal": "卡 卡 k", "bit": "比特 比特 k M G T",
    "bps": "比特每秒 比特每秒 k M G T", "bar": "巴 巴 m", "Da": "道尔顿 道尔顿 k M",
    "t": "吨 吨 k M", "IU": "国际单位 国际单位 k m μ", "Ci": "居里 居里 m μ", "dB": "分贝 分贝",
    "B": "B B k M G T P E", "U": "单位 单位 k m",
}  # fmt: skip
_OTHERS = {
    "min": "分钟", "h": "小时", "d": "天", "a": "年", "ha": "公顷", "℃": "摄氏度", "°C": "摄氏度",
    "℉": "华氏度", "°F": "华氏度", "mmHg": "毫米汞柱", "cmHg": "厘米汞柱", "mmH₂O": "毫米水柱",
    "cmH₂O": "厘米水柱", "rpm": "转每分钟", "r": "转", "kn": "节", "ft": "英尺", "in": "英寸",
    "yd": "码", "mi": "英里", "lb": "磅", "lbs": "磅", "oz": "盎司", "psi": "磅每平方英寸",
    "mph": "英里每小时", "kph": "千米每小时", "kmh": "千米每小时", "atm": "标准大气压",
    "tce": "吨标准煤", "kgce": "千克标准煤", "kgf": "千克力", "TEU": "标准箱", "fps": "帧每秒",
    "dBm": "分贝毫瓦", "bp": "个基点", "BP": "个基点", "mu": "亩", "Nm": "牛米", "Å": "埃",
    "cc": "毫升", "cfu": "菌落单位", "CFU": "菌落单位", "dpt": "屈光度",
    "pct": "个百分点", "rad/s": "弧度每秒",
}  # fmt: skip
# Usual misspellings of upper and lower case.
_SPELLINGS = {
    "KM": "km", "Km": "km", "KG": "kg", "Kg": "kg", "KW": "kW", "kw": "kW", "Kw": "kW", "KV": "kV",
    "kv": "kV", "mw": "MW", "KWH": "kWh", "kwh": "kWh", "Kwh": "kWh", "KWh": "kWh", "Mpa": "MPa",
    "Kpa": "kPa", "KPa": "kPa", "kpa": "kPa", "MPA": "MPa", "hz": "Hz", "HZ": "Hz", "khz": "kHz",
    "KHz": "kHz", "mhz": "MHz", "Mhz": "MHz", "MHZ": "MHz", "ghz": "GHz", "Ghz": "GHz",
    "GHZ": "GHz", "CM": "cm", "MM": "mm", "ML": "mL", "mah": "mAh", "MAH": "mAh", "mAH": "mAh",
    "MAh": "mAh", "db": "dB", "DB": "dB", "um": "μm", "ug": "μg", "uL": "μL", "uF": "μF",
    "us": "μs", "KJ": "kJ", "KN": "kN", "KVA": "kVA", "Kbps": "kbps", "Kcal": "kcal", "KB": "kB",
}  # fmt: skip
_EXPONENT = r"(?:\^[-−]?[1-4]|[⁻⁺⁰¹²³⁴-⁹]{1,3}|(?<=m)[23](?![\d.A-Za-z]))"
_SYMBOL = r"(?:°[CF]|[℃℉]|(?:mm|cm)H₂O|[A-Za-zμµΩ\u2126Å]{1,6}+)"
_FACTOR = rf"{_SYMBOL}{_EXPONENT}?"
_PRODUCT = rf"{_FACTOR}(?:(?:[·⋅•∙*]|\.(?=[hm]\b)){_FACTOR}){{0,3}}"
_DIVISOR = rf"[/／]\d{{0,4}}+(?:[(（]{_PRODUCT}[)）]|{_PRODUCT})"
UNIT = rf"(?:{SQUARED_UNIT}|{_PRODUCT}(?:{_DIVISOR}){{0,3}}(?![A-Za-z\d]))"
"""A unit's symbol, as part of a regular expression."""
_WHOLE = re.compile(UNIT, re.ASCII)


@cache
def _load_names() -> dict[str, tuple[str, str]]:
    """Return the name of each symbol by itself, and that in products."""
    names = {symbol: (name, name) for symbol, name in _OTHERS.items()}
    for unit, entry in _WITH_PREFIXES.items():
        name, short, *prefixes = entry.split()
        names[unit] = (name, short)
        for prefix in prefixes:
            whole = f"{prefix.upper()} {short}" if unit == "B" else _PREFIXES[prefix] + short
            names.setdefault(prefix + unit, (whole, whole))
    return names


def begins_unit(text: str, position: int) -> bool:
    """Return whether the symbol of a unit, of more than a letter, stands at a position."""
    match = _WHOLE.match(text, position + (text[position : position + 1] == " "))
    return match is not None and len(match[0]) > 1 and read_unit(match[0]) is not None


def read_unit(text: str) -> str | None:
    """Return the symbol of a unit in words; None if a part of it is no unit.

    >>> read_unit("km²"), read_unit("kg/m³"), read_unit("m/s²"), read_unit("kW·h")
    ('平方千米', '千克每立方米', '米每二次方秒', '千瓦时')
    >>> read_unit("W/(m²·K)"), read_unit("iPhone")
    ('瓦每平方米开', None)
    """
    plain = _SPELLINGS.get(text, text).replace("µ", "μ").replace("\u2126", "Ω")
    if "/" not in plain and plain in _load_names():
        return _load_names()[plain][0]
    if not _WHOLE.fullmatch(plain):
        return None
    top, *bottoms = re.split("[/／]", plain)
    parts = [*_read_product(top), *(w for b in bottoms for w in ("每", *_read_product(b)))]
    return "".join(w or "" for w in parts) if all(parts) else None


def _read_product(text: str) -> Iterator[str | None]:
    """Yield the words of a product's factors; None for what is no unit."""
    figure = re.match(r"\d+", text)
    if figure:
        yield read_number(figure[0])
    pieces = re.findall(rf"({_SYMBOL})({_EXPONENT})?", text)
    for index, (symbol, raised) in enumerate(pieces):
        base = _SPELLINGS.get(symbol, symbol)
        exponent = written_out(raised).lstrip("^").replace("−", "-")
        if exponent.startswith("-"):
            yield "每"
        if base == "h" and index and not exponent:
            yield "时"  # kW·h: 千瓦时
        else:
            yield _read_factor(base, exponent.lstrip("-"))


def _read_factor(symbol: str, exponent: str) -> str | None:
    if symbol == "Nm" and exponent == "3":
        return "标准立方米"
    names = _load_names().get(symbol)
    if names is None or exponent in {"", "1"}:
        return names and names[1]
    if symbol == "hm" and exponent == "2":
        return "公顷"
    if symbol in LENGTHS and exponent in {"2", "3"}:
        return ("平方" if exponent == "2" else "立方") + names[1]
    return f"{read_number(exponent)}次方{names[1]}" if exponent.isdecimal() else None
