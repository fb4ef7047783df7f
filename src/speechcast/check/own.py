"""The cheap part of the check, which every production passes before its files get their names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from ..errors import CheckError
from ..model import Cue, Timeline
from .text import letters


def require_whole(cues: Sequence[Cue], timeline: Timeline, audio: Path) -> None:
    """Raise CheckError unless the text is whole, the cues are in order and the sound is as long.

    No sound is listened to; that they were made from the same timeline is what puts them in step.
    """
    said = "".join(letters(p.line.shown) for p in timeline.placed)
    shown = "".join(letters(cue.text) for cue in cues)
    if said != shown:
        differing = (i for i, (a, b) in enumerate(zip(said, shown, strict=False)) if a != b)
        at = next(differing, min(len(said), len(shown)))
        _fail(f"the cues do not show the text as it is at “{said[at : at + 12]}”")
    for number, cue in enumerate(cues, 1):
        if not cue.text.strip() or not 0 <= cue.start < cue.end <= timeline.length:
            _fail(f"cue {number} is empty or outside the sound")
    for number, (before, after) in enumerate(pairwise(cues), 2):
        if after.start < before.end:
            _fail(f"cue {number} overlaps the one before it")
    length = _length(audio, timeline.rate)
    if length != timeline.length:
        _fail(f"the sound has {length} samples, the timeline {timeline.length}")


def _fail(what: str) -> None:
    raise CheckError(
        f"the production failed its own check ({what}) and was not delivered; please report this"
    )


def _length(audio: Path, rate: int) -> int:
    """The samples a player will hear, by the file's own account (its gapless tag)."""
    import av

    with av.open(str(audio), "r") as container:
        stream = container.streams.audio[0]
        if stream.duration is None or stream.time_base is None:
            return 0
        return round(stream.duration * stream.time_base * rate)
