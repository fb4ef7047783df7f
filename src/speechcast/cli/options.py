"""The options that several commands share; `option_values` has what they stand for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from ..errors import PresetError, UsageError
from ..messages import _, mark
from .common import report_errors
from .completion import (
    complete_encodings,
    complete_from,
    complete_styles,
    complete_subtitle_formats,
    complete_voices,
)
from .panels import FILES, NETWORK, PROGRESS, SUBTITLES, VOICE

_PROXY = re.compile(r"\S+://\S+|\S+:[0-9]{1,5}", re.ASCII)  # with its scheme, or with a port
_DEVICES = ("cpu", "auto")
_MOST_JOBS = 1000  # of one speech; no service or machine takes as many at once

SpeechArgument = Annotated[
    str,
    typer.Argument(
        metavar=mark("SPEECH"), help=_("The text file to speak; - reads it from a pipe.")
    ),
]
SpeechOrProjectArgument = Annotated[
    str,
    typer.Argument(
        metavar=mark("SPEECH"),
        help=_("The text file, or the folder of a studio's project; - reads a pipe."),
    ),
]
VoiceOption = Annotated[
    str | None,
    typer.Option(
        "--voice",
        "-v",
        metavar=mark("VOICE"),
        help=_("A preset, file or mix ('speechcast voices'), or auto."),
        autocompletion=complete_voices,
        rich_help_panel=VOICE,
    ),
]
OutputOption = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar=mark("FOLDER"),
        help=_("The folder for the files."),
        rich_help_panel=FILES,
    ),
]
NameOption = Annotated[
    str | None,
    typer.Option(
        "--name",
        metavar=mark("NAME"),
        help=_("The name of the files; by default the speech's."),
        rich_help_panel=FILES,
    ),
]
EncodingOption = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar=mark("NAME"),
        help=_("Of the text, if the guess is wrong: gb18030, big5."),
        autocompletion=complete_encodings,
        rich_help_panel=FILES,
    ),
]
RateOption = Annotated[
    str | None,
    typer.Option(
        "--rate",
        metavar=mark("PERCENT"),
        help=_("Faster (+10%) or slower (-10%) than the preset."),
        rich_help_panel=VOICE,
    ),
]
StyleOption = Annotated[
    str | None,
    typer.Option(
        "--style",
        metavar=mark("STYLE"),
        help=_("video, vertical, netflix-zh/-en, verbatim, or a file."),
        autocompletion=complete_styles,
        rich_help_panel=SUBTITLES,
    ),
]
SubtitlesOption = Annotated[
    str,
    typer.Option(
        "--subtitles",
        metavar=mark("LIST"),
        help=_("Any of srt,vtt,ass,lrc,json,txt."),
        autocompletion=complete_subtitle_formats,
        rich_help_panel=SUBTITLES,
    ),
]
BatchSubtitlesOption = Annotated[
    str | None,
    typer.Option(
        "--subtitles",
        metavar=mark("LIST"),
        help=_("Any of srt,vtt,ass,lrc,json,txt."),
        autocompletion=complete_subtitle_formats,
        rich_help_panel=SUBTITLES,
    ),
]
BomOption = Annotated[
    bool,
    typer.Option(
        "--bom", help=_("Begin the files with a byte order mark."), rich_help_panel=SUBTITLES
    ),
]
CrlfOption = Annotated[
    bool,
    typer.Option(
        "--crlf", help=_("End lines with CRLF, as Windows does."), rich_help_panel=SUBTITLES
    ),
]
OffsetOption = Annotated[
    float,
    typer.Option(
        "--offset",
        metavar=mark("SECONDS"),
        help=_("Show them so much later (-0.2: earlier)."),
        rich_help_panel=SUBTITLES,
    ),
]
FpsOption = Annotated[
    str | None,
    typer.Option(
        "--fps",
        metavar=mark("RATE"),
        help=_("Cut at video frames: 25, 23.976, 30000/1001."),
        rich_help_panel=SUBTITLES,
    ),
]
PageOption = Annotated[
    bool,
    typer.Option(
        "--page",
        help=_("Also write SPEECH.html, to listen and read along."),
        rich_help_panel=FILES,
    ),
]
LinkOption = Annotated[
    bool,
    typer.Option(
        "--link",
        help=_("The page plays the audio beside it, holds no copy."),
        rich_help_panel=FILES,
    ),
]
FitOption = Annotated[
    str | None,
    typer.Option(
        "--fit",
        metavar=mark("TIME"),
        help=_("Last this long, like 8:00, by rate and pauses."),
        rich_help_panel=VOICE,
    ),
]
LexiconOption = Annotated[
    Path | None,
    typer.Option(
        "--lexicon",
        metavar=mark("FILE"),
        help=_('Readings, in TOML: "重阳村" = "chong2 yang2 cun1".'),
        rich_help_panel=VOICE,
    ),
]
ForceOption = Annotated[
    bool,
    typer.Option(
        "--force",
        help=_("Even if the voice is for another language."),
        rich_help_panel=VOICE,
    ),
]
SentenceJobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar=mark("N"),
        min=1,
        max=_MOST_JOBS,
        help=_("How many sentences to record at once."),
        rich_help_panel=PROGRESS,
    ),
]
NoCacheOption = Annotated[
    bool,
    typer.Option(
        "--no-cache",
        help=_("Record every sentence anew, and keep no clip of it."),
        rich_help_panel=PROGRESS,
    ),
]
VerboseOption = Annotated[
    bool,
    typer.Option(
        "--verbose",
        help=_("Report what went wrong and was tried again."),
        rich_help_panel=PROGRESS,
    ),
]


def _require_proxy(proxy: str | None) -> str | None:
    """Return the proxy, if it is one that a service can be reached through."""
    if proxy is None:
        return None
    with report_errors():
        from ..engines.online.proxy import find_proxy
        from ..redaction import without_login

        if not _PROXY.fullmatch(proxy):
            shown = without_login(proxy)
            raise UsageError(
                _("--proxy is '{shown}'; it must be like http://127.0.0.1:7890").format(shown=shown)
            )
        try:
            find_proxy("https://localhost", proxy)
        except PresetError as exc:
            raise UsageError(str(exc)) from exc
    return proxy


ProxyOption = Annotated[
    str | None,
    typer.Option(
        "--proxy",
        metavar=mark("ADDRESS"),
        callback=_require_proxy,
        help=_("Reach online voices through this HTTP proxy."),
        rich_help_panel=NETWORK,
    ),
]


def _require_device(device: str) -> str:
    """Return the device, if it is one."""
    if device not in _DEVICES:
        with report_errors():
            raise UsageError(
                _("--device is '{device}'; allowed are cpu and auto").format(device=device)
            )
    return device


DeviceOption = Annotated[
    str,
    typer.Option(
        "--device",
        callback=_require_device,
        metavar="cpu|auto",
        help=_("auto: a graphics card if faster."),
        autocompletion=complete_from(*_DEVICES),
        rich_help_panel=VOICE,
    ),
]
AllowOnlineOption = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-online",
        metavar=mark("ADDRESS"),
        help=_(
            "Let a voice that the speech or its folder names send the text there (edge: "
            "Microsoft's); may be repeated."
        ),
        autocompletion=complete_from("edge"),
        rich_help_panel=NETWORK,
    ),
]
