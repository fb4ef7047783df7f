"""WebVTT, as the W3C describes it, each word at its time inside the cue."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Cue
from ..captions import Captions, format_timecode, to_milliseconds

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def compose(captions: Captions) -> str:
    return "\n".join(_blocks(captions))


def _blocks(captions: Captions) -> Iterator[str]:
    yield "WEBVTT\n"
    for number, cue in enumerate(captions.cues, 1):
        start, end = (to_milliseconds(t, captions.rate) for t in (cue.start, cue.end))
        times = f"{format_timecode(start)} --> {format_timecode(end)}"
        yield f"{number}\n{times}\n{''.join(_payload(cue, captions.rate))}\n"


def _payload(cue: Cue, rate: int) -> Iterator[str]:
    """The words; a time before each but the first, inside the cue and ascending, as must be."""
    last, end = to_milliseconds(cue.start, rate), to_milliseconds(cue.end, rate)
    for word in cue.tokens:
        if word.text and word.span:
            at = to_milliseconds(word.span.start, rate)
            if last < at < end:
                yield f"<{format_timecode(at)}>"
                last = at
        yield word.text.translate(_ESCAPES)
