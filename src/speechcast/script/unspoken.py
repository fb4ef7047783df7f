"""Find what in a cue is shown and not spoken.

The conventions are those of subtitles for the deaf and hard of hearing: sounds and notes stand in
square brackets, or alone in round ones, and a sign before music and songs. What could as well be
speech is spoken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from ..model import Mark, MarkKind
from ..text.han import HAN_CLASS
from ..text.sentences import is_voiced
from .lyrics import find_lyrics, find_music_signs
from .markup import find_directions

_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,80}>")
SQUARE = re.compile(  # [1] may be a figure
    r"[\[［](?=[^\[\]［］]{0,200}[^\W\d_])[^\[\]［］]{1,200}[\]］]"
)
_ROUND_LINE = re.compile(r"[（(](?=[^()（）]{0,80}[^\W\d_])[^()（）]{1,80}[)）]")
_NUMERALS = re.compile(
    r"[（(][\s0-9a-zA-Z一二三四五六七八九十百]{1,3}[)）]"
)  # (a), （一）: of a list
_SENTENCE_END = re.compile(r"[.!?。！？…:：♪♫\])）”\"']\s*$")
# Sounds in brackets anywhere in a line, 大家好（笑）。 Collected by hand for this project.
SOUND_ZH = (
    rf"(?:(?![可好玩]){HAN_CLASS}){{0,3}}[笑哭]|抽泣|啜泣|[叹嘆]息|咳嗽?|喘息|[惊驚尖]叫|[鸣鳴]笛"
    rf"|{HAN_CLASS}{{0,3}}[叹嘆吸呼喘松鬆]{HAN_CLASS}{{0,3}}[气氣]|哽咽|停[顿頓]|沉默|[轻輕小低大高][声聲]"
    rf"|{HAN_CLASS}{{0,4}}[叫喊掌歌铃鈴步门門枪槍炮雷雨乐樂水笛叭炸吸钟鐘琴鼓鸣鳴吠响響][声聲]"
)
_SOUND_EN = (
    r"(?:[A-Za-z]+ ){0,3}(?:(?:chuckl|giggl|snor|mumbl|exhal|inhal)(?:es|ing)"
    r"|(?:cough|gasp|groan|grunt|sniff|yawn|scream|moan|whimper|snicker|stammer|mutter|whisper|sob)"
    r"(?:s|ing)|sobbing|panting|clears throat|singing|humming|crying"
    r"|(?:man|woman|boy|girl|voice|announcer|reporter) (?:on|over) (?:the )?[A-Za-z]+"
    r"|(?:speaking|in) (?:[A-Za-z]+ese|English|French|German|Spanish|Italian|Russian|Korean"
    r"|Mandarin|Arabic|Hindi|Latin|[a-z]+ language))"
    r"(?: [a-z]{1,12}){0,2}"
)
_SOUND = re.compile(rf"[（(【［\[]\s?(?:{SOUND_ZH}|{_SOUND_EN})\s?[)）】\]］]")
_SPACED = re.compile(rf"(?<={HAN_CLASS})[ \u3000]+(?={HAN_CLASS})")


def find_silent_marks(
    text: str, *, begins_sentence: bool = True, lyrics: bool = False
) -> list[Mark]:
    """Return marks on what is not spoken of a text: sounds, tags, signs and words of songs.

    Args:
        text: What one speaker says in a cue, without the name.
        begins_sentence: Whether the text before it ends a sentence.
        lyrics: Whether the words of songs are spoken.

    >>> [text[m.start : m.end] for text in ["Hi [applause] ♪"] for m in find_silent_marks(text)]
    ['[applause]', '♪']
    """
    spans = [m.span() for pattern in (_TAG, SQUARE, _SOUND) for m in pattern.finditer(text)]
    spans += find_directions(text)
    plain = _without(text, spans)
    spans += find_music_signs(plain)
    if not lyrics:
        spans += find_lyrics(plain)
    spans += _find_notes(_without(text, spans), begins_sentence=begins_sentence)
    return [Mark(MarkKind.DIRECTION, start, end) for start, end in _merged(spans)]


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text with spaces in place of some of it, but for line breaks."""
    chars = list(text)
    for start, end in _merged(spans):
        chars[start:end] = [c if c == "\n" else " " for c in chars[start:end]]
    return "".join(chars)


def is_heard(text: str) -> bool:
    r"""Return whether something of a cue is spoken.

    >>> is_heard("♪ [applause] ♪"), is_heard("(sighs)\nHi"), is_heard("（一）")
    (False, True, True)
    """
    return is_voiced(_without(text, ((m.start, m.end) for m in find_silent_marks(text))))


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


def _merged(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
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
