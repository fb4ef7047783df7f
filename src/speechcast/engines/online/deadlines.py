"""Enforce deadlines on a streamed response.

A service that is silent or too slow is given up.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from ...messages import _
from ...units import Seconds

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """The time limits for a service's response, in seconds.

    `…_per_character` counts the characters of the requested text.
    """

    connect: Seconds = 5.0  # until the connection is open
    first: Seconds = 10.0  # until the first piece of the response
    first_per_character: Seconds = 0.0
    next: Seconds = 6.0  # from one piece to the next
    total: Seconds = 15.0  # for the whole response
    total_per_character: Seconds = 0.25

    def first_limit(self, text: str) -> Seconds:
        """Return the time limit for the first piece of the response.

        `text` is the requested text.
        """
        return self.first + self.first_per_character * len(text)

    def total_limit(self, text: str) -> Seconds:
        """Return how long the whole response to `text` may take."""
        return self.total + self.total_per_character * len(text)


class ResponseStalled(Exception):
    """Nothing arrived for `seconds`; `started` tells whether the response had begun before."""

    def __init__(self, seconds: Seconds, started: bool) -> None:
        super().__init__(seconds)
        self.seconds = seconds
        self.started = started


class ResponseTooSlow(Exception):
    """The response was still arriving after `seconds`."""

    def __init__(self, seconds: Seconds) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class _End(Generic[T]):
    """The end of a stream: regular, or by `error`."""

    error: Exception | None


async def read_with_deadlines(
    stream: AsyncIterator[T], text: str, deadlines: Deadlines, on_start: Callable[[], None]
) -> AsyncGenerator[T, None]:
    """Yield the pieces of a response, each within its deadline.

    A separate task reads the stream: a client takes seconds to close a connection to a silent
    service, and we do not wait for that.

    Args:
        stream: The response.
        text: The text it was requested for; longer texts may take longer.
        deadlines: How long the pieces may take.
        on_start: Called before the first piece is yielded.

    Raises:
        ResponseStalled: No piece arrived in time.
        ResponseTooSlow: The whole response did not arrive in time.
        Exception: Any exception of the stream.
    """
    pieces: asyncio.Queue[T | _End[T]] = asyncio.Queue()
    reader = asyncio.create_task(_read(stream, pieces))
    clock = asyncio.get_running_loop().time
    end = clock() + deadlines.total_limit(text)
    limit, started = deadlines.first_limit(text), False
    try:
        while True:
            left = end - clock()
            try:
                async with asyncio.timeout(min(limit, left)):
                    piece = await pieces.get()
            except TimeoutError:
                if left < limit:
                    raise ResponseTooSlow(deadlines.total_limit(text)) from None
                raise ResponseStalled(limit, started) from None
            if isinstance(piece, _End):
                if piece.error:
                    raise piece.error
                return
            if not started:
                on_start()
            yield piece
            limit, started = deadlines.next, True
    finally:
        await _cancel(reader)


async def _read(stream: AsyncIterator[T], pieces: asyncio.Queue[T | _End[T]]) -> None:
    """Put every piece of the stream, then its end, into the queue."""
    try:
        async for piece in stream:
            pieces.put_nowait(piece)
        pieces.put_nowait(_End(None))
    except Exception as exc:
        pieces.put_nowait(_End(exc))


async def _cancel(reader: asyncio.Task[None]) -> None:
    """Cancel the reader twice.

    The second time ends a client that waits for the closing handshake.
    """
    for _attempt in range(2):
        reader.cancel()
        await asyncio.sleep(0)


def explain_interruption(exc: Exception) -> str | None:
    """Return what interrupted a response, if another attempt may succeed; None otherwise."""
    import aiohttp

    match exc:
        case ResponseTooSlow():
            message = _("the service was not done after {seconds:g} seconds")
            return message.format(seconds=exc.seconds)
        case ResponseStalled() if exc.started:
            return _("the service fell silent for {seconds:g} seconds").format(seconds=exc.seconds)
        case ResponseStalled():
            return _("the service did not answer for {seconds:g} seconds").format(
                seconds=exc.seconds
            )
        case aiohttp.ClientPayloadError():
            return _("the service's answer broke off")
        case aiohttp.ClientConnectionError() | OSError():
            return _("the service dropped the connection")
    return None
