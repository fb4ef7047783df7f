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
    layout = Layout(utterances, pauses)
    for clip in clips:
        layout.add(clip)
    return layout.finish()


def length_of(
    utterances: Sequence[Utterance], clips: Sequence[Clip], pauses: Mapping[str, Pauses]
) -> Samples:
    """Return the length of the timeline that `place` would make."""
    return place(utterances, clips, pauses).length


class Layout:
    """A timeline that grows clip by clip; `place` says how."""

    def __init__(self, utterances: Sequence[Utterance], pauses: Mapping[str, Pauses]) -> None:
        """Begin with no clip.

        Args:
            utterances: What is spoken, at least one.
            pauses: The pauses of each speaker, by the speaker's label.
        """
        self._upcoming = zip(utterances, gaps(utterances, pauses), strict=True)
        last = utterances[-1]
        self._tail: Seconds = pauses[last.speaker].tail + last.pause_after
        self._clips: list[PlacedClip] = []
        self._clip_end = self._sound_end = 0

    def add(self, clip: Clip) -> PlacedClip:
        """Place the clip of the next utterance."""
        utterance, gap = next(self._upcoming)
        span = clip.speech_span
        start = max(self._clip_end, self._sound_end + round(gap * clip.rate) - span.start)
        self._clip_end, self._sound_end = start + len(clip.samples), start + span.end
        placed = PlacedClip(utterance, clip, start)
        self._clips.append(placed)
        return placed

    def finish(self) -> Timeline:
        """Return the timeline, when every clip is placed."""
        rate = self._clips[0].clip.rate
        length = max(self._clip_end, self._sound_end + round(self._tail * rate))
        return Timeline(tuple(self._clips), rate, length)


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
