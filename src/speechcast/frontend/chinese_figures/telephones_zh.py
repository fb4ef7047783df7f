"""Read telephone numbers, those of emergencies and services, and others that are dialled or kept.

The rules and lists were written by hand for this project. The short telephone numbers are those of
the numbering plan 电信网编号计划 (工业和信息化部, 2017): 11X and 12X for emergencies, 12XXX for
public services, 100XX for carriers, 95XXX and 96XXX for companies.
"""

from __future__ import annotations

import re

from ...text.han import HAN
from ..rules import Match
from ..rules import make_rule as _rule
from .measures_zh import begins_measure
from .numbers_zh import read_dialled
from .unit_names_zh import begins_unit

_SHORT = r"(?:11[0479]|12[0-2]|12[1-3]\d{2}|100(?:00|10|11|15|60|86|99)|9[56]\d{3})"
_CALLS = (
    "拨打?|撥打?|致电|致電|热线|熱線|电话|電話|来电|拨通|呼叫|[报報打](?:了|通|过)?|客服|短号|服务号|举报|投诉|咨询|"
    "转接|联系|短信(?:到|至)?|拨号|信访|平台"
)
_DIALLED = r"(?:热线|熱線|电话|電話|打个?电话|专线|短号|接警)"
# Behind a number that was dialled, another one: 请拨110或120; what a message is sent to.
_OR_BEFORE = rf"(?:{_CALLS})(?:号码)?[是为：:]?[0-9]{{3,5}}(?:或者?|和|及|与|、)\s?"
_SENT_BEFORE = "(?:短信|编辑|回复|发送?)[^，。；]{0,14}[发送]?[到至给]\\s?"
_DIALLED_BEFORE = rf"(?:{_CALLS})(?:号码)?[是为：:请向了“‘\"（(]{{0,2}}\s?"
# What is said before a number that is a number of a thing, and is read figure by figure.
_NUMBERED = (
    r"(?:尾号|代码|编号|账号|帐号|賬號|卡号|账户|身份证号?码?|证件号|学号|工号|证号|单号|订单号?|信用代码|"
    r"邮编|邮政编码|QQ群?号?|"
    r"密码|验证码|群号|票号|合同号|许可证号|流水号|手机号?码?|电话|電話|传真|座机|微信号?|会议号|房间号|车次|航班号?|"
    r"端口号?|[书刊]号|IS[BS]N|ICP[备证]|网安备|"
    r"取件码|提取码|注册号|批号|机号|(?<![A-Za-z])ID号?)"
)
_IS = r"(?:[是为為：:]|\s){0,2}"
_STARS = 4  # asterisks in a hidden number that are each read


def read_unless_count(m: Match) -> str | None:
    """Return a short telephone number; None if it counts (12345册, 120米)."""
    if begins_measure(m.string, m.end()) or begins_unit(m.string, m.end()):
        return None
    return read_dialled(m[0])


def _read_service_number(m: Match) -> str | None:
    """Return an emergency or service number by itself: “110”, 12345平台."""
    rest, before = m.string[m.end() :], m.string[max(0, m.start() - 2) : m.start()]
    quoted = before.endswith(("“", "‘", '"', "「")) and rest[:1] in {"”", "’", '"', "」"}
    in_text = HAN.search(before[-1:]) or before.endswith(("、", "和", "或"))
    is_service = in_text and m[0].startswith(("121", "122", "123")) and len(m[0]) == 5
    followed = m[0] != "10000" and HAN.match(rest) is not None
    if not (quoted or is_service or followed) or re.search(
        r"[\d.第约近超逾共至到达为是有了计~～—-]$", before
    ):
        return None
    return None if quoted and begins_measure(m.string, m.end() + 1) else read_unless_count(m)


def _read_hidden(m: Match) -> str:
    """Return a number that is partly hidden: 138****1234."""
    stars = "星" * len(m[2]) if len(m[2]) <= _STARS else "星号"
    return f"{read_dialled(m[1])}{stars}{read_dialled(m[3])}"


RULES = (
    _rule(r"(?:\+?86[- ]?)?1[3-9]\d{9}(?!\d)", lambda m: read_dialled(m[0])),
    _rule(r"1[3-9]\d([- ])(?:\d{4}\1\d{4}|\d{3}\1\d{5})(?!\d)", lambda m: read_dialled(m[0])),
    _rule(r"(?:\+?86[- ]\d{2}|0\d{2})\d?[- ]\d{7,8}(?:-\d{2,5})?(?!\d)",
          lambda m: read_dialled(m[0])),
    _rule(r"\+\d{1,3}(?:[- ]\d{2,5}){2,4}(?!\d)|0\d{2,3}[- ]\d{3,4}[- ]\d{4}(?![\d-])",
          lambda m: read_dialled(m[0])),
    _rule(r"\+\d{1,3}(?=[)）]\s?\d)", lambda m: read_dialled(m[0]), before="[(（]"),
    _rule(r"(?<![\d-])(\d{4})-(\d{4})(?![\d-])",
          lambda m: read_dialled(m[0]) if m[1] > m[2] and not begins_measure(m.string, m.end())
          else None),
    _rule(r"0\d{2,3}(?=[)）][- ]?\d{3,4}[- ]?\d{4}(?!\d))", lambda m: read_dialled(m[0]),
          before="[(（]"),
    _rule(r"[- ]?\d{3,4}[- ]?\d{4}(?:-\d{2,5})?(?!\d)", lambda m: read_dialled(m[0]),
          before=r"[(（]0[0-9]{2,3}[)）]"),
    _rule(r"[48]00[- ]?\d{3}[- ]?\d{4}(?!\d)", lambda m: read_dialled(m[0])),
    _rule(r"(\d{3,8})([*＊]{2,20})(\d{2,8})(?!\d)", _read_hidden),
    _rule(r"\d{1,6}(?!\d)", lambda m: read_dialled(m[0]),
          before=r"[0-9]{3}[- ]?[0-9]{4}\s?[（(，,]?\s?转(?:分机|接)?"),
    _rule(r"(?:\d{1,2}-)?\d{2,6}(?!\d)", lambda m: read_dialled(m[0]), before=rf"分机号?码?{_IS}"),
    _rule(r"\d{3,4}[- ]?\d{4}(?=\s?[（(，,]?\s?转\s?(?:分机|接)?\d|-\d{3,4}(?!\d))",
          lambda m: read_dialled(m[0])),
    _rule(r"\d{3}-\d-\d{2,7}-\d{1,6}-[\dX]", lambda m: read_dialled(m[0]),
          before=r"(?:ISBN|书号)[:：]?\s?"),
    _rule(r"\d{3,}(?:[- ]\d{3,}){0,3}(?![\d.])", lambda m: read_dialled(m[0]),
          before=rf"{_NUMBERED}{_IS}"),
    _rule(rf"(?:{_SHORT}|1\d{{2}}|1\d{{4}}|9\d{{4}})(?=\s*{_DIALLED})",
          lambda m: read_dialled(m[0])),
    _rule(rf"{_SHORT}(?![\d.%,:：/-])", read_unless_count, before=_DIALLED_BEFORE),
    _rule(r"\d{3,8}(?![\d.%,:：/])", read_unless_count,
          before="(?:拨打|撥打|致电|致電|热线|电话|拨)[：:“是为]?"),
    _rule(rf"{_SHORT}(?![\d.%,:：/-])", read_unless_count, before=_OR_BEFORE),
    _rule(r"\d{5,12}(?![\d.%,:：/-])", read_unless_count, before=_SENT_BEFORE),
    _rule(rf"{_SHORT}(?![\d.%,:：/-])", _read_service_number),
    _rule(r"\d{4,}(?![\d.,%-])", read_unless_count,
          before=f"[^一二三四五六七八九十零〇0-9第月]号码?{_IS}"),
    _rule(rf"{_SHORT}(?![\d.%,:：/-])", read_unless_count,
          before=f"(?:急救|[火匪]警|报警|交警|消防|救护|应急|查号){_IS}"),
)  # fmt: skip
"""The rules, which apply after dates and before other codes."""
MAY_BEGIN = r"\+86"
"""With what a match of the rules may begin, besides a figure."""
