"""Is a service's answer the whole line, and where in it is each of its tokens?

Sound and word boundaries come from different parts of the service, so each is held against the
other, and both against the text that was sent. Every function raises SpoiltAnswer.
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
from ..online.decoding import RATE, samples_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MP3_FRAME = 144  # bytes at 48 kbit/s; every answer is a whole number of them
MP3_FRAME_SAMPLES = 576
EARLY = 0.12  # seconds; the boundaries run some 76 ms before the decoded sound, never more
HEARD = (0.05, 0.3)  # seconds of a word that sound, or that part of a shorter one (speech: > 0.10)


@dataclass(frozen=True, slots=True)
class Boundary:
    """When a word is spoken, as the service says: samples, not yet held against the sound."""

    text: str
    span: Span


def clip_of(line: Utterance, audio: bytes, boundaries: Sequence[Boundary]) -> Clip:
    """The answer as a clip, proven whole."""
    _require_order(boundaries)
    samples = _decoded(audio)
    sounds = find_active_ranges(samples, RATE)
    if not sounds:
        raise InvalidResponse("the service sent nothing but silence")
    boundaries = _on_the_sound(boundaries, sounds[0].start)
    _require_sound(sounds, boundaries)
    return snap_to_sound(
        Clip(samples, RATE, _laid_onto(line, boundaries, len(samples))), line.tokens
    )


def _decoded(audio: bytes) -> NDArray[np.int16]:
    if len(audio) % MP3_FRAME:
        raise InvalidResponse("the service's answer is cut short: half a frame at its end")
    samples = samples_of(audio, "mp3", "service")
    if len(samples) < (len(audio) // MP3_FRAME - 2) * MP3_FRAME_SAMPLES:
        raise InvalidResponse("the service's sound cannot be decoded: it is damaged")
    return samples


def _require_order(boundaries: Sequence[Boundary]) -> None:
    if not boundaries:
        raise InvalidResponse("the service did not say when its words are spoken")
    for before, after in pairwise(boundaries):
        if after.span.start < before.span.start:
            raise InvalidResponse(f"the service's times are out of order, at “{after.text}”")


def _on_the_sound(boundaries: Sequence[Boundary], onset: int) -> list[Boundary]:
    """The boundaries shifted so that the first word begins where sound does."""
    late = min(max(0, onset - boundaries[0].span.start), round(EARLY * RATE))
    return [replace(word, span=word.span.shifted(late)) for word in boundaries]


def _require_sound(sounds: Sequence[Span], boundaries: Sequence[Boundary]) -> None:
    """Every word has sound where it is said to be."""
    least, part = HEARD
    for word in boundaries:
        start, end = word.span
        if start >= sounds[-1].end:
            raise InvalidResponse(
                f"the service's answer is cut short: words are missing from “{word.text}” on"
            )
        heard = sum(max(0, min(s.end, end) - max(s.start, start)) for s in sounds)
        if heard < min(least * RATE, part * (end - start)):
            raise InvalidResponse(f"there is no sound where the service says “{word.text}” is")


def _laid_onto(
    line: Utterance, boundaries: Sequence[Boundary], length: int
) -> tuple[Span | None, ...]:
    """Each voiced token's span, by the words the service says it spoke.

    The service may write a word its own way (2023 as 二零二三), so letters are matched as two
    texts are compared: what it replaced lies between what it left alone. A word of ours with
    nothing in its place was not spoken.
    """
    ours = [(c, i) for i, t in enumerate(line.tokens) for c in _letters(t.spoken)]
    theirs = [(c, at) for b in boundaries for c, at in _each_letter(b)]
    spans: list[Span | None] = [None] * len(line.tokens)
    matcher = difflib.SequenceMatcher(
        None, [c for c, _ in ours], [c for c, _ in theirs], autojunk=False
    )
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "delete":
            lost = "".join(letter for letter, _ in ours[a:b])
            raise InvalidResponse(f"the service did not speak “{lost}”")
        for n in range(b - a):
            first = c + n * (d - c) // (b - a)
            last = max(first, c + (n + 1) * (d - c) // (b - a) - 1)
            token, said = ours[a + n][1], Span(theirs[first][1].start, theirs[last][1].end)
            before = spans[token]
            spans[token] = Span(min(before.start, said.start), said.end) if before else said
    return in_order(spans, length)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _each_letter(boundary: Boundary) -> list[tuple[str, Span]]:
    """The word's letters, its time shared out evenly among them."""
    letters = _letters(boundary.text)
    start, length = boundary.span.start, boundary.span.end - boundary.span.start
    edges = [start + n * length // max(1, len(letters)) for n in range(len(letters) + 1)]
    return [(c, Span(edges[n], edges[n + 1])) for n, c in enumerate(letters)]


def in_order(spans: Sequence[Span | None], length: int) -> tuple[Span | None, ...]:
    """The spans made ascending, not overlapping, at least one sample long and inside the clip."""
    ordered: list[Span | None] = []
    at, left = 0, sum(s is not None for s in spans)
    for span in spans:
        if span is None:
            ordered.append(None)
            continue
        left -= 1
        start = min(max(span.start, at), length - left - 1)
        at = min(max(span.end, start + 1), length - left)
        ordered.append(Span(start, at))
    return tuple(ordered)
