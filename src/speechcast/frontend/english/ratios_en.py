"""Read two figures with a colon as a ratio where English words show that it is no time: 1 to 20.

It is one if no clock shows it (3:2), if the name of a ratio, or what is done by one, stands before
(a ratio of 1:20, diluted 1:50) or after (a 1:12 scale model), or if it is joined to one that no
clock shows (from 1:8 to 1:12). The lists were written by hand for this project.
"""

from __future__ import annotations

import re

from ..rules import Match, find_joined
from ..rules import make_rule as _rule
from .number_words_en import spell_digits, to_words
from .quantities_en import N

_WINDOW = 48  # characters around a ratio that show what it is
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4]):[0-5]\d")
_PAIR = r"\d{1,4}:\d{1,4}"
_JOINT = r"(?:\s?(?:to|and|or|through)\s|\s?[-–—]\s?)"
_EARLIER = re.compile(rf"(?<![\d:.])(?:{_PAIR}{_JOINT}){{1,3}}$")
_LATER = re.compile(rf"(?:{_JOINT}{_PAIR}){{1,3}}(?![\d:])")
_HALF_DAY = re.compile(r"\s?[AaPp]\.?[Mm]\b")
_NAMES = "ratios?|odds|scales?|proportions?|leverage|dilutions?|concentrations?|gradients?|slopes?"
_RATIO_BEFORE = re.compile(
    rf"\b(?:{_NAMES})(?:\s(?:of|is|are|was|were|be|to|from|between|at|about|around|below|above|under|"
    "over|nearly|almost|roughly|approximately|now|currently|stands|stood|fell|rose|went|improved|"
    "dropped|remains|remained|as|low|high|than|less|more|better|worse|by|in|the|a)){0,6}[:,]?"
    r"\s[“\"(]?$",
    re.IGNORECASE,
)
_MIXED_BEFORE = re.compile(
    r"\b(?:dilut(?:e|es|ed|ing)|mix(?:es|ed|ing)?|blend(?:s|ed|ing)?)(?:\s[a-z]{1,16}){0,4}\s$",
    re.IGNORECASE,
)
_RATIO_AFTER = re.compile(
    r"(?:\s(?!at|and|or|on|in|of|to|for|is|was|the|a|with)[a-z-]{2,24}){0,2}"
    rf"\s(?:{_NAMES}|mix|mixture|model|replica|staffing|split)\b|-scale\b"
)


def _read_ratio(m: Match) -> str | None:
    """Return the words of a ratio; None if it may be a time of day."""
    return f"{to_words(m[1])} to {to_words(m[2])}" if _is_ratio(m) else None


def _is_ratio(m: Match) -> bool:
    text = m.string
    first, last = find_joined(m, _EARLIER, _LATER, _WINDOW)
    pairs = re.findall(_PAIR, text[first:last])
    before, after = text[max(0, first - _WINDOW) : first], text[last : last + _WINDOW]
    if not all(map(_CLOCK.fullmatch, pairs)):
        return True
    named = _RATIO_BEFORE.search(before) or _MIXED_BEFORE.search(before)
    return bool(named or _RATIO_AFTER.match(after)) and not _HALF_DAY.match(after)


def _read_lap(m: Match) -> str:
    """Return the words for minutes and seconds with a fraction: 1:26.720."""
    seconds = f"oh {to_words(m[2][1])}" if m[2][0] == "0" else to_words(m[2])
    return f"{to_words(m[1])} {seconds} point {spell_digits(m[3])}"


RULES = (
    _rule(r"(?<![\d:.])(\d{1,2}):([0-5]\d)\.(\d{1,3})(?!\d|[.:]\d)", _read_lap),
    _rule(rf"({N}):({N})(?![:\d])", _read_ratio),
    _rule(r"(?<![\d:])(?!\d{1,2}:[0-5]\d:[0-5]\d)([1-9]\d?):([1-9]\d?):([1-9]\d?)(?![:\d]|[.,]\d)",
          lambda m: " to ".join(map(to_words, m.groups()))),
)  # fmt: skip
"""The rules, which apply after those for verses and before those for times of day."""
