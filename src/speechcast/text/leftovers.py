"""Find what nobody meant to be read: gaps of a template, error texts, garbled characters.

The lists were written by hand for this project.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..messages import mark
from .han import HAN_RANGES

_BLANKS = "|".join((  # what a form asks for
    "姓名|名字|单位|单位名称|公司|公司名称|学校|部门|职务|职称|日期|时间|地点|地址|电话|金额|数字|数量",
    "主题|标题|称呼|内容|年份|年度|编号|某某|(?:first |last |your |full |company )?name|date|place",
    "title|company|address|phone|city|amount|topic",
))  # fmt: skip
_TO_FILL_IN = (
    r"(?:请|请在此|在此|此处|此处请)?(?:填写|填入|输入|插入|补充)[^\]】］>》\n]{0,20}"
    r"|insert [^\]>\n]{1,40}"
)
_GAP = re.compile(
    r"«[^«»\s,.，。]{1,20}»|\{\{[^{}\n]{1,60}\}\}|\$\{[^{}\n]{1,60}\}|<%[^%\n]{1,60}%>"
    rf"|[\[【［<〈](?:{_BLANKS}|{_TO_FILL_IN})[\]】］>〉]|[_＿]{{3,}}"
    r"|(?<![A-Za-z0-9])(?:[XＸ]{2,}|[×╳]{2,})(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])[XＸ×](?=[年月日省市县])"
    r"|(?:单击或点击|单击|点击)此处(?:输入|键入|添加|编辑)[^。\n]{0,12}"
    r"|Click (?:or tap )?here to (?:enter|add) [a-z ]{1,30}|Lorem ipsum|\[object Object\]",
    re.IGNORECASE,
)
_BRACES = re.compile(r"[{｛][^{}｛｝\n]{1,60}[}｝]")  # marks are no part of the text any more
_ERROR = re.compile(
    r"(?:错误|錯誤)[!！]\s?(?:未|找不到|尚未|不能|没有|沒有|文档中|文件中|使用|主文档|无效|超链接)"
    r"[^。！!\n]{0,30}"
    r"|Error!\s?(?:Reference|Bookmark|No |Not |Unknown|Use the|Main|Invalid|Hyperlink|Objects)"
    r"[^.\n]{0,60}"
    r"|#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)"
)
# What of a formula or a page in LaTeX, or of markup, is not read as such in a plain text.
_LATEX = re.compile(
    r"\$[^$\n\\]{0,200}\\[A-Za-z,;%{][^$\n]{0,200}\$|\\(?:begin|end|documentclass|usepackage|section|newpage"
    r"|subsection|textbf|textit|emph|cite|ref|label|item|frac|dfrac|sqrt|sum|int|text|mathrm|left"
    r"|right|times|cdot|alpha|beta)(?![A-Za-z0-9])(?:\{[^{}\n]{0,60}\})*"
)
_MARKUP = re.compile(
    r"</?(?:a|b|br|div|em|font|h[1-6]|hr|i|img|li|ol|p|script|span|strong|style|sub|sup|table|td|th"
    r"|tr|u|ul)(?:\s+[a-z-]+=[^<>\n]{0,200})?\s?/?>|<!--(?:[^-\n]|-(?!->)){0,200}(?:-->)?"
    r"|&(?:nbsp|amp|lt|gt|quot|ldquo|rdquo|mdash|hellip|#\d{2,6}|#[xX][\da-fA-F]{2,6});"
    r"|\[/(?:b|i|u|s|url|img|quote|color|size|code|center|list)\]"  # BBCode
    r"|\[(?:url|img|quote|color|size)=[^\]\n]{1,200}\]"
    r"|#\+(?:begin|end|title|author|date|options|include)\w*:?",  # Org
    re.IGNORECASE,
)
_SHORT_CODE = re.compile(r"(?<![\w:/]):[a-z][a-z0-9_+-]{1,30}:(?![\w:/])")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+")
_LOST = re.compile("\ufffd+|(?:锟斤拷?|斤拷)+|烫{3,}|屯{3,}|(?:锘匡)")
# UTF-8 that was read as Windows-1252 or Latin-1: a letter with an accent and what Windows-1252 has
# from 0x80 to 0xBF.
_LATIN = re.compile(
    "(?:[\u00c3-\u00ef][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160"
    "\u2039\u0152\u017d\u2018-\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178"
    "]{1,3})+"
)
_RUN = re.compile(r"[^\x00-\x7f]{4,}")
_EAST_ASIAN = re.compile(rf"[{HAN_RANGES}\u3000-\u303f\uff00-\uff5e]")  # three bytes each in UTF-8
# Of the bytes that a run has in GBK, those that are UTF-8 of at least so many such characters. For
# no run of seven speeches both hold; read as GBK from UTF-8 they do, less what was lost on the way.
_MIN_DECODED, _MIN_CHARACTERS = 0.6, 3
_GARBLED = mark("garbled by a wrong encoding")


@dataclass(frozen=True, slots=True)
class Leftover:
    """A part of a text that nobody meant to be read.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        kind: What it seems to be, after "seems to be"; to be translated.
        is_garbled: Whether its characters are wrong.
    """

    start: int
    end: int
    kind: str
    is_garbled: bool = False


def find_leftovers(text: str) -> list[Leftover]:
    """Return the leftovers in a text, in order and apart.

    >>> [leftover.kind for leftover in find_leftovers("«姓名»，错误!未找到引用源。")]
    ['a gap of a template', 'an error of the program that wrote it']
    """
    leftovers: list[Leftover] = []
    for leftover in sorted(_find_all(text), key=lambda part: (part.start, -part.end)):
        if not leftovers or leftover.start >= leftovers[-1].end:
            leftovers.append(leftover)
    return leftovers


def _find_all(text: str) -> Iterator[Leftover]:
    for pattern, kind, is_meant in _KINDS:
        for match in pattern.finditer(text):
            if is_meant(match[0]):
                yield Leftover(*match.span(), kind, kind == _GARBLED)


def _is_latin_utf8(text: str) -> bool:
    """Return whether the bytes that a text has in Windows-1252 are UTF-8."""
    data = b"".join(_to_western(c) for c in text)
    plain = data.decode("utf-8", "ignore")
    valid = len(plain.encode())
    return valid == len(data) or (valid >= _MIN_DECODED * len(data) and len(plain) > 1)


def _to_western(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1", "ignore")


def _is_chinese_utf8(text: str) -> bool:
    """Return whether the bytes that a text has in GB 18030 are UTF-8: 浣犲ソ for 你好."""
    data = text.encode("gbk", "ignore")
    plain = [c for c in data.decode("utf-8", "ignore") if _EAST_ASIAN.match(c)]
    return len(plain) >= _MIN_CHARACTERS and 3 * len(plain) >= _MIN_DECODED * len(data)


_KINDS: tuple[tuple[re.Pattern[str], str, Callable[[str], bool]], ...] = (
    (_GAP, mark("a gap of a template"), bool),
    (_LATEX, mark("code of LaTeX"), bool),
    (_MARKUP, mark("markup"), bool),
    (_SHORT_CODE, mark("the name of an emoji"), bool),
    (_PRIVATE, mark("a character that only one font has"), bool),
    (_BRACES, mark("neither a reading nor another mark"), bool),
    (_ERROR, mark("an error of the program that wrote it"), bool),
    (_LOST, _GARBLED, bool),
    (_LATIN, _GARBLED, _is_latin_utf8),
    (_RUN, _GARBLED, _is_chinese_utf8),
)
