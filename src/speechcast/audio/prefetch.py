"""Produce a stream in another thread while its items are used."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

LOOKAHEAD = 4  # items that are produced before they are needed

T = TypeVar("T")


def prefetch(items: Iterable[T]) -> Iterator[T]:
    """Yield the same items, produced in another thread ahead of their use.

    An exception raised while an item is produced is raised where that item would be yielded.
    """
    source, end = iter(items), object()
    with ThreadPoolExecutor(1, "ahead") as executor:
        pending = deque(executor.submit(next, source, end) for _ in range(LOOKAHEAD))
        while (item := pending.popleft().result()) is not end:
            pending.append(executor.submit(next, source, end))
            yield item  # type: ignore[misc]  # what is not the end is an item
