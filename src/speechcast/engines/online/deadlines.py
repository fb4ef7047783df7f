"""What a service sends, each piece in its time: a silent one is noticed, a slow one given up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How long a service may take, in seconds; what is `each` is for a character of the text."""

    connect: float = 5.0
    first: float = 10.0  # until the first piece of the answer
    first_per_character: float = 0.0
    next: float = 6.0  # from one piece to the next
    total: float = 15.0  # for the whole answer
    total_per_character: float = 0.25

    def first_limit(self, text: str) -> float:
        return self.first + self.first_per_character * len(text)

    def total_limit(self, text: str) -> float:
        return self.total + self.total_per_character * len(text)


class ResponseStalled(Exception):
    """Nothing came for `seconds`; `begun`: after the answer had begun."""

    def __init__(self, seconds: float, started: bool) -> None:
        super().__init__(seconds)
        self.seconds = seconds
        self.started = started


class ResponseTooSlow(Exception):
    """The answer was still coming after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class _Ended(Generic[T]):
    """The stream came to its end, or broke with `error`."""

    error: Exception | None


def ignore_start() -> None:
    """Nobody wants to know when an answer begins."""


async def read_with_deadlines(
    stream: AsyncIterator[T], text: str, deadlines: Deadlines, started: Callable[[], None]
) -> AsyncIterator[T]:
    """The pieces of the answer to `text`; `started` is called before the first.

    Raises Silence, Late, and what the stream raises.

    The stream is read by a task of its own: taking leave of a silent service takes a client
    seconds more, and those we do not wait.
    """
    pieces: asyncio.Queue[T | _Ended[T]] = asyncio.Queue()
    reader = asyncio.create_task(_read(stream, pieces))
    clock = asyncio.get_running_loop().time
    latest = clock() + deadlines.total_limit(text)
    patience, begun = deadlines.first_limit(text), False
    try:
        while True:
            left = latest - clock()
            try:
                async with asyncio.timeout(min(patience, left)):
                    piece = await pieces.get()
            except TimeoutError:
                if left < patience:
                    raise ResponseTooSlow(deadlines.total_limit(text)) from None
                raise ResponseStalled(patience, begun) from None
            if isinstance(piece, _Ended):
                if piece.error:
                    raise piece.error
                return
            if not begun:
                started()
            yield piece
            patience, begun = deadlines.next, True
    finally:
        await _dismiss(reader)


async def _read(stream: AsyncIterator[T], pieces: asyncio.Queue[T | _Ended[T]]) -> None:
    try:
        async for piece in stream:
            pieces.put_nowait(piece)
        pieces.put_nowait(_Ended(None))
    except Exception as exc:
        pieces.put_nowait(_Ended(exc))


async def _dismiss(reader: asyncio.Task[None]) -> None:
    """End the reader; the second time ends a client still waiting for the service's goodbye."""
    for _ in range(2):
        reader.cancel()
        await asyncio.sleep(0)


def explain_interruption(exc: Exception) -> str | None:
    """What kept an answer from its end, where another attempt may do better."""
    import aiohttp

    match exc:
        case ResponseTooSlow():
            return f"the service was not done after {exc.seconds:g} seconds"
        case ResponseStalled():
            silent = "fell silent" if exc.started else "did not answer"
            return f"the service {silent} for {exc.seconds:g} seconds"
        case aiohttp.ClientPayloadError():
            return "the service's answer broke off"
        case aiohttp.ClientConnectionError() | OSError():
            return "the service dropped the connection"
    return None
