"""Recognize Chinese characters, and convert them to simplified forms.

`HAN_RANGES` follows the Unicode script property Han as far as speeches need it: 〇, the unified
ideographs with extension A, the compatibility ideographs, and planes 2 and 3 with the rare ones
(Unicode 16.0, Blocks.txt). It leaves out the radicals and the Suzhou numerals, which no dictionary
can read.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

HAN_RANGES = r"\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # inside [...] of a regex
HAN_CLASS = f"[{HAN_RANGES}]"  # one Chinese character, as part of a regular expression
HAN = re.compile(HAN_CLASS)

# Characters of the standard list of simplified ones (通用规范汉字表, 2013) that OpenCC replaces.
_STANDARD = frozenset("乾剋劄吒夥徵扞於昇氾爇祕脩苧蒐薳薹袷谿釐陞麽")
# What OpenCC would change wrongly in a simplified text: 乾县, 角徵羽, 打坏, 沈思齐. Next to
# the listed characters 乾 is typed for 干, dry. Listed by hand for this project.
_SIMPLIFIED = re.compile(
    "(?<![饼晒烘风晾擦豆笋肉吹烤榨])乾(?![净燥枯旱涸杯脆洗果粮货咳瘪了癣冰裂])"
    "|(?<=角)徵|徵(?=羽)|[坏沈]"
)
# What it would change wrongly in a traditional one.
_TRADITIONAL = re.compile("乾(?=[縣隆坤陵清嘉元卦州佑]|安[縣市])")

FIRST_EAST_ASIAN = "\u2e80"  # CJK Radicals Supplement, the first of the East Asian blocks


def is_east_asian(char: str) -> bool:
    """Return whether a character is East Asian script or punctuation.

    >>> is_east_asian("国"), is_east_asian("，"), is_east_asian("a")
    (True, True, False)
    """
    return char >= FIRST_EAST_ASIAN


def simplified(text: str) -> str:
    """Return the text with traditional characters replaced by simplified ones.

    The result has the length of `text`, so that positions stay valid; a text whose conversion (by
    OpenCC's `t2s`) has another length is returned unchanged. What is simplified already stays: 乾
    is 干 in a traditional text, where it means dry, but not in 乾县.

    >>> simplified("我們說漢語"), simplified("乾燥的空氣"), simplified("在乾县打坏了")
    ('我们说汉语', '干燥的空气', '在乾县打坏了')
    """
    converted: str = _load_converter().convert(text)
    if converted == text or len(converted) != len(text):
        return text
    correct = _TRADITIONAL if _is_traditional(text) else _SIMPLIFIED
    chars = list(converted)
    for match in correct.finditer(text):
        chars[match.start() : match.end()] = match[0]
    return "".join(chars)


def _is_traditional(text: str) -> bool:
    """Return whether the text has a character that a simplified text does not have."""
    return any(c not in _STANDARD and not _is_simple(c) for c in text)


@lru_cache(maxsize=20_000)
def _is_simple(char: str) -> bool:
    """Return whether a character by itself has no other simplified form."""
    return bool(_load_converter().convert(char) == char)


@cache
def _load_converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")
