"""A connector that reaches one host, so that no redirect takes the text elsewhere.

edge-tts follows redirects: a handshake that is answered with one would open the WebSocket at
another address, which would then be sent the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
from yarl import URL

if TYPE_CHECKING:
    from aiohttp import ClientRequest, ClientTimeout
    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace


class RedirectedElsewhere(Exception):
    """The service redirects to `host`, which is not sent anything."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.host = host


class SingleHostConnector(aiohttp.TCPConnector):
    """Connects to the host, port and scheme of one address, and to no other.

    The client closes its connector with every connection and uses it again when it has corrected
    its clock; so it is only closed by `end`.
    """

    def __init__(self, address: str) -> None:
        """Take the address whose host may be reached."""
        super().__init__()
        self._origin = _origin_of(URL(address))

    async def connect(
        self, req: ClientRequest, traces: list[Trace], timeout: ClientTimeout
    ) -> Connection:
        """Connect for a request.

        Raises:
            RedirectedElsewhere: The request is for another host.
        """
        if _origin_of(req.url) != self._origin:
            raise RedirectedElsewhere(req.url.host or "")
        return await super().connect(req, traces, timeout)

    async def close(self, *, abort_ssl: bool = False) -> None:
        """Do nothing: see `end`."""

    async def end(self) -> None:
        """Close the connections."""
        await super().close()


def _origin_of(url: URL) -> tuple[bool, str | None, int | None]:
    """Return whether the address is encrypted, its host and its port."""
    return url.scheme in {"https", "wss"}, url.host, url.port
