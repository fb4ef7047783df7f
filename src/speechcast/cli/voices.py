"""`speechcast voices`: the voice presets and the models they need."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from ..errors import SpeechcastError, UsageError
from ..messages import _, mark
from .command import Command, Group
from .common import (
    note_shadowed,
    print_summary,
    print_table,
    report_errors,
)
from .completion import complete_languages, complete_voices
from .options import ProxyOption
from .voice_details import describe_state, describe_terms, list_bundles, list_details

app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    help=_("List the voice presets, show one, or download its model."),
    epilog="speechcast voices --language zh",
)


LanguageOption = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar=mark("TAG"),
        help=_("List one language only: zh, en-GB, zh-TW."),
        autocompletion=complete_languages,
    ),
]
PresetArgument = Annotated[
    str,
    typer.Argument(
        metavar=mark("PRESET"),
        help=_("A preset or a preset file."),
        autocompletion=complete_voices,
    ),
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
                    language=language, languages=_(", ").join(languages)
                )
            )
        header = (_("PRESET"), _("LANGUAGE"), _("ENGINE"), _("WHERE"), _("STATE"), _("DESCRIPTION"))
        here = _("this machine")
        print_table([header, *sorted(rows, key=lambda r: (r[3] != here, r[1], r[0]))])


@app.command(
    cls=Command,
    help=_("Print everything that a preset sets."),
    epilog="speechcast voices show report",
)
def show(name: PresetArgument) -> None:
    """Print everything that a preset sets."""
    with report_errors():
        from ..voices import presets

        voice = presets.load(name)
        note_shadowed({voice.name})
        print_table(list_details(voice, name))


@app.command(
    cls=Command,
    help=_("Download the model of a local voice ahead of time."),
    epilog="speechcast voices install narrator",
)
def install(
    name: Annotated[
        str,
        typer.Argument(
            metavar=mark("PRESET"),
            help=_("The preset of a local voice."),
            autocompletion=complete_voices,
        ),
    ],
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar=mark("FOLDER"),
            help=_("Take the files from this folder, not from the network."),
        ),
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
        engine, bundles = engine_class(voice.engine), list_bundles(voice)
        with closing(Display()) as display:
            for bundle in bundles:
                if source and not bundle.ready:
                    bundle.install_from(source)
            engine.install(voice, display, compact=compact)
            device = engine.tune(voice, display)
        model = f" ({m})" if (m := engine.describe_model(voice)) else ""
        runs = _("; it runs on the {device}").format(device=device) if device else ""
        with print_summary():
            typer.echo(
                _("{voice} is ready{model}{runs}").format(voice=voice.name, model=model, runs=runs)
                if bundles
                else _("{voice} needs no model").format(voice=voice.name)
            )
            if terms := describe_terms(voice):
                typer.echo(_("licence: {terms}").format(terms=terms))


@app.command(
    cls=Command,
    help=_("Write a preset for a voice of the online service."),
    epilog="speechcast voices add zh-TW-HsiaoYuNeural --as hsiaoyu",
)
def add(
    name: Annotated[
        str, typer.Argument(metavar=mark("VOICE"), help=_("The name of the voice at the service."))
    ],
    preset: Annotated[
        str | None, typer.Option("--as", metavar=mark("NAME"), help=_("The name of the preset."))
    ] = None,
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
        [
            (_("VOICE"), _("LANGUAGE"), _("GENDER"), _("CHARACTER")),
            *sorted(rows, key=lambda r: r[1::-1]),
        ]
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
        (v.name, v.language, v.description, names[v.voice] or "-", describe_state(v)[1])
        for v in voices
        if f"{v.language}-".lower().startswith((language or "").lower())
    ]
    if not rows:
        languages = _(", ").join(dict.fromkeys(v.language for v in voices))
        raise UsageError(
            _("--language is '{language}'; there are {languages}").format(
                language=language, languages=languages
            )
        )
    header = (_("VOICE"), _("LANGUAGE"), _("DESCRIPTION"), _("PRESETS"), _("STATE"))
    print_table([header, *rows])
    typer.echo(
        _("to use one, or a mix: --voice {voices}, --voice '{example}'").format(
            voices=voices[0].name, example=EXAMPLE
        ),
        err=True,
    )


def _row(name: str, path: Path) -> tuple[str, ...]:
    """Return the row of a preset, or of its error."""
    from ..voices import presets

    try:
        v = presets.read_preset(path)
        return (v.name, v.language, v.engine, *describe_state(v), _(v.description))
    except SpeechcastError as exc:
        return (name, "?", "?", "?", _("broken"), str(exc))
