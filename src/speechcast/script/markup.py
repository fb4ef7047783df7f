"""Parse the marks in a speech's text.

The marks are directions, pauses, readings, substitutions and labels.

（掌声）  (Applause)  [音乐]      a direction: shown, not spoken
[停顿 1.5秒]  [pause 1.5s]       a pause of that length; not shown
重{chóng}庆  行{hang2}           the reading of the characters before it; not shown
{景市|景德镇市}                  a substitution: shows the first, speaks the second
主持人：                         a label, at a paragraph's start: the speaker from here on
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from operator import attrgetter

from ..errors import TextError
from ..messages import _
from ..model import Mark, MarkKind
from ..text.han import HAN, HAN_CLASS
from ..text.lookalikes import plain_forms
from ..text.pinyin import has_neutral_reading, parse_pinyin
from ..units import Seconds

_end_of = attrgetter("end")

LONGEST_PAUSE: Seconds = 60.0
_DEFAULT_PAUSE: Seconds = 1.0  # of a pause mark without a length

# The words of both lists were collected by hand for this project. White space is matched with
# possessive quantifiers: none of it is tried again in another division if the mark has no end. Only
# Latin words ignore case: with it, a class of Chinese characters takes 17 ms to compile.
_PAUSE = (
    rf"(?!(?<={HAN_CLASS})[（(](?:暂停|暫停)[）)]{HAN_CLASS})"  # 本店（暂停）营业
    r"[\[【（(]\s*+(?:停顿|停頓|暂停|暫停|(?i:pause|wait))\s*+[:：]?\s*+"
    r"(?:(?P<length>\d+(?:\.\d+)?)\s*+(?P<unit>毫秒|秒[钟鐘]?|(?i:ms|s|secs?|seconds?))?)?\s*+"
    r"[\]】）)]"
)
_DIRECTIONS = (
    rf"(?:{HAN_CLASS}{{0,10}}?(?:掌声|掌聲|鼓掌|笑声|笑聲|欢呼声?|歡呼聲?|全体起立|全體起立|全场起立"
    r"|全場起立|众笑|大笑|鞠躬|敬礼|敬禮|哽咽|叹息|嘆息|奏乐|奏樂|奏国歌|奏國歌|音乐起|音乐停|音乐声)"
    r"|音乐|音樂|播放(?:视频|視頻|短片|音乐|音樂|录像|錄像|音频|(?i:PPT))|放(?:视频|短片|音乐)|(?:下|换)一页"
    r"|(?i:(?:[a-z]+(?:,? and)? ){0,4}(?:applause|laughter|laughs|cheers|cheering|music|silence"
    r"|sighs)"
    r"(?:[ ,](?:[a-z]+(?: [a-z]+){0,3})?)?))"
)
_MARK = re.compile(
    rf"(?P<pause>{_PAUSE})"
    rf"|(?P<direction>[（(\[【]\s*+{_DIRECTIONS}\s*+[。.！!]?\s*+[）)\]】])"
    r"|(?<!\{)\{(?P<shown>[^{}|｜]+)[|｜](?P<spoken>[^{}|｜<>=≤≥≠∈]*)\}(?!\})"  # no set: {x|x>0}
    rf"|(?<={HAN_CLASS})[{{｛](?P<pinyin>[^{{}}|｜｛｝]*)[}}｝]"
)


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The shown text of a paragraph, with its marks.

    Attributes:
        text: The text without the characters of the marks that are not shown.
        marks: The marks in order, as offsets into `text`.
        origin: For each character of `text`, its index in the text that was parsed.
    """

    text: str
    marks: tuple[Mark, ...]
    origin: tuple[int, ...]

    @property
    def masked(self) -> str:
        """The text with marked characters masked, for finding sentences.

        It is as long as `text`.

        Directions and labels become spaces, substituted characters become 一.
        """
        chars = list(self.text)
        for mark in self.marks:
            silent = mark.kind in {MarkKind.DIRECTION, MarkKind.LABEL}
            if silent or mark.kind is MarkKind.SUBSTITUTION:
                chars[mark.start : mark.end] = (" " if silent else "一") * (mark.end - mark.start)
        return "".join(chars)


def parse_marks(text: str, row: int) -> MarkedText:
    """Return a paragraph's text and its marks, separated.

    Args:
        text: The paragraph as the document has it.
        row: The line of the source on which it starts, for messages.

    Raises:
        TextError: For a reading or a pause that is not allowed.

    >>> marked = parse_marks("重{chóng}庆", row=1)
    >>> marked.text, marked.marks[0].pinyin
    ('重庆', ('chong2',))
    """
    pieces, marks, origin = list[str](), list[Mark](), list[int]()

    def show(start: int, end: int) -> None:
        pieces.append(text[start:end])
        origin.extend(range(start, end))

    position = 0
    for match in _MARK.finditer(plain_forms(text)):
        if match["pinyin"] is not None and not _is_reading(match):
            continue  # it is text: 号{\an8}
        show(position, match.start())
        start, end = match.span("direction" if match["shown"] is None else "shown")
        marks.append(_to_mark(match, len(origin), end - start, row))
        show(start, end)  # of a mark that shows nothing both are -1
        position = match.end()
    show(position, len(text))
    return MarkedText("".join(pieces), tuple(marks), tuple(origin))


def find_directions(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each direction, such as （掌声）, begins and ends.

    >>> list(find_directions("谢谢！（掌声）"))
    [(3, 7)]
    """
    for match in _MARK.finditer(plain_forms(text)):
        if match["direction"]:
            yield match.span("direction")


def find_label(text: str, cast: Collection[str]) -> tuple[str, int] | None:
    """Return the speaker labelled at a paragraph's start, and the label's length.

    The length is in characters.

    Args:
        text: The paragraph's text.
        cast: The names of the speakers; any other name is no label.

    Returns:
        The name and the length, white space included; None for a paragraph without a label.

    >>> find_label("【主持人】：请讲。", {"主持人"})
    ('主持人', 6)
    """
    match = re.match(r"\s*+([^：:\n]{1,30}?)\s*[：:]\s*", plain_forms(text))
    if match is None:
        return None
    name = match[1].strip("【】[]（）()　 ")
    return (name, match.end()) if name in cast else None


def select_marks(marks: tuple[Mark, ...], start: int, end: int) -> Iterator[Mark]:
    """Yield the marks between `start` and `end`, relative to `start`.

    A pause between two pieces of text belongs to the first.

    Args:
        marks: In the order of their ends.
        start: The first character's index.
        end: The index after the last one.
    """
    first = bisect_right(marks, start, key=_end_of) if start else 0
    for mark in marks[first : bisect_right(marks, end, key=_end_of)]:
        yield mark.shifted(-start)


def _to_mark(match: re.Match[str], position: int, length: int, row: int) -> Mark:
    """Return the mark that was matched.

    It shows `length` characters from `position` on.
    """
    if match["pause"]:
        return Mark(MarkKind.PAUSE, position, position, seconds=_parse_pause(match, row))
    if match["direction"]:
        return Mark(MarkKind.DIRECTION, position, position + length)
    if match["shown"] is not None:
        spoken = match["spoken"].strip()
        return Mark(MarkKind.SUBSTITUTION, position, position + length, spoken=spoken)
    return _to_reading(match, position, row)


def _parse_pause(match: re.Match[str], row: int) -> Seconds:
    """Return the length of a pause.

    Raises:
        TextError: The pause is too long.
    """
    if match["length"] is None:
        return _DEFAULT_PAUSE
    seconds = float(match["length"]) / (1000 if match["unit"] in {"ms", "毫秒"} else 1)
    if seconds > LONGEST_PAUSE:
        raise TextError(
            _(
                "line {row}: {mark} asks for a pause of {seconds:g} seconds; up to {longest:g} are "
                "allowed"
            ).format(row=row, mark=match[0], seconds=seconds, longest=LONGEST_PAUSE),
            row,
        )
    return seconds


def _is_reading(match: re.Match[str]) -> bool:
    """Return whether the braces after a character hold pinyin.

    A tone must be written, unless all characters have these readings without one: 的{de}.
    """
    pinyin = parse_pinyin(match["pinyin"])
    before = match.string[max(0, match.start() - len(pinyin)) : match.start()]
    return bool(pinyin) and (
        any(syllable[-1] != "5" for syllable in pinyin)
        or "5" in match["pinyin"]
        or all(map(has_neutral_reading, before, pinyin))
    )


def _to_reading(match: re.Match[str], position: int, row: int) -> Mark:
    """Return the reading of the characters before `position`.

    Raise TextError if it has more syllables than characters stand before it.
    """
    pinyin = parse_pinyin(match["pinyin"])
    before = match.string[max(0, match.start() - len(pinyin)) : match.start()]
    if len(before) < len(pinyin) or not all(map(HAN.match, before)):
        raise TextError(
            _(
                "line {row}: {mark} is not a reading of the characters before it; write one "
                "syllable with its tone for each, as in 重{{chóng}}庆 or 银行{{yin2 hang2}}"
            ).format(row=row, mark=match[0]),
            row,
        )
    return Mark(MarkKind.READING, position - len(pinyin), position, pinyin=pinyin)
