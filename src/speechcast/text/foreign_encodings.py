"""Detect the legacy encodings of Japanese, Korean and Cyrillic texts.

The bytes of these also fit the Chinese encodings, as rare characters. A text counts as one of these
only if its letters are as frequent as in that language. The lists of letters were written by hand
for this project.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_HIRAGANA = re.compile("[\u3041-\u3096]")
_MIN_HIRAGANA = 0.2  # of the characters that are not ASCII; Japanese prose has about half
# The most frequent syllables of Korean, about half of any text.
_COMMON_HANGUL = frozenset(
    "이다는을의에가고하지한로은도기사나자어대시리아그인를있정해일서보으부수라장전게제면만것들습니여안"
)
_MIN_HANGUL = 0.35
_CYRILLIC = re.compile("[А-Яа-яЁёЄєІіЇїҐґ]")
_CYRILLIC_MARKS = "«»“”„…–—№’ \u00a0"
_COMMON_CYRILLIC = frozenset("оеаинтсрвлкмдпуы")
_MIN_CYRILLIC = 0.7  # of the letters, those that are frequent; Russian prose has 0.85
_MAX_CAPITALS = 0.3  # of the letters; a wrong guess swaps capitals and small letters
_ESCAPES = (  # how encodings of seven bits begin a run of their characters
    (re.compile(rb"\x1b\$[@B(]"), "iso2022_jp_2"),
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
    (re.compile(rb"~\{(?:[\x21-\x7e]{2})+~\}"), "hz"),
)


def decode_foreign(data: bytes) -> str | None:
    """Return the text of bytes in a Japanese, Korean or Cyrillic encoding, or None.

    >>> decode_foreign("안녕하세요. 이것은 시험입니다.".encode("euc-kr"))
    '안녕하세요. 이것은 시험입니다.'
    >>> decode_foreign("同志们，大家好。".encode("gb18030")) is None
    True
    """
    for encoding, is_right in _CANDIDATES:
        text = _try_decode(data, encoding)
        if text is not None and is_right([c for c in text if not c.isascii()]):
            return text
    return None


def decode_escaped(data: bytes) -> str | None:
    """Return the text of an encoding of seven bits (ISO-2022, HZ), or None."""
    if not data.isascii():
        return None
    encodings = (encoding for escape, encoding in _ESCAPES if escape.search(data))
    return next((t for encoding in encodings if (t := _try_decode(data, encoding))), None)


def has_hiragana(text: str) -> bool:
    """Return whether a text decoded as Chinese has the hiragana of a Japanese one.

    GB 2312 has them at the same places as EUC-JP, but other characters around them.
    """
    return _is_japanese([c for c in text if not c.isascii()])


def _try_decode(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_japanese(characters: list[str]) -> bool:
    return _share(characters, lambda c: _HIRAGANA.match(c) is not None) >= _MIN_HIRAGANA


def _is_korean(characters: list[str]) -> bool:
    hangul = [c for c in characters if "가" <= c <= "힣"]
    is_hangul = len(hangul) >= 0.7 * len(characters)
    return is_hangul and _share(hangul, lambda c: c in _COMMON_HANGUL) >= _MIN_HANGUL


def _is_cyrillic(characters: list[str]) -> bool:
    letters = [c for c in characters if _CYRILLIC.match(c)]
    if not letters or any(c not in _CYRILLIC_MARKS for c in characters if c not in letters):
        return False
    is_common = _share(letters, lambda c: c.lower() in _COMMON_CYRILLIC) >= _MIN_CYRILLIC
    return is_common and _share(letters, str.isupper) <= _MAX_CAPITALS


def _share(characters: list[str], is_counted: Callable[[str], bool]) -> float:
    return sum(map(is_counted, characters)) / len(characters) if characters else 0.0


_CANDIDATES: tuple[tuple[str, Callable[[list[str]], bool]], ...] = (
    ("euc_jp", _is_japanese),
    ("cp932", _is_japanese),
    ("cp949", _is_korean),
    ("cp1251", _is_cyrillic),
    ("koi8_r", _is_cyrillic),
    ("koi8_u", _is_cyrillic),
    ("cp866", _is_cyrillic),
)
