"""Lay the phrases of the clips on the times of their cues.

The first sound of a cue is on its start, to the sample. Where a sentence goes on in the next cue,
its clip is parted there: the silence becomes longer or shorter, and where the sound goes on
without one, the end of the one part fades into the beginning of the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import numpy as np

from ..audio.activity import LEAD, SHORTEST_PAUSE, TRAIL, find_active_ranges, hop_length
from ..audio.stitch import FADE
from ..model import Clip, PlacedClip, Span, Timeline, Utterance
from ..units import Hertz, Milliseconds, Samples
from .phrases import CuePhrase
from .rates import TOLERANCE, CueNeed, shortest_pause, to_samples

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..units import Mono16

ClipHolder = Callable[[Clip], Clip]
"""Is given a clip and returns an equal one, which may lie on the disk."""


@dataclass(frozen=True, slots=True)
class PlacedPhrase:
    """A phrase, and the sample at which its first sound is heard."""

    phrase: CuePhrase
    start: Samples

    @property
    def end(self) -> Samples:
        """The sample after its last sound."""
        return self.start + self.phrase.length


@dataclass(frozen=True, slots=True)
class PlacedCue:
    """A cue that is spoken, with its phrases placed.

    Attributes:
        need: What it says, and the room for it.
        phrases: Its phrases, placed.
        late: The samples from its start to its first sound.
        excess: The samples by which it is too long for its room; 0 if it fits.
    """

    need: CueNeed
    phrases: tuple[PlacedPhrase, ...]
    late: Samples
    excess: Samples


def place_cues(
    needs: Sequence[CueNeed], starts: Sequence[Milliseconds], rate: Hertz
) -> list[PlacedCue]:
    """Return the cues placed, each on its start or as soon after as can be.

    Args:
        needs: What the cues say, in order.
        starts: The start of each cue of the file, in order.
        rate: The sample rate.
    """
    tolerance = round(TOLERANCE * rate)
    placed: list[PlacedCue] = []
    free = tail = 0
    for need in needs:
        start = to_samples(starts[need.cue], rate)
        begin = start if free - start <= tolerance else free + tail
        room = None if need.room is None else need.room - (begin - start)
        phrases = _place_phrases(need, begin, room)
        placed.append(PlacedCue(need, phrases, begin - start, need.excess(tolerance)))
        free, tail = phrases[-1].end, need.tail
    return placed


def _place_phrases(need: CueNeed, begin: Samples, room: Samples | None) -> tuple[PlacedPhrase, ...]:
    """Return the phrases of a cue one after the other.

    The pauses between them are as long as the presets have them, if it then is over in its time.
    """
    shortest = [shortest_pause(pause) for pause in need.pauses]
    spare = max(0, min(need.shown, need.shown if room is None else room) - need.shortest)
    wanted = sum(need.pauses) - sum(shortest)
    share = min(1.0, spare / wanted) if wanted else 0.0
    position = begin
    placed = []
    pauses = [*zip(need.pauses, shortest, strict=True), (0, 0)]
    for phrase, (longest, least) in zip(need.phrases, pauses, strict=True):
        placed.append(PlacedPhrase(phrase, position))
        position += phrase.length + least + int(share * (longest - least))
    return tuple(placed)


def build_dubbed_timeline(
    utterances: Sequence[Utterance],
    clips: Sequence[Clip],
    cues: Sequence[PlacedCue],
    length: Samples,
    hold: ClipHolder,
) -> Timeline:
    """Return the timeline of the clips, their phrases moved to where they were placed.

    Args:
        utterances: What is spoken.
        clips: The clip of each utterance.
        cues: The cues with their phrases placed, in order.
        length: Of the whole, at the least.
        hold: Holds each clip until the production is finished.
    """
    rate = clips[0].rate
    every = [phrase for cue in cues for phrase in cue.phrases]
    groups = [list(group) for _, group in groupby(every, key=lambda p: p.phrase.utterance)]
    following = [*(group[0].start for group in groups[1:]), None]
    placed: list[PlacedClip] = []
    free = 0
    for group, next_start in zip(groups, following, strict=True):
        index = group[0].phrase.utterance
        limit = None
        if next_start is not None:  # where the next one begins to sound, after its lead
            limit = min(next_start, max(group[-1].end, next_start - _lead(rate)))
        start, clip = relaid(clips[index], group, free, limit)
        placed.append(PlacedClip(utterances[index], hold(clip), start))
        free = start + len(clip.samples)
    return Timeline(tuple(placed), rate, max(length, free))


def _lead(rate: Hertz) -> Samples:
    return round(LEAD * rate)


def relaid(
    clip: Clip, phrases: Sequence[PlacedPhrase], earliest: Samples, latest: Samples | None
) -> tuple[Samples, Clip]:
    """Return a clip with its phrases moved, and the sample at which it begins.

    Args:
        clip: As it was recorded.
        phrases: Its phrases, each at its new start in the production; in order.
        earliest: The first sample of the production that the clip may take.
        latest: The sample before which it must end; None for any.
    """
    samples = clip.samples
    pieces = _cut(samples, clip.rate, phrases)
    begin = max(earliest, pieces[0].start)
    end = max(piece.start + piece.stop - piece.first for piece in pieces)
    end = end if latest is None else min(end, max(latest, begin + 1))
    mixed = np.zeros(end - begin, np.float64)
    for piece in pieces:
        _add(mixed, piece, samples, begin, round(FADE * clip.rate))
    spans = _move_spans(clip, pieces, begin, len(mixed))
    return begin, Clip(np.rint(mixed.clip(-32768, 32767)).astype(np.int16), clip.rate, spans)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a clip, and where it goes.

    Attributes:
        placed: The phrase it has.
        start: The sample of the production that its first one becomes.
        first: Its first sample in the clip.
        stop: The sample of the clip after its last.
        heard: The sample of the clip where its sound begins.
        fades: Whether it fades in, and out.
    """

    placed: PlacedPhrase
    start: Samples
    first: Samples
    stop: Samples
    heard: Samples
    fades: tuple[bool, bool] = (False, False)


def _cut(samples: Mono16, rate: Hertz, phrases: Sequence[PlacedPhrase]) -> list[_Piece]:
    """Return the pieces of a clip."""
    lead = phrases[0].phrase.span.start
    pieces = [_Piece(phrases[0], phrases[0].start - lead, 0, len(samples), lead)]
    fade, trail = round(FADE * rate), round(TRAIL * rate)
    for before, placed in pairwise(phrases):
        heard, lead = _find_beginning(samples, rate, before, placed)
        pieces[-1] = replace(
            pieces[-1],
            stop=_find_stop(before, placed, heard, trail) + fade,
            fades=(pieces[-1].fades[0], True),
        )
        first = heard - lead
        pieces.append(
            _Piece(placed, placed.start - lead, first, len(samples), heard, (True, False))
        )
    return pieces


def _find_beginning(
    samples: Mono16, rate: Hertz, before: PlacedPhrase, placed: PlacedPhrase
) -> tuple[Samples, Samples]:
    """Return where a phrase begins to sound, and how many samples before that it takes.

    After a silence the ear hears when the sound begins, which for a plosive is later than the
    phrase; without one the phrase itself counts.
    """
    span = placed.phrase.span
    if placed.start - before.end < round(SHORTEST_PAUSE * rate):
        return span.start, 0
    sounds = find_active_ranges(samples[span.start : span.end], rate)
    silence = sounds[0].start if sounds else 0
    heard = span.start + (silence if silence > hop_length(rate) else 0)  # it is found by frames
    return heard, min(_lead(rate), heard - before.phrase.span.end)


def _find_stop(
    before: PlacedPhrase, placed: PlacedPhrase, heard: Samples, trail: Samples
) -> Samples:
    """Return the sample of the clip at which a phrase begins to fade out.

    Its sound dies away in the silence after it, as far as there is some in the clip, and room.
    """
    span = before.phrase.span
    room = placed.start - before.end
    dying = min(trail, heard - span.end, max(0, room))
    return span.end + max(dying, min(0, room))


def _add(
    mixed: NDArray[np.float64], piece: _Piece, samples: Mono16, begin: Samples, fade: Samples
) -> None:
    """Add a piece to the sound that begins at a sample of the production, in place."""
    sound = samples[piece.first : piece.stop].astype(np.float64)
    ramp = np.arange(min(fade, len(sound))) / fade
    if piece.fades[0]:
        sound[: len(ramp)] *= ramp
    if piece.fades[1] and piece.stop <= len(samples):
        sound[len(sound) - len(ramp) :] *= 1 - ramp if len(ramp) == fade else ramp[::-1]
    start = piece.start - begin
    sound = sound[max(0, -start) : len(mixed) - start]
    mixed[max(0, start) : max(0, start) + len(sound)] += sound


def _move_spans(
    clip: Clip, pieces: Sequence[_Piece], begin: Samples, length: Samples
) -> tuple[Span | None, ...]:
    """Return the spans of the tokens where the pieces were moved."""
    spans: list[Span | None] = list(clip.spans)
    for piece in pieces:
        by = piece.start - piece.first - begin
        first, stop = piece.placed.phrase.tokens
        for index in range(first, stop):
            if span := spans[index]:
                start = min(max(piece.heard, span.start) + by, length - 1)
                end = min(max(span.end + by, start + 1), length)
                spans[index] = Span(max(0, start), max(end, 1))
    return tuple(spans)
