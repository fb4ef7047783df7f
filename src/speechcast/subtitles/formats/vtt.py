"""WebVTT, as the W3C describes it, each word at its time inside the cue."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Cue
from ..captions import Captions, milliseconds, timecode

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def compose(captions: Captions) -> str:
    return "\n".join(_blocks(captions))


def _blocks(captions: Captions) -> Iterator[str]:
    yield "WEBVTT\n"
    for number, cue in enumerate(captions.cues, 1):
        start, end = (milliseconds(t, captions.rate) for t in (cue.start, cue.end))
        times = f"{timecode(start)} --> {timecode(end)}"
        yield f"{number}\n{times}\n{''.join(_payload(cue, captions.rate))}\n"


def _payload(cue: Cue, rate: int) -> Iterator[str]:
    """The words; a time before each but the first, inside the cue and ascending, as must be."""
    last, end = milliseconds(cue.start, rate), milliseconds(cue.end, rate)
    for word in cue.tokens:
        if word.text and word.span:
            at = milliseconds(word.span.start, rate)
            if last < at < end:
                yield f"<{timecode(at)}>"
                last = at
        yield word.text.translate(_ESCAPED)
