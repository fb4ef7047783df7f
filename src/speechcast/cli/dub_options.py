"""The options of `speechcast dub` alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..messages import _, mark
from .panels import SOUND, SUBTITLES, VOICE

LinesArgument = Annotated[
    Path,
    typer.Argument(
        metavar=mark("SUBTITLES"), help=_("The subtitles to speak: srt, vtt, ass or ttml.")
    ),
]
CastOption = Annotated[
    list[str] | None,
    typer.Option(
        "--cast",
        metavar=mark("SPEAKER=VOICE"),
        help=_(
            "ANNA=heart: by ASS name or style, WebVTT voice, TTML agent, or the name before a "
            "colon; may be repeated."
        ),
        rich_help_panel=VOICE,
    ),
]
LimitsOption = Annotated[
    str,
    typer.Option(
        "--limits",
        metavar=mark("RANGE"),
        help=_("Slowest-fastest, times the rate."),
        rich_help_panel=VOICE,
    ),
]
OverrunOption = Annotated[
    bool,
    typer.Option(
        "--overrun",
        help=_(
            "Let a text that is too long for its cue delay the next; otherwise nothing is written."
        ),
        rich_help_panel=VOICE,
    ),
]
LyricsOption = Annotated[
    bool,
    typer.Option(
        "--lyrics",
        help=_("Speak the words of songs (♪ … ♪), too; otherwise they are shown."),
        rich_help_panel=VOICE,
    ),
]
OverOption = Annotated[
    Path | None,
    typer.Option(
        "--over",
        metavar=mark("ORIGINAL"),
        help=_(
            "Mix with this sound or video, lowered under speech; a video is copied with one more "
            "track."
        ),
        rich_help_panel=SOUND,
    ),
]
DuckOption = Annotated[
    float | None,
    typer.Option(
        "--duck",
        metavar="DB",
        min=0,
        max=60,
        help=_("By how many dB --over lowers it; by default 15."),
        rich_help_panel=SOUND,
    ),
]
DubOffsetOption = Annotated[
    float,
    typer.Option(
        "--offset",
        metavar=mark("SECONDS"),
        help=_("Speak and show all so much later (-0.2: earlier)."),
        rich_help_panel=SUBTITLES,
    ),
]
DubPlayOption = Annotated[
    bool,
    typer.Option(
        "--play",
        help=_("Play the speech, without --over, once all is spoken."),
        rich_help_panel=SOUND,
    ),
]
