"""Read figures, dates, amounts and codes in Chinese words.

The rules and tables were written by hand for this project. The order of the rules matters: the
first that matches at a position applies (see `rules`). Dates, codes, units and formulas have
modules of their own.
"""

from __future__ import annotations

import re

from ...text.han import HAN_CLASS
from ..english.number_words_en import ROMAN_BELOW_100, parse_roman
from ..rules import Match, match_first
from ..rules import make_rule as _rule
from ..scripts import ENCLOSED
from . import (
    codes_zh,
    colons_zh,
    dates_zh,
    formulas_zh,
    money_zh,
    signs_zh,
    standards_zh,
    telephones_zh,
    units_zh,
)
from .colon_words_zh import AFTER_SCORE_WORDS, SCORE_WORDS
from .measures_zh import begins_measure
from .numbers_zh import NUMBER, TO, read_counted, read_digits, read_number

_SHARES = {"%": "百分之", "％": "百分之", "‰": "千分之", "‱": "万分之"}
_N = NUMBER
_LIST_BEFORE = 24  # characters before a number in which its list begins
# What is numbered within a chapter: 附件3-1, 习题5-2.
_HAVE_PARTS = re.compile(
    r"(?:附件|附[图表录]|[图表式]|习题|例题?|课时?|单元|实验|任务|项目|模块|活动|案例|专题|[章节栋幢座楼])\s?$"
)
_SHARE = "[%％‰‱]"
# A figure with its unit, before the sign of a range: 3.5亿元, 5号.
_COUNTED = (
    r"[0-9]\s?[多余餘]?(?:[十百千万]?[亿億]|[十百千]?[万萬]|[百千])?"
    "(?:[平立]方|[美欧港日])?(?:[公千百厘毫]?[米里斤克顷吨升分秒元]|小时|分钟|摄氏度|个百分点|千瓦|人次|"
    "[个個人次名户戶家件岁天周年倍度台辆套级頁页章节層层楼亩区])?"
)
# Measures and units before and after a stroke that is read 每: 元/吨, 微克/立方米, 次/分.
_BY = (
    "(?:立方)?[千厘毫]?米|平方[千厘毫]?米|平方公里|平米?|公?[吨斤里顷]|[千毫微]?克|市?斤|亩|[毫微]?升|盎司|加仑|桶|"
    "千瓦时|千瓦|度|年|个?月|[日天周季]|季度|星期|小?时|分钟?|秒钟?|次|人次?|户|套|间|件|台|辆|个|只|头|张|份|股|"
    "位|名|场|晚|夜|学[期年时分]|课时|节|班|组|袋|盒|瓶|箱|片|粒|支|包|株|棵|床|桌|单|票|例|批|趟|车次?|公里|万|百"
    "|标准?箱|元|万元|美元|生|班次|工日|人天|人月|千卡|焦|瓦|千米"
)
_QUANTITY = (
    "[万亿]?[美欧港日]?元|角|[千毫微]?克|公斤|市?斤|吨|立方[厘千]?米|[毫微]?升|千瓦时|毫?摩尔|"
    "[千兆]?焦|次|米"
)
_TERM = r"(?:\d{1,6}(?:\.\d{1,6})?[a-z]?|[a-z])[²³]?"  # of an equation: 2x, x², 3
_SET_BEFORE = re.compile(r"(?<![\d.-])(\d{1,2})-(\d{1,2})(?:[（(]\d{1,2}[)）])?[、，,\s]\s?$")
_SET_AFTER = re.compile(r"(?:[（(]\d{1,2}[)）])?[、，,\s]\s?(\d{1,2})-(\d{1,2})(?![\d.-])")
_ENDS_TERM = r"(?:[0-9][a-z]?|(?<![A-Za-z])[a-zα-ω]|[²³)）])\s?"
# What is found or not, before the sign for it in brackets: HBsAg(+), 尿蛋白(-).
_FINDING_BEFORE = (
    r"(?:征|蛋白|抗[体原]|试验|反应|[糖血]|酮体|培养|检测|核酸|[痛音]|染色|标记物?|体征|结果|"
    r"细胞|管型|[复检]查|杆菌|螺旋体|"
    r"(?:^|[^A-Za-z])[A-Z][A-Za-z]*[A-Z\d][A-Za-z\d]{0,6})\s?[（(]"
)
_TOP = (
    f"(?:{_QUANTITY}|{_BY}|英镑|人民币|焦耳|千卡|贝可|转|帧|字|[千兆]?帕|[千兆]?瓦|吨标准煤|粒|拍|单位|"
    "笔|篇|册)"
)


def match_chinese(text: str, position: int) -> tuple[int, str] | None:
    """Return the length and words of the expression at `position`.

    An expression is a figure or a code; None if there is none.

    >>> match_chinese("增长5.2%", 2)
    (4, '百分之五点二')
    """
    return match_first(_RULES, text, position)


def _read_share(m: Match) -> str:
    return f"{_SHARES[m[2]]}{_read_part(m[1])}"


def _read_part(figure: str) -> str:
    return "百" if figure == "100" else read_number(figure)  # 百分之百


def _read_share_range(m: Match) -> str:
    first, second = (_name_sign(sign) for sign in (m[1], m[3]))
    share = _SHARES[m[5]]
    return f"{first}{share}{_read_part(m[2])}到{second}{share}{_read_part(m[4])}"


def _name_sign(sign: str | None) -> str:
    return ("正" if sign in "+＋" else "负") if sign else ""


def _read_ends(m: Match) -> str:
    """Return the words for a range: 2-3个 is 两到三个."""
    ordinal = _is_ordinal(m)
    first, second = (
        read_number(figure) if ordinal else read_counted(m, figure) for figure in (m[1], m[2])
    )
    return f"{first}到{second}"


def _read_signed_ends(m: Match) -> str:
    """Return the words for a range that begins below zero: -40~85, -5~+5."""
    return f"负{read_number(m[1])}到{_name_sign(m[2])}{read_number(m[3])}"


def _is_ordinal(m: Match) -> bool:
    """Return whether a number follows 第, by itself or in a list: 第1、2名."""
    before = m.string[max(0, m.start() - _LIST_BEFORE) : m.start()]
    return re.search(r"第(?:\d{1,4}[、,，和与及或至到~-])*$", before) is not None


def _read_temperatures(m: Match) -> str:
    """Return the words for two temperatures with a stroke between, before their unit: -15/-3℃."""
    first, second = ("零下" if sign else "" for sign in (m[1], m[3]))
    return f"{first}{read_number(m[2])}到{second}{read_number(m[4])}"


def _read_mixed_fraction(m: Match) -> str | None:
    """Return a whole number and a proper fraction: 1 1/2 is 一又二分之一."""
    is_proper = int(m[2]) < int(m[3])
    fraction = f"{read_number(m[3])}分之{read_number(m[2])}"
    return f"{read_number(m[1])}又{fraction}" if is_proper else None


def _read_spaced(m: Match) -> str | None:
    """Return a count whose thousands are parted by spaces (GB/T 15835) or commas: 1 000人."""
    digits = re.sub(r"\D", "", m[0])
    is_round = digits.endswith("000") and not digits.startswith("0")  # 共计25 000
    return read_number(digits) if is_round or begins_measure(m.string, m.end()) else None


def _read_after_metres(m: Match) -> str | None:
    """Return the hundredths of a metre or yuan figure by figure: 1米75, 3块25."""
    return None if begins_measure(m.string, m.end()) else read_digits(m[0])


def _read_falling(m: Match) -> str | None:
    """Return a score, or a number with a part: they do not rise as a range does.

    3-1 is 三比一, but after a thing that is numbered so (附件3-1) and before 号 三杠一.
    """
    rises = int(m[1]) < int(m[2])
    if (rises and not _is_among_sets(m)) or _is_ordinal(m):
        return None
    before = m.string[max(0, m.start() - 4) : m.start()]
    if m.string.startswith(("号", "號", "室"), m.end()) or _HAVE_PARTS.search(before):
        return f"{read_number(m[1])}杠{read_number(m[2])}"
    counts = begins_measure(m.string, m.end()) or re.match(
        r"\s?[=＝]", m.string[m.end() : m.end() + 2]
    )
    return None if counts else f"{read_number(m[1])}比{read_number(m[2])}"


def _read_reduction(m: Match) -> str | None:
    """Return what is taken off from a sum on: 满300-50."""
    falls = int(m[1]) > int(m[2])
    return f"{read_number(m[1])}减{read_number(m[2])}" if falls else None


def _read_numerals(m: Match) -> str:
    """Return a range of Roman numerals: II-IV级."""
    return "到".join(read_number(str(parse_roman(numeral))) for numeral in m.groups())


def _is_among_sets(m: Match) -> bool:
    """Return whether a score stands next to one that falls, as those of sets do: 6-4、3-6."""
    text = m.string
    before = _SET_BEFORE.search(text[max(0, m.start() - _LIST_BEFORE) : m.start()])
    after = _SET_AFTER.match(text, m.end())
    return any(near and int(near[1]) > int(near[2]) for near in (before, after))


def _read_finding(m: Match) -> str:
    """Return a finding in brackets: (+) is 阳性, (++) 两个加号."""
    if len(m[0]) > 1:
        return f"{'两三四'[len(m[0]) - 2]}个加号"
    return "阳性" if m[0] in "+＋" else "阴性"


def _read_plain(m: Match) -> str:
    """Return a number by itself, 2 as 两 before a measure word but after 第."""
    belongs_to_name = re.match(r"[A-Za-z.]", m.string[max(0, m.start() - 1) : m.start()])
    return read_number(m[0]) if belongs_to_name or _is_ordinal(m) else read_counted(m, m[0])


_RULES = (
    # shares
    _rule(rf"(\d+)·(\d+)({_SHARE})", lambda m: f"{_SHARES[m[3]]}{read_number(f'{m[1]}.{m[2]}')}"),
    _rule(r"(\d+)·(\d+)(?=个?[万亿元倍公吨平米千克百分])", lambda m: read_number(f"{m[1]}.{m[2]}")),
    _rule(rf"((?<![A-Za-z\d.])[-−－])?({_N}){_SHARE}?{TO}([-−－+＋])?({_N})({_SHARE})",
          _read_share_range),
    _rule(rf"(?<![A-Za-z\d.])[-−－]({_N})({_SHARE})", lambda m: "负" + _read_share(m)),
    _rule(rf"[+＋]({_N})({_SHARE})", lambda m: "正" + _read_share(m),
          before=r"(?:^|[为是达到幅率比（(：:，、])"),
    _rule(rf"({_N})({_SHARE})", _read_share),
    # ranges with a unit twice: 3月5日—8日, 3.5亿元~4亿元
    _rule(r"[-—–~～]{1,2}(?=\d)", "到",
          before="[0-9一二三四五六七八九十][年月日号號时時点點分秒周岁歲级級期届屆章页頁节節]"),
    _rule(r"[~～](?=\d)", "约", before=r"^|[，。、；：（(]"),
    _rule(r"[~～](?=\s?[-−]?\d)", "到", before=r"[0-9]\s?[^\x00-\x7f]{1,6}"),
    _rule(r"[-–](?=\d{1,4}[A-Z](?![A-Za-z]))", "", before=r"[A-Za-z][0-9.]{1,5}"),
    _rule(r"[-–](?=\d)", "", before=r"[A-Z](?:19|20)[0-9]{2}"),
    _rule(r"[-–](?=0\d)", "", before=r"[A-Z][0-9]{1,8}"),
    _rule(r"-(?=\d{4,6}(?![\d.]))", "", before="[A-Za-z][0-9]{1,2}"),  # i7-13700
    _rule(r"[-—–](?=\d)", "到", before=_COUNTED),
    _rule("[~～](?=[一二三四五六七八九十日周星初大高]|[A-Z](?![A-Za-z]))", "到",
          before="[一二三四五六七八九十年级月日]|(?:^|[^A-Za-z])[A-Z]"),
    _rule(r"[-—–](?=(?:周|星期|礼拜)[一二三四五六日天\d])", "到",
          before="(?:周|星期|礼拜)[一二三四五六日天0-9]"),
    *standards_zh.RULES,
    *dates_zh.RULES,
    *colons_zh.RULES,
    _rule(rf"[-—–~～]{{1,2}}(?={ENCLOSED})", "到", before=ENCLOSED),
    _rule(r"[-—–~～]{1,2}(?=\s?\d{1,4}/\d)", "到", before=r"[0-9]/[0-9]{1,4}\s?"),
    # blood pressure, and a stroke that is read 每: 元/吨
    _rule(r"(\d{2,3})/(\d{2,3})(?![\d/])", lambda m: f"{read_number(m[1])}比{read_number(m[2])}",
          before=r"血[压壓][^\d，。；]{0,8}"),
    _rule(r"(\d{2,3})/(\d{2,3})(?=\s?(?:mmHg|毫米汞柱))",
          lambda m: f"{read_number(m[1])}比{read_number(m[2])}"),
    _rule(rf"[/／](?=\s?[（(]?(?:{_BY}))", "每",
          before=rf"[0-9几数多余万亿千百十半][余多]?(?:[百千]?[万亿])?{_TOP}"),
    _rule(rf"·(?=(?:{_BY}))", "每", before=rf"[/／](?:{_BY}|[μmk]?[a-zA-Z])"),  # kg/头·日
    _rule(rf"[/／·](?={HAN_CLASS})", "每", before=rf"(?:{_TOP})[/／](?:{_BY})"),  # 元/人·月
    _rule(rf"[/／](?=\s?(?:{_BY})(?:[）)，。、；]|$))", "每",
          before=rf"(?:^|[（(：:，、 ])(?:{_QUANTITY})"),
    _rule(r"[/／](?=[^\x00-\x7f])", "每",
          before="[0-9][多余]?[十百千万亿]{0,2}[美欧港日]?元|[￥¥$€£][0-9,.]{1,12}|[0-9][A-Za-zμ·]{1,5}"),
    _rule(r"([-−])?(\d{1,2})/([-−])?(\d{1,2})(?=\s?(?:℃|°C|摄氏度))", _read_temperatures),
    _rule(r"[*＊](?=ST)", "星"),
    _rule(r"[~～—–-](?=[（(]\d)", "到", before="[0-9][）)]"),
    *telephones_zh.RULES,
    *codes_zh.RULES,
    # fractions, and scores with a hyphen
    _rule(rf"({_N})\s?/\s?(10{{0,2}})\s?万(?!\s?[元人])",
          lambda m: f"{read_number(m[2])}万分之{read_number(m[1])}"),
    _rule("([1-9])0/([1-9])0(?=法则|定律|原则|分成)",
          lambda m: read_digits(m[1]) + read_digits(m[2]) if int(m[1]) + int(m[2]) == 10 else None),
    _rule(r"(\d{2,3})/(\d{2,3})(?![\d.])", lambda m: f"{read_number(m[1])}、{read_number(m[2])}",
          before="[0-9]@"),
    *units_zh.STROKES,
    _rule(r"24/7(?!\d)", "二十四七"),
    _rule(r"(\d{1,2})\s(\d{1,2})/(\d{1,2})(?![\d/])", _read_mixed_fraction),
    _rule(r"(?<!T(?=1/2))(\d{1,2})/(\d{1,2})(?![\d/])",
          lambda m: read_number(m[1]) + read_number(m[2]),
          before="(?:^|[^A-Za-z])[CLST]"),  # vertebrae: L4/5
    _rule(r"(\d{2,3})/(\d{2})(?=[A-Z](?![a-z]))",
          lambda m: read_digits(m[1]) + read_digits(m[2])),  # of tyres and clothes: 205/55R16
    _rule(r"(\d{1,4})\s?/\s?(\d{1,4})(?![\d/])",
          lambda m: f"{read_number(m[2])}分之{read_number(m[1])}"),
    _rule(rf"({_N})[-–—]({_N})(?=\s*(?:{SCORE_WORDS}))",
          lambda m: f"{read_number(m[1])}比{read_number(m[2])}"),
    _rule(r"(\d{1,3})[-–—](\d{1,3})(?![\d.%％])",
          lambda m: f"{read_number(m[1])}比{read_number(m[2])}", before=AFTER_SCORE_WORDS),
    _rule(r"(?<![\w.-])(\d{1,3})[-–](\d{1,3})#",
          lambda m: f"{read_number(m[1])}杠{read_number(m[2])}号"),  # 3-2#楼
    _rule(r"(\d{2,5})[-–](\d{1,4})(?![\d.%％-])", _read_reduction, before="满"),
    _rule(r"(?<![\w.-])(\d{1,3})[-–](\d{1,3})(?![\d.%％‰A-Za-z-])", _read_falling),
    *money_zh.RULES,
    *units_zh.RULES,
    *formulas_zh.RULES,
    _rule(rf"({_N})[wW]?{TO}({_N})\s?[wW](?={HAN_CLASS})",
          lambda m: f"{read_number(m[1])}到{read_number(m[2])}万"),
    _rule(rf"({_N})\s?[wW](?={HAN_CLASS}|[+＋/，。、；！？）)]|$)",
          lambda m: f"{read_number(m[1])}万"),
    _rule(r"(?<=[BCGOP])2(?=[BCGOP]\b)", lambda _: "to"),  # B2B, O2O
    _rule(r"[+＋]{2,4}(?=[)）])", _read_finding, before="[（(]"),
    _rule(r"[+＋−－-](?=[)）])", _read_finding, before=_FINDING_BEFORE),
    _rule(r"[-—–~～](?=\d{1,3}F(?![A-Za-z\d]))", "到", before="(?:^|[^A-Za-z0-9])[0-9]{1,3}F"),
    _rule(r"[-—–~～](?=[BF]\d{1,2}(?![A-Za-z\d]))", "到",
          before="(?:^|[^A-Za-z0-9])[BF][0-9]{1,2}"),
    _rule(r"@(?=\d{2,3}(?![\d.]|[A-Za-z]))", "间距",
          before="(?:[ΦφØø⌀Cφ]|^|[^A-Za-z0-9])[0-9]{1,2}"),
    _rule(r"\+\+", "加加", before="[A-Za-z]"),
    _rule(r"\+", lambda m: "多" if begins_measure(m.string, m.end()) else None,
          before="(?:^|[^A-Za-z0-9.,])[0-9.,]{1,12}"),
    _rule(rf"[+＋](?={_N})", "正", before=r"(?:^|[（(：:，、；]|[度温值差率为是])"),
    *signs_zh.RULES,
    # plain ranges and figures
    _rule(r"(?<![\d.][ ，])\d{1,3}(?:[ ，\u00a0\u2009\u202f]\d{3})+(?![\d.])", _read_spaced),
    _rule(r"[-−－](?=\s?[（(]\s?[-−－]?\d)", "减", before=r"[0-9]\s?"),
    _rule(rf"[-−－](?=\s?(?:{_TERM}\s?[-−+]\s?){{0,3}}{_TERM}\s?[=＝])", "减", before=_ENDS_TERM),
    _rule(rf"[-−－](?=\s?{_TERM})", "减", before=rf"[=＝][ \da-z+\-−^²³().]{{0,14}}{_ENDS_TERM}"),
    _rule(rf"({_N})\s?[-−－–]\s?({_N})(?=\s?[=＝])",
          lambda m: f"{read_number(m[1])}减{read_number(m[2])}"),
    _rule(r"[a-z](?=[-−][a-z]\s?[=＝])", lambda m: m[0], before="(?:^|[^A-Za-z])"),
    _rule(r"[-−－](?=\d{0,3}[a-zα-ω](?![A-Za-zα-ω]))", "负", before=r"[=＝<>≤≥(（∈]\s?"),
    _rule(r"−(?=\s?\d)", "减", before=r"[0-9)）]\s?"),
    _rule(rf"(?<![A-Za-z\d.-])({_N}){TO}({_N})(?!\s?[-\d.A-Za-z])", _read_ends),
    _rule(rf"(?<![A-Za-z\d.])[-−－]({_N})\s?[~～-]\s?([-−－+＋])?({_N})",
          _read_signed_ends),
    _rule(rf"(?<![A-Za-z\d.])[-−－]({_N})", lambda m: f"负{read_number(m[1])}"),
    _rule(r"[xX](?=\d)", "乘", before=r"(?:^|[^\dA-Za-z]|[1-9])[0-9]"),
    _rule(r"(?<![\d第.])2(?=[点點](?!\d)|[点點]\d{1,2}分)", lambda _: "两"),
    _rule("2(?=厅|卫(?![生星健视])|室[1-9一两]厅)", "两"),
    _rule("2(?=[周人天名])", "二", before=r"[0-9]\+"),  # 孕38+2周
    _rule(r"2(?=[、,]3[个個人天次年名位件家岁])", lambda m: None if _is_ordinal(m) else "两",
          before="(?:^|[^0-9])[、,]|[^、,]|^"),
    _rule(r"\d\d(?![\d.,:：/%-])", _read_after_metres, before="[0-9][米块秒]"),
    _rule(r"\d{1,4}(?:,0000){1,3}(?![\d,])", lambda m: read_number(m[0])),
    _rule(_N, _read_plain),
    _rule(r"(?<![A-Za-z])([IVX]{1,4})[-—–~～]([IVX]{1,4})(?=\s?[级型类期度区])", _read_numerals),
    _rule(rf"(?<![A-Za-z])(?!L)({ROMAN_BELOW_100})([A-D])(\d?)(?=\s?[级型类期])",
          lambda m: f"{read_number(str(parse_roman(m[1])))}{m[2]}{m[3] and read_number(m[3])}"),
    _rule(r"(?<![A-Za-z])(?:I(?=[级型类期]|区(?:域|间))|V(?=级|期))",
          lambda m: read_number(str(parse_roman(m[0])))),
    _rule(rf"(?<![A-Za-z])(?!X{{2,3}}(?![IV])|L|X[LC]){ROMAN_BELOW_100}(?<=[IVX]{{2}})(?![A-Za-z])",
          lambda m: read_number(str(parse_roman(m[0])))),
    _rule(rf"(?=[IVXL]{{2}}){ROMAN_BELOW_100}(?<=[IVXL]{{2}})(?![A-Za-z])",
          lambda m: read_number(str(parse_roman(m[0]))), before="(?:第|超级碗)\\s?"),
)  # fmt: skip
MAY_BEGIN = re.compile(
    r"[\d$＄￥¥€£￡₩₽₹฿₫\-—–~～－−‐+＋/／xX]|[IVXL]{2}|[IVX][A-D]|@\d|[*＊]ST|[A-Z]{1,3}\$|·[头人户月日年天亩次]|[A-Z]{3}(?=\s?\d)|"
    rf"{dates_zh.MAY_BEGIN}|{codes_zh.MAY_BEGIN}|{telephones_zh.MAY_BEGIN}|{units_zh.MAY_BEGIN}|{formulas_zh.MAY_BEGIN}|"
    rf"{signs_zh.MAY_BEGIN}",
    re.ASCII,
)
"""With what a match of the rules may begin; elsewhere no rule is tried."""
