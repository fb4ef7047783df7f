"""Advanced SubStation Alpha with karaoke timing, through pysubs2."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Cue
from ..captions import Captions, to_milliseconds

_FONT, _SIZE, _HEIGHT = "sans-serif", 64, 1080


def compose(captions: Captions) -> str:
    import pysubs2

    file = pysubs2.SSAFile()
    file.info |= {"Title": captions.title, "PlayResX": "1920", "PlayResY": str(_HEIGHT)}
    file.styles["Default"].fontname = _FONT
    file.styles["Default"].fontsize = _SIZE
    for cue in captions.cues:
        start, end = (to_milliseconds(t, captions.rate) for t in (cue.start, cue.end))
        text = "".join(_karaoke_parts(cue, captions.rate))
        file.append(pysubs2.SSAEvent(start, end, text))
    composed: str = file.to_string("ass")
    return composed


def _karaoke_parts(cue: Cue, rate: int) -> Iterator[str]:
    r"""Each heard word filled (`\kf`) while it is heard, centiseconds counted from the cue's in."""
    begin = to_milliseconds(cue.start, rate)
    at = 0
    for word in cue.tokens:
        if word.span and word.text:
            start, end = ((to_milliseconds(t, rate) - begin) // 10 for t in word.span)
            if start > at:
                yield f"{{\\k{start - at}}}"
            yield f"{{\\kf{max(0, end - max(start, at))}}}"
            at = max(at, end)
        yield _escape(word.text)


def _escape(text: str) -> str:
    """Braces open a command here and a backslash begins one; full-width twins do neither."""
    return text.translate(str.maketrans("{}\\", "｛｝＼")).replace("\n", "\\N")
