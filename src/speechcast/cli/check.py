"""`speechcast check`: is a production in step and whole?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from .common import report_errors


def check(  # noqa: PLR0913 one a command-line option
    audio: Annotated[Path, typer.Argument(help="The sound: any file PyAV plays.")],
    subtitles: Annotated[Path, typer.Argument(help="Its subtitles: srt, vtt, ass, ttml ...")],
    source: Annotated[
        Path | None, typer.Option("--source", help="The speech, to hold the text against.")
    ] = None,
    style: Annotated[
        str | None, typer.Option("--style", help="Fail where a rule of this style is broken.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    plot: Annotated[
        Path | None, typer.Option("--plot", help="Draw waveform, cues and errors: check.png.")
    ] = None,
) -> None:
    """Hold subtitles against their sound, and against the speech; exit code 1 if they fail."""
    with report_errors():
        from ..check.checker import check as checked
        from ..subtitles.style import load

        report = checked(audio, subtitles, source, load(style) if style else None, plot)
        if as_json:
            typer.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=1))
        else:
            typer.echo("\n".join(report.lines()))
        if report.failures:
            raise typer.Exit(1)
