"""Work on a stream beside the work on what came of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

LOOKAHEAD = 4  # items that wait to be taken

T = TypeVar("T")


def prefetch(items: Iterable[T]) -> Iterator[T]:
    """The same items, made in a thread of their own while those before them are used.

    What making one raises is raised where it would be taken.
    """
    source, end = iter(items), object()
    with ThreadPoolExecutor(1, "ahead") as maker:
        coming = deque(maker.submit(next, source, end) for _ in range(LOOKAHEAD))
        while (item := coming.popleft().result()) is not end:
            coming.append(maker.submit(next, source, end))
            yield item  # type: ignore[misc]  # what is not the end is an item
