"""Read figures that name and do not count: models, rooms, roads, accounts, addresses.

The rules and lists were written by hand for this project.
"""

from __future__ import annotations

import re

from ...text.han import HAN, HAN_CLASS, HAN_RANGES
from ..rules import Match
from ..rules import make_rule as _rule
from .measures_zh import begins_measure
from .numbers_zh import NUMBER, TO, read_dialled, read_digits, read_number
from .telephones_zh import read_unless_count
from .unit_names_zh import begins_unit

_NAMED = "985|211|863|973|618|996|007|301|731|8341"
_MODELS = "波音|空客|麦道|伊尔|米格|标致|宝马|奔驰|酷睿|骁龙|天玑|麒麟|锐龙|诺基亚|雪铁龙|型号"
# Sorts of crops, and goods that are traded by the month (沪铜2410), before their number.
_VARIETIES = (
    "郑单|登海|先玉|京科|中单|农大|丹玉|浚单|济麦|扬麦|郑麦|百农|周麦|矮抗|烟农|龙粳|龙稻|吉粳|南粳|绥粳|甬优|"
    "[YC隆晶超德深川宜天丰]?两?优|宜香优|中黄|黑河|绥农|中棉所?|新陆早|鲁棉研?|中油|华油|秦油"
)
_FUTURES = (
    "[沪郑连国](?:铜|铝|锌|铅|镍|锡|金|银|油|胶|棉|糖|麦|豆|粕|煤|醇|碱)|螺纹钢?|热卷|铁矿石?|焦[炭煤]|豆[粕油一二]|"
    "玉米|棉花|白糖|橡胶|原油|燃油|沥青|甲醇|纯碱|玻璃|生猪|鸡蛋|苹果|红枣|棕榈油?|菜[油粕]|塑料|期指|主力合约"
)
# Letters before the number of a work, a star or a processor: BWV 988, NGC 224, RTX 4090.
_SERIES = "(?:^|[^A-Za-z])(?:BWV|HWV|TWV|RV|KV?|NGC|IC|HD|HIP|RTX|GTX|GT|RX|MX|XPS|FX|QNH|ETOPS)"
_MODEL_NOUNS = (
    "客机|飞机|战机|机型|型(?!企)|系列|国道|國道|省道|县道|工程|计划|計劃|部队|医院|研究所|所大?院|厂(?!家)|航班|"
    "次(?:列车|航班|特快|快车|直达|动车)|芯片|处理器|显卡|手机|政策|院校|高校|大促|购物节|工作制|公路|合金|钢材|"
    "协议|法案|专项|专案|不锈钢"
)
_CASE = "[民刑行执知破赔商财][初终再监申特辖撤催督破执恢更他保异复]{1,3}字?第?"  # of a court
_ROOM = (
    "室(?!外|内|温|友)|房间|房(?![企价产屋贷源子地型东改])|教室|会议室|办公室|病房|包[间厢]|宿舍|"
    "寝室|号房|(?:诊|手术|病|检查|治疗|换药|抢救|观察|输液|采血|注射|化验|实验|候诊|咨询|接待|调解|休息|活动|"
    "超声|胃镜|肠镜|内镜|放射|阅览|自习|琴|画)室"
)
_BUS = "路(?:公交|汽?车|电车|巴士|线|班车|[，。、；！？）]|$)"
_PLATE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领警]"
# Before a minus, not a joint: 气温-5, 同比-3.
_MEASURED = re.compile(
    "[温度为是到达于至由从自在与和或及约超跌涨比长幅率额值差约分增减降润益余近距深高低加减乘以得数解：:]$|计算$|输[入出]$|代入$|等于$"
)
_OF_A_NUMBER = re.compile("的(?:绝对值|平方|立方|相反数|倒数|.次方)")
_WEB = re.compile(r"(?:https?|ftp|www\.|[a-z\d]\.(?:com|cn|org|net|gov|edu|io|html?))[!-~]*$")
_MAX_ADDRESS = 120  # characters of an address of the internet before a sign in it
_WEB_SIGNS = {
    "/": "斜杠", ":": "冒号", "-": "横杠", "_": "下划线", "?": "问号", "=": "等于", "#": "井号",
    "&": "和", "%": "百分号", "~": "波浪号",
}  # fmt: skip
_EXCHANGE = "(?:HK|SH|SZ|BJ|SS|US|TW)(?![A-Za-z])"  # after the number of a share: 00700.HK
# Capitals before a stop and figures that are no name of a strain (JN.1): EP.3, H.264.
_NO_STRAIN = "(?!(?:NO|EP|VOL|PT|CH|FIG|TEL|P|Q|H|X|T|V)$)"


def _read_name(m: Match) -> str | None:
    """Return a number that is a name (985高校), also in a list of them (985、211院校)."""
    rest = re.match(rf"(?:\s?[、/和与及或，]?\s?(?:{_NAMED})(?!\d))*", m.string[m.end() :])
    end = m.end() + (len(rest[0]) if rest else 0)
    before = m.string[max(0, m.start() - 4) : m.start()]
    is_name = re.match(rf"\s?[”’》]?\s?{HAN_CLASS}", m.string[end:]) or re.search(
        "毕业于|[考就]|名校|[0-9][、/和与及]$", before
    )
    return read_digits(m[0]) if is_name and not begins_measure(m.string, end) else None


def _read_quoted(m: Match) -> str | None:
    """Return a number in quotation marks that is a name: “1234”工作思路, but “365”天."""
    return None if begins_measure(m.string, m.end() + 1) else read_digits(m[0])


def _read_model(m: Match) -> str | None:
    return None if begins_measure(m.string, m.end()) else read_digits(m[0])


def _read_joined(m: Match) -> str | None:
    """Return the figure of a name after a hyphen (歼-20); None if it is a minus."""
    before, rest = m.string[max(0, m.start() - 2) : m.start()], m.string[m.end() :]
    is_amount = (
        not HAN.match(before[-1:])
        or re.match(r"\s?[%％‰℃°]|[.,]\d|\s?[至到~～]\s?[-−－]?\d", rest)
        or begins_measure(m.string, m.end())
    )
    if (
        is_amount
        or begins_unit(m.string, m.end())
        or _MEASURED.search(before)
        or _OF_A_NUMBER.match(rest)
    ):
        return None
    return read_number(m[1]) if len(m[1]) < 3 else read_digits(m[1])


def _read_web_sign(m: Match) -> str | None:
    """Return a sign inside an address of the internet: www.gov.cn/zhengce."""
    before = m.string[max(0, m.start() - _MAX_ADDRESS) : m.start()]
    return _WEB_SIGNS[m[0]] if _WEB.search(before) else None


def _read_variant(m: Match) -> str:
    """Return a type of aircraft and its variant: 787-9, A350-900."""
    return f"{read_digits(m[1])}杠{read_number(m[2])}"


def _read_house(m: Match) -> str | None:
    """Return the number of a house behind another (12-3号); None for a range (3-12号)."""
    is_range = int(m[1]) < int(m[2])
    return None if is_range else f"{read_number(m[1])}杠{read_number(m[2])}"


def _read_name_of_letters(m: Match) -> str | None:
    """Return a long number after capitals (IMO 9321483); None for a count."""
    counts = begins_measure(m.string, m.end()) or begins_unit(m.string, m.end())
    return None if counts else read_digits(m[0])


def _read_falling_code(m: Match) -> str | None:
    """Return the figures of a code that do not rise as those of a range do: CA19-9."""
    return f"{read_number(m[1])}杠{read_number(m[2])}" if int(m[1]) > int(m[2]) else None


def _read_figure_of_chapter(m: Match) -> str | None:
    """Return the number of a figure or table in its chapter: 图2-1."""
    if begins_measure(m.string, m.end()):
        return None
    return f"{read_number(m[1])}杠{read_number(m[2])}"


def _read_parts(m: Match) -> str:
    return "杠".join(read_digits(part) for part in re.split("[-–]", m[1]))


RULES = (
    _rule(r"\d{1,6}(?=号)", lambda m: read_digits(m[0]), before=_CASE),
    _rule(r"[03689]\d{5}(?=(?:\.[A-Z]{2})?[)）])", lambda m: read_digits(m[0]),
          before=f"{HAN_CLASS}[（(](?:(?:股票)?代码[：:]|S[HZ])?"),
    _rule(r"\d{6}(?=(?:\.[A-Z]{2})?[)）])", lambda m: read_digits(m[0]),
          before="(?:ETF|LOF|REIT|基金|混合|债券?|股份|精选|指数)[A-Z]?[（(]"),
    _rule(r"\d{7,}(?=[)）])", lambda m: read_digits(m[0]), before=f"{HAN_CLASS}[（(]"),
    _rule(r"\d{8,}\.\d(?!\d)", lambda m: read_digits(m[0]), before="[A-Z]{2}"),  # of a patent
    _rule(rf"\d{{4,6}}(?=\.{_EXCHANGE})", lambda m: read_digits(m[0])),
    _rule(rf"\.(?={_EXCHANGE})", "点", before="[0-9]{4,6}|(?:^|[^A-Za-z])[A-Z]{1,5}"),
    _rule(r"\.(?=[ON][)）])", "点", before="[（(][A-Z]{1,5}"),  # of New York: (AAPL.O)
    # letters, figures and a number behind a hyphen: i7-13700, CA19-9
    _rule(r"\d{4,6}(?![\d.])", lambda m: read_digits(m[0]), before="[A-Za-z][0-9]{1,2}-"),
    _rule(r"(?<=[A-Z])(\d{1,3})-([1-9]\d?)(?![\d.%A-Za-z])", _read_falling_code),
    _rule(r"(\d{1,4})-(0\d{1,4})(?![\d.%-])|((?:19|20)\d\d)-(\d{1,4})(?=号)",
          lambda m: "杠".join(read_digits(part) for part in m.groups() if part), before="第"),
    # parts with hyphens between: YS-2024-0315, 4-3-3阵型, 3-2-501室
    _rule(r"[-–](\d{1,8}(?:[-–]\d{1,8}){1,4})(?![\d.%-])", _read_parts, before="[A-Z]"),
    _rule(r"(\d{1,8}(?:-\d{1,8}){1,4})(?![\d.%-])", _read_parts,
          before="(?:[取提][件货餐]|编|代|号)码[是为：:]?"),
    _rule(r"\d{3,4}(?![\d.%-])", _read_model, before="(?:^|[^A-Za-z])[A-Z]{1,4}-"),
    _rule(r"\d(?:-\d){2,4}(?=\s?(?:[阵站][型形容位]|体系|菱形|平行))", lambda m: read_digits(m[0])),
    _rule(r"(\d{1,2}-\d{1,2}-\d{3,4})(?![\d.%-])", _read_parts),
    # codes of standards, and names with a full stop or a point
    _rule(r"(?<=[A-Z/] )(\d+(?:\.\d+)?)[-—–]((?:19|20)\d\d)(?!\d)",
          lambda m: f"{read_digits(m[1])}杠{read_digits(m[2])}"),
    _rule(r"/(\d{1,3})(?=次)", lambda m: f"杠{read_digits(m[1])}", before="[GDCZTKYL][0-9]{2,4}"),
    _rule(r"\d{6,}(?![\d.])", _read_name_of_letters, before=r"(?:^|[^A-Za-z])[A-Z]{2,5}\s"),
    _rule(r"[45]0\d(?=\s?(?:错误|报错|状态码|页面))", lambda m: read_digits(m[0])),
    _rule("95(?!\\d)", "九五", before="(?:^|[^A-Za-z])K?N"),
    _rule("84(?=消毒|药水)", "八四"),
    _rule(r"\d{4,5}(?!\d)", lambda m: read_digits(m[0]),
          before=r"(?:ISO|IEC|GB|DB|JB|YY|HJ|GA|IEEE|RFC|/[TZ])\s"),
    _rule(r"\d{1,2}·\d{1,2}(?!\d)", lambda m: read_digits(m[0])),
    _rule(r"\d+(?:\.\d+){2,}", lambda m: read_digits(m[0])),
    _rule(r"(?<=第)(\d)/(\d)(?!\d)", lambda m: read_number(m[1]) + read_number(m[2])),
    _rule(r"\.(?=\d{1,2}(?!\d))", "点", before=rf"(?:^|[^A-Za-z.]){_NO_STRAIN}[A-Z]{{1,4}}"),
    _rule(r"(?:N[Oo]\.|№)\s?(\d+)", lambda m: f"第{read_number(m[1])}"),
    _rule(r"(\d{1,4})(?:st|nd|rd|th)\b", lambda m: f"第{read_number(m[1])}"),
    _rule(r"(?<!第)\d{6,}(?=号(?!线))", lambda m: read_dialled(m[0])),
    _rule(r"\d{3}(?!\d)", lambda m: read_digits(m[0]), before=r"(?:^|[^A-Za-z])[HX]\."),
    # numbers that are names
    _rule(rf"(?:{_NAMED})(?!\d|[.,]\d|[%:：号])", _read_name),
    _rule(r"(?!\d{1,2}00)\d{3,4}(?=[”’」])", _read_quoted, before="[“‘「]"),
    _rule(rf"\d{{3}}(?=\s?(?:国道|國道|省道|县道|乡道))|\d{{3,4}}(?=\s?{_BUS})",
          lambda m: read_dialled(m[0])),
    _rule(r"(?:240|360|480|540|576|720|1080|1440|2160|4320)(?=[PpiI](?![A-Za-z\d]))",
          lambda m: read_digits(m[0])),
    _rule(r"(?<![\d.])[1-9][1-9](?=折(?![叠疊合算腰返磨]))", lambda m: read_digits(m[0])),
    _rule(r"(\d{1,2})-(\d{1,2})(?![\d.%％年月日-])", _read_figure_of_chapter,
          before=f"(?:^|[^{HAN_RANGES}]|[见如附及和与由从在看据页章节])(?:图|表|公式)\\s?"),
    _rule(r"(7[0-8]7)-(\d{1,4})(?![\d.])", _read_variant),
    _rule(r"(3[0-8]0)-(\d{3,4})(?![\d.])", _read_variant, before="(?:^|[^A-Za-z])A"),
    _rule(r"\d{3,4}(?:-\d{3,4})?(?![\d.])", _read_model, before=f"(?:{_MODELS})[- —–]?"),
    _rule(r"\d{3,4}(?![\d.])", _read_model, before=f"(?:{_VARIETIES})"),
    _rule(r"2\d(?:0[1-9]|1[0-2])(?![\d.])", _read_model, before=f"(?:{_FUTURES})"),
    _rule(r"\d{3,4}(?:-\d{1,3})?(?![\d.%])", _read_model, before=rf"(?:{_SERIES})(?:\.\s?|\s)"),
    _rule(r"(?!\d{1,2}00(?!\d))\d{3,4}(?=[B-E](?![A-Za-z]))", lambda m: read_digits(m[0]),
          before="(?:^|[^A-Za-z0-9.])"),
    _rule(r"20\d{3,5}(?=期)|(?!\d\d000)\d{5}(?=期)", lambda m: read_digits(m[0]), before="第"),
    _rule(r"\d{4}(?=号[强超特]{0,2}台风)", lambda m: read_digits(m[0])),
    _rule(r"\d{4}(?=号)", lambda m: read_digits(m[0]),
          before=rf"台风(?:{HAN_CLASS}|[“”‘’《》（(]){{0,8}}第?"),
    _rule(rf"(?!\d{{1,2}}00)\d{{3,4}}(?=(?:{_MODEL_NOUNS}))", lambda m: read_digits(m[0])),
    _rule(r"[-－–‐](\d{1,4})(?![\d-])", _read_joined, before=r"[^\x00-\x7f]"),
    _rule(r"[-–‐](\d{1,2})(?=[)]|$|(?!的)[^\x00-\x7f])", lambda m: read_number(m[1]),
          before="(?:^|[^=＝+−×/A-Za-z0-9α-ω])[α-ωΩ]"),
    _rule(r"[-–‐](?=\d,\d-)", "", before="[α-ω]"),  # β-1,3-葡聚糖
    # rooms and houses
    _rule(rf"(\d{{1,3}})-(\d{{3,4}})(?=\s?(?:{_ROOM}|号房))",
          lambda m: f"{read_dialled(m[1])}杠{read_dialled(m[2])}"),
    _rule(rf"\d{{3,4}}(?=\s?(?:{_ROOM}|号(?:病房|包间|房间|会议室|房)))",
          lambda m: read_dialled(m[0])),
    _rule(r"\d{3,4}(?![\d.])", read_unless_count,
          before=r"(?:单元|号楼|[栋幢]|[0-9]座|[0-9一二三四五六七八九十]教)\s?"),
    _rule(rf"\d{{3,4}}(?={TO}\d{{3,4}}\s?{_ROOM})", lambda m: read_dialled(m[0])),
    _rule(rf"[~～—–-]{{1,2}}(?=\d{{3,4}}\s?{_ROOM})", "到", before="[0-9]{3,4}"),
    _rule(r"(\d{1,4})-(\d{1,4})(?=号(?![线文]))", _read_house,
          before="[路街巷弄里村庄]|大道|胡同"),
    # number plates, and letters with three figures or more: 京A88H32, ISO9001
    _rule(r"\d{1,6}", lambda m: read_digits(m[0]), before=rf"{_PLATE}[A-Z][·A-Z0-9]{{0,5}}"),
    _rule(r"\d+(?:\.\d+)?", lambda m: read_number(m[0]),
          before="(?:^|[^A-Za-z])(?:l[gn]|log|sin|cos|tan|cot)"),
    _rule(r"(?<=[A-Za-z_])(?<!\b\d[xX])(?!\d{3}\s?V(?![A-Za-z]))\d{3,}(?![\d.])",
          lambda m: read_digits(m[0])),
    # addresses of the internet
    _rule(r"\d{3,5}(?=\.(?:com|cn|net|org))", lambda m: read_digits(m[0])),
    _rule(r"\.(?=[a-z])(?![a-z]\.)", "点",
          before="[A-Za-z_-][A-Za-z0-9_]|[0-9]{3}|[^A-Za-z.][a-z]"),
    _rule("_(?=[A-Za-z0-9])", "下划线", before="[A-Za-z0-9]"),
    _rule(r"[/:?=#&%~-](?=[\w/])", _read_web_sign, before="[!-~]"),
    _rule(r"/(?=\d{1,2}(?!\d))", "斜杠", before=r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}"),
    _rule(r":(\d{2,5})(?!\d)", lambda m: f"冒号{read_digits(m[1])}", before=r"\.[0-9]+\.[0-9]+"),
    # figures of calculators: 1.5e-10
    _rule(rf"(?<![A-Za-z\d.])({NUMBER})[eE]([-−+]?)(\d{{1,3}})(?![\d.]*[A-Za-z\d])",
          lambda m: f"{read_number(m[1])}乘以十的{'负' if m[2] in '-−' and m[2] else ''}"
                    f"{read_number(m[3])}次方"),
)  # fmt: skip
"""The rules, which apply after telephone numbers and before plain figures."""
MAY_BEGIN = r"[._](?=[A-Za-z\d])|[/:?=#&%~](?=[\w/])|N[Oo]\.|№"
"""With what a match of the rules may begin, besides a figure."""
