"""The options that `speechcast dub` alone has."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..messages import _

LinesArgument = Annotated[
    Path,
    typer.Argument(metavar="SUBTITLES", help=_("The subtitles to speak: srt, vtt, ass or ttml.")),
]
CastOption = Annotated[
    list[str] | None,
    typer.Option(
        "--cast",
        metavar="SPEAKER=VOICE",
        help=_(
            "The voice of a speaker, by the name or style in ASS, the voice in WebVTT, the "
            "agent in TTML, or the name before a colon: ANNA=heart. May be repeated."
        ),
    ),
]
LimitsOption = Annotated[
    str,
    typer.Option(
        "--limits",
        help=_("How slow and how fast a sentence may be spoken, times its voice's rate."),
    ),
]
OverrunOption = Annotated[
    bool,
    typer.Option(
        "--overrun",
        help=_(
            "Where a cue is too short for its text, let the speech run into the next cue, "
            "which then begins late; otherwise nothing is written."
        ),
    ),
]
OverOption = Annotated[
    Path | None,
    typer.Option(
        "--over",
        metavar="ORIGINAL",
        help=_(
            "Mix with this sound or video, which is lowered while somebody speaks: it falls "
            "within 0.25 s before, rises within 0.5 s after, and stays low in pauses up to 1 "
            "s. Of a video, a copy is written with the new track beside the old ones."
        ),
    ),
]
DuckOption = Annotated[
    float | None,
    typer.Option(
        "--duck", help=_("By how many dB --over lowers the original; by default 15."), min=0, max=60
    ),
]
DubOffsetOption = Annotated[
    float,
    typer.Option(
        "--offset", help=_("Speak and show every cue this many seconds later (-0.2: earlier).")
    ),
]
DubPlayOption = Annotated[
    bool,
    typer.Option(
        "--play",
        help=_("Play the speech, without the sound of --over, as soon as all of it is spoken."),
    ),
]
