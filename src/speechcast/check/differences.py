"""Where two long texts differ, in time that grows with their length alone.

`difflib` compares every character of one text with all equal ones of the other. It is left to
short stretches; longer ones are divided before at what both texts have once, as a patience diff
does (Bram Cohen), and what cannot be divided so is one difference.
"""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

# The product of two lengths up to which difflib compares them: a few hundredths of a second.
_MAX_PRODUCT = 250_000
_ANCHOR_LENGTHS = (24, 8, 3)  # characters of a stretch that both texts have once, by the round

Difference = tuple[int, int, int, int]
"""The range of the first text that is not in the second, and the range that stands for it there."""


def find_differences(a: str, b: str) -> Iterator[Difference]:
    """Yield where two texts differ, in order.

    >>> list(find_differences("今天开会。", "今天不开会"))
    [(2, 2, 2, 3), (4, 5, 5, 5)]
    """
    yield from _compare(a, b, (0, len(a), 0, len(b)), _ANCHOR_LENGTHS)


def _compare(a: str, b: str, area: Difference, lengths: tuple[int, ...]) -> Iterator[Difference]:
    """Yield the differences in an area of both texts.

    `lengths` are those of the anchors at which it may be divided.
    """
    i, j, k, m = _trimmed(a, b, area)
    if i == j and k == m:
        return
    if (j - i) * (m - k) <= _MAX_PRODUCT:
        matcher = difflib.SequenceMatcher(None, a[i:j], b[k:m], autojunk=False)
        for tag, p, q, r, s in matcher.get_opcodes():
            if tag != "equal":
                yield i + p, i + q, k + r, k + s
    elif not lengths:
        yield i, j, k, m
    else:
        anchors = ((i + p, k + r) for p, r in _find_anchors(a[i:j], b[k:m], lengths[0]))
        for (p, r), (q, s) in pairwise([(i, k), *anchors, (j, m)]):
            yield from _compare(a, b, (p, q, r, s), lengths[1:])


def _trimmed(a: str, b: str, area: Difference) -> Difference:
    """Return the area without its common beginning and end."""
    i, j, k, m = area
    while i < j and k < m and a[i] == b[k]:
        i, k = i + 1, k + 1
    while i < j and k < m and a[j - 1] == b[m - 1]:
        j, m = j - 1, m - 1
    return i, j, k, m


def _find_anchors(a: str, b: str, length: int) -> list[tuple[int, int]]:
    """Return where stretches of a length begin that both texts have once, in order in both.

    It is the longest such list.
    """
    in_a, in_b = _find_unique(a, length), _find_unique(b, length)
    pairs = sorted((in_a[text], in_b[text]) for text in in_a.keys() & in_b.keys())
    # The last pairs of the best lists of each length, and for each pair the one before it.
    ends: list[int] = []
    best: list[int] = []
    before: list[int] = []
    for index, (_, position) in enumerate(pairs):
        count = bisect_left(ends, position)
        ends[count : count + 1] = [position]
        best[count : count + 1] = [index]
        before.append(best[count - 1] if count else -1)
    chain = []
    index = best[-1] if best else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _find_unique(text: str, length: int) -> dict[str, int]:
    """Return the stretches of a length that a text has once, each with its index."""
    stretches = [text[i : i + length] for i in range(len(text) - length + 1)]
    counts = Counter(stretches)
    return {stretch: i for i, stretch in enumerate(stretches) if counts[stretch] == 1}
