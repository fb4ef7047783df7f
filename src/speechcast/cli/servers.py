"""What the commands share that serve something: options, the extra, and a clean end."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from ..extras import compose_extra_command
from ..messages import _, mark
from .common import TERMINATIONS, handle_signals

if TYPE_CHECKING:
    import socket

    from starlette.types import ASGIApp

_LAST_PORT = 65_535
_MODULES = ("starlette", "uvicorn", "python_multipart")

PortOption = Annotated[
    int,
    typer.Option(
        "--port",
        metavar=mark("PORT"),
        min=0,
        max=_LAST_PORT,
        help=_("The port; 0 takes one that is free."),
    ),
]
HostOption = Annotated[
    str,
    typer.Option(
        "--host",
        metavar=mark("ADDRESS"),
        help=_("Where to listen; all but 127.0.0.1 and ::1 can be reached from outside."),
    ),
]


def require_extra() -> None:
    """Raise UsageError if what serves a page is not installed."""
    from importlib.util import find_spec

    if not all(map(find_spec, _MODULES)):
        raise UsageError(
            _("what serves pages is not installed; run: {command}").format(
                command=compose_extra_command("studio")
            )
        )


def is_loopback(host: str) -> bool:
    """Return whether a server at this host is reached from this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:  # a name, which may lead anywhere
        return host == "localhost"


@contextlib.contextmanager
def end_quietly(last_word: str) -> Iterator[None]:
    """Say a last word when Ctrl-C or a signal ends the block, which is no error.

    Args:
        last_word: What becomes of the work.
    """
    with contextlib.suppress(KeyboardInterrupt):
        yield
    typer.echo(last_word, err=True)


def run_server(app: ASGIApp, server: socket.socket, on_end: Callable[[], None]) -> None:
    """Serve until Ctrl-C or a signal ends it.

    Args:
        app: The application.
        server: The socket that listens.
        on_end: Called once when it is to end.
    """
    from ..studio.server import CleanServer

    typer.echo(_("Ctrl-C ends it"), err=True)
    running = CleanServer(app, on_end)
    with handle_signals(running.handle_exit, *TERMINATIONS):  # Uvicorn heeds no SIGHUP
        running.run([server])
