"""WebVTT as the W3C specifies it, with word times inside cues."""

from __future__ import annotations

from collections.abc import Iterator

from ...units import Hertz
from ..captions import Captions, format_timecode, to_milliseconds
from ..cue import Cue
from ..escapes import escape_vtt


def compose(captions: Captions) -> str:
    """Return the captions as a WebVTT file."""
    return "\n".join(_blocks(captions))


def _blocks(captions: Captions) -> Iterator[str]:
    yield "WEBVTT\n"
    for number, cue in enumerate(captions.cues, 1):
        start, end = (to_milliseconds(t, captions.rate) for t in (cue.start, cue.end))
        times = f"{format_timecode(start)} --> {format_timecode(end)}"
        yield f"{number}\n{times}\n{''.join(_payload(cue, captions.rate))}\n"


def _payload(cue: Cue, rate: Hertz) -> Iterator[str]:
    """Yield the words, each but the first after its time.

    The times must ascend and lie inside the cue.
    """
    last, end = to_milliseconds(cue.start, rate), to_milliseconds(cue.end, rate)
    for token in cue.tokens:
        if token.text and token.span:
            start = to_milliseconds(token.span.start, rate)
            if last < start < end:
                yield f"<{format_timecode(start)}>"
                last = start
        yield escape_vtt(token.text)
