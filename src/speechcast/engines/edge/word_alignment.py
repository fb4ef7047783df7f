"""Check that a response is complete, and locate its tokens.

A complete response speaks the whole utterance.

Sound and word boundaries come from different parts of the service, so each is compared with the
other, and both with the text that was sent.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ...audio.activity import find_active_ranges, snap_to_sound
from ...errors import InvalidResponse
from ...model import Clip, Span, Utterance
from ...units import Samples, Seconds
from ..base import SAMPLE_RATE
from ..online.decoding import decode_response
from ..online.spans import clamp_spans

if TYPE_CHECKING:
    from ...units import Mono16

MP3_FRAME = 144  # bytes at 48 kbit/s; every response is a whole number of frames
MP3_FRAME_SAMPLES: Samples = 576
MAX_QUOTE = 20  # letters quoted of what the service spoke
MAX_LEAD: Seconds = 0.12  # by which the boundaries may precede the decoded sound (usually 0.076)
MIN_SOUND: Seconds = 0.05  # that must be heard in a word …
MAX_OVERHANG: Seconds = 0.5  # of a word's end beyond the last sound; in real speech below 0.1 s
MIN_WORDS_SHARE = 0.3  # of the sound that must lie inside the words; in real speech nearly all
MAX_OTHER_LETTERS = 0.5  # of the letters that the service may write in another way
MIN_SOUND_SHARE = 0.3  # … or this share of a shorter one; in real speech it is above 0.10 s


@dataclass(frozen=True, slots=True)
class Boundary:
    """The time of a word in samples, according to the service."""

    text: str
    span: Span


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
        raise InvalidResponse("the service sent nothing but silence")
    boundaries = _shift_to_sound(boundaries, sounds[0].start)
    _require_sound(sounds, boundaries)
    spans = _align_tokens(utterance, boundaries, len(samples))
    return snap_to_sound(Clip(samples, SAMPLE_RATE, spans), utterance.tokens)


def _decode(audio: bytes, longest: Seconds) -> Mono16:
    """Decode the MP3; raise InvalidResponse if it is cut short or damaged.

    Of a whole response, up to two frames may give no samples.
    """
    if len(audio) % MP3_FRAME:
        raise InvalidResponse("the service's answer is cut short: half a frame at its end")
    samples = decode_response(audio, "mp3", "service", longest)
    if len(samples) < (len(audio) // MP3_FRAME - 2) * MP3_FRAME_SAMPLES:
        raise InvalidResponse("the service's sound cannot be decoded: it is damaged")
    return samples


def _require_order(boundaries: Sequence[Boundary]) -> None:
    """Raise InvalidResponse unless there are boundaries, sorted by start."""
    if not boundaries:
        raise InvalidResponse("the service did not say when its words are spoken")
    for before, after in pairwise(boundaries):
        if after.span.start < before.span.start:
            raise InvalidResponse(f"the service's times are out of order, at “{after.text}”")


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
                f"the service's answer is cut short: words are missing from “{word.text}” on"
            )
        audible = sum(max(0, min(s.end, end) - max(s.start, start)) for s in sounds)
        inside += audible
        if audible < min(MIN_SOUND * SAMPLE_RATE, MIN_SOUND_SHARE * (end - start)):
            raise InvalidResponse(f"there is no sound where the service says “{word.text}” is")
    overhang = max(word.span.end for word in boundaries) - sounds[-1].end
    total = sum(sound.end - sound.start for sound in sounds)
    if overhang > MAX_OVERHANG * SAMPLE_RATE or inside < MIN_WORDS_SHARE * total:
        raise InvalidResponse("the service's times do not fit its sound")


def _align_tokens(
    utterance: Utterance, boundaries: Sequence[Boundary], length: Samples
) -> tuple[Span | None, ...]:
    """Return each voiced token's span.

    It is found from the words that the service reports.

    The service may write a word in its own way (2023 as 二零二三), so the letters are aligned
    as two versions of a text are: what was replaced lies between what is the same. A letter of ours
    that was deleted was not spoken.

    Raises:
        InvalidResponse: A word of the utterance was not spoken.
    """
    ours = [(c, i) for i, t in enumerate(utterance.tokens) for c in _letters(t.spoken)]
    theirs = [letter for boundary in boundaries for letter in _time_letters(boundary)]
    spans: list[Span | None] = [None] * len(utterance.tokens)
    matcher = difflib.SequenceMatcher(
        None, [c for c, _ in ours], [c for c, _ in theirs], autojunk=False
    )
    _require_same_words(ours, theirs, matcher.get_opcodes())
    for change, a, b, c, d in matcher.get_opcodes():
        if change == "delete":
            lost = "".join(letter for letter, _ in ours[a:b])
            raise InvalidResponse(f"the service did not speak “{lost}”")
        for n in range(b - a):
            first = c + n * (d - c) // (b - a)
            last = max(first, c + (n + 1) * (d - c) // (b - a) - 1)
            token, span = ours[a + n][1], Span(theirs[first][1].start, theirs[last][1].end)
            before = spans[token]
            spans[token] = Span(min(before.start, span.start), span.end) if before else span
    return clamp_spans(spans, length)


def _require_same_words(
    ours: Sequence[tuple[str, int]],
    theirs: Sequence[tuple[str, Span]],
    changes: Sequence[tuple[str, int, int, int, int]],
) -> None:
    """Raise InvalidResponse if the service spoke another text.

    It may write figures and some words in its own way, but not most of them.
    """
    other = [
        "".join(letter for letter, _ in theirs[c:d])
        for change, a, b, c, d in changes
        if change == "replace"
        and not any(letter.isdecimal() for letter, _ in (*ours[a:b], *theirs[c:d]))
    ]
    if sum(map(len, other)) > MAX_OTHER_LETTERS * len(ours):
        raise InvalidResponse(f"the service spoke other words: “{other[0][:MAX_QUOTE]}”")


def _letters(text: str) -> str:
    """Return the letters, digits and characters of the text, in lower case."""
    return "".join(c for c in text.casefold() if c.isalnum())


def _time_letters(boundary: Boundary) -> list[tuple[str, Span]]:
    """Return the word's letters, its time divided evenly among them."""
    letters = _letters(boundary.text)
    start, length = boundary.span.start, boundary.span.end - boundary.span.start
    edges = [start + n * length // max(1, len(letters)) for n in range(len(letters) + 1)]
    return [(c, Span(edges[n], edges[n + 1])) for n, c in enumerate(letters)]
