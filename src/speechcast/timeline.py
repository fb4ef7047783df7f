"""Place clips and pauses on one timeline, in samples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from .model import Clip, Pauses, PlacedClip, Timeline, Utterance
from .units import Samples, Seconds


def place(
    utterances: Sequence[Utterance], clips: Sequence[Clip], pauses: Mapping[str, Pauses]
) -> Timeline:
    """Place every clip on the timeline.

    Each pause is heard as long as the speaker's preset says.

    A pause runs from the last sound of one clip to the first sound of the next; silence inside
    the clips is part of it. A pause that the text asks for replaces the preset's; at
    the start and at the end it is added to the lead-in and the tail.

    Args:
        utterances: What is spoken, at least one.
        clips: The clip of each utterance, all of one sample rate.
        pauses: The pauses of each speaker, by the speaker's label.
    """
    starts, length = _lay_out(utterances, clips, pauses)
    placed = map(PlacedClip, utterances, clips, starts)
    return Timeline(tuple(placed), clips[0].rate, length)


def length_of(
    utterances: Sequence[Utterance], clips: Sequence[Clip], pauses: Mapping[str, Pauses]
) -> Samples:
    """Return the length of the timeline that `place` would make."""
    return _lay_out(utterances, clips, pauses)[1]


def _lay_out(
    utterances: Sequence[Utterance], clips: Sequence[Clip], pauses: Mapping[str, Pauses]
) -> tuple[list[Samples], Samples]:
    """Return the first sample of each clip, and the total length."""
    rate = clips[0].rate
    starts: list[Samples] = []
    clip_end = sound_end = 0
    for clip, gap in zip(clips, gaps(utterances, pauses), strict=True):
        start = max(clip_end, sound_end + round(gap * rate) - clip.speech_span.start)
        clip_end, sound_end = start + len(clip.samples), start + clip.speech_span.end
        starts.append(start)
    tail = pauses[utterances[-1].speaker].tail + utterances[-1].pause_after
    return starts, max(clip_end, sound_end + round(tail * rate))


def gaps(utterances: Sequence[Utterance], pauses: Mapping[str, Pauses]) -> Iterator[Seconds]:
    """Yield the seconds of silence before each utterance.

    Args:
        utterances: What is spoken, at least one.
        pauses: The pauses of each speaker, by the speaker's label.
    """
    yield pauses[utterances[0].speaker].lead_in + utterances[0].pause_before
    for before, utterance in pairwise(utterances):
        requested = before.pause_after + utterance.pause_before
        yield requested or pauses[before.speaker].seconds(before.pause)
