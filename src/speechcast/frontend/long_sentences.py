"""Divide a sentence that is far too long to be one, so that it can be read piece by piece.

The text of a scan or a list without full stops may be a single sentence of a whole book. Between
its pieces the work can be ended, and a change has one of them read again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from ..model import Mark, MarkKind, Sentence

LONGEST = 2_000  # characters of a piece: the longest sentences of real speeches have some hundreds
_CLAUSE_MARKS = frozenset("，、；：。！？…—")


def divide_long(sentence: Sentence) -> Sequence[Sentence]:
    """Return the pieces of a sentence, with their marks; joined, they are the sentence.

    >>> [len(piece.text) for piece in divide_long(Sentence("大家好，" * 600, 1))]
    [2000, 400]
    """
    if len(sentence.text) <= LONGEST:
        return (sentence,)
    edges = [0, *_find_cuts(sentence), len(sentence.text)]
    return [
        Sentence(sentence.text[start:end], sentence.row, tuple(_select(sentence.marks, start, end)))
        for start, end in pairwise(edges)
    ]


def _find_cuts(sentence: Sentence) -> Iterator[int]:
    """Yield where a sentence is cut: after a clause if possible, and in no mark, word or figure."""
    text = sentence.text
    marked = set(chain.from_iterable(range(m.start + 1, m.end) for m in sentence.marks))
    start = 0
    while len(text) - start > LONGEST:
        free = [i for i in range(start + LONGEST, start, -1) if i not in marked]
        clauses = (i for i in free if text[i - 1] in _CLAUSE_MARKS)
        words = (i for i in free if not (_is_latin(text[i - 1]) and _is_latin(text[i])))
        cut = next(clauses, 0) or next(words, 0) or next(iter(free), start + LONGEST)
        while cut in marked:
            cut += 1
        if cut >= len(text):
            return
        yield (start := cut)


def _is_latin(char: str) -> bool:
    return char.isascii() and not char.isspace()


def _select(marks: Sequence[Mark], start: int, end: int) -> Iterator[Mark]:
    """Yield the marks of a piece; a pause between two belongs to the first."""
    for mark in marks:
        is_before = mark.kind is MarkKind.PAUSE and mark.start == start > 0
        if start <= mark.start and mark.end <= end and not is_before:
            yield mark.shifted(-start)
