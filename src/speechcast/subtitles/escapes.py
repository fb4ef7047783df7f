"""What a player would take for a command, written so that it is shown.

A word joiner (U+2060) is as wide as nothing, and no command has one: behind the character that
begins a command it leaves the text as it was, to the eye. FFmpeg and libass cancel a backslash in
the same way. Only between braces nothing is ever shown by libass, and only the angle brackets of
LRC cannot be kept apart from its times; these become their full-width forms, again with a word
joiner behind them, by which a reader can tell them from full-width ones of the text.

What players do was read in, and tried on, FFmpeg 5.1 (which mpv shows SRT with), libass 0.17 and
VLC 3: FFmpeg takes `a < b and c > d` for bold type, libass breaks the line at a backslash and an N.
"""

from __future__ import annotations

import re

from .parsers.time_lines import SRT_DIALECT, parse_time_line

WORD_JOINER = "\u2060"
_FULL_WIDTH = {"{": "｛", "}": "｝", "<": "＜", ">": "＞"}
_WIDENED = {c: wide + WORD_JOINER for c, wide in _FULL_WIDTH.items()}
_NARROWED = {wide: c for c, wide in _WIDENED.items()}
_WIDENED_MARK = re.compile("|".join(_NARROWED))

_SRT_COMMAND = re.compile(
    r"<(?=\s*[A-Za-z/!?])|<(?=[^<]*>)"  # a tag, to one player or another
    r"|--(?=>)"  # the arrow of a line of times
    r"|\\(?=[Nnh{}])"  # a line break or a space to libass
    r"|&(?=#?\w{1,32};)"  # a character by its name to VLC
)
_BRACES = re.compile(r"\{.*\}", re.DOTALL)

_BACKSLASH = "\\" + WORD_JOINER
_ASS = {"{": _WIDENED["{"], "}": _WIDENED["}"], "\\": _BACKSLASH, "\n": "\\N"}
_VTT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\\": _BACKSLASH}
_LRC = {"<": _WIDENED["<"], ">": _WIDENED[">"], "[": "[" + WORD_JOINER, "\n": " "}


def escape_srt(text: str) -> str:
    r"""Return the text of a whole cue so that no player takes a part of it for a command.

    >>> escape_srt("AT&T 1<2"), escape_srt("<b>重要")
    ('AT&T 1<2', '<\u2060b>重要')
    """
    if _BRACES.search(text):
        text = text.replace("{", _WIDENED["{"]).replace("}", _WIDENED["}"])
    text = _SRT_COMMAND.sub(lambda match: match[0] + WORD_JOINER, text)
    return "\n".join(
        WORD_JOINER + line if parse_time_line(line, SRT_DIALECT) else line
        for line in text.split("\n")
    )


def escape_ass(text: str) -> str:
    """Return text for an event of ASS, where a line break is a command, too."""
    return "".join(_ASS.get(c, c) for c in text)


def escape_vtt(text: str) -> str:
    """Return text for a cue of WebVTT."""
    return "".join(_VTT.get(c, c) for c in text)


def escape_lrc(text: str) -> str:
    """Return text for a line of LRC, in which two lines become one."""
    return "".join(_LRC.get(c, c) for c in text)


def unescape(text: str) -> str:
    """Return text as it was before it was escaped, whatever the format.

    Entities are not replaced, and other invisible characters stay.
    """
    narrowed = _WIDENED_MARK.sub(lambda match: _NARROWED[match[0]], text)
    return narrowed.replace(WORD_JOINER, "")
