"""Recognize Chinese characters, and convert them to simplified forms.

`HAN_RANGES` follows the Unicode script property Han as far as speeches need it: 〇, the unified
ideographs with extension A, the compatibility ideographs, and planes 2 and 3 with the rare ones
(Unicode 16.0, Blocks.txt). It leaves out the radicals and the Suzhou numerals, which no dictionary
can read.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

HAN_RANGES = r"\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # inside [...] of a regex
HAN_CLASS = f"[{HAN_RANGES}]"  # one Chinese character, as part of a regular expression
HAN = re.compile(HAN_CLASS)

_FIRST_EAST_ASIAN = "\u2e80"  # CJK Radicals Supplement, the first of the East Asian blocks


def is_east_asian(char: str) -> bool:
    """Return whether a character is East Asian script or punctuation.

    >>> is_east_asian("国"), is_east_asian("，"), is_east_asian("a")
    (True, True, False)
    """
    return char >= _FIRST_EAST_ASIAN


def simplified(text: str) -> str:
    """Return the text with traditional characters replaced by simplified ones.

    The result has the length of `text`, so that positions stay valid; a text whose conversion (by
    OpenCC's `t2s`) has another length is returned unchanged.

    >>> simplified("我們說漢語")
    '我们说汉语'
    """
    converted: str = _load_converter().convert(text)
    return converted if len(converted) == len(text) else text


@cache
def _load_converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")
