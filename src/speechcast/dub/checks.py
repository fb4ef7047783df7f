"""The check that every dubbing passes before its files are delivered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ..audio.decode import DecodeError, read_played_length
from ..check.selfcheck import fail_check, require_length
from ..check.text_match import keep_letters
from ..messages import _
from ..model import Timeline
from ..subtitles.captions import Captions
from ..units import Samples, Seconds
from .placement import PlacedCue
from .request import Dubbing

_MIX_TOLERANCE: Seconds = 0.1  # by which a mix may be longer or shorter: a frame of its encoder


def require_on_time(  # noqa: PLR0913 what a dubbing consists of
    dubbing: Dubbing,
    timeline: Timeline,
    cues: Sequence[PlacedCue],
    captions: Captions,
    sounds: Sequence[Path],
    *,
    mixed: bool,
) -> None:
    """Check that a dubbing is whole and on time, before it is delivered.

    The cues show what they showed, all of it that is speech is spoken, each cue's first sound is
    on its start unless it is named as late, and the sound files are as long as the timeline.

    Args:
        dubbing: The subtitles.
        timeline: What is heard when.
        cues: The cues that are spoken.
        captions: The cues as they are written.
        sounds: The sound files.
        mixed: Whether the speech in them is mixed with an original.

    Raises:
        CheckError: The dubbing is not as it should be. It is a bug of this program.
    """
    for number, (cue, caption) in enumerate(
        zip(captions.cues, dubbing.subtitles.captions, strict=True), 1
    ):
        if cue.text != caption.text:
            fail_check(_("cue {number} does not show what it showed").format(number=number))
    expected = "".join(keep_letters(dubbing.lines[i].text) for i in dubbing.script.voiced)
    spoken = "".join(keep_letters(clip.utterance.shown) for clip in timeline.clips)
    if spoken != expected:
        fail_check(_("the sound does not have all of the cues"))
    _require_starts(captions, cues)
    for sound in sounds:
        if mixed:
            _require_about_length(sound, timeline)
        else:
            require_length(sound, timeline)


def find_starts(captions: Captions) -> Mapping[int, Samples]:
    """Return the first sample at which each cue is heard, by its index."""
    heard = {
        index: [t.span for t in cue.tokens if t.span] for index, cue in enumerate(captions.cues)
    }
    return {index: spans[0].start for index, spans in heard.items() if spans}


def _require_starts(captions: Captions, cues: Sequence[PlacedCue]) -> None:
    starts = find_starts(captions)
    for placed in cues:
        index = placed.need.cue
        if starts.get(index) != captions.cues[index].start + placed.late:
            fail_check(_("cue {number} is not heard on its time").format(number=index + 1))
    if len(starts) != len(cues):
        fail_check(_("a cue is heard that is none"))


def _require_about_length(sound: Path, timeline: Timeline) -> None:
    """Raise CheckError unless a mix has about the length of the timeline."""
    try:
        length, rate = read_played_length(sound)
    except DecodeError as exc:
        fail_check(_("{name} cannot be played: {reason}").format(name=sound.name, reason=exc))
    if abs(length / rate - timeline.length / timeline.rate) > _MIX_TOLERANCE:
        fail_check(_("{name} has another length than the dubbing").format(name=sound.name))
