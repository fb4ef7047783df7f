"""A TCP service on loopback that answers every request with bytes written by hand."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator, Callable

from tests.support.loopback import Loopback

Bytes = AsyncIterator[bytes]
Script = Callable[[bytes], Bytes]


class RawService(Loopback):
    """Each connection is read up to the end of its request, and answered by `script`.

    `script(head)` yields the bytes to send, and may sleep between them; the connection is closed
    after them, or reset if `reset`.
    """

    def __init__(self, script: Script, *, reset: bool = False) -> None:
        super().__init__()
        self.script = script
        self.reset = reset
        self.heads: list[bytes] = []
        self.bodies: list[bytes] = []
        self.sent = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start_server(self) -> int:
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def stop_server(self) -> None:
        self._server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks or [asyncio.ensure_future(asyncio.sleep(0))], timeout=1)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            self.heads.append(head)
            length = next(
                (int(line[15:]) for line in head.lower().split(b"\r\n") if line[:15] == LENGTH), 0
            )
            self.bodies.append(await reader.readexactly(length))
            async for piece in self.script(head):
                writer.write(piece)
                self.sent += len(piece)
                await writer.drain()
        if self.reset:
            raw = writer.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort() if self.reset else writer.close()


LENGTH = b"content-length:"
