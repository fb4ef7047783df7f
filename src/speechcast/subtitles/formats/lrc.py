"""LRC for music players, with the enhanced form's time before each word."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Cue
from ..captions import Captions, to_milliseconds

_ESCAPES = str.maketrans("<>\n", "＜＞ ")  # what would begin a time, and what would end the line


def compose(captions: Captions) -> str:
    return "".join(line + "\n" for line in _lines(captions))


def _lines(captions: Captions) -> Iterator[str]:
    yield f"[ti:{captions.title}]"
    yield f"[length:{_format_lrc_time(captions.timeline.length, captions.rate)}]"
    for cue in captions.cues:
        yield f"[{_format_lrc_time(cue.start, captions.rate)}]{''.join(_words(cue, captions.rate))}"


def _words(cue: Cue, rate: int) -> Iterator[str]:
    for word in cue.tokens:
        if word.span and word.text:
            yield f"<{_format_lrc_time(word.span.start, rate)}>"
        yield word.text.translate(_ESCAPES)


def _format_lrc_time(samples: int, rate: int) -> str:
    """`62:03.45`: the format knows no hours and hundredths of a second."""
    minutes, rest = divmod(to_milliseconds(samples, rate) // 10, 6000)
    return f"{minutes:02}:{rest // 100:02}.{rest % 100:02}"
