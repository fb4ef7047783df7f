"""Split lines, join them, and measure their width.

Chinese is written without spaces, so the separator of two joined lines depends on the
characters around the break. Widths are those of a fixed-pitch font, in half-width columns, by
the East Asian Width property of Unicode (UAX #11). They are not the same as belonging to an East
Asian script (`han.is_east_asian`): the quotes “” and the dash — are of no script, and are set to
either width.
"""

from __future__ import annotations

import re
import unicodedata

from .han import HAN_CLASS

LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Scripts whose letters change beside a joiner or non-joiner: Arabic, those of India and its
# neighbours, Mongolian (Unicode 16.0, Blocks.txt), and what emoji sequences consist of.
_JOINED = (
    r"\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc\u0900-\u109f\u1780-\u180d\u180f-\u18af\ua840-\uabff"
    r"\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
)
# Invisible characters: controls, zero-width characters, fillers, direction marks, soft hyphens,
# object placeholders, lone surrogates. Collected by hand from the Unicode categories Cc, Cf and Cs.
# Joiners are invisible, too, but where they join they change what is seen.
_STRAY_JOINER = re.compile(rf"(?<![{_JOINED}])[\u180e\u200c\u200d]")
_NEVER_SEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    r"\u034f\u061c\u17b4\u17b5\u3164\ufeff\uffa0\ufff9-\ufffc\ufffe\uffff\ud800-\udfff"
    r"\U0001d173-\U0001d17a]"
)
_STRAY_TAG = re.compile(  # not of the flag of a region
    r"(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+"
)
INVISIBLE = re.compile(f"{_STRAY_JOINER.pattern}|{_NEVER_SEEN.pattern}|{_STRAY_TAG.pattern}")
_LETTERSPACED = re.compile(rf"{HAN_CLASS}(?:[ \u3000]{{1,2}}{HAN_CLASS}){{1,24}}$")
_LETTER_GAP = re.compile("[ \u3000]+")
_INNER_GAP = re.compile(r"(?<=\S) +(?=\S)")
_BLANKS = re.compile(r"[ \t\u00a0]+")
_LINE_FEED = re.compile(r"[\n\r\f]")
_WHITESPACE = re.compile(r"[ \t\n\r\f]+")
CONTEXT_LENGTH = 16  # characters looked at on each side of a line break
_NUMBER_CHARACTERS = "0123456789%*"  # written next to Chinese characters without a space


def remove_invisible(text: str) -> str:
    r"""Return a text without its invisible characters.

    A joiner stays where it joins, also if others that are never seen stand before it.

    >>> remove_invisible("a\u200bb\u200dc\ufeff"), ascii(remove_invisible("👧\ufeff\u200d👦"))
    ('abc', "'\\U0001f467\\u200d\\U0001f466'")
    """
    return _STRAY_TAG.sub("", _STRAY_JOINER.sub("", _NEVER_SEEN.sub("", text)))


def split_lines(text: str) -> list[str]:
    r"""Return the lines that are not blank, with white space normalised.

    >>> split_lines(" one\ttwo \r\n\n序 言")
    ['one two', '序言']
    """
    stripped = (unspaced(line.strip()) for line in LINE_END.split(remove_invisible(text)))
    return [_BLANKS.sub(" ", line) for line in stripped if line]


def unspaced(line: str, *, everywhere: bool = False) -> str:
    """Return a line without the spaces that only set its characters apart.

    Args:
        line: The line, without white space at its ends.
        everywhere: Whether the whole document is letterspaced, so that long lines are, too.
            Otherwise only a short line that consists of spaced characters is changed.

    >>> unspaced("序 言")
    '序言'
    >>> unspaced("人 人 生 而 自 由 。", everywhere=True)
    '人人生而自由。'
    """
    if everywhere:
        return _INNER_GAP.sub(_replace_gap, line)
    return _LETTER_GAP.sub("", line) if _LETTERSPACED.match(line) else line


def _replace_gap(match: re.Match[str]) -> str:
    """Return nothing for one space beside a double-width character, else one space."""
    before, after = match.string[match.start() - 1], match.string[match.end()]
    beside_wide = is_double_width(before) or is_double_width(after)
    return "" if len(match[0]) == 1 and beside_wide else " "


def joined_lines(text: str) -> str:
    r"""Return all lines of a text joined to one.

    >>> joined_lines("在大会上\n的讲话")
    '在大会上的讲话'
    """
    pieces: list[str] = []
    end = ""  # of the text so far
    for line in split_lines(text):
        pieces += [separator(end, line), line] if pieces else [line]
        end = (end + "".join(pieces[-2:]))[-CONTEXT_LENGTH:]
    return "".join(pieces)


def joined(first: str, second: str) -> str:
    """Return two lines as one, with the `separator` between them.

    >>> joined("我们", "都在"), joined("we", "all")
    ('我们都在', 'we all')
    """
    return first + separator(first, second) + second


def separator(first: str, second: str) -> str:
    """Return the separator of two joined lines: a space, or nothing.

    Args:
        first: The text before the line end; not empty.
        second: The text after it; not empty.

    >>> separator("共有", "25人"), separator("in", "Beijing")
    ('', ' ')
    """
    ends = first[-1] + second[0]
    if not all(map(is_double_width, ends)):
        in_chinese = any(map(_is_always_double_width, ends)) and any(
            c in _NUMBER_CHARACTERS for c in ends
        )
        return "" if in_chinese else " "
    # Quotes and dashes have either width: the characters around them decide.
    around = first[-CONTEXT_LENGTH:] + second[:CONTEXT_LENGTH]
    return "" if any(map(_is_always_double_width, around)) else " "


def is_double_width(char: str) -> bool:
    """Return whether a character takes two columns in Chinese typesetting.

    It does if its East Asian Width is wide (W) or fullwidth (F), or ambiguous (A) and it is no
    letter: quotes and dashes, which are narrow in Latin text.

    >>> is_double_width("国"), is_double_width("“"), is_double_width("é"), is_double_width("a")
    (True, True, False, False)
    """
    width_class = unicodedata.east_asian_width(char)
    return width_class in "WF" or (width_class == "A" and not char.isalpha())


def _is_always_double_width(char: str) -> bool:
    """Return whether a character's East Asian Width is wide or fullwidth.

    Such a character (UAX #11) takes two columns in any text.
    """
    return unicodedata.east_asian_width(char) in "WF"


def display_width(text: str) -> int:
    """Return the width of `text` in half-width columns.

    >>> display_width("你好"), display_width("hello")
    (4, 5)
    """
    if not any(map(_is_always_double_width, text)):
        return len(text)
    return len(text) + sum(map(is_double_width, text))


def reflowed(text: str) -> str:
    r"""Return a text without line ends, as running text.

    A line end becomes a space, or nothing between Chinese characters.

    >>> reflowed("two\n  words"), reflowed("你好\n世界")
    ('two words', '你好世界')
    """

    def replacement(match: re.Match[str]) -> str:
        start, end = match.span()
        if not _LINE_FEED.search(match[0]):
            return " "
        before = text[max(0, start - CONTEXT_LENGTH) : start]
        after = text[end : end + CONTEXT_LENGTH]
        return separator(before, after) if before and after else " "

    return _WHITESPACE.sub(replacement, text)
