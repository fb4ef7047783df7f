"""`speechcast voices preview`: hear what voices sound like, one after another."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..messages import _
from .common import (
    announce_sending,
    note_shadowed,
    print_summary,
    report_errors,
    with_device,
    with_proxy,
)
from .option_values import require_folder
from .options import DeviceOption, ProxyOption

if TYPE_CHECKING:
    from ..model import Voice
    from ..prepare import Prepared
    from ..request import Request

_SAMPLES = {
    "zh": "各位来宾，大家好！今天是个好日子，我们欢聚一堂，共同见证这一重要时刻。",
    "en": "Good morning, everyone. It is a pleasure to welcome you here today.",
}


def preview(  # noqa: PLR0913 one parameter per command-line option
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="PRESET...", help=_("Presets, preset files, embedded voices, mixes.")
        ),
    ],
    text: Annotated[str | None, typer.Option("--text", help=_("The text to speak."))] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help=_("The folder for the samples."))
    ] = Path("output"),
    play: Annotated[
        bool, typer.Option("--play/--no-play", help=_("Play the samples, or make the files alone."))
    ] = True,
    proxy: ProxyOption = None,
    device: DeviceOption = "auto",
) -> None:
    """Play a short sample of each voice, and make output/preview-NAME.mp3 and .srt of it."""
    with report_errors():
        from ..prepare import prepare
        from ..sending import list_transfers, sum_up
        from ..voices import presets

        voices = [presets.load(name) for name in names]
        note_shadowed({voice.name for voice in voices})
        folder = require_folder(output)
        requests = [with_proxy(_request_sample(voice, text, folder), proxy) for voice in voices]
        samples = [prepare(with_device(request, device)) for request in requests]
        announce_sending(sum_up(t for sample in samples for t in list_transfers(sample)))
        for sample in samples:
            play = _make_sample(sample, play=play)


def _request_sample(voice: Voice, text: str | None, folder: Path) -> Request:
    from .. import documents
    from ..request import resolve_request

    sample = documents.from_text(text or _SAMPLES.get(voice.language[:2], _SAMPLES["en"]))
    name = re.sub(r"[^\w.-]+", "-", f"preview-{voice.name}")  # a mix has signs no file may have
    return resolve_request(sample, name, folder, voice=voice, force=True)


def _make_sample(sample: Prepared, *, play: bool) -> bool:
    """Make the files of a sample and play it; return whether it could be played."""
    from ..produce import produce_prepared
    from ..synthesis.synthesizer import default_resources
    from .console import Display
    from .playing import accompany

    voice = sample.request.voice
    typer.echo(f"{voice.name}: {voice.description}", err=True)
    resources = replace(default_resources(), in_order=play)
    with accompany(sample.cast, play=play) as playback:
        with closing(Display()) as display:
            production = produce_prepared(sample, display, resources, playback.add)
        with playback.hear_out(production), print_summary():
            typer.echo("\n".join(str(path) for path in production.audio))
        return playback.works
