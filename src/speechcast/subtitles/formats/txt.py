"""A plain transcript, with a blank line between paragraphs."""

from __future__ import annotations

from ...model import Pause
from ..captions import Captions

_ENDS_PARAGRAPH = {Pause.PARAGRAPH, Pause.HEADING, Pause.TITLE}


def compose(captions: Captions) -> str:
    """Return the text of the speech as a text file."""
    texts = []
    for placed in captions.timeline.clips:
        ends = placed.utterance.pause in _ENDS_PARAGRAPH
        texts.append(placed.utterance.shown.rstrip() + "\n\n" if ends else placed.utterance.shown)
    return "".join(texts).rstrip("\n") + "\n"
