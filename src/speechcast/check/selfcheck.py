"""The cheap part of the check, which every production passes before its files get their names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

from ..audio.decode import DecodeError, read_played_length
from ..audio.resample import resampled_length
from ..errors import CheckError
from ..model import Cue, Timeline
from .text_match import letters


def require_whole(cues: Sequence[Cue], timeline: Timeline, *sounds: Path) -> None:
    """Raise CheckError unless the text is whole, the cues are in order and the sounds as long.

    No sound is listened to; that they were made from the same timeline is what puts them in step.
    """
    said = "".join(letters(p.utterance.shown) for p in timeline.clips)
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
    for sound in sounds:
        _require_length(sound, timeline)


def _fail(what: str) -> NoReturn:
    raise CheckError(
        f"the production failed its own check ({what}) and was not delivered; please report this"
    )


def _require_length(sound: Path, timeline: Timeline) -> None:
    try:
        length, rate = read_played_length(sound)
    except DecodeError as exc:
        _fail(f"{sound.name} cannot be played: {exc}")
    wanted = resampled_length(rate, timeline.length, timeline.rate)
    if length != wanted:
        _fail(f"{sound.name} has {length} samples, the timeline {wanted}")
