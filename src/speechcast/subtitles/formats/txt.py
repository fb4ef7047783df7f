"""A plain transcript: what was spoken, as it was written, a paragraph a line."""

from __future__ import annotations

from ...model import Pause
from ..captions import Captions

_ENDS_PARAGRAPH = {Pause.PARAGRAPH, Pause.HEADING, Pause.TITLE}


def compose(captions: Captions) -> str:
    text = []
    for placed in captions.timeline.clips:
        ends = placed.utterance.pause in _ENDS_PARAGRAPH
        text.append(placed.utterance.shown.rstrip() + "\n\n" if ends else placed.utterance.shown)
    return "".join(text).rstrip("\n") + "\n"
