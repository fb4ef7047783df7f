"""`speechcast studio`: a page on this machine to hear a speech and put it right."""

from __future__ import annotations

import secrets
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import typer

from .common import report_errors

if TYPE_CHECKING:
    from ..studio.library import Library

_PORTS = 65_535


def studio(
    source: Annotated[
        Path | None,
        typer.Argument(metavar="[SPEECH]", help="A speech to open, or the folder of a project."),
    ] = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=_PORTS, help="The port; 0 takes one that is free.")
    ] = 0,
    host: Annotated[
        str,
        typer.Option(
            "--host", help="Where to listen; any other than 127.0.0.1 can be reached from outside."
        ),
    ] = "127.0.0.1",
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address, and open no browser.")
    ] = False,
    projects: Annotated[
        Path | None,
        typer.Option("--projects", help="The folder of the projects; by default Documents/speechcast."),
    ] = None,
) -> None:
    """Open the studio in the browser: hear every sentence, put it right, keep the rest."""
    with report_errors():
        require_extra()
        from ..studio.app import create_app
        from ..studio.library import Library
        from ..studio.security import list_hosts
        from ..studio.server import Server, address_of, listen
        from ..synthesis.synthesizer import default_resources

        library = Library(projects or _default_folder(), default_resources())
        path = f"#/projects/{quote(_open(library, source), safe='')}" if source else ""
        token = secrets.token_urlsafe(24)
        socket = listen(host, port)
        address = f"{address_of(host, socket)}/?token={token}{path}"
        typer.echo(f"the studio is at {address}")
        typer.echo("Ctrl-C ends it", err=True)
        if not no_browser:
            webbrowser.open(address)
        Server(create_app(library, token, list_hosts(host)), library.close).run([socket])


def require_extra() -> None:
    """Raise UsageError if what serves the studio is not installed."""
    from importlib.util import find_spec

    from ..errors import UsageError

    if not all(map(find_spec, ("starlette", "uvicorn", "multipart"))):
        raise UsageError(
            "the studio is not installed; install it with: pip install 'speechcast[studio]'"
        )


def _default_folder() -> Path:
    from platformdirs import user_documents_path

    return user_documents_path() / "speechcast"


def _open(library: Library, source: Path) -> str:
    """Return the project of a speech or a folder that was named."""
    from .. import documents

    if source.is_dir():
        project = library.add_folder(source)
        library.open(project)
        return project
    data = documents.read_file_bytes(source)
    return library.create(source.name, data)
