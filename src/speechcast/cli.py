"""The command line: parse, show progress, turn an error into a line and an exit code."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from .errors import SpeechcastError

if TYPE_CHECKING:
    from fractions import Fraction

    from .model import Voice
    from .models import Bundle
    from .produce import Production, Subtitling

INTERRUPTED = 130  # as a shell reports a command that SIGINT ended

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Turn the text of a speech into an MP3 and an SRT that fit each other.",
)
voices_app = typer.Typer(
    rich_markup_mode=None,
    help="List the voice presets, show what one says, fetch the model it needs.",
)
app.add_typer(voices_app, name="voices")


def main() -> None:
    """The `speechcast` command."""
    app()


@app.callback(invoke_without_command=True)
def _speechcast(
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"speechcast {installed('speechcast')}")
        raise typer.Exit


@app.command()
def make(  # noqa: PLR0913 one a command-line option
    source: Annotated[
        str,
        typer.Argument(metavar="SPEECH", help="The text file to speak; - reads it from a pipe."),
    ],
    voice: Annotated[
        str,
        typer.Option(
            "--voice", "-v", help="A preset ('speechcast voices' lists them) or its file."
        ),
    ] = "narrator",
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The folder for the two files.")
    ] = Path("output"),
    name: Annotated[
        str | None,
        typer.Option(
            "--name", help="What to call the two files; else they are named as the speech."
        ),
    ] = None,
    rate: Annotated[
        str | None,
        typer.Option(
            "--rate", help="Speak faster (+10%) or slower (-10%) than the preset's voice."
        ),
    ] = None,
    style: Annotated[
        str | None,
        typer.Option(
            "--style",
            help="How subtitles are cut: video, vertical, netflix-zh, netflix-en, verbatim or a "
            "style file; else as suits the language.",
        ),
    ] = None,
    subtitles: Annotated[
        str,
        typer.Option("--subtitles", help="The subtitle files: any of srt,vtt,ass,lrc,json,txt."),
    ] = "srt",
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin subtitle files with a byte order mark.")
    ] = False,
    crlf: Annotated[
        bool, typer.Option("--crlf", help="End the lines of subtitle files as Windows does.")
    ] = False,
    offset: Annotated[
        float,
        typer.Option("--offset", help="Show subtitles so many seconds later (-0.2: earlier)."),
    ] = 0.0,
    fps: Annotated[
        str | None,
        typer.Option("--fps", help="Let cues begin and end on a frame: 25, 23.976, 30000/1001."),
    ] = None,
) -> None:
    """Speak a text: writes SPEECH.mp3 and SPEECH.srt, which fit each other."""
    with _told():
        from . import documents, voices
        from .console import Display
        from .produce import Order, produce

        piped = source == "-"
        text = documents.decode(_stdin(), "the text from the pipe") if piped else None
        text = documents.read(Path(source)) if text is None else text
        chosen = voices.load(voice)
        chosen = voices.with_rate(chosen, rate) if rate else chosen
        called = name or ("speech" if piped else Path(source).stem)
        shown = _subtitling(style, subtitles, fps, bom=bom, crlf=crlf, offset=offset)
        with Display() as display:
            made = produce(Order(text, called, chosen, output, shown), display)
        _say_what_was_made(made)


@voices_app.callback(invoke_without_command=True)
def _list(context: typer.Context) -> None:
    if context.invoked_subcommand:
        return
    with _told():
        from . import voices

        rows = [_row(name, path) for name, path in voices.PRESETS.files().items()]
        header = ("PRESET", "LANGUAGE", "ENGINE", "WHERE", "STATE", "DESCRIPTION")
        _table([header, *sorted(rows, key=lambda r: (r[3] == "online", r[1], r[0]))])


@voices_app.command()
def show(name: Annotated[str, typer.Argument(help="A preset, or its file.")]) -> None:
    """Print everything a preset says."""
    with _told():
        from . import voices

        v = voices.load(name)
        where, state = _state(v)
        pauses = [(f"pause after {k}", f"{getattr(v.pauses, k):g} s") for k in v.pauses.__slots__]
        _table(
            [
                ("preset", v.name),
                ("description", v.description),
                ("engine", f"{v.engine} ({where}, {state})"),
                ("voice", v.voice),
                ("language", v.language),
                ("rate", f"{v.rate:+}%"),
                ("pitch", f"{v.pitch:+}Hz"),
                ("volume", f"{v.volume:+}%"),
                *pauses,
                ("file", str(voices.PRESETS.path_of(name))),
            ]
        )


@voices_app.command()
def install(
    name: Annotated[str, typer.Argument(help="A preset of a local voice.")],
    source: Annotated[
        Path | None,
        typer.Option("--from", help="Take the files from this folder instead of the network."),
    ] = None,
) -> None:
    """Fetch a local voice's model ahead of time."""
    with _told():
        from . import voices
        from .console import Display

        voice = voices.load(name)
        bundles = _bundles(voice)
        with Display() as display:
            for bundle in bundles:
                if source and not bundle.ready:
                    bundle.install_from(source)
                bundle.ensure(display)
        typer.echo(f"{voice.name} is ready" if bundles else f"{voice.name} needs no model")


def _subtitling(  # noqa: PLR0913 one a command-line option
    style: str | None, subtitles: str, fps: str | None, *, bom: bool, crlf: bool, offset: float
) -> Subtitling:
    from .produce import Subtitling
    from .subtitles import formats
    from .subtitles.style import load

    return Subtitling(
        style=load(style) if style else None,
        formats=tuple(formats.named(subtitles)),
        bom=bom,
        crlf=crlf,
        offset=offset,
        fps=_frames(fps) if fps else None,
    )


def _frames(fps: str) -> Fraction:
    from fractions import Fraction

    from .errors import PresetError

    broadcast = {"23.976": Fraction(24000, 1001), "29.97": Fraction(30000, 1001)}
    try:
        frames = broadcast.get(fps) or Fraction(fps)
    except (ValueError, ZeroDivisionError):
        frames = Fraction(0)
    if not 1 <= frames <= 240:
        raise PresetError(f"--fps is '{fps}', allowed are 1 to 240 frames a second, like 25")
    return frames


def _stdin() -> bytes:
    if sys.stdin.isatty():
        typer.echo("reading the speech from the keyboard; end it with Ctrl-D", err=True)
    return sys.stdin.buffer.read()


def _say_what_was_made(made: Production) -> None:
    from .console import clock

    _table(
        [
            ("audio", str(made.audio)),
            ("subtitles", str(made.subtitles)),
            ("duration", clock(made.duration)),
            ("sentences", str(made.sentences)),
            ("cues", str(len(made.cues))),
            ("voice", f"{made.voice.name} ({made.voice.description})"),
            ("took", clock(made.took)),
        ]
    )


def _row(name: str, path: Path) -> tuple[str, ...]:
    """A preset's line in the list; a broken one says so there and spoils no other."""
    from . import voices

    try:
        v = voices.read(path)
        return (v.name, v.language, v.engine, *_state(v), v.description)
    except SpeechcastError as exc:
        return (name, "?", "?", "?", "broken", str(exc))


def _state(voice: Voice) -> tuple[str, str]:
    """Where the voice speaks, and whether it can."""
    from .engines import engine
    from .sources import megabytes

    if engine(voice.engine).online:
        return "online", "online"
    missing = sum(b.size for b in _bundles(voice) if not b.ready)
    return "this machine", f"to be fetched, {megabytes(missing)}" if missing else "ready"


def _bundles(voice: Voice) -> list[Bundle]:
    from .engines import engine

    return list(engine(voice.engine).needs(voice))


def _table(rows: list[tuple[str, ...]]) -> None:
    """Columns as wide as what they hold; the last one runs free."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        typer.echo("  ".join(cells).rstrip())


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Tell the user of an error or an interruption, and exit as the README promises."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    except SpeechcastError as exc:
        typer.echo(f"error: {' '.join(str(exc).split())}", err=True)
        raise typer.Exit(1) from exc
    except KeyboardInterrupt:
        typer.echo("interrupted; nothing was written", err=True)
        raise typer.Exit(INTERRUPTED) from None


def _terminate(signum: int, _: object) -> NoReturn:
    """End as after Ctrl-C: clean up, write nothing."""
    raise KeyboardInterrupt(signum)
