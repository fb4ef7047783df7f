"""Make any text fit for one line of a terminal, a log or a report."""

from __future__ import annotations

import re
import shlex
import unicodedata

from . import windows

# General categories of Unicode: controls, invisible formats (those that change the direction of
# text among them), half characters, ends of lines and paragraphs.
_CONTROLS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_PLAIN = re.compile(r"[\w@%+=:,./-]+")  # no sign for a POSIX shell; `shlex` quotes all Chinese
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
_TAGS = range(0xE0020, 0xE0080)  # of the flags of England, Scotland and Wales (UTS #51)


def printable(text: str) -> str:
    r"""Return the text with U+FFFD in place of each control character.

    The result is valid text, as bytes of a file's name that are not UTF-8 are replaced too.

    >>> printable("two\nlines.txt")
    'two�lines.txt'
    """
    return "".join("\N{REPLACEMENT CHARACTER}" if is_control(char) else char for char in text)


def is_control(char: str) -> bool:
    """Return whether a character controls a terminal, ends a line or is not seen.

    The two joiners and the tags of flags are part of how words and emoji are written.
    """
    controls = unicodedata.category(char) in _CONTROLS
    return controls and char not in _JOINERS and ord(char) not in _TAGS


def quote(word: str) -> str:
    """Return a word of a command as one types it in this system's shell."""
    if windows.HERE:
        return windows.quote_for_cmd(word)
    return word if _PLAIN.fullmatch(word) else shlex.quote(word)
