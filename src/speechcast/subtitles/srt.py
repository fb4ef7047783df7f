"""Cues to SubRip text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from ..model import Cue


def compose(cues: Sequence[Cue], rate: int) -> str:
    """The cues as SRT: numbered from 1, times rounded to the millisecond here and nowhere else."""
    import srt

    subtitles = [
        srt.Subtitle(number, _time(cue.start, rate), _time(cue.end, rate), cue.text)
        for number, cue in enumerate(cues, 1)
    ]
    composed: str = srt.compose(subtitles, reindex=False)
    return composed


def _time(samples: int, rate: int) -> timedelta:
    return timedelta(milliseconds=(samples * 1000 + rate // 2) // rate)
