"""The options of what is heard: files, loudness, rates, the cover, playing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..messages import _, mark
from .completion import complete_audio_formats, complete_loudness
from .panels import PROGRESS, SOUND

FormatOption = Annotated[
    str,
    typer.Option(
        "--format",
        metavar=mark("LIST"),
        help=_("Any of mp3,m4b,opus,flac,wav."),
        autocompletion=complete_audio_formats,
        rich_help_panel=SOUND,
    ),
]
LoudnessOption = Annotated[
    str | None,
    typer.Option(
        "--loudness",
        metavar=mark("TARGET"),
        help=_("podcast (-16 LUFS), ebu-r128 (-23), online-cn (-15), acx, none, or LUFS like -18."),
        autocompletion=complete_loudness,
        rich_help_panel=SOUND,
    ),
]
PlayOption = Annotated[
    bool,
    typer.Option(
        "--play",
        help=_("Play it while it is made (with --fit: afterwards)."),
        rich_help_panel=PROGRESS,
    ),
]
BitrateOption = Annotated[
    str | None,
    typer.Option(
        "--bitrate",
        metavar=mark("RATE"),
        help=_("Of mp3, m4b and opus, like 96k (96000 bit/s)."),
        rich_help_panel=SOUND,
    ),
]
SampleRateOption = Annotated[
    int | None,
    typer.Option(
        "--sample-rate",
        metavar="HZ",
        help=_("By default the voice's own; 48000 for mp3."),
        rich_help_panel=SOUND,
    ),
]
CoverOption = Annotated[
    Path | None,
    typer.Option(
        "--cover",
        metavar=mark("IMAGE"),
        help=_("A JPEG or PNG image for players to show."),
        rich_help_panel=SOUND,
    ),
]
