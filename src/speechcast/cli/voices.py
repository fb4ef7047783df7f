"""`speechcast voices`: the presets, and the models they need."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import SpeechcastError
from .common import table, told

if TYPE_CHECKING:
    from ..model import Voice
    from ..models import Bundle

app = typer.Typer(
    rich_markup_mode=None,
    help="List the voice presets, show what one says, fetch the model it needs.",
)


@app.callback(invoke_without_command=True)
def _list(context: typer.Context) -> None:
    if context.invoked_subcommand:
        return
    with told():
        from .. import voices

        rows = [_row(name, path) for name, path in voices.PRESETS.files().items()]
        header = ("PRESET", "LANGUAGE", "ENGINE", "WHERE", "STATE", "DESCRIPTION")
        table([header, *sorted(rows, key=lambda r: (r[3] == "online", r[1], r[0]))])


@app.command()
def show(name: Annotated[str, typer.Argument(help="A preset, or its file.")]) -> None:
    """Print everything a preset says."""
    with told():
        from .. import voices

        v = voices.load(name)
        where, state = _state(v)
        pauses = [(f"pause after {k}", f"{getattr(v.pauses, k):g} s") for k in v.pauses.__slots__]
        table(
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


@app.command()
def install(
    name: Annotated[str, typer.Argument(help="A preset of a local voice.")],
    source: Annotated[
        Path | None,
        typer.Option("--from", help="Take the files from this folder instead of the network."),
    ] = None,
) -> None:
    """Fetch a local voice's model ahead of time."""
    with told():
        from .. import voices
        from .console import Display

        voice = voices.load(name)
        bundles = _bundles(voice)
        with Display() as display:
            for bundle in bundles:
                if source and not bundle.ready:
                    bundle.install_from(source)
                bundle.ensure(display)
        typer.echo(f"{voice.name} is ready" if bundles else f"{voice.name} needs no model")


def _row(name: str, path: Path) -> tuple[str, ...]:
    """A preset's line in the list; a broken one says so there and spoils no other."""
    from .. import voices

    try:
        v = voices.read(path)
        return (v.name, v.language, v.engine, *_state(v), v.description)
    except SpeechcastError as exc:
        return (name, "?", "?", "?", "broken", str(exc))


def _state(voice: Voice) -> tuple[str, str]:
    """Where the voice speaks, and whether it can."""
    from ..engines import engine
    from ..sources import megabytes

    if engine(voice.engine).online:
        return "online", "online"
    missing = sum(b.size for b in _bundles(voice) if not b.ready)
    return "this machine", f"to be fetched, {megabytes(missing)}" if missing else "ready"


def _bundles(voice: Voice) -> list[Bundle]:
    from ..engines import engine

    return list(engine(voice.engine).needs(voice))
