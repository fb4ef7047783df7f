"""`speechcast voices`: the voice presets and the models they need."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import SpeechcastError, UsageError
from ..messages import _
from ..redaction import without_login
from .command import Command, Group
from .common import (
    note_shadowed,
    print_summary,
    print_table,
    report_errors,
)
from .options import ProxyOption

if TYPE_CHECKING:
    from ..downloads.bundle import Bundle
    from ..engines.base import Destination
    from ..model import Voice

app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    help=_("List the voice presets, show one in full, or download the model it needs."),
)


LanguageOption = Annotated[
    str | None, typer.Option("--language", help=_("List one language only: zh, en-GB, zh-TW."))
]
PresetArgument = Annotated[
    str, typer.Argument(metavar="PRESET", help=_("A preset or a preset file."))
]


@app.callback(invoke_without_command=True)
def _list(
    context: typer.Context,
    online: Annotated[
        bool, typer.Option("--online", help=_("List the voices that the online service offers."))
    ] = False,
    embedded: Annotated[
        bool,
        typer.Option(
            "--embedded", help=_("List the embedded voices, which --voice takes and mixes.")
        ),
    ] = False,
    language: LanguageOption = None,
    proxy: ProxyOption = None,
) -> None:
    if context.invoked_subcommand:
        return
    with report_errors():
        from ..voices import presets

        if online and embedded:
            raise UsageError(_("--online and --embedded are two lists; choose one"))
        if online:
            _list_online(language, proxy)
            return
        if embedded:
            _list_embedded(language)
            return

        note_shadowed()
        rows = [_row(name, path) for name, path in presets.PRESETS.list_files().items()]
        languages = sorted({row[1] for row in rows})
        rows = [r for r in rows if f"{r[1]}-".lower().startswith((language or "").lower())]
        if not rows:
            raise UsageError(
                _("--language is '{language}'; there are {languages}").format(
                    language=language, languages=", ".join(languages)
                )
            )
        header = ("PRESET", "LANGUAGE", "ENGINE", "WHERE", "STATE", "DESCRIPTION")
        print_table([header, *sorted(rows, key=lambda r: (r[3] == "online", r[1], r[0]))])


@app.command(cls=Command)
def show(name: PresetArgument) -> None:
    """Print everything that a preset sets."""
    with report_errors():
        from ..model import Pause
        from ..voices import presets

        v = presets.load(name)
        note_shadowed({v.name})
        where, state = _state(v)
        pauses = [(f"pause after {k}", f"{v.pauses.seconds(k):g} s") for k in Pause]
        pauses += [("lead-in", f"{v.pauses.lead_in:g} s"), ("tail", f"{v.pauses.tail:g} s")]
        print_table(
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
                *_terms_rows(v),
                *_model_rows(v),
                *_online_rows(v),
                *_file_rows(name),
            ]
        )


@app.command(cls=Command)
def install(
    name: Annotated[str, typer.Argument(metavar="PRESET", help=_("The preset of a local voice."))],
    source: Annotated[
        Path | None,
        typer.Option("--from", help=_("Take the files from this folder, not from the network.")),
    ] = None,
    compact: Annotated[
        bool,
        typer.Option("--compact", help=_("Keep the embedded voices' small, slower model.")),
    ] = False,
) -> None:
    """Download the model of a local voice ahead of time."""
    with report_errors():
        from ..engines.registry import engine_class
        from ..voices import presets
        from .console import Display

        voice = presets.load(name)
        engine, bundles = engine_class(voice.engine), _bundles(voice)
        with closing(Display()) as display:
            for bundle in bundles:
                if source and not bundle.ready:
                    bundle.install_from(source)
            engine.install(voice, display, compact=compact)
            device = engine.tune(voice, display)
        model = f" ({m})" if (m := engine.describe_model(voice)) else ""
        runs = f"; it runs on the {device}" if device else ""
        with print_summary():
            typer.echo(
                _("{voice} is ready{model}{runs}").format(voice=voice.name, model=model, runs=runs)
                if bundles
                else _("{voice} needs no model").format(voice=voice.name)
            )
            if terms := _terms(voice):
                typer.echo(_("licence: {terms}").format(terms=terms))


@app.command(cls=Command)
def add(
    name: Annotated[
        str, typer.Argument(metavar="VOICE", help=_("The name of the voice at the service."))
    ],
    preset: Annotated[str | None, typer.Option("--as", help=_("The name of the preset."))] = None,
    force: Annotated[
        bool, typer.Option("--force", help=_("Replace a preset of the same name."))
    ] = False,
    proxy: ProxyOption = None,
) -> None:
    """Write a preset for a voice of the online service: zh-TW-HsiaoYuNeural --as hsiaoyu."""
    with report_errors():
        from ..voices import online_catalog, presets

        preset = preset or name.rpartition("-")[2].removesuffix("Neural").lower()
        online_catalog.require_preset_name(preset, force=force)
        voice = online_catalog.find_voice(name, proxy)
        folder = presets.PRESETS.users_folder
        path = online_catalog.write_preset(voice, preset, folder, force=force)
        with print_summary():
            typer.echo(
                _("wrote {path}; use it with: --voice {preset}").format(path=path, preset=preset)
            )
        note_shadowed({preset})


def _terms_rows(voice: Voice) -> list[tuple[str, ...]]:
    """Return the licence of a voice, if it is known."""
    terms = _terms(voice)
    return [("licence", terms)] if terms else []


def _terms(voice: Voice) -> str:
    from ..engines.registry import engine_class

    return engine_class(voice.engine).terms(voice)


def _model_rows(voice: Voice) -> list[tuple[str, ...]]:
    """Return which model speaks the voice, where there are several, and what runs it."""
    from ..engines.registry import engine_class

    engine = engine_class(voice.engine)
    try:
        rows = [("model", engine.describe_model(voice)), ("runs on", engine.describe_device(voice))]
    except SpeechcastError as exc:
        return [("model", str(exc))]
    return [row for row in rows if row[1]]


def _online_rows(voice: Voice) -> list[tuple[str, ...]]:
    """Return the options of a voice, where it sends the text, and with which key."""
    from ..engines.registry import engine_class

    rows: list[tuple[str, ...]] = [
        (f"option {key}", without_login(value)) for key, value in voice.options.items()
    ]
    try:
        destination = engine_class(voice.engine).destination(voice)
    except SpeechcastError as exc:
        return [*rows, ("sends text to", f"nobody: {exc}")]
    if destination is None:
        return rows
    return [*rows, ("sends text to", str(destination)), *_key_rows(voice, destination)]


def _key_rows(voice: Voice, destination: Destination) -> list[tuple[str, ...]]:
    """Return the variables that hold the key which the voice's server would get."""
    if voice.engine != "openai":
        return []
    from ..engines.openai.keys import find_variables

    names = find_variables(voice, destination.address)
    return [("key from", " or ".join(names) or "no variable is named for this address")]


def _list_online(language: str | None, proxy: str | None) -> None:
    from ..voices import online_catalog

    listed = online_catalog.list_voices(language, proxy)
    if not listed:
        raise UsageError(
            _("--language is '{language}'; the service has no voice that speaks it").format(
                language=language
            )
        )
    rows = [(v.name, v.language, v.gender, v.character) for v in listed]
    print_table(
        [("VOICE", "LANGUAGE", "GENDER", "CHARACTER"), *sorted(rows, key=lambda r: r[1::-1])]
    )
    typer.echo(_("to use one: speechcast voices add VOICE --as NAME"), err=True)


def _list_embedded(language: str | None) -> None:
    """Print every embedded voice, with the presets that use it alone."""
    from ..engines.kokoro.mix import EXAMPLE
    from ..engines.kokoro.voices import list_embedded_voices
    from ..voices import embedded, presets

    shipped = [presets.load(name) for name in sorted(presets.PRESETS.list_shipped())]
    voices = [embedded.make_voice(name) for name in list_embedded_voices()]
    names = {v.voice: ", ".join(p.name for p in shipped if p.voice == v.voice) for v in voices}
    rows = [
        (v.name, v.language, v.description, names[v.voice] or "-", _state(v)[1])
        for v in voices
        if f"{v.language}-".lower().startswith((language or "").lower())
    ]
    if not rows:
        languages = ", ".join(dict.fromkeys(v.language for v in voices))
        raise UsageError(
            _("--language is '{language}'; there are {languages}").format(
                language=language, languages=languages
            )
        )
    print_table([("VOICE", "LANGUAGE", "DESCRIPTION", "PRESETS", "STATE"), *rows])
    typer.echo(
        _("to use one, or a mix: --voice {voices}, --voice '{example}'").format(
            voices=voices[0].name, example=EXAMPLE
        ),
        err=True,
    )


def _file_rows(name: str) -> list[tuple[str, ...]]:
    """Return the file of a preset; none for an embedded voice that no preset names."""
    from ..voices import presets

    return [("file", str(presets.PRESETS.find_path(name)))] if presets.PRESETS.has(name) else []


def _row(name: str, path: Path) -> tuple[str, ...]:
    """Return the row of a preset, or of its error."""
    from ..voices import presets

    try:
        v = presets.read_preset(path)
        return (v.name, v.language, v.engine, *_state(v), v.description)
    except SpeechcastError as exc:
        return (name, "?", "?", "?", "broken", str(exc))


def _state(voice: Voice) -> tuple[str, str]:
    """Return where the voice is synthesized, and whether it is ready."""
    from ..downloads.sources import format_megabytes
    from ..engines.registry import engine_class

    if engine_class(voice.engine).online:
        return "online", "online"
    missing = sum(b.download_size for b in _bundles(voice))
    return "this machine", f"to be downloaded, {format_megabytes(missing)}" if missing else "ready"


def _bundles(voice: Voice) -> list[Bundle]:
    from ..engines.registry import engine_class

    return list(engine_class(voice.engine).required_bundles(voice))
