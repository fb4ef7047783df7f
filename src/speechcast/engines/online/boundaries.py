"""Give the times of a service's words to the tokens of an utterance."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from ...errors import InvalidResponse
from ...messages import _
from ...model import Span, Utterance
from ...units import Samples
from .spans import clamp_spans

MAX_QUOTE = 20  # letters quoted of what the service spoke
MAX_OTHER_LETTERS = 0.5  # of the letters that the service may write in another way


@dataclass(frozen=True, slots=True)
class Boundary:
    """The time of a word in samples, according to the service."""

    text: str
    span: Span


def align_tokens(
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
        None, [c for c, _end in ours], [c for c, _end in theirs], autojunk=False
    )
    _require_same_words(ours, theirs, matcher.get_opcodes())
    for change, a, b, c, d in matcher.get_opcodes():
        if change == "delete":
            lost = "".join(letter for letter, _end in ours[a:b])
            raise InvalidResponse(_("the service did not speak “{lost}”").format(lost=lost))
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
        "".join(letter for letter, _end in theirs[c:d])
        for change, a, b, c, d in changes
        if change == "replace"
        and not any(letter.isdecimal() for letter, _end in (*ours[a:b], *theirs[c:d]))
    ]
    if sum(map(len, other)) > MAX_OTHER_LETTERS * len(ours):
        raise InvalidResponse(
            _("the service spoke other words: “{other}”").format(other=other[0][:MAX_QUOTE])
        )


def _letters(text: str) -> str:
    """Return the letters, digits and characters of the text, in lower case."""
    return "".join(c for c in text.casefold() if c.isalnum())


def _time_letters(boundary: Boundary) -> list[tuple[str, Span]]:
    """Return the word's letters, its time divided evenly among them."""
    letters = _letters(boundary.text)
    start, length = boundary.span.start, boundary.span.end - boundary.span.start
    edges = [start + n * length // max(1, len(letters)) for n in range(len(letters) + 1)]
    return [(c, Span(edges[n], edges[n + 1])) for n, c in enumerate(letters)]
