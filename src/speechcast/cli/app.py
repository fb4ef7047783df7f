"""The `speechcast` command and its subcommands."""

from __future__ import annotations

import sys
from copy import copy
from typing import Annotated

import typer
from typer.models import CommandInfo

from ..errors import OutputError
from ..exit_codes import FAILED
from ..messages import _
from .align import align
from .batch import batch
from .cache import app as cache
from .check import check
from .command import Command, Group
from .dub import dub
from .make import make
from .page import page
from .preview import preview
from .say import say
from .script import script
from .serve import serve
from .streams import prepare_streams
from .studio import studio
from .voices import app as voices

app = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=_("Turn the text of a speech into an MP3 and an SRT that match each other."),
)
app.command(cls=Command)(make)
app.command(cls=Command)(say)
app.command(cls=Command)(batch)
app.command(cls=Command)(script)
app.command(cls=Command)(align)
app.command(cls=Command)(dub)
app.command(cls=Command)(check)
app.command(cls=Command)(page)
app.command(cls=Command)(studio)
app.command(cls=Command)(serve)
voices.command(cls=Command)(preview)
app.add_typer(voices, name="voices")
app.add_typer(cache, name="cache")


def main() -> None:
    """Run the `speechcast` command."""
    prepare_streams()
    try:
        _only(sys.argv[1:2])()
    except OutputError as exc:  # what is printed outside a command, such as --help
        typer.echo(_("error: {exc}").format(exc=exc), err=True)
        sys.exit(FAILED)


def _only(names: list[str]) -> typer.Typer:
    """Return the program with the named command alone, for building all takes 40 ms.

    It is the whole program if none is named, as for `--help`, or there is none of that name.
    """
    commands = [info for info in app.registered_commands if _name_of(info) in names]
    groups = [info for info in app.registered_groups if info.name in names]
    if not commands and not groups:
        return app
    narrowed = copy(app)
    narrowed.registered_commands, narrowed.registered_groups = commands, groups
    return narrowed


def _name_of(info: CommandInfo) -> str:
    return info.name or str(getattr(info.callback, "__name__", ""))


@app.callback(invoke_without_command=True)
def _speechcast(
    version: Annotated[
        bool, typer.Option("--version", help=_("Print the version and exit."))
    ] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed_version

        typer.echo(
            _("speechcast {installed_version}").format(
                installed_version=installed_version("speechcast")
            )
        )
        raise typer.Exit
