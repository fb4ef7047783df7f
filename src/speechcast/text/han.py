"""Which characters are Chinese.

`HAN_RANGES` follows the Unicode script property Han, as far as speeches need it: 〇, the unified
ideographs with extension A, the compatibility ideographs, and planes 2 and 3 with the rare ones
(Unicode 16.0, Blocks.txt). Radicals and Suzhou numerals are not in it, for no dictionary reads
them.
"""

from __future__ import annotations

import re

HAN_RANGES = r"\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # for a set of one's own
HAN_CLASS = f"[{HAN_RANGES}]"  # one Chinese character, as a piece of a regular expression
HAN = re.compile(HAN_CLASS)

_FIRST_EAST_ASIAN = "\u2e80"  # where the blocks of East Asian scripts and punctuation begin


def is_east_asian(char: str) -> bool:
    """Return whether a character belongs to an East Asian script or its punctuation.

    >>> is_east_asian("国"), is_east_asian("，"), is_east_asian("a")
    (True, True, False)
    """
    return char >= _FIRST_EAST_ASIAN
