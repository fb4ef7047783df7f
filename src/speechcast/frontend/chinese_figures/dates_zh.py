"""Read years, dates and memorial days in Chinese words.

The rules and lists were written by hand for this project.
"""

from __future__ import annotations

import re

from ...text.han import HAN, HAN_CLASS
from ..mandarin.jieba_dictionary import load_jieba_for
from ..mandarin.parts_of_speech import part_of_speech
from ..rules import Match
from ..rules import make_rule as _rule
from .measures_zh import begins_measure
from .numbers_zh import TO, read_digits, read_number
from .unit_names_zh import begins_unit
from .years_zh import counts_years

_MONTH = r"(0?[1-9]|1[0-2])"
_DAY = r"(0?[1-9]|[12]\d|3[01])"
_YEAR = r"((?:19|20)\d\d)"
_SCHOOL_YEAR = "赛季|賽季|学年|學年|年度|财年|財年|雪季|榨季|采暖|供暖|取暖|跨年|届|級|级|学期"
_LAST_LIFE = 2100
_NUMERAL = "[一二三四五六七八九十]"

# A year of two figures, by what follows it: it began, or something happened in it ...
_IN_THAT_YEAR = re.compile(
    r"(?:年)(?:出生|生[人于，。、]|毕业|入[学职伍党团]|参[军加]|退[役休伍]|高考|[底末初](?![中级心])|春[天节]|夏天|"
    r"秋天|冬天|的?(?:世界杯|奥运|冬奥|亚运|洪水|金融危机|非典)|大?抗洪|特大洪水|香港|澳门|南巡|下岗|考[上入取]|"
    r"[，,][我他她父母爷奶]|\d{1,2}月|[一二三四五六七八九十]{1,2}月|[上下]半年|版|款|式|级|国庆)"
)
# ... or it is how long something lasts.
_THAT_LONG = re.compile(
    r"(?:年)(?:以?[来內内前后後间間中]|之|的|多|余|餘|历史|如一日|时[间光]|风雨|历程|奋斗|征程|辉煌|沧桑|光阴|岁月|"
    r"过去|一[遇剑]|峥嵘|砥砺|发展|实践|光辉|弹指|[党教工军婚]龄|河东|波澜|坚守|如此|下来|期|以上|左右|不|磨)"
)
# What years are counted from: the Republic, the mottoes of Chinese and Japanese reigns.
_REIGN_BEFORE = re.compile(
    "(?:民国|民國|昭和|平成|令和|大正|明治|建元|元[光朔狩鼎封]|建[武安兴]|永[平和元乐]|贞观|武德|永徽|开元|天宝|"
    "元和|大中|建隆|太平兴国|咸平|景德|天圣|庆历|嘉祐|熙宁|元丰|元祐|崇宁|政和|宣和|建炎|绍兴|淳熙|至元|大德|"
    "延祐|至正|洪武|建文|宣德|正统|景泰|天顺|成化|弘治|正德|嘉靖|隆庆|万历|天启|崇祯|天[命聪]|崇德|顺治|康熙|雍正|"
    "乾隆|嘉庆|道光|咸丰|同治|光绪|宣统)\\s?$"
)
# What follows the day after which an event is named, and what may also follow the number of a
# section (5.1事故): that is believed inside of a sentence only.
_MEMORIAL = (
    rf"[”’」]?(?:{HAN_CLASS}{{1,7}}?(?:[节節](?![目约能奏点省水课])|日(?![报本常前程均期益]))|"
    rf"{HAN_CLASS}{{0,5}}?(?:事变|事變|惨案|运动|運動|大地震|讲话|講話|晚会|晚會|特大|起义|起義|公祭|大促|购物|"
    "放假|假期|长假|黄金周)|"
    rf"{HAN_CLASS}{{0,5}}?(?:宣传|主题|服务|活动|安全|教育)[月周])"
)
_MOST_SECTIONS = 12  # of a chapter; 11.28会议 is named after a day
_EVENT = (
    rf"{HAN_CLASS}{{0,5}}?(?:事件|地震|案|事故|会议|战役|批示|指示|革命|兵变|抗战|空难|火灾|爆炸|"
    "期间)"
)
_DAYS_WITH_NAMES = r"(?:3\.15|6\.18|9\.18|11\.11|12\.12)"
_VALUE_BEFORE = "[达为到至约超近增降涨跌是于比值率数了]"

# Before and after a year with a month of one figure (2025.6), which is else a decimal.
_IN_MONTH_BEFORE = (
    "(?:自|从|(?<!收)于|截[至止]到?|(?<![达升跌涨增降减提加收])[到至]|[时工任]期|时间|日期|年月)"
    r"[为是在：:]{0,2}\s?"
)
_IN_MONTH_AFTER = (
    "起|[前后止底]|至今|(?:正式|全[面部线])?(?:[动开竣完复]工|投[产运用]|通车|启动|建成|交付)|入[职学党团伍选]|"
    "毕业|参[加军]|退[休伍]|上[市线]|发布|成立|出[版生]|[加调转]入|[担就]?任"
)
# Before and after a day with a slash (11/28), which is else a fraction.
_ON_DAY_BEFORE = (
    "(?:时间|日期|[示工任限假周]期|截[至止]|定[于在]|[拟将请应须]于|务必[于在])[为是到至：:（(]{0,2}"
    r"\s?"
)
_ON_DAY_AFTER = (
    r"(?:[之以]?前(?![\d一二三四五六七八九十后])|当[天日]|起(?![\d一-龥])|截止|[（(](?:周|星期)|[上下中]午|"
    "[早晚]上|晚间)"
)
# What is known by its day without a sign in it: 911事件, 315晚会.
_KNOWN_BY_DAY = (
    "[”’」]?(?:事变|事變|事件|惨案|慘案|晚会|晚會|特?大?地震|恐怖袭击|空难|大案|大促|"
    "购物节|公祭|国家公祭|消费者)"
)


def _read_packed_date(m: Match) -> str | None:
    """Return the figures of a date without signs (20240102); None for a count."""
    is_number = m.string[m.end() : m.end() + 1] in {"号", "號"}
    return read_digits(m[0]) if is_number or not _is_count(m) else None


def _is_count(m: Match) -> bool:
    return begins_measure(m.string, m.end()) or begins_unit(m.string, m.end())


def _read_year_and_month(m: Match) -> str | None:
    """Return a year and its month without a zero (2024-1); None for a range of a count."""
    return None if _is_count(m) else f"{read_digits(m[1])}年{read_number(m[2].lstrip('0'))}月"


def _read_days(m: Match) -> str | None:
    """Return a span of days with slashes (11/28-12/5); None if it is one of fractions (1/4-1/2).

    Fractions are less than one, and they rise.
    """
    start, end = (int(m[1]), int(m[2])), (int(m[3]), int(m[4]))
    are_fractions = all(top < bottom for top, bottom in (start, end))
    if are_fractions and start[0] * end[1] < end[0] * start[1] and max(start[1], end[1]) <= 12:
        return None
    return f"{_read_month_and_day(*m.group(1, 2))}到{_read_month_and_day(*m.group(3, 4))}"


def _read_month_and_day(month: str, day: str) -> str:
    return f"{read_number(str(int(month)))}月{read_number(str(int(day)))}日"


def _read_padded(m: Match) -> str:
    """Return a month, a day or an hour without the zero before it: 05月, 08时."""
    return read_number(m[0].lstrip("0") or "0")


def _read_years(m: Match) -> str:
    """Return a year or a span of two, or so many years: 1978-2018年, but 距今约4600年."""
    is_count = counts_years(m) or _is_round_year_of_era(m)
    read = read_number if is_count else read_digits
    return "到".join(map(read, re.findall(r"\d{4}", m[0])))


def _read_life(m: Match) -> str | None:
    """Return the years of a life or a dynasty behind its name: 李白（701—762）, 唐（618—907）."""
    first, last = int(m[1]), int(m[2])
    name = re.search(
        rf"({HAN_CLASS}{{1,4}})[）)”》]?[（(](?:公元)?约?$",
        m.string[max(0, m.start() - 12) : m.start()],
    )
    if not name or not first < last < _LAST_LIFE:
        return None
    word = load_jieba_for(name[1]).lcut(name[1])[-1]
    is_name = part_of_speech(word).startswith("nr")
    is_dynasty = re.search("[朝代帝王宗祖公国]$|[唐宋元明清汉隋秦晋梁陈周辽金]$", name[1])
    return f"{read_digits(m[1])}到{read_digits(m[2])}" if is_name or is_dynasty else None


def _is_round_year_of_era(m: Match) -> bool:
    """Return whether thousands of years before our era are counted: 公元前3000年."""
    return m[0].endswith("000") and m.string[: m.start()].rstrip("约大").endswith("元前")


def _read_years_before_noun(m: Match) -> str | None:
    """Return a span of years that a noun follows: 2025-2027三年行动, but 2000-2025名."""
    if m[1] >= m[2] or _is_count(m):
        return None
    return f"{read_digits(m[1])}到{read_digits(m[2])}"


def _read_year_before_noun(m: Match) -> str | None:
    """Return a year that a noun follows, not what the figure counts: 2024世界, but 2000名."""
    rest = m.string[m.end() :]
    if re.match(r"\s?[A-Za-z]", rest):
        return None if begins_unit(m.string, m.end()) else read_digits(m[0])
    if re.match("[级届级版款]|财年|財年|年度|学年|學年|赛季|賽季", rest):
        return read_digits(m[0])
    quoted = len(rest) - len(rest.lstrip("“《「‘ "))
    ahead = HAN.match(rest[quoted:])
    is_count = m[0] == "2000" or begins_measure(m.string, m.end() + quoted)
    return read_digits(m[0]) if ahead and not is_count else None


def _read_year_after_town(m: Match) -> str | None:
    """Return the year of an event that has the name of its town: 北京2022."""
    town = re.search(f"{HAN_CLASS}{{2,3}}$", m.string[max(0, m.start() - 3) : m.start()])
    is_town = town and "ns" in {part_of_speech(town[0]), part_of_speech(town[0][-2:])}
    return read_digits(m[0]) if is_town else None


def _read_short_year(m: Match) -> str | None:
    """Return a year of two figures (98年抗洪); None for so many years (98年来, 光绪24年)."""
    text, rest = m.string, m.string[m.end() :]
    if _REIGN_BEFORE.search(text[max(0, m.start() - 4) : m.start()]):
        return None
    if _IN_THAT_YEAR.match(rest):
        return read_digits(m[0])
    follows = re.search(r"(?:^|[，。、；：（“在从于自到至是那])\s?$", text[: m.start()])
    if _THAT_LONG.match(rest) or not follows or m[0] < "50":
        return None
    is_round = m[0][1] in "05" and text[m.start() - 1 : m.start()] not in {"自", "从", "于"}
    return None if is_round else read_digits(m[0])


def _read_named_day(m: Match) -> str | None:
    """Return a day that its figures name (3.15投诉); None for a count (3.15万)."""
    return None if _is_count(m) else read_digits(m[0].replace(".", ""))


def _join_numerals(m: Match) -> str | None:
    """Return nothing for the stop in the name of a day: “七.一”, 五.四运动."""
    rest = m.string[m.end() :]
    day = re.match(f"{_NUMERAL}{{1,3}}", rest)
    after = rest[len(day[0]) :] if day else ""
    return "" if after[:1] in {"”", "’", "」"} or re.match(_MEMORIAL, after) else None


def _read_memorial_day(m: Match) -> str | None:
    """Return the day of an event figure by figure; None if it is a decimal: 5.1亿元."""
    rest, is_quoted = m.string[m.end() :], m.string[m.end() : m.end() + 1] in {"”", "’", "」"}
    is_day = is_quoted or m.start() > 0 or int(m[1]) > _MOST_SECTIONS
    is_event = re.match(_EVENT, rest.lstrip("”’」")) and is_day
    if begins_measure(m.string, m.end()) or not (is_event or re.match(_MEMORIAL, rest)):
        return None
    return read_digits(re.sub("[./]", "", m[0]))


RULES = (
    # ranges of years
    _rule(rf"(\d{{4}}){TO}(\d{{4}})(?=\s*年)", _read_years),
    _rule(r"\d{4}(?=年?[-—–~～至到]{1,2}(?:公元)?前\d)", lambda m: read_digits(m[0]), before="前"),
    _rule(r"[-—–~～]{1,2}(?=公元前?\d|前\d{2,4}年)", "到", before=r"年|前[0-9]{2,4}"),
    _rule(r"[-—–~～]{1,2}(?=(?:距今)?\d+年前)", "到", before="年前"),
    _rule(rf"{_YEAR}(?:{TO}|/)(20\d\d)(?={_SCHOOL_YEAR}|[，。、；）)]|$)",
          lambda m: f"{read_digits(m[1])}到{read_digits(m[2])}"),
    _rule(rf"(?<![\d.约近超共第达]){_YEAR}{TO}(20\d\d)(?={HAN_CLASS})", _read_years_before_noun),
    _rule(rf"{_YEAR}(?:{TO}|/)(\d\d)(?={_SCHOOL_YEAR})",
          lambda m: f"{read_digits(m[1])}到{read_digits(m[2])}"),
    _rule(rf"(1\d{{3}}){TO}(1\d{{3}}|20\d\d)(?=[）)])",
          lambda m: f"{read_digits(m[1])}到{read_digits(m[2])}", before="[（(]"),
    _rule(rf"(\d{{3,4}}){TO}(\d{{3,4}})(?=年?[）)])", _read_life, before="[（(](?:公元)?约?"),
    _rule(r"\d{3}(?=年?[-—–~～至到]{1,2}(?:公元)?前\d)", lambda m: read_digits(m[0]), before="前"),
    _rule(r"[-—–~～]{1,2}(?=前\d{2,4}年?[）)])", "到", before=r"前[0-9]{2,4}年?"),
    _rule(r"\d{3}(?=[年）)])", lambda m: read_digits(m[0]), before="前[0-9]{3}年?[-—–~～]{1,2}前"),
    _rule(r"1\d{3}(?=[）)])", lambda m: read_digits(m[0]), before="年[（(]"),
    _rule(rf"{_YEAR}[-—–]{{1,2}}(?=至?今)", lambda m: read_digits(m[1])),
    _rule(rf"{_YEAR}\.{_MONTH}{TO}{_YEAR}\.{_MONTH}(?![\d.%])",
          lambda m: "到".join(f"{read_digits(year)}年{read_number(str(int(month)))}月"
                             for year, month in (m.group(1, 2), m.group(3, 4)))),
    # dates in figures
    _rule(rf"{_YEAR}(?=[》”])", lambda m: read_digits(m[1]), before="[一-鿿]"),  # 《中国制造2025》
    _rule(rf"{_YEAR}([-/.])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)",
          lambda m: f"{read_digits(m[1])}年{_read_month_and_day(m[3], m[4])}"),
    _rule(rf"(?<!第){_YEAR}[-/.](0[1-9]|1[0-2])(?![\d.%])",
          lambda m: f"{read_digits(m[1])}年{read_number(str(int(m[2])))}月"),
    _rule(rf"(?<![A-Za-z第]){_YEAR}[-/](0?[1-9]|1[0-2])(?![\d.%:：/=＝-])", _read_year_and_month,
          before=r"(?:^|[^A-Z\d]\s?)"),
    _rule(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![\d.,%])", _read_packed_date),
    _rule(rf"(?<!码){_MONTH}([-/.]){_DAY}\2{_YEAR}(?!\d)",
          lambda m: f"{read_digits(m[4])}年{_read_month_and_day(m[1], m[3])}"),
    _rule(rf"(1[3-9]|2\d|3[01])([-/.]){_MONTH}\2{_YEAR}(?!\d)",
          lambda m: f"{read_digits(m[4])}年{_read_month_and_day(m[3], m[1])}"),
    _rule(rf"(?<![A-Za-z]){_MONTH}[-/.]{_YEAR}(?![\d.%])",
          lambda m: f"{read_digits(m[2])}年{read_number(str(int(m[1])))}月"),
    _rule(rf"(?<![A-Za-z])(?=0|\d\d[-/.]0){_MONTH}[-/.]{_DAY}(?![\d.%])",
          lambda m: _read_month_and_day(m[1], m[2])),
    _rule(rf"(?<![\d/]){_MONTH}/{_DAY}{TO}{_MONTH}/{_DAY}(?![\d/%])", _read_days),
    _rule(rf"{_MONTH}/{_DAY}(?![\d/%])", lambda m: _read_month_and_day(m[1], m[2]),
          before=_ON_DAY_BEFORE),
    _rule(rf"(?<![\d/]){_MONTH}/{_DAY}(?=\s?{_ON_DAY_AFTER})",
          lambda m: _read_month_and_day(m[1], m[2])),
    _rule(rf"{_YEAR}\.([1-9])(?![\d.%])", _read_year_and_month, before=_IN_MONTH_BEFORE),
    _rule(rf"{_YEAR}\.([1-9])(?={_IN_MONTH_AFTER})", _read_year_and_month),
    # memorial days: 3·15, 9.18事变, “七.一”
    _rule(r"(?<![\d./])(?:[1-9]|1[0-2])[./]([1-9]|[12]\d|3[01])(?![\d.%/])",
          _read_memorial_day),
    _rule(rf"(?<![\d.]){_DAYS_WITH_NAMES}(?={HAN_CLASS})", _read_named_day,
          before=f"(?:^|[^{_VALUE_BEFORE[1:]})"),
    _rule(rf"(?<![\d.]){_MONTH}(?:0[1-9]|[12]\d|3[01])(?={_KNOWN_BY_DAY})",
          lambda m: read_digits(m[0])),
    _rule("520(?=快乐|表白|告白|礼物|情人节|活动|当天)", lambda m: read_digits(m[0])),
    _rule("(?:5201314|520|1314|521)(?=[，,]?我?[爱愛][你妳您])", lambda m: read_digits(m[0])),
    _rule(rf"[.．](?={_NUMERAL})", _join_numerals, before=f"{_NUMERAL}"),
    _rule(rf"[·•・‧∙](?={_NUMERAL})", "", before=f"{_NUMERAL}"),
    # years
    _rule(r"\d0(?=、\d0[后後](?![来來面]))", lambda m: read_digits(m[0])),
    _rule(r"(?<!\d)\d[05](?=[后後](?![来來面]))", lambda m: read_digits(m[0])),
    _rule(r"\d{4}(?=\s*年)", _read_years),
    _rule(r"\d\d(?=年)", lambda m: read_digits(m[0]), before="(?:^|[^0-9A-Za-z])['’]"),
    _rule(r"(?<=《)\d{4}(?=》)", lambda m: read_digits(m[0])),
    _rule(r"\d\d(?=年)", lambda m: read_digits(m[0]), before="[12][09][0-9]{2}[、和至到—–-]"),
    _rule(r"(?<![\d.])\d\d(?=年)", _read_short_year),
    _rule(rf"(?<![\d.,¥￥$第约近超共逾达有-]){_YEAR}(?![\d,.:%／/‰])", _read_year_before_noun),
    _rule(rf"{_YEAR}(?=\s?[，。；！？”’」）)]|$)", _read_year_after_town),
    _rule(rf"(?!2000){_YEAR}(?![\d.,%:/])", lambda m: None if _is_count(m) else read_digits(m[0]),
          before=r"[A-Za-z]{3}\s|\b[a-z]{2}\s"),
    _rule(rf"{_YEAR}(?=·{HAN_CLASS})", lambda m: read_digits(m[0])),
    _rule(rf"(?<=[〔\[［(（]){_YEAR}(?=[〕\]］)）])", lambda m: read_digits(m[0])),
    # padded figures: 05月01日, 08时
    _rule(r"(?<!\d)0[1-9](?=\s?(?:[月日时時点點]|[号號](?:$|[，。、；至到—～-])))", _read_padded),
    _rule(r"(?<!\d)00(?=[时時点點])", "零"),
)  # fmt: skip
"""The rules, which apply before those for plain figures."""
MAY_BEGIN = r"[.．·•・‧∙](?=[一二三四五六七八九十])"
"""With what a match of the rules may begin, besides a figure."""
