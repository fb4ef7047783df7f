"""A web server on loopback, in a thread of this process.

It runs while its `with` block lasts.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import Self

from aiohttp import web


class Loopback:
    """The base of services; a subclass adds what it serves in `add_routes`."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.port = 0

    def add_routes(self, app: web.Application) -> None:
        """Add the service's routes."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        self._thread.start()
        self.port = asyncio.run_coroutine_threadsafe(self.start_server(), self._loop).result(10)
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the service and every connection at once."""
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self.stop_server(), self._loop).result(5)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(5)
        self._loop.close()

    async def start_server(self) -> int:
        app = web.Application()
        self.add_routes(app)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        await web.SockSite(self._runner, listener, backlog=256).start()
        port: int = listener.getsockname()[1]
        return port

    async def stop_server(self) -> None:
        await self._runner.cleanup()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=1)
        await asyncio.sleep(0.01)  # the transports close in the loop's next rounds
