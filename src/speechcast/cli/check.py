"""`speechcast check`: whether a production is whole and in sync."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..exit_codes import FAILED
from ..messages import _, mark
from .common import report_errors
from .completion import complete_styles
from .option_words import require_order
from .streams import to_json


def check(  # noqa: PLR0913 one parameter per command-line option
    audio: Annotated[
        Path,
        typer.Argument(metavar=mark("AUDIO"), help=_("The audio: any file PyAV can play.")),
    ],
    subtitles: Annotated[
        Path,
        typer.Argument(
            metavar=mark("SUBTITLES"), help=_("Its subtitles: srt, vtt, ass, lrc or ttml.")
        ),
    ],
    source: Annotated[
        Path | None,
        typer.Option(
            "--source", metavar=mark("SPEECH"), help=_("The speech, to compare the text with.")
        ),
    ] = None,
    style: Annotated[
        str | None,
        typer.Option(
            "--style",
            metavar=mark("STYLE"),
            help=_("Fail if a rule of this style is broken."),
            autocompletion=complete_styles,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print the report as JSON."))] = False,
    plot: Annotated[
        Path | None,
        typer.Option(
            "--plot",
            metavar=mark("IMAGE"),
            help=_("Draw waveform, cues and errors to a file like check.png."),
        ),
    ] = None,
) -> None:
    """Compare subtitles with their audio and the speech. The exit code is 1 if a check fails."""
    with report_errors():
        from ..check.checker import check as check_production
        from ..subtitles.style import load

        require_order("check", audio, subtitles)
        if plot:
            from ..check.plot import require_picture

            require_picture(plot)
        report = check_production(audio, subtitles, source, load(style) if style else None, plot)
        if as_json:
            typer.echo(to_json(report.as_dict()))
        else:
            typer.echo("\n".join(report.lines()))
        if report.failures:
            raise typer.Exit(FAILED)
