"""SubRip: what every player and editor takes."""

from __future__ import annotations

from datetime import timedelta

from ..captions import Captions, to_milliseconds


def compose(captions: Captions) -> str:
    """Numbered from 1, no blank line inside a cue."""
    import srt

    def time(samples: int) -> timedelta:
        return timedelta(milliseconds=to_milliseconds(samples, captions.rate))

    subtitles = [
        srt.Subtitle(number, time(cue.start), time(cue.end), cue.text)
        for number, cue in enumerate(captions.cues, 1)
    ]
    composed: str = srt.compose(subtitles, reindex=False)
    return composed
