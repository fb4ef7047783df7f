"""SubRip, the format that every player and editor reads."""

from __future__ import annotations

from datetime import timedelta

from ...units import Samples
from ..captions import Captions, to_milliseconds
from ..escapes import escape_srt


def compose(captions: Captions) -> str:
    """Return the captions as an SRT file, numbered from 1."""
    import srt

    def time(samples: Samples) -> timedelta:
        return timedelta(milliseconds=to_milliseconds(samples, captions.rate))

    subtitles = [
        srt.Subtitle(number, time(cue.start), time(cue.end), escape_srt(cue.text))
        for number, cue in enumerate(captions.cues, 1)
    ]
    composed: str = srt.compose(subtitles, reindex=False)
    return composed
