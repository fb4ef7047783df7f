"""Serve an application with Uvicorn, until it is ended."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from ..errors import OutputError, explain_os_error
from ..messages import _

GRACE = 2  # seconds in which open requests may end, when the server does


class CleanServer(uvicorn.Server):
    """A server that closes what it served before it waits for open connections.

    Else a page that listens to events would keep it open.
    """

    def __init__(self, app: ASGIApp, on_end: Callable[[], None]) -> None:
        """Serve an application.

        Args:
            app: The application.
            on_end: Called once when the server is to end.
        """
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            http="h11",
            ws="none",
            lifespan="off",
            timeout_graceful_shutdown=GRACE,
        )
        super().__init__(config)
        self._on_end = on_end

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the server; see `uvicorn.Server.shutdown`."""
        self._on_end()
        await super().shutdown(sockets)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on a port; 0 for one that is free.

    Raises:
        OutputError: The port or the address cannot be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    server = socket.socket(family, socket.SOCK_STREAM)
    try:
        server.setsockopt(socket.SOL_SOCKET, _choose_reuse(socket), 1)
        server.bind((host, port))
        server.listen(128)
    except OSError as exc:
        server.close()
        raise OutputError(
            _(
                "nothing can be served at {host}, port {port} ({strerror}); choose another "
                "with --port or --host"
            ).format(host=host, port=port, strerror=explain_os_error(exc))
        ) from exc
    return server


def _choose_reuse(system: object) -> int:
    """Return the option by which a port is taken for this server alone.

    On Windows, SO_REUSEADDR would let two programs have one port, and either get the requests
    ("Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE", Microsoft). Elsewhere a port is only had once,
    and without the option not for a minute after the last server on it ended.

    Args:
        system: What has the options of this system: the module `socket`.
    """
    exclusive: int = getattr(system, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)
    return exclusive


def address_of(host: str, server: socket.socket) -> str:
    """Return the address of a server, with a host that a browser can open."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{server.getsockname()[1]}"
