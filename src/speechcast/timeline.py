"""Clips and pauses to one timeline, in samples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from .model import Clip, Pauses, PlacedClip, Timeline, Utterance
from .units import Samples


def place(
    lines: Sequence[Utterance], clips: Sequence[Clip], pauses: Mapping[str, Pauses]
) -> Timeline:
    """Every clip at its sample, so that the pauses are heard as long as each speaker's preset says.

    A pause runs from the last sound of one clip to the first of the next; what silence the clips
    bring along is part of it. One that the text asks for holds instead of the preset's, and adds to
    the lead-in and the tail, which are those of the first and of the last speaker.
    """
    rate = clips[0].rate
    placed: list[PlacedClip] = []
    sound_ends = 0
    for line, clip, gap in zip(lines, clips, gaps(lines, pauses), strict=True):
        clip_ends = placed[-1].start + len(placed[-1].clip.samples) if placed else 0
        start = max(clip_ends, sound_ends + round(gap * rate) - clip.speech_span.start)
        placed.append(PlacedClip(line, clip, start))
        sound_ends = start + clip.speech_span.end
    clip_ends = placed[-1].start + len(placed[-1].clip.samples)
    tail = pauses[lines[-1].speaker].tail + lines[-1].pause_after
    end = sound_ends + round(tail * rate)
    return Timeline(tuple(placed), rate, max(clip_ends, end))


def length_of(
    utterances: Sequence[Utterance], clips: Sequence[Clip], pauses: Mapping[str, Pauses]
) -> Samples:
    """Return the length of the timeline that `place` makes of the same arguments."""
    rate = clips[0].rate
    clip_end = sound_end = 0
    for clip, gap in zip(clips, gaps(utterances, pauses), strict=True):
        sound = clip.speech_span
        start = max(clip_end, sound_end + round(gap * rate) - sound.start)
        clip_end, sound_end = start + len(clip.samples), start + sound.end
    tail = pauses[utterances[-1].speaker].tail + utterances[-1].pause_after
    return max(clip_end, sound_end + round(tail * rate))


def gaps(lines: Sequence[Utterance], pauses: Mapping[str, Pauses]) -> Iterator[float]:
    """The seconds of silence before each line."""
    yield pauses[lines[0].speaker].lead_in + lines[0].pause_before
    for before, line in pairwise(lines):
        asked = before.pause_after + line.pause_before
        yield asked or pauses[before.speaker].seconds(before.pause)
