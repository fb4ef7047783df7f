"""The `speechcast` command and its subcommands."""

from __future__ import annotations

import sys
from collections.abc import Callable
from copy import copy
from typing import Annotated

import typer
from typer.models import CommandInfo

from ..errors import OutputError
from ..exit_codes import FAILED, WRONG_USAGE
from ..messages import _
from .align import align
from .batch import batch
from .cache import app as cache
from .check import check
from .command import Command, Group
from .completing import app as completion
from .completing import prepare_completion
from .doctor import doctor
from .dub import dub
from .greeting import greet, is_conversation
from .make import make
from .page import page
from .preview import preview
from .say import say
from .script import script
from .serve import serve
from .streams import prepare_streams
from .studio import studio
from .usage_errors import USAGE_ERROR, describe_mistake
from .voices import app as voices

_MAKING = _("Make")
_CORRECTING = _("Look and correct")
_MACHINE = _("Voices and this machine")

app = typer.Typer(
    cls=Group,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=_("Turn the text of a speech into an MP3 and an SRT that match each other."),
    epilog=(
        "speechcast make speech.txt\n"
        "speechcast batch speeches/ -o out/\n"
        "speechcast check out/speech.mp3 out/speech.srt"
    ),
)


def _add(command: Callable[..., None], panel: str, text: str, example: str) -> None:
    """Add a command to a group of the help page, with its help and an example."""
    app.command(cls=Command, rich_help_panel=panel, help=text, epilog=example)(command)


_add(
    make,
    _MAKING,
    _("Make an MP3 and an SRT of a speech, which match each other."),
    "speechcast make speech.docx --voice orator --rate +10% -o out/",
)
_add(
    say,
    _MAKING,
    _(
        "Play a text at once, while the rest is being spoken.\n\n"
        'No file is written. It is played by the output device (pip install "speechcast[play]"), '
        "or by a player of the system, at the loudness of its first sentence."
    ),
    'speechcast say "各位代表，大家好。"',
)
_add(
    batch,
    _MAKING,
    _(
        "Speak every text in a folder that is not up to date.\n\n"
        "A report is written beside the files; the exit code is 3 if some failed."
    ),
    "speechcast batch speeches/ -o out/ --recursive --jobs 4",
)
_add(
    dub,
    _MAKING,
    _(
        "Speak subtitles on their times, and over a film.\n\nEvery cue's speech begins when the "
        "cue does. Silence after a cue is used before anything is hurried. Tags, songs (♪), "
        "[applause] and names of speakers are shown, not spoken."
    ),
    "speechcast dub lines.srt --over film.mp4 --cast ANNA=heart",
)
_add(
    script,
    _CORRECTING,
    _("Show how a speech will be read, what is in doubt, how long."),
    "speechcast script speech.txt --pinyin",
)
_add(
    studio,
    _CORRECTING,
    _("Open the studio in the browser: hear and correct a speech."),
    "speechcast studio speech.docx",
)
_add(
    align,
    _CORRECTING,
    _("Write subtitles for a recording whose text is at hand."),
    "speechcast align talk.mp3 speech.docx --subtitles srt,vtt",
)
_add(
    check,
    _CORRECTING,
    _("Compare subtitles with their audio and the speech.\n\nThe exit code is 1 if a check fails."),
    "speechcast check out/speech.mp3 out/speech.srt --source speech.txt",
)
_add(
    page,
    _CORRECTING,
    _(
        "Write a page to listen and read along.\n\nIt is one HTML file that needs no network. "
        "The text is the one in the tags of the audio, in the paragraphs of the speech, if the "
        "subtitles show the same; otherwise it is that of the subtitles. Where these have times "
        "of words (json, vtt, lrc), each word is lit as it is heard; with others, each cue is."
    ),
    "speechcast page out/speech.mp3",
)
app.add_typer(voices, name="voices", rich_help_panel=_MACHINE)
_add(
    serve,
    _MACHINE,
    _("Serve every voice to other programs, as POST /v1/audio/speech."),
    "speechcast serve --port 8880",
)
app.add_typer(cache, name="cache", rich_help_panel=_MACHINE)
_add(
    doctor,
    _MACHINE,
    _(
        "Say what is installed and ready, for a report of a problem.\n\n"
        "There is nothing private in it: no name, no key, no text, no folder but below your home "
        "(~); nothing is sent anywhere. The exit code is 1 if a package is missing or broken."
    ),
    "speechcast doctor > report.txt",
)
app.add_typer(completion, name="completion", rich_help_panel=_MACHINE)
voices.command(
    cls=Command,
    help=_(
        "Play a short sample of each voice, and keep it.\n\n"
        "It makes output/preview-NAME.mp3 and .srt."
    ),
    epilog="speechcast voices preview narrator heart",
)(preview)


def execute() -> None:
    """Run the `speechcast` command."""
    prepare_streams()
    prepare_completion()
    try:
        sys.exit(run())
    except OutputError as exc:  # what is printed outside a command, such as --help
        typer.echo(_("error: {exc}").format(exc=exc), err=True)
        sys.exit(FAILED)


def run(arguments: list[str] | None = None) -> int:
    """Run a command line and return its exit code.

    Args:
        arguments: What follows the program's name; None for those of this process.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        code: object = _only(arguments[:1])(arguments, standalone_mode=False)
    except USAGE_ERROR as exc:
        typer.echo(describe_mistake(exc), err=True)
        return WRONG_USAGE
    except typer.Abort:
        typer.echo(_("aborted"), err=True)
        return FAILED
    return code if isinstance(code, int) else 0


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
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help=_("Print the version and exit."))
    ] = False,
    language: Annotated[  # `start` takes it out before; it is here for the help page
        str | None,
        typer.Option(
            "--lang",
            metavar="zh|en",
            help=_("Speak Chinese or English to you, with every command."),
        ),
    ] = None,
) -> None:
    del language
    if version:
        from importlib.metadata import version as installed_version

        typer.echo(f"speechcast {installed_version('speechcast')}")
    elif context.invoked_subcommand is None:
        if is_conversation():
            raise typer.Exit(greet(run))
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(WRONG_USAGE)
