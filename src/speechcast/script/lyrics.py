"""Find the words of songs in a cue.

Guides for subtitles agree that a sign stands before them: Netflix and the DCMP put a music sign
before and after the words of each cue, the BBC a # before each cue and one more after the last. A
sign that only follows a sentence (早上好♪) says how it is spoken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ..text.sentences import is_voiced

_SIGN = re.compile(
    r"[♩♪♫♬¶\N{MUSICAL NOTE}\N{MULTIPLE MUSICAL NOTES}]+"
    r"|(?<!\S)#+(?=\s+[^\s\d]|\s*$)"  # the BBC's; "# 1" is a number
)


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign of music in a text.

    Attributes:
        start: The index of its first character.
        end: The index after its last one.
        first: Whether no word stands before it on its line.
        last: Whether no word stands after it on its line.
        apart: Whether it is apart from what stands before it.
    """

    start: int
    end: int
    first: bool
    last: bool
    apart: bool


def find_music_signs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sign of music begins and ends.

    >>> list(find_music_signs("♪ Hi")), list(find_music_signs("We are #1."))
    ([(0, 1)], [])
    """
    return ((sign.start, sign.end) for line in _signs_by_line(text) for sign in line)


def find_lyrics(text: str) -> Iterator[tuple[int, int]]:
    r"""Yield where the words of each song begin and end, their signs included; they may overlap.

    Args:
        text: What one speaker says in a cue, without tags and notes of sounds.

    >>> texts = ["Hi. ♪ La la ♪", "# La\nla", "♪\nHi.", "早上好♪"]
    >>> [[s[a:b] for a, b in find_lyrics(s)] for s in texts]
    [['♪ La la ♪'], ['# La\nla'], [], []]
    """
    return ((start, end) for start, end in _find_spans(text) if is_voiced(text[start:end]))


def _find_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield what stands between signs, or after one that begins a line."""
    opened: _Sign | None = None
    for signs in _signs_by_line(text):
        if signs and signs[0].first and signs[-1].last:
            yield signs[0].start, signs[-1].end
        for sign in signs:
            if _begins_line(sign):
                opened = opened if opened and _begins_line(opened) else sign
            elif opened:
                yield opened.start, sign.end
                opened = None
            elif sign.apart and (sign.first or not sign.last):
                opened = sign
    if opened and _begins_line(opened):
        yield opened.start, len(text)


def _begins_line(sign: _Sign) -> bool:
    """Return whether the words after a sign are sung even if no other sign follows."""
    return sign.first and not sign.last


def _signs_by_line(text: str) -> Iterator[Sequence[_Sign]]:
    """Yield the signs of each line; a # is one only on a line that begins with one."""
    lines = text.split("\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    for line, start in zip(lines, starts, strict=False):
        hashes = line.lstrip().startswith("#")
        signs = [m for m in _SIGN.finditer(line) if hashes or m[0][0] != "#"]
        voiced = [i for i, character in enumerate(line) if signs and is_voiced(character)]
        first, last = (voiced[0], voiced[-1]) if voiced else (len(line), -1)
        yield [
            _Sign(
                start + m.start(),
                start + m.end(),
                m.start() <= first,
                m.end() > last,
                not line[max(0, m.start() - 1) : m.start()].isalnum(),
            )
            for m in signs
        ]
