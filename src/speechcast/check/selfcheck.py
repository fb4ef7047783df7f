"""The quick check that every production passes before its files are delivered."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

from ..audio.decode import DecodeError, read_played_length
from ..audio.resample import resampled_length
from ..errors import CheckError
from ..messages import _
from ..model import Timeline
from ..subtitles.cue import Cue
from .text_match import keep_letters


def require_whole(cues: Sequence[Cue], timeline: Timeline, *sounds: Path) -> None:
    """Check that a production is whole, before it is delivered.

    The cues show the whole text in order, and the sound files are as long as the timeline. The
    sound itself is not measured: sound and cues are in step because both come from `timeline`.

    Args:
        cues: The cues as they are written.
        timeline: What they and the sound were made from.
        sounds: The sound files.

    Raises:
        CheckError: The production is not whole. It is a bug of this program.
    """
    spoken = "".join(keep_letters(clip.utterance.shown) for clip in timeline.clips)
    shown = "".join(keep_letters(cue.text) for cue in cues)
    if spoken != shown:
        differing = (i for i, (a, b) in enumerate(zip(spoken, shown, strict=False)) if a != b)
        start = next(differing, min(len(spoken), len(shown)))
        fail_check(f"the cues do not show the text as it is at “{spoken[start : start + 12]}”")
    for number, cue in enumerate(cues, 1):
        if not cue.text.strip() or not 0 <= cue.start < cue.end <= timeline.length:
            fail_check(f"cue {number} is empty or outside the sound")
    for number, (before, after) in enumerate(pairwise(cues), 2):
        if after.start < before.end:
            fail_check(f"cue {number} overlaps the one before it")
    for sound in sounds:
        require_length(sound, timeline)


def fail_check(fault: str) -> NoReturn:
    """Raise CheckError for a fault of this program."""
    raise CheckError(
        _(
            "the production failed its own check ({fault}) and was not delivered; please "
            "report this"
        ).format(fault=fault)
    )


def require_length(sound: Path, timeline: Timeline) -> None:
    """Raise CheckError unless a file has the timeline's length."""
    try:
        length, rate = read_played_length(sound)
    except DecodeError as exc:
        fail_check(f"{sound.name} cannot be played: {exc}")
    expected = resampled_length(rate, timeline.length, timeline.rate)
    if length != expected:
        fail_check(f"{sound.name} has {length} samples, the timeline {expected}")
