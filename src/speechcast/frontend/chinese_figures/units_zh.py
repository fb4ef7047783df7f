"""Read the symbols of units in Chinese words, alone, multiplied and divided.

A symbol is a prefix and a unit, or a unit: names and prefixes are those of the standards GB 3100 to
GB 3102 and of the international system of units; units in use beside them were listed by hand for
this project. Quotients are read as GB 3100 reads them (m/s²: 米每二次方秒).
"""

from __future__ import annotations

import re

from ..rules import Match
from ..rules import make_rule as _rule
from ..scripts import RAISED, SQUARED_UNIT, written_unit
from .numbers_zh import NUMBER, SCALE, TO, read_number
from .unit_names_zh import LENGTHS, UNIT, read_unit

# Single capitals that are rather a code (3A景区, 4K, 5G): what must stand near them as units.
_CUES = {
    "A": "电流|额定|安培|熔断|保险丝", "C": "电荷|电量|库仑", "F": "电容|法拉", "H": "电感",
    "K": "热力学|绝对温度|开尔文|色温|超导|临界温度",
    "S": "电导|西门子", "T": "磁感应|磁场|磁通|特斯拉",
    "B": "数据长度", "U": "胰岛素|酶|活力|活性|剂量|皮下|注射",
}  # fmt: skip
_DEGREES = frozenset(("℃", "°C", "℉", "°F"))
_NEVER_ALONE = frozenset(("d", "a", "r", "l", "Nm", "kmh", "t/a"))
_ATTACHED = frozenset(("in", "a", "mi", "bar", "cal", "d"))  # words too: only right after a figure
_BEFORE_WORD = re.compile(  # what makes a letter part of a code: 5g网络, 12J座, 20W人
    r"(?:网络|手机|基站|时代|信号|通信|套餐|技术|应用|商用|消息|座|区|号|室|栋|楼|排(?![量放水气])|级|型|班|组|线|款|版)"
)
_WATT = re.compile(
    "的?(?:灯|电|功率|快充|充|LED|节能|光|发|太阳|加热|音[箱响]|热水|以|左|微波|吹风|烤箱|风扇|投影|适配|"
    "激光|马达|榨汁|破壁|空气炸|取暖|空调|[路射台]灯|洗衣|组件|无线|双向|豆浆|料理|[加除]湿|吸尘|咖啡|暖风|取暖|"
    "电源|伺服|压缩|水泵|超声|[，。、；）)]|$)"
)
_WATT_NOUN = re.compile("(?:的?(?:灯|快?充|功率|LED|节能|太阳能|加热|音箱|热水器|电机))")
# What is counted in 万, of which w is the initial.
_COUNTED_BY_W = re.compile(
    "粉丝|播放|阅读|浏览|观看|点赞|转发|收藏|下载|销[量售]|用户|[年月]薪|房价|奖金|票房|热度"
)
_TWO_CODES = re.compile(r"[A-Z]/\d")  # 4K/8K, 3A/4A


def read_measured_unit(match: Match, group: int) -> str | None:
    """Return the unit that a match has after a figure in words; None if it is rather a code.

    >>> import re
    >>> read_measured_unit(re.match("5(km)", "5km"), 1)
    '千米'
    """
    text, start, end = match.string, match.start(group), match.end(group)
    symbol = written_unit(match[group])
    if re.match("[A-Za-z]", text[max(0, match.start() - 1) : match.start()]):
        return None  # A4, B2W
    if symbol == "w" and _WATT_NOUN.match(text, end):
        return "瓦"  # 60w灯泡, but 60w粉丝
    if len(symbol) == 1 and _is_code(symbol, text, start, end):
        return None
    if _TWO_CODES.match(symbol):
        return None
    if symbol in _NEVER_ALONE or (symbol in _ATTACHED and not text[start - 1].isdecimal()):
        return None
    return read_unit(symbol)


def _is_code(symbol: str, text: str, start: int, end: int) -> bool:
    """Return whether a single letter after a figure is rather part of a name."""
    before, after = (
        re.split("[，。、；]", text[max(0, start - 16) : start])[-1],
        text[end : end + 6],
    )
    if symbol == "N" and re.search("[赔补]偿", text[max(0, start - 16) : start]):
        return True  # 2N: what is paid for a dismissal
    if cue := _CUES.get(symbol):
        return not re.search(cue, before + after)
    if symbol in {"W", "w"}:
        is_watt = re.search("功率|瓦|充电", before) or _WATT.match(after)
        return symbol == "w" or not is_watt or bool(_COUNTED_BY_W.search(before))
    return symbol.isascii() and _BEFORE_WORD.match(after) is not None


def _read_measure(m: Match) -> str | None:
    unit = read_measured_unit(m, 4)
    sign = "" if not m[1] else "零下" if m[4] in _DEGREES else "负"
    is_pair = m[2] == "2" and not m[3] and unit in _COUNTED_TIMES
    return unit and f"{sign}{'两' if is_pair else read_number(m[2])}{m[3] or ''}{unit}"


def _read_range(m: Match) -> str | None:
    """Return the words of a range: 5-10km, -5℃～8℃, 3m至5km.

    A unit that is written twice is said once, but after a sign that only the first end has.
    """
    minus, low, scale, first, other, high, magnitude, last = m.groups()
    unit, before = read_measured_unit(m, 8), first and read_unit(written_unit(first))
    if unit is None or (first and before is None):
        return None
    below, above = ("零下", "零上") if last in _DEGREES else ("负", "正")
    repeated = (before or unit) if minus and not other else before if before != unit else ""
    start = f"{below if minus else ''}{read_number(low)}{scale or ''}{repeated or ''}"
    sign = (above if other in "+＋" else below) if other else ""
    return f"{start}到{sign}{read_number(high)}{magnitude or ''}{unit}"


def _read_unit_without_figure(m: Match) -> str | None:
    """Return a unit that another rule has left, or that has no figure: 每kWh, /kg, 单位：mg/L."""
    symbol, before = written_unit(m[2]), m.string[max(0, m.start() - 6) : m.start()]
    if m[1]:
        words = read_unit(symbol) if _DIVIDED.search(before) else None
        return words and f"每{words}"
    if re.search("[A-Za-z]$", before) or _TWO_CODES.match(symbol):
        return None
    if _follows_tolerance(m):
        return read_unit(symbol)
    if _COUNTED.search(before) and (len(symbol) > 1 or symbol in "℃℉Ω"):
        is_word = symbol in _ATTACHED and not before[-1].isdigit()
        return None if is_word else read_unit(symbol)
    is_one_character = re.fullmatch(SQUARED_UNIT, m[2])  # ㎏: nothing but a unit
    return read_unit(symbol) if is_one_character or _stands_alone(symbol) else None


def _follows_tolerance(m: Match) -> bool:
    """Return whether the value of a unit has ended with a tolerance or a bracket."""
    before = m.string[max(0, m.start() - _WIDEST_TOLERANCE) : m.start()]
    is_letter = re.fullmatch("[A-Za-z]", m[2]) is not None
    is_word = is_letter and _BEFORE_WORD.match(m.string, m.end())
    is_wide = not is_letter or _TOLERATED_WIDELY.search(before)
    return bool(_TOLERATED.search(before) and is_wide and not is_word)


def _stands_alone(symbol: str) -> bool:
    """Return whether a symbol is clearly a unit: a quotient, or a power of a length."""
    is_quotient = re.search("[a-z].*[/／]|[/／].*[a-z]", symbol) and (
        len(symbol) > 3 or symbol in {"m/s", "g/L"}
    )
    power = re.fullmatch(f"([a-zμ]+){RAISED}{{1,2}}", symbol)
    return bool(is_quotient or (power and power[1] in LENGTHS) or symbol in "℃℉")


_DIVIDED = re.compile(
    r"[元人次个件吨克升斤米户台辆头株粒棵只滴拍步转帧枚万亿位⁰¹²³⁴-⁹]$|\^[-−]?[0-9]{1,2}$|[0-9][A-Za-zμ]{1,4}$|"
    r"[￥¥$€£]\s?[0-9.,]{1,12}$"
)
# A value with its tolerance before its unit: 220±5%kV, (25±2)℃, 0.6（±5%）MPa.
_WIDEST_TOLERANCE = 24  # in characters
_TOLERATED = re.compile(
    r"[0-9][%‰]\s?$|[（(]\s?±\s?\d[\d.]*[%‰]?[）)]\s?$|[0-9]\s?[（(]\d[\d.]*[）)]\s?$|"
    r"[（(][+\-−]?\d[\d.]*%?\s?[±~～—–至到/×-]{1,2}\s?[+\-−]?\d[\d.]*%?[）)]\s?$"
)
_TOLERATED_WIDELY = re.compile(r"[（(][^（()）]*[±~～][^（()）]*[）)]\s?$")  # and before a letter
_COUNTED = re.compile("[0-9⁰¹²³⁴-⁹每几数多余万亿千百十半两][ /／]?$")
_FIRST_UNIT = r"(?:[A-Za-zμ]{1,4}+[²³]?|[℃℉]|°[CF])"
_MINUS = r"((?<![\w.)）])[-–—−－])?"
# What is no quotient before a stroke with a figure: 110kV/10kV, 3.7V/2000mAh, 5A/1A.
_RATED = "[kMmμ]?(?:VA|[VAWΩ]|Hz)"
_STARS_OF_A_SIGHT = re.compile(r"A\s?[/／]\s?\dA\s?级?(?:旅游|国家)?(?:景区|景点|级)")
_COUNTED_TIMES = ("小时", "分钟", "天", "年")  # of which two are 两
_DAYS_BEFORE = (
    "(?:持续|连续|连用|连服|服用|用药|给药|疗程|治疗|间隔|每隔|[术病产]后|术前|住院|卧床|[，、；（(]共|培养|观察|保存|静置|发热|咳嗽|"
    "腹痛|[天龄期]|养护|储存)[约为是达共了：: ]{0,2}(?:[≥≤＞＜><]\\s?)?(?:[0-9]{1,3}[-~～—–至])?"
)
_TIMES = {"h": "小时", "m": "分", "s": "秒"}


def _read_duration(m: Match) -> str:
    """Return hours, minutes and seconds that are written without spaces: 1h30min."""
    parts = re.findall(r"0?(\d[\d.]*)\s?([hms])", m[0])
    words = "".join(f"{read_number(figure)}{_TIMES[unit]}" for figure, unit in parts)
    if re.search("赤经[约为：:]?\\s?$", m.string[: m.start()]):
        return words.replace("小时", "时")  # of the sky, where no time passes
    return re.sub("^二小", "两小", words)


def _read_rated(m: Match) -> str | None:
    """Return a value before a stroke with another (110kV/10kV); None for stars: 3A/4A景区."""
    is_code = _STARS_OF_A_SIGHT.match(m.string, m.start(2))
    return None if is_code else read_number(m[1]) + str(read_unit(m[2]))


def _read_part(m: Match) -> str | None:
    """Return a fraction of a unit (1/1000s); None if the letters are rather a code."""
    unit = read_measured_unit(m, 3)
    return unit and f"{read_number(m[2])}分之{read_number(m[1])}{unit}"


def closes_quotation(m: Match) -> bool:
    """Return whether the straight quotation mark at the end of a match closes a quotation.

    One behind a figure has opened none.
    """
    return len(re.findall(r'(?<!\d)"', m.string[: m.end() - 1])) % 2 == 1


def _read_inches(m: Match) -> str | None:
    """Return a fraction of an inch (3/4"), or two widths (57/58")."""
    if closes_quotation(m):
        return None
    low, high = read_number(m[1]), read_number(m[2])
    return f"{high}分之{low}英寸" if m[2] in {"2", "4", "8", "16"} else f"{low}或{high}英寸"


STROKES = (
    _rule(r"(\d{1,3})/(\d{1,3})\"", _read_inches),
    _rule(rf"(\d{{2,4}}|\d\.\d)/({NUMBER})\s?([kMG]?(?:Hz|bps)|k?V)(?![A-Za-z/])",
          lambda m: f"{read_number(m[1])}或{read_number(m[2])}{read_unit(m[3])}"),
    _rule(rf"(\d{{1,4}})/(\d{{1,4}})\s?({UNIT})", _read_part),
)  # fmt: skip
"""The rules for values with a stroke (50/60Hz, 1/1000s), which apply before those for fractions."""
RULES = (
    _rule(rf"({NUMBER})\s?(k?V|m?A)(?![A-Za-z\d])",
          lambda m: read_number(m[1]) + str(read_unit(m[2])), before="(?:^|[^A-Za-z])[AD]C"),
    _rule(r"\d{1,3}\s?h\s?\d{1,2}\s?m(?:in)?(?:\s?\d{1,2}(?:\.\d{1,3})?\s?s)?(?![A-Za-z\d])",
          _read_duration),
    _rule(r"\d{1,3}\s?m(?:in)?\s?\d{1,2}(?:\.\d{1,3})?\s?s(?![A-Za-z\d])", _read_duration),
    _rule(rf"({NUMBER})\s?V\s?[/⎓]\s?({NUMBER})\s?(m?)A(?![A-Za-z])",
          lambda m: f"{read_number(m[1])}伏{read_number(m[2])}{'毫' if m[3] else ''}安"),
    _rule(rf"({NUMBER})\s?({_RATED})(?=\s?[/／]\s?\d)", _read_rated),
    _rule(r"(\d{1,3})\s?d(?![A-Za-z\d])",
          lambda m: f"{'两' if m[1] == '2' else read_number(m[1])}天", before=_DAYS_BEFORE),
    _rule(rf"(\d{{1,3}}){TO}(\d{{1,3}})\s?d(?![A-Za-z\d])",
          lambda m: f"{read_number(m[1])}到{read_number(m[2])}天", before=_DAYS_BEFORE),
    _rule(rf"{_MINUS}({NUMBER})({SCALE})?\s?({_FIRST_UNIT})?{TO}([-−－+＋])?({NUMBER})({SCALE})?\s?"
          rf"({UNIT})", _read_range),
    _rule(rf"{_MINUS}({NUMBER})({SCALE})?\s?({UNIT})", _read_measure),
    _rule(rf"([/／]\s?)?({UNIT})", _read_unit_without_figure),
)  # fmt: skip
"""The rules, which apply before those for plain figures."""
MAY_BEGIN = rf"[A-Za-zμµΩ\u2126°℃℉Å]|[/／]\s?[A-Za-zμµΩ]|{SQUARED_UNIT}"
"""With what a match of the rules may begin, besides a figure."""
