"""Replace characters that only look like others: ⽔ (a radical) by 水, 𝑥 by x.

PDF files are full of them, for a font may draw 水 and ⽔ with one glyph, and a PDF keeps glyphs.
Readers see the same; dictionaries do not. The result has the length of the text, so that positions
stay valid.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from .han import is_east_asian

# The radicals of the block CJK Radicals Supplement, each before the ideograph that it stands for
# (Unicode 14, EquivalentUnifiedIdeograph.txt); those of the block Kangxi Radicals, the
# compatibility ideographs and the rest have a compatibility decomposition.
_RADICALS = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍尐⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄"
    "⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爬⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻"
    "⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艺⻀艻⻁虎⻂衤⻃覀"
    "⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辷⻎辸⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦"
    "⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜"
    "⻰龙⻱龜⻲亀⻳龟"
)
# Blocks whose characters are only other forms of one character each: the micro sign, letter-like
# symbols (letters only), Kangxi radicals, compatibility ideographs, vertical and small forms,
# half-width katakana and its marks, the letters and figures of mathematics.
_BLOCKS = (
    (0xB5, 0xB5), (0x210A, 0x2139), (0x2F00, 0x2FD5), (0xF900, 0xFAFF), (0xFE10, 0xFE19),
    (0xFE30, 0xFE6B), (0xFF61, 0xFF9D), (0x1D400, 0x1D7FF), (0x2F800, 0x2FA1F),
)  # fmt: skip
_COLONS = "∶︰"  # the ratio and a vertical leader, typed for a colon: 3∶1
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl",
              0xFB05: "st", 0xFB06: "st"}  # fmt: skip


def plain_forms(text: str) -> str:
    """Return the text with look-alikes replaced by what they stand for; as long as `text`.

    >>> plain_forms("⼈⼤代表讨论⽔利和⻋辆，𝑥＝１")
    '人大代表讨论水利和车辆，x＝１'
    """
    return text if text.isascii() else text.translate(_load_table())


def split_ligatures(text: str) -> str:
    """Return the text with ligatures as letters, so possibly longer.

    >>> split_ligatures("oﬃce")
    'office'
    """
    return text if text.isascii() else text.translate(_LIGATURES)


@cache
def _load_table() -> dict[int, str]:
    radicals = dict(zip(map(ord, _RADICALS[::2]), _RADICALS[1::2], strict=True))
    return radicals | {ord(c): ":" for c in _COLONS} | dict(_decompositions())


def _decompositions() -> Iterator[tuple[int, str]]:
    for first, last in _BLOCKS:
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            is_form = len(plain) == 1 and plain != chr(code)
            if is_form and (is_east_asian(chr(code)) or plain.isalpha()):
                yield code, plain
