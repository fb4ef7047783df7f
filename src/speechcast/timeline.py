"""Clips and pauses to one timeline, in samples."""

from __future__ import annotations

from collections.abc import Sequence

from .model import Clip, Line, Pauses, Placed, Timeline

LEAD_IN = 0.3  # seconds before the first sound
LEAD_OUT = 0.5  # seconds after the last


def place(lines: Sequence[Line], clips: Sequence[Clip], pauses: Pauses) -> Timeline:
    """Every clip at its sample, so that the pauses are heard as long as the preset says.

    A pause runs from the last sound of one clip to the first of the next; what silence the clips
    bring along is part of it.
    """
    rate = clips[0].rate
    placed: list[Placed] = []
    sound_ends, pause = 0, LEAD_IN
    for line, clip in zip(lines, clips, strict=True):
        clip_ends = placed[-1].start + len(placed[-1].clip.samples) if placed else 0
        start = max(clip_ends, sound_ends + round(pause * rate) - clip.heard.start)
        placed.append(Placed(line, clip, start))
        sound_ends, pause = start + clip.heard.end, pauses.seconds(line.pause)
    clip_ends = placed[-1].start + len(placed[-1].clip.samples)
    return Timeline(tuple(placed), rate, max(clip_ends, sound_ends + round(LEAD_OUT * rate)))
