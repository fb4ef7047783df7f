"""What happens to a project, to every page that shows it: server-sent events."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import AsyncIterator
from typing import Any

HEARTBEAT = 15.0  # seconds; a connection that ended shows when something is written to it
_MOST_WAITING = 1000  # events of a page that does not read them; then it is dropped


class Broadcast:
    """Passes events from any thread to every listener."""

    def __init__(self) -> None:
        """Begin with no listener."""
        self._lock = threading.Lock()
        self._listeners: dict[asyncio.Queue[str | None], asyncio.AbstractEventLoop] = {}
        self._closed = False

    def send(self, kind: str, **data: Any) -> None:
        """Send an event to all who listen now."""
        text = f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
        self._put(text)

    def close(self) -> None:
        """End every stream of events."""
        self._closed = True
        self._put(None)

    async def listen(self) -> AsyncIterator[str]:
        """Yield the events from now on, as a stream of server-sent events."""
        queue: asyncio.Queue[str | None] = asyncio.Queue(_MOST_WAITING)
        with self._lock:
            self._listeners[queue] = asyncio.get_running_loop()
        try:
            yield ": open\n\n"
            while not self._closed:
                try:
                    text = await asyncio.wait_for(queue.get(), HEARTBEAT)
                except TimeoutError:
                    text = ": still here\n\n"
                if text is None:
                    return
                yield text
        finally:
            with self._lock:
                self._listeners.pop(queue, None)

    def _put(self, text: str | None) -> None:
        with self._lock:
            listeners = list(self._listeners.items())
        for queue, loop in listeners:
            with contextlib.suppress(RuntimeError):  # its loop has ended
                loop.call_soon_threadsafe(_put_or_drop, queue, text)


def _put_or_drop(queue: asyncio.Queue[str | None], text: str | None) -> None:
    """Put an event into a queue; one that is full gets an end, so that the page asks again."""
    try:
        queue.put_nowait(text)
    except asyncio.QueueFull:
        queue.get_nowait()
        queue.put_nowait(None)
