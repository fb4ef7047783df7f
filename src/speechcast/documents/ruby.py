"""Take the pinyin over characters, a ruby of the page, for their readings.

The marks are those of a speech's text: 重{chóng}庆 (see `script.markup`).
"""

from __future__ import annotations

import re

from ..text.han import HAN, HAN_CLASS
from ..text.pinyin import has_tones, parse_pinyin

_READING = re.compile(rf"(?<={HAN_CLASS})[{{｛]([^{{}}|｜｛｝]*)[}}｝]")
_SUBSTITUTION = re.compile(r"(?<!\{)\{([^{}|｜]+)[|｜][^{}|｜]*\}(?!\})")
_TONE_CHANGES = frozenset("一不")  # are written with one tone and spoken with several


def with_readings(base: str, ruby: str) -> str | None:
    """Return characters with the readings that stand over them.

    Only those are marked that a dictionary reads in several ways: a mark keeps a reading from the
    changes of tone that speech makes.

    Args:
        base: The characters.
        ruby: What stands over them.

    Returns:
        None if that is no pinyin, or not one syllable for each character.

    >>> with_readings("重庆", "chóng qìng"), with_readings("你", "nǐ"), with_readings("京", "とう")
    ('重{chong2}庆', '你', None)
    """
    syllables = parse_pinyin(ruby)
    if len(syllables) != len(base) or not syllables or not all(map(HAN.match, base)):
        return None
    if len(syllables) == 1 and not has_tones(ruby) and syllables[0] not in _readings(base):
        return None
    return "".join(map(_with_reading, base, syllables))


def without_readings(text: str) -> str:
    """Return a text without the marks that tell its readings, as it is shown.

    >>> without_readings("重{chóng}庆在{景市|景德镇市}北")
    '重庆在景市北'
    """

    def remove(match: re.Match[str]) -> str:
        return "" if parse_pinyin(match[1]) else match[0]

    return _SUBSTITUTION.sub(r"\1", _READING.sub(remove, text))


def _with_reading(character: str, syllable: str) -> str:
    readings = _readings(character)
    is_changed = syllable[-1] == "3" and syllable == readings[0]
    is_clear = len(readings) < 2 or character in _TONE_CHANGES or syllable[-1] == "5"
    return character if is_clear or is_changed else f"{character}{{{syllable}}}"


def _readings(character: str) -> tuple[str, ...]:
    """Return the readings of a character, the usual one first."""
    from pypinyin.pinyin_dict import pinyin_dict

    readings = pinyin_dict.get(ord(character), "").split(",")
    return tuple(syllable for text in readings for syllable in parse_pinyin(text)) or ("",)
