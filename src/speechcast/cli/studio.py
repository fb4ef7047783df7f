"""`speechcast studio`: a page on this machine to hear a speech and put it right."""

from __future__ import annotations

import contextlib
import secrets
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import typer

from ..messages import _, mark
from .common import report_errors
from .servers import HostOption, PortOption, end_quietly, require_extra, run_server

if TYPE_CHECKING:
    from ..studio.library import Library


def studio(
    source: Annotated[
        Path | None,
        typer.Argument(
            metavar=mark("SPEECH"), help=_("A speech to open, or the folder of a project.")
        ),
    ] = None,
    port: PortOption = 0,
    host: HostOption = "127.0.0.1",
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help=_("Print the address, and open no browser."))
    ] = False,
    projects: Annotated[
        Path | None,
        typer.Option(
            "--projects",
            metavar=mark("FOLDER"),
            help=_("The folder of the projects; by default Documents/speechcast."),
        ),
    ] = None,
) -> None:
    """Open the studio in the browser: hear every sentence, put it right, keep the rest."""
    with report_errors(), end_quietly(_("ended; the projects are saved")):
        require_extra()
        from ..studio.app import create_app
        from ..studio.library import Library
        from ..studio.security import list_hosts
        from ..studio.server import address_of, listen
        from ..studio.warming import warm_up
        from ..synthesis.synthesizer import default_resources

        with contextlib.closing(
            Library(projects or projects_folder(), default_resources())
        ) as library:
            page = f"#/projects/{quote(_open(library, source), safe='')}" if source else ""
            token = secrets.token_urlsafe(24)
            with contextlib.closing(listen(host, port)) as socket:
                address = f"{address_of(host, socket)}/?token={token}{page}"
                typer.echo(_("the studio is at {address}").format(address=address))
                warm_up()
                if not no_browser:
                    webbrowser.open(address)
                run_server(create_app(library, token, list_hosts(host)), socket, library.close)


def projects_folder() -> Path:
    """Return the folder of the user's projects."""
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
    return library.find(source.name, data) or library.create(source.name, data)
