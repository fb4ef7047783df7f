"""Advanced SubStation Alpha with karaoke timing; its head is written with pysubs2."""

from __future__ import annotations

from collections.abc import Iterator

from ...text.whitespace import reflowed
from ...units import Hertz, Milliseconds
from ..captions import Captions, to_milliseconds
from ..cue import Cue
from ..escapes import escape_ass

_FONT, _SIZE, _HEIGHT = "sans-serif", 64, 1080


def compose(captions: Captions) -> str:
    """Return the captions as an ASS file."""
    import pysubs2

    file = pysubs2.SSAFile()
    file.info |= {"Title": reflowed(captions.title), "PlayResX": "1920", "PlayResY": str(_HEIGHT)}
    file.styles["Default"].fontname = _FONT
    file.styles["Default"].fontsize = _SIZE
    head: str = file.to_string("ass")
    return head + "".join(_event(cue, captions.rate) for cue in captions.cues)


def _event(cue: Cue, rate: Hertz) -> str:
    """Return the line of a cue.

    pysubs2 would show every cue after ten hours at 9:59:59.99, the last time of one digit.
    """
    start, end = (_format_ass_time(to_milliseconds(t, rate)) for t in (cue.start, cue.end))
    return f"Dialogue: 0,{start},{end},Default,,0,0,0,,{''.join(_karaoke_parts(cue, rate))}\n"


def _format_ass_time(ms: Milliseconds) -> str:
    """Return a time as `1:02:03.45`, rounded to the nearest hundredth as Aegisub does."""
    seconds, hundredths = divmod((ms + 5) // 10, 100)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}.{hundredths:02}"


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
