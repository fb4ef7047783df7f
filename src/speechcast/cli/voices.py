"""`speechcast voices`: the presets, and the models they need."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import SpeechcastError
from .common import notify_online_use, report_errors, table, use_proxy
from .options import Proxy

if TYPE_CHECKING:
    from ..downloads.bundle import Bundle
    from ..model import Voice

_SAMPLES = {
    "zh": "各位来宾，大家好！今天是个好日子，我们欢聚一堂，共同见证这一重要时刻。",
    "en": "Good morning, everyone. It is a pleasure to welcome you here today.",
}

app = typer.Typer(
    rich_markup_mode=None,
    help="List the voice presets, show what one says, fetch the model it needs.",
)


Language = Annotated[
    str | None, typer.Option("--language", help="Only those of a language: zh, en-GB, zh-TW.")
]


@app.callback(invoke_without_command=True)
def _list(
    context: typer.Context,
    online: Annotated[
        bool, typer.Option("--online", help="List what the online service offers, from it.")
    ] = False,
    language: Language = None,
    proxy: Proxy = None,
) -> None:
    if context.invoked_subcommand:
        return
    with report_errors():
        from ..voices import presets

        use_proxy(proxy)
        if online:
            _list_online(language)
            return

        rows = [_row(name, path) for name, path in presets.PRESETS.files().items()]
        rows = [r for r in rows if f"{r[1]}-".lower().startswith((language or "").lower())]
        header = ("PRESET", "LANGUAGE", "ENGINE", "WHERE", "STATE", "DESCRIPTION")
        table([header, *sorted(rows, key=lambda r: (r[3] == "online", r[1], r[0]))])


@app.command()
def show(name: Annotated[str, typer.Argument(help="A preset, or its file.")]) -> None:
    """Print everything a preset says."""
    with report_errors():
        from ..model import Pause
        from ..voices import presets

        v = presets.load(name)
        where, state = _state(v)
        pauses = [(f"pause after {k}", f"{v.pauses.seconds(k):g} s") for k in Pause]
        pauses += [("lead-in", f"{v.pauses.lead_in:g} s"), ("tail", f"{v.pauses.tail:g} s")]
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
                ("loudness", v.loudness),
                *pauses,
                ("file", str(presets.PRESETS.path_of(name))),
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
    with report_errors():
        from ..voices import presets
        from .console import Display

        voice = presets.load(name)
        bundles = _bundles(voice)
        with Display() as display:
            for bundle in bundles:
                if source and not bundle.ready:
                    bundle.install_from(source)
                bundle.ensure(display)
        typer.echo(f"{voice.name} is ready" if bundles else f"{voice.name} needs no model")


@app.command()
def add(
    name: Annotated[str, typer.Argument(metavar="VOICE", help="The service's name for it.")],
    called: Annotated[str | None, typer.Option("--as", help="What to call the preset.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a preset of that name.")] = False,
    proxy: Proxy = None,
) -> None:
    """Write a preset for a voice of the online service: zh-TW-HsiaoYuNeural --as hsiaoyu."""
    with report_errors():
        from platformdirs import user_config_path

        from ..voices import online_catalog, presets

        use_proxy(proxy)
        voice = online_catalog.find_voice(name)
        called = called or name.rpartition("-")[2].removesuffix("Neural").lower()
        folder = user_config_path("speechcast") / presets.PRESETS.folder
        path = online_catalog.write_preset(voice, called, folder, force=force)
        typer.echo(f"{path} is written; use it with: --voice {called}")


@app.command()
def preview(
    name: Annotated[str, typer.Argument(help="A preset, or its file.")],
    text: Annotated[str | None, typer.Option("--text", help="What it is to say.")] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder.")] = Path("output"),
    proxy: Proxy = None,
) -> None:
    """Make a short sample of a voice: output/preview-NAME.mp3."""
    with report_errors():
        from .. import documents
        from ..produce import produce
        from ..request import resolve_request
        from ..voices import presets
        from .console import Display

        use_proxy(proxy)
        voice = presets.load(name)
        said = documents.from_text(text or _SAMPLES.get(voice.language[:2], _SAMPLES["en"]))
        asked = resolve_request(said, f"preview-{voice.name}", output, voice=voice, force=True)
        notify_online_use(asked.cast.values())
        with Display() as display:
            typer.echo(str(produce(asked, display).audio))


def _list_online(language: str | None) -> None:
    from ..voices import online_catalog

    rows = [
        (v.name, v.language, v.gender, v.character) for v in online_catalog.list_voices(language)
    ]
    table([("VOICE", "LANGUAGE", "GENDER", "CHARACTER"), *sorted(rows, key=lambda r: r[1::-1])])
    typer.echo("to use one: speechcast voices add VOICE --as NAME", err=True)


def _row(name: str, path: Path) -> tuple[str, ...]:
    """A preset's line in the list; a broken one says so there and spoils no other."""
    from ..voices import presets

    try:
        v = presets.read(path)
        return (v.name, v.language, v.engine, *_state(v), v.description)
    except SpeechcastError as exc:
        return (name, "?", "?", "?", "broken", str(exc))


def _state(voice: Voice) -> tuple[str, str]:
    """Where the voice speaks, and whether it can."""
    from ..downloads.sources import format_megabytes
    from ..engines.registry import engine_class

    if engine_class(voice.engine).online:
        return "online", "online"
    missing = sum(b.size for b in _bundles(voice) if not b.ready)
    return "this machine", f"to be fetched, {format_megabytes(missing)}" if missing else "ready"


def _bundles(voice: Voice) -> list[Bundle]:
    from ..engines.registry import engine_class

    return list(engine_class(voice.engine).required_bundles(voice))
