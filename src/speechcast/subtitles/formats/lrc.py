"""LRC lyrics in the enhanced form: a time before each token."""

from __future__ import annotations

from collections.abc import Iterator

from ...text.whitespace import reflowed
from ...units import Hertz, Samples
from ..captions import Captions, to_milliseconds
from ..cue import Cue
from ..escapes import escape_lrc


def compose(captions: Captions) -> str:
    """Return the captions as an LRC file, one line for each cue."""
    return "".join(line + "\n" for line in _lines(captions))


def _lines(captions: Captions) -> Iterator[str]:
    yield f"[ti:{reflowed(captions.title)}]"
    yield f"[length:{_format_lrc_time(captions.timeline.length, captions.rate)}]"
    for cue in captions.cues:
        yield f"[{_format_lrc_time(cue.start, captions.rate)}]{''.join(_words(cue, captions.rate))}"


def _words(cue: Cue, rate: Hertz) -> Iterator[str]:
    for token in cue.tokens:
        if token.span and token.text:
            yield f"<{_format_lrc_time(token.span.start, rate)}>"
        yield escape_lrc(token.text)


def _format_lrc_time(samples: Samples, rate: Hertz) -> str:
    """Return a time as `62:03.45`; LRC has no hours or milliseconds."""
    minutes, rest = divmod(to_milliseconds(samples, rate) // 10, 6000)
    return f"{minutes:02}:{rest // 100:02}.{rest % 100:02}"
