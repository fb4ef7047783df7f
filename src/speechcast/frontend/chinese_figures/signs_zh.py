"""Name the signs that are spoken in Chinese text, and find those that nothing speaks.

The table was written by hand for this project, after the names that GB 3102.11 (mathematical signs)
and school books give them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from ...model import Token
from ...text.han import HAN
from ..rules import make_rule as _rule

SIGNS = {
    **dict.fromkeys("+＋", "加"), **dict.fromkeys("=＝", "等于"), **dict.fromkeys("&＆", "和"),
    **dict.fromkeys("<＜", "小于"), **dict.fromkeys(">＞", "大于"),
    **dict.fromkeys("≤≦⩽", "小于等于"), **dict.fromkeys("≥≧⩾", "大于等于"),
    **dict.fromkeys("→⟶", "到"), **dict.fromkeys("⇒⟹", "得出"), **dict.fromkeys("∥‖", "平行于"),
    **dict.fromkeys("≌≅", "全等于"), **dict.fromkeys("≈≒", "约等于"),
    **dict.fromkeys("⇔⟺", "等价于"), "∅": "空集", **dict.fromkeys("%％", "百分号"),
    "×": "乘", "÷": "除以", "±": "正负", "∓": "负正", "℃": "摄氏度", "℉": "华氏度", "≠": "不等于",
    "≮": "不小于", "≯": "不大于", "≪": "远小于", "≫": "远大于", "≡": "恒等于", "∝": "正比于",
    "∽": "相似于", "∞": "无穷大", "∑": "求和", "∏": "求积", "∫": "积分", "∮": "环路积分", "∂": "偏",
    "∠": "角", "∵": "因为", "∴": "所以", "∈": "属于", "∉": "不属于", "∪": "并", "∩": "交",
    "⊂": "真包含于", "⊆": "包含于", "⊃": "真包含", "⊇": "包含", "∀": "任意", "∃": "存在",
    "∧": "且", "∨": "或", "¬": "非", "⊥": "垂直于", "⊙": "圆",
    "∆": "德尔塔", "°": "度", "‰": "千分号",
    "‱": "万分号", "§": "节", "@": " at ",
    "€": "欧元", "£": "英镑", "￡": "英镑", "¢": "美分", "№": "号",
    "↔": "到", "−": "减",
}  # fmt: skip
"""Sign → the words for it by itself."""
RULES = (
    _rule("[<＜][=＝](?=\\s?[-−\\d])", "小于等于"),
    _rule("[>＞][=＝](?=\\s?[-−\\d])", "大于等于"),
    _rule("[!！][=＝](?=\\s?[-−\\d])", "不等于"),
    _rule(r"↑(?=\s?\d)", "上升"),
    _rule("[-−－](?=∞)", "负"),
    _rule("[+＋](?=∞)", "正"),
    _rule("[º˚]", "度", before="[0-9]"),
    _rule(r"…{1,2}(?=\s?\d)", "余", before=r"[0-9]\s?[=＝]\s?[0-9]{1,8}"),
    _rule(r"↓(?=\s?\d)", "下降"),
    _rule("[△▲](?=[A-Z]{2})", "三角形"),
    _rule("[ΔδΔ](?=[A-Za-z](?![A-Za-z]))", "德尔塔"),
)
"""Rules for signs whose words depend on what follows."""
MAY_BEGIN = "[<＜>＞!！][=＝]|[↑↓△▲º˚…ΔδΔ]"
"""With what a match of the rules may begin."""

_FIGURE_AHEAD = re.compile(r"[-−－+±]?\d")
_VARIABLE = re.compile("[A-Za-zα-ωΑ-Ω](?![A-Za-z>＞])")
_VARIABLE_OF_A_CHAIN = re.compile("[A-Za-zα-ωΑ-Ω](?![A-Za-z])")  # a＞b＞0; but <b> is a bracket
# Voices pass over these and all of the categories below; other signs they refuse to read.
_PASSED_OVER = frozenset("|\\~～〜#_√′″†‡¶※^`")
_PASSED_OVER_CATEGORIES = frozenset(("So", "Sk"))


def compares(mark: re.Match[str]) -> bool:
    """Return whether < or > stands before or after a figure or variable: p<0.05, a＞b."""
    text, first, end = mark.string, mark.start() - 1, mark.end()
    while first >= 0 and text[first].isspace():
        first -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    if text[max(0, first)].isdigit() or _FIGURE_AHEAD.match(text, end):
        return True
    is_variable = first >= 0 and _VARIABLE.match(text[first])
    is_word = text[max(0, first - 1) : first].isalnum() and not HAN.match(text, first - 1)
    ahead = _VARIABLE_OF_A_CHAIN if mark[0] in ">＞" else _VARIABLE
    return bool(is_variable and not is_word and ahead.match(text, end))


def find_unspoken_signs(tokens: Iterable[Token]) -> Iterator[str]:
    """Yield each sign that has a meaning, but no rule that speaks it.

    Punctuation has none, nor what only stands before an item of a list.

    >>> list(find_unspoken_signs([Token("甲", "甲"), Token("※", "※"), Token("。", "。")]))
    ['※']
    """
    begun = False
    for token in tokens:
        if begun and token.spoken and _is_sign(token.shown[:1]) and not token.voiced:
            yield token.shown[:1]
        begun = begun or token.voiced


def _is_sign(char: str) -> bool:
    return bool(char) and (
        char in _PASSED_OVER or unicodedata.category(char) in _PASSED_OVER_CATEGORIES
    )
