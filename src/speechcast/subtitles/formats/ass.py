"""Advanced SubStation Alpha with karaoke timing, written with pysubs2."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Cue
from ...text.whitespace import reflowed
from ...units import Hertz
from ..captions import Captions, to_milliseconds
from ..escapes import escape_ass

_FONT, _SIZE, _HEIGHT = "sans-serif", 64, 1080


def compose(captions: Captions) -> str:
    """Return the captions as an ASS file."""
    import pysubs2

    file = pysubs2.SSAFile()
    file.info |= {"Title": reflowed(captions.title), "PlayResX": "1920", "PlayResY": str(_HEIGHT)}
    file.styles["Default"].fontname = _FONT
    file.styles["Default"].fontsize = _SIZE
    for cue in captions.cues:
        start, end = (to_milliseconds(t, captions.rate) for t in (cue.start, cue.end))
        text = "".join(_karaoke_parts(cue, captions.rate))
        file.append(pysubs2.SSAEvent(start, end, text))
    composed: str = file.to_string("ass")
    return composed


def _karaoke_parts(cue: Cue, rate: Hertz) -> Iterator[str]:
    r"""Yield each token, filled (`\kf`) while it is heard.

    Karaoke times are centiseconds, counted from the start of the cue.
    """
    cue_start = to_milliseconds(cue.start, rate)
    position = 0
    for token in cue.tokens:
        if token.span and token.text:
            start, end = ((to_milliseconds(t, rate) - cue_start) // 10 for t in token.span)
            if start > position:
                yield f"{{\\k{start - position}}}"
            yield f"{{\\kf{max(0, end - max(start, position))}}}"
            position = max(position, end)
        yield escape_ass(token.text)
