"""The marks a speech may carry: how to read a place, what to wait for, what only a reader sees.

（掌声）  (Applause)  [音乐]      shown, not spoken
[停顿 1.5秒]  [pause 1.5s]       a pause of that length
重{chóng}庆  行{hang2}           the reading of what stands before it; not shown
{景市|景德镇市}                  shows the first, says the second
主持人：                         at a paragraph's start, of a cast: who speaks from here on
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ..errors import TextError
from ..model import Mark, MarkKind
from ..text.han import HAN_CLASS
from ..text.pinyin import parse_pinyin

LONGEST_PAUSE = 60.0  # seconds
_DEFAULT_PAUSE = 1.0  # seconds of a pause without a length

_PAUSE = (
    r"[\[【（(]\s*(?:停顿|停頓|暂停|暫停|pause|wait)\s*[:：]?\s*"
    r"(?:(?P<wait>\d+(?:\.\d+)?)\s*(?P<unit>毫秒|ms|秒[钟鐘]?|s|secs?|seconds?)?)?\s*[\]】）)]"
)
_DIRECTIONS = (
    rf"(?:{HAN_CLASS}{{0,10}}?(?:掌声|掌聲|鼓掌|笑声|笑聲|欢呼声?|歡呼聲?|全体起立|全體起立|全场起立"
    r"|全場起立|众笑|大笑|鞠躬|敬礼|敬禮|哽咽|叹息|嘆息|奏乐|奏樂|奏国歌|奏國歌|音乐起|音乐停|音乐声)"
    r"|音乐|音樂|播放(?:视频|視頻|短片|音乐|音樂|录像|錄像|音频|PPT)|放(?:视频|短片|音乐)|(?:下|换)一页"
    r"|(?:[A-Za-z]+(?:,? and)? ){0,4}(?:applause|laughter|laughs|cheers|cheering|music|silence"
    r"|sighs)"
    r"(?:[ ,](?:[A-Za-z]+ ?){0,4})?)"
)
_MARK = re.compile(
    rf"(?P<pause>{_PAUSE})"
    rf"|(?P<direction>[（(\[【]\s*{_DIRECTIONS}\s*[。.！!]?\s*[）)\]】])"
    r"|\{(?P<shown>[^{}|｜]+)[|｜](?P<said>[^{}|｜]*)\}"
    rf"|(?<={HAN_CLASS})[{{｛](?P<pinyin>[^{{}}|｜｛｝]*)[}}｝]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text as it is shown, its marks in order, and where each character stood before."""

    text: str
    marks: tuple[Mark, ...]
    origin: tuple[int, ...]

    @property
    def masked(self) -> str:
        """The text with a blank for what is not heard and 一 for what is said another way.

        As long as the text itself, so that it can be divided in its stead.
        """
        chars = list(self.text)
        for mark in self.marks:
            silent = mark.kind in {MarkKind.DIRECTION, MarkKind.LABEL}
            if silent or mark.kind is MarkKind.SUBSTITUTION:
                chars[mark.start : mark.end] = (" " if silent else "一") * (mark.end - mark.start)
        return "".join(chars)


def parse_marks(text: str, row: int) -> MarkedText:
    """The paragraph `text`, which stands in the source's line `row`, without its marks.

    Raises TextError for a mark that means nothing.
    """
    pieces, marks, origin = list[str](), list[Mark](), list[int]()

    def show(start: int, end: int) -> None:
        pieces.append(text[start:end])
        origin.extend(range(start, end))

    position = 0
    for match in _MARK.finditer(text):
        show(position, match.start())
        start, end = match.span("direction" if match["shown"] is None else "shown")
        marks.append(_to_mark(match, len(origin), end - start, row))
        show(start, end)  # of a mark that shows nothing both are -1
        position = match.end()
    show(position, len(text))
    return MarkedText("".join(pieces), tuple(marks), tuple(origin))


def find_label(text: str, cast: Collection[str]) -> tuple[str, int] | None:
    """The speaker of the cast whose label the paragraph begins with, and the label's length."""
    match = re.match(r"\s*([^：:\n]{1,30}?)\s*[：:]\s*", text)
    if match is None:
        return None
    name = match[1].strip("【】[]（）()　 ")
    return (name, match.end()) if name in cast else None


def _to_mark(match: re.Match[str], position: int, length: int, row: int) -> Mark:
    if match["pause"]:
        return Mark(MarkKind.PAUSE, position, position, seconds=_parse_seconds(match, row))
    if match["direction"]:
        return Mark(MarkKind.DIRECTION, position, position + length)
    if match["shown"] is not None:
        return Mark(MarkKind.SUBSTITUTION, position, position + length, spoken=match["said"].strip())
    return _to_reading(match, position, row)


def _parse_seconds(match: re.Match[str], row: int) -> float:
    if match["wait"] is None:
        return _DEFAULT_PAUSE
    seconds = float(match["wait"]) / (1000 if match["unit"] in {"ms", "毫秒"} else 1)
    if seconds > LONGEST_PAUSE:
        raise TextError(
            f"line {row}: {match[0]} asks for a pause of {seconds:g} seconds; up to "
            f"{LONGEST_PAUSE:g} are allowed",
            row,
        )
    return seconds


def _to_reading(match: re.Match[str], position: int, row: int) -> Mark:
    pinyin = parse_pinyin(match["pinyin"])
    before = re.search(f"{HAN_CLASS}+$", match.string[: match.start()])
    if not pinyin or before is None or len(pinyin) > len(before[0]):
        raise TextError(
            f"line {row}: {match[0]} is no reading of what stands before it; write a syllable with "
            f"its tone for each character, as in 重{{chóng}}庆 or 银行{{yin2 hang2}}",
            row,
        )
    return Mark(MarkKind.READING, position - len(pinyin), position, pinyin=pinyin)


def select_marks(marks: tuple[Mark, ...], start: int, end: int) -> Iterator[Mark]:
    """The marks of the text from `start` to `end`, as offsets from `start`.

    A pause between two pieces belongs to the first.
    """
    for mark in marks:
        if (start < mark.end <= end) or (mark.end == start == 0):
            yield mark.shifted(-start)
