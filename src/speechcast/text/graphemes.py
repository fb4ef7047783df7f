"""Find what a reader takes for one character, and emoji.

The rules are those of Unicode's extended grapheme clusters (UAX #29) for marks, joiners, flags,
emoji sequences and Hangul letters.
"""

from __future__ import annotations

import re
import unicodedata

_JOINER = "\u200d"
_EXTENDING = re.compile(  # besides the combining marks: joiners, skin tones, tags, voiced marks
    "[\u200c\u200d\uff9e\uff9f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\u1160-\u11ff]"
)
_FLAG_LETTER = re.compile("[\U0001f1e6-\U0001f1ff]")
_FLAG_LETTERS_AT_END = re.compile(f"{_FLAG_LETTER.pattern}+$")
_MARKS = frozenset(("Mn", "Mc", "Me"))
# Pictures: the emoji of the planes above the first; any sign that asks to be shown as a picture;
# flags; the keys of telephones are figures.
_EMOJI = re.compile(
    "[\U0001f000-\U0001f0ff\U0001f170-\U0001f1ff\U0001f300-\U0001faff]|[^\\w\\s#*]\ufe0f"
)
_MAX_FLAG_LETTERS = 64  # of a run of flags; a longer one is cut somewhere


def extends(before: str, char: str) -> bool:
    r"""Return whether a character belongs to the same visible character as the text before it.

    >>> extends("e", "\u0301"), extends("👨\u200d", "👩"), extends("🇨", "🇳"), extends("🇨🇳", "🇫")
    (True, True, True, False)
    """
    if not before:
        return False
    if _EXTENDING.match(char) or unicodedata.category(char) in _MARKS:
        return True
    if before[-1] == _JOINER:
        return not char.isalnum() and not char.isspace()
    if _FLAG_LETTER.match(char):
        flags = _FLAG_LETTERS_AT_END.search(before[-_MAX_FLAG_LETTERS:])
        return flags is not None and len(flags[0]) % 2 == 1
    return False


def has_emoji(text: str) -> bool:
    """Return whether there is an emoji anywhere in a text.

    >>> has_emoji("好👍🏽"), has_emoji("——"), has_emoji("★ ★ ★")
    (True, False, False)
    """
    return _EMOJI.search(text) is not None


def is_emoji(text: str) -> bool:
    """Return whether a text begins with an emoji, which is shown and not spoken.

    >>> is_emoji("👍🏽"), is_emoji("❤️"), is_emoji("好"), is_emoji("→")
    (True, True, False, False)
    """
    return _EMOJI.match(text) is not None
