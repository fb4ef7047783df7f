"""Find what in a cue is shown and not spoken.

The conventions are those of subtitles for the deaf and hard of hearing: sounds and notes stand in
square brackets, or alone in round ones; a sign stands before music; a dash, `>>` or a name in
capitals before who speaks. What could as well be speech is spoken.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate

from ..model import Mark, MarkKind
from ..text.han import HAN_CLASS
from ..text.sentences import is_voiced
from .markup import find_directions, find_label

_SIGNS = re.compile(r"[♩♪♫♬\N{MUSICAL NOTE}\N{MULTIPLE MUSICAL NOTES}]+")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,80}>")
_SQUARE = re.compile(r"\[(?=[^\[\]]{0,200}[^\W\d_])[^\[\]]{1,200}\]")  # [1] may be a figure
_ROUND_LINE = re.compile(r"[（(](?=[^()（）]{0,80}[^\W\d_])[^()（）]{1,80}[)）]")
_NUMERALS = re.compile(
    r"[（(][\s0-9a-zA-Z一二三四五六七八九十百]{1,3}[)）]"
)  # (a), （一）: of a list
_SENTENCE_END = re.compile(r"[.!?。！？…:：♪♫\])）”\"']\s*$")
_DASH = re.compile(r"\s*(?:[-–—‐](?![-–—‐])(?:\s+|(?=[^\W\d_]))|[>＞]{2,3}\s*)")
_CAPITALS = re.compile(r"^\s*([A-Z][A-Z0-9 .'’#&-]{0,28}[A-Z0-9.'’#&-])\s*[:：](?!\d)\s*")
# Names of parts that a Chinese cue may have for its speaker; collected by hand for this project.
_ROLE = re.compile(
    r"\s*[【［\[（(]?(?:主持人|主持|记者|記者|旁白|解说|解說|画外音|畫外音|字幕|问|問|答|甲|乙|丙|丁"
    r"|男|女|男声|女声|男聲|女聲|众人?|眾人?)[0-9一二三]?[】］\]）)]?[:：]\s*"
)
_BRACKETED_NAME = re.compile(r"\s*[【［][^】］\n]{1,15}[】］]\s*[:：]\s*")
_UPPERCASE_SHARE = 0.7  # of the letters of a file that is all in capitals, as captions of old
_SPACED = re.compile(rf"(?<={HAN_CLASS})[ \u3000]+(?={HAN_CLASS})")


def is_uppercase(text: str) -> bool:
    """Return whether a text is written in capitals.

    A name in capitals is none by being so then. Names and sounds themselves do not count.
    """
    speech = _SQUARE.sub("", re.sub(_CAPITALS.pattern, "", text, flags=re.MULTILINE))
    letters = [c for c in speech if c.isalpha() and c.lower() != c.upper()]
    return sum(map(str.isupper, letters)) > _UPPERCASE_SHARE * len(letters)


def find_turn(line: str, cast: Collection[str], *, capitals: bool) -> tuple[int, int, str] | None:
    """Return how a line begins that names its speaker, or begins with a dash.

    Args:
        line: A line of a cue.
        cast: The names of the speakers who have a voice.
        capitals: Whether a name in capitals is a speaker's.

    Returns:
        Where what is said begins, where the name ends (0 without a name), and the name if it is in
        the cast; None for a line like any other.

    >>> find_turn("- ANNA: Hello.", {"ANNA"}, capitals=True)
    (8, 8, 'ANNA')
    >>> find_turn("-5 degrees", (), capitals=True)
    """
    dash = _DASH.match(line)
    start = dash.end() if dash else 0
    rest = line[start:]
    if labelled := find_label(rest, cast):
        name, length = labelled
        return start + length, start + length, name
    label = _ROLE.match(rest) or _BRACKETED_NAME.match(rest)
    if label is None and capitals and (match := _CAPITALS.match(rest)):
        label = match if sum(map(str.isalpha, match[1])) > 1 else None
    if label:
        return start + label.end(), start + label.end(), ""
    return (start, 0, "") if dash else None


def find_silent_marks(text: str, *, begins_sentence: bool = True) -> list[Mark]:
    """Return marks on what is not spoken of a text: sounds, music signs, tags.

    Args:
        text: What a cue shows, without names of speakers.
        begins_sentence: Whether the text before it ends a sentence.

    >>> [text[m.start : m.end] for text in ["♪ Hi [applause]"] for m in find_silent_marks(text)]
    ['♪', '[applause]']
    """
    spans = [m.span() for pattern in (_SIGNS, _TAG, _SQUARE) for m in pattern.finditer(text)]
    spans += find_directions(text)
    spans += _find_notes(text, begins_sentence=begins_sentence)
    return [Mark(MarkKind.DIRECTION, start, end) for start, end in _merged(spans)]


def is_heard(text: str) -> bool:
    r"""Return whether something of a cue is spoken.

    >>> is_heard("♪ [applause] ♪"), is_heard("(sighs)\nHi"), is_heard("（一）")
    (False, True, True)
    """
    chars = list(text)
    for mark in find_silent_marks(text):
        chars[mark.start : mark.end] = " " * (mark.end - mark.start)
    return is_voiced("".join(chars))


def find_spaced_commas(text: str, silent: Sequence[Mark]) -> Iterator[Mark]:
    """Yield a mark for each space between Chinese characters, which stands for a comma."""
    for match in _SPACED.finditer(text):
        if not any(m.start < match.end() and match.start() < m.end for m in silent):
            yield Mark(MarkKind.SUBSTITUTION, *match.span(), spoken="，")


def _find_notes(text: str, *, begins_sentence: bool) -> Iterator[tuple[int, int]]:
    """Yield the lines in round brackets that stand alone, where a sentence begins."""
    lines = text.split("\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    for line, start in zip(lines, starts, strict=False):
        bare = line.strip()
        whole = _ROUND_LINE.fullmatch(bare) and not _NUMERALS.fullmatch(bare)
        if whole and begins_sentence:
            yield start + line.index(bare), start + line.index(bare) + len(bare)
        elif bare:
            begins_sentence = bool(_SENTENCE_END.search(bare))


def _merged(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans in order, those that overlap as one."""
    start, end = 0, 0
    for first, last in sorted(spans):
        if first > end > start:
            yield start, end
            start = first
        start = start if end > start else first
        end = max(end, last)
    if end > start:
        yield start, end
