"""`speechcast page`: a page to listen and read along."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..messages import _
from .common import print_summary, print_table, report_errors
from .option_values import require_folder
from .options import LinkOption

_LARGE = 100_000_000  # bytes of a page that a browser takes seconds to open; chosen here


def page(
    audio: Annotated[
        Path, typer.Argument(metavar="AUDIO", help=_("The audio, such as out/speech.mp3."))
    ],
    subtitles: Annotated[
        Path | None,
        typer.Option(
            "--subtitles",
            help=_(
                "Its subtitles; by default the first there is beside it of json, vtt, lrc "
                "(these have the times of words), srt, ass, ttml, sub."
            ),
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help=_("The folder for the page; by default the audio's.")),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--name", help=_("The name of the page; by default the audio's.")),
    ] = None,
    link: LinkOption = False,
) -> None:
    """Write a page to listen and read along: one HTML file that needs no network.

    The text is the one in the tags of the audio, in the paragraphs of the speech, if the subtitles
    show the same; otherwise it is that of the subtitles. Where these have times of words (json,
    vtt, lrc), each word is lit as it is heard; with others, each cue is.
    """
    with report_errors():
        from ..page.writing import make_page

        folder = require_folder(output) if output else None
        written = make_page(audio, subtitles, folder, name=name, linked=link)
        with print_summary():
            by_word = written.transcript.by_word
            print_table(
                [
                    ("page", str(written.page)),
                    ("size", f"{written.page.stat().st_size / 1e6:.1f} MB"),
                    ("lit", "word by word" if by_word else "cue by cue"),
                    ("times", str(written.subtitles)),
                ]
            )
            if written.page.stat().st_size > _LARGE:
                typer.echo(_("note: so large a page opens slowly; with --link it opens at once"))
            if not by_word:
                typer.echo(
                    _(
                        "note: {subtitles} has no times of words; 'speechcast make --page' "
                        "lights word by word"
                    ).format(subtitles=written.subtitles.name)
                )
