"""Detect the language of a text by its letters and common words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .han import HAN

# Common English words, listed by hand for this project.
_COMMON_ENGLISH = frozenset(
    "the and to that with this are have our you it from will they not".split()
)
# The least share of them among an English text's words. Measured on the presidents' inaugural
# addresses of 1961 (0.21 of 1,367 words) and 2009 (0.25 of 2,412).
_MIN_COMMON_SHARE = 0.04
_MIN_WORDS = 20  # a shorter text is too short to judge its language
# Words without which hardly a line of English is written; what has none beside Chinese characters
# is names. Written in capitals they are something else: IT.
_ENGLISH_LINKS = _COMMON_ENGLISH | frozenset(
    "an of in on at by for from or but not is was be my me we our your he his she her its they "
    "their has had do did what who how as if so no".split()
)
_BRACKETED = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")


def detect_language(text: str) -> str | None:
    """Return the language that most of the text is written in.

    A Chinese character counts as much as a word in Latin letters; but a line in which the words are
    nothing but names is Chinese.

    Returns:
        `zh` for Chinese characters, `en` for Latin letters of any language, None for a text
        that has neither.

    >>> detect_language("我们的GDP"), detect_language("Good evening"), detect_language("12:30")
    ('zh', 'en', None)
    >>> detect_language("Apple Vision Pro开箱"), detect_language("Please ask 老王 for it")
    ('zh', 'en')
    """
    han = len(HAN.findall(text))
    words = re.findall(r"[A-Za-z]+", text)
    if not han and not words:
        return None
    return "zh" if han >= len(words) or _names_only(text, words) else "en"


def _names_only(text: str, words: Sequence[str]) -> bool:
    """Return whether the words of a short text with Chinese characters are all names."""
    has_links = any(word.lower() in _ENGLISH_LINKS for word in words if not word.isupper())
    has_chinese = HAN.search(_BRACKETED.sub("", text)) is not None  # not only as a gloss: Li (李)
    return has_chinese and not has_links and len(words) < _MIN_WORDS


def may_be_english(text: str) -> bool:
    """Return whether a text in letters may be English.

    A short text always may.

    >>> may_be_english("Bonsoir"), may_be_english("Meine Damen und Herren, " * 10)
    (True, False)
    """
    words = re.findall(r"[^\W\d_]+", text.lower())
    common = sum(word in _COMMON_ENGLISH for word in words)
    return len(words) < _MIN_WORDS or common >= _MIN_COMMON_SHARE * len(words)
