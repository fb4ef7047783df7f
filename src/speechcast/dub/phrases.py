"""Phrases: the words of an utterance that one cue shows, and where they are in its clip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..model import Clip, Span, Utterance
from ..units import Samples
from .lines import Line


@dataclass(frozen=True, slots=True)
class CuePhrase:
    """The words of an utterance that one cue shows.

    Attributes:
        utterance: The index of the utterance.
        cue: The index of the cue.
        tokens: The indices of its first token and of the one after its last.
        span: Where it is heard in the clip, from its first word to its last.
        gap: The samples of silence between it and the next phrase of the clip; 0 for the last.
    """

    utterance: int
    cue: int
    tokens: tuple[int, int]
    span: Span
    gap: Samples = 0

    @property
    def length(self) -> Samples:
        """How long it is heard."""
        return self.span.end - self.span.start


def find_phrases(
    utterances: Sequence[Utterance],
    clips: Sequence[Clip],
    token_lines: Sequence[tuple[int, ...]],
    lines: Sequence[Line],
) -> list[CuePhrase]:
    """Return all phrases in the order in which they are spoken.

    Args:
        utterances: What is spoken.
        clips: The clip of each utterance.
        token_lines: The index of each token's line; -1 for what belongs to none.
        lines: All lines.
    """
    return [
        phrase
        for index, (utterance, clip) in enumerate(zip(utterances, clips, strict=True))
        for phrase in _divide(index, utterance, clip, token_lines[index], lines)
    ]


def _divide(
    index: int,
    utterance: Utterance,
    clip: Clip,
    token_lines: Sequence[int],
    lines: Sequence[Line],
) -> Iterator[CuePhrase]:
    """Yield the phrases of an utterance.

    A token that is not heard goes with the one before it.
    """
    heard = [i for i in range(len(utterance.tokens)) if clip.spans[i] and token_lines[i] >= 0]
    groups = [list(g) for _, g in groupby(heard, key=lambda i: lines[token_lines[i]].cue)]
    firsts = [0, *(group[0] for group in groups[1:]), len(utterance.tokens)]
    spans = [_span_of(clip, group) for group in groups]
    for number, (group, span) in enumerate(zip(groups, spans, strict=True)):
        following = spans[number + 1].start if number + 1 < len(spans) else span.end
        yield CuePhrase(
            index,
            lines[token_lines[group[0]]].cue,
            (firsts[number], firsts[number + 1]),
            span,
            max(0, following - span.end),
        )


def _span_of(clip: Clip, indices: Sequence[int]) -> Span:
    """Return the range from the first of these tokens to the last."""
    first, last = clip.spans[indices[0]], clip.spans[indices[-1]]
    assert first is not None
    assert last is not None
    return Span(first.start, last.end)
