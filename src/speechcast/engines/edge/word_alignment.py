"""Check that a response is complete, and locate its tokens.

A complete response speaks the whole utterance.

Sound and word boundaries come from different parts of the service, so each is compared with the
other, and both with the text that was sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ...audio.activity import find_active_ranges, snap_to_sound
from ...errors import InvalidResponse
from ...messages import _
from ...model import Clip, Span, Utterance
from ...units import Samples, Seconds
from ..base import SAMPLE_RATE
from ..online.boundaries import Boundary, align_tokens
from ..online.decoding import decode_response

if TYPE_CHECKING:
    from ...units import Mono16

MP3_FRAME = 144  # bytes at 48 kbit/s; every response is a whole number of frames
MP3_FRAME_SAMPLES: Samples = 576
MAX_LEAD: Seconds = 0.12  # by which the boundaries may precede the decoded sound (usually 0.076)
MIN_SOUND: Seconds = 0.05  # that must be heard in a word …
MAX_OVERHANG: Seconds = 0.5  # of a word's end beyond the last sound; in real speech below 0.1 s
MIN_WORDS_SHARE = 0.3  # of the sound that must lie inside the words; in real speech nearly all
MIN_SOUND_SHARE = 0.3  # … or this share of a shorter one; in real speech it is above 0.10 s


def build_clip(
    utterance: Utterance, audio: bytes, boundaries: Sequence[Boundary], longest: Seconds
) -> Clip:
    """Return a response as a clip, after checking that it is complete.

    Args:
        utterance: What was requested.
        audio: The MP3 frames, at 24 kHz and 48 kbit/s, mono.
        boundaries: The words as the service says it spoke them.
        longest: How long the sound may last.

    Raises:
        InvalidResponse: The response is damaged, or is not the whole utterance.
    """
    _require_order(boundaries)
    samples = _decode(audio, longest)
    sounds = find_active_ranges(samples, SAMPLE_RATE)
    if not sounds:
        raise InvalidResponse(_("the service sent nothing but silence"))
    boundaries = _shift_to_sound(boundaries, sounds[0].start)
    _require_sound(sounds, boundaries)
    spans = align_tokens(utterance, boundaries, len(samples))
    return snap_to_sound(Clip(samples, SAMPLE_RATE, spans), utterance.tokens)


def _decode(audio: bytes, longest: Seconds) -> Mono16:
    """Decode the MP3; raise InvalidResponse if it is cut short or damaged.

    Of a whole response, up to two frames may give no samples.
    """
    if len(audio) % MP3_FRAME:
        raise InvalidResponse(_("the service's answer is cut short: half a frame at its end"))
    samples = decode_response(audio, "mp3", "service", longest)
    if len(samples) < (len(audio) // MP3_FRAME - 2) * MP3_FRAME_SAMPLES:
        raise InvalidResponse(_("the service's sound cannot be decoded: it is damaged"))
    return samples


def _require_order(boundaries: Sequence[Boundary]) -> None:
    """Raise InvalidResponse unless there are boundaries, sorted by start."""
    if not boundaries:
        raise InvalidResponse(_("the service did not say when its words are spoken"))
    for before, after in pairwise(boundaries):
        if after.span.start < before.span.start:
            raise InvalidResponse(
                _("the service's times are out of order, at “{after}”").format(after=after.text)
            )


def _shift_to_sound(boundaries: Sequence[Boundary], onset: Samples) -> list[Boundary]:
    """Return the boundaries shifted to the start of the sound.

    After the shift, the first word begins where the sound does.
    """
    lead = min(max(0, onset - boundaries[0].span.start), round(MAX_LEAD * SAMPLE_RATE))
    return [replace(word, span=word.span.shifted(lead)) for word in boundaries]


def _require_sound(sounds: Sequence[Span], boundaries: Sequence[Boundary]) -> None:
    """Raise InvalidResponse if words and sound do not fit each other."""
    inside = 0
    for word in boundaries:
        start, end = word.span
        if start >= sounds[-1].end:
            raise InvalidResponse(
                _("the service's answer is cut short: words are missing from “{word}” on").format(
                    word=word.text
                )
            )
        audible = sum(max(0, min(s.end, end) - max(s.start, start)) for s in sounds)
        inside += audible
        if audible < min(MIN_SOUND * SAMPLE_RATE, MIN_SOUND_SHARE * (end - start)):
            raise InvalidResponse(
                _("there is no sound where the service says “{word}” is").format(word=word.text)
            )
    overhang = max(word.span.end for word in boundaries) - sounds[-1].end
    total = sum(sound.end - sound.start for sound in sounds)
    if overhang > MAX_OVERHANG * SAMPLE_RATE or inside < MIN_WORDS_SHARE * total:
        raise InvalidResponse(_("the service's times do not fit its sound"))
