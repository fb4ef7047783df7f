"""The options that several commands share; `option_values` has what they stand for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from ..messages import _
from .common import report_errors

_PROXY = re.compile(r"\S+://\S+|\S+:[0-9]{1,5}", re.ASCII)  # with its scheme, or with a port
_DEVICES = ("cpu", "auto")
_MOST_JOBS = 1000  # of one speech; no service or machine takes as many at once

SpeechArgument = Annotated[
    str, typer.Argument(metavar="SPEECH", help=_("The text file to speak; - reads it from a pipe."))
]
SpeechOrProjectArgument = Annotated[
    str,
    typer.Argument(
        metavar="SPEECH",
        help=_("The text file to speak, or the folder of a studio's project; - reads a pipe."),
    ),
]
VoiceOption = Annotated[
    str | None,
    typer.Option(
        "--voice",
        "-v",
        help=_(
            "A preset ('speechcast voices' lists them), a preset file, or an embedded voice "
            "or a mix of them ('speechcast voices --embedded'), whatever the speech's front "
            "matter says; 'auto' picks one for the language."
        ),
    ),
]
OutputOption = Annotated[Path, typer.Option("--output", "-o", help=_("The folder for the files."))]
NameOption = Annotated[
    str | None,
    typer.Option("--name", help=_("The name of the files; by default the name of the speech.")),
]
EncodingOption = Annotated[
    str | None,
    typer.Option(
        "--encoding", help=_("The encoding of the text, if the guess is wrong: gb18030, big5.")
    ),
]
RateOption = Annotated[
    str | None,
    typer.Option("--rate", help=_("Speak faster (+10%) or slower (-10%) than the preset's voice.")),
]
StyleOption = Annotated[
    str | None,
    typer.Option(
        "--style",
        help=_(
            "How subtitles are cut: video, vertical, netflix-zh, netflix-en, verbatim or a "
            "style file; by default the style for the language."
        ),
    ),
]
SubtitlesOption = Annotated[
    str, typer.Option("--subtitles", help=_("The subtitle files: any of srt,vtt,ass,lrc,json,txt."))
]
BomOption = Annotated[
    bool, typer.Option("--bom", help=_("Begin subtitle files with a byte order mark."))
]
CrlfOption = Annotated[
    bool, typer.Option("--crlf", help=_("End subtitle lines with CRLF, as Windows does."))
]
OffsetOption = Annotated[
    float,
    typer.Option("--offset", help=_("Show subtitles this many seconds later (-0.2: earlier).")),
]
FpsOption = Annotated[
    str | None,
    typer.Option(
        "--fps", help=_("Let cues begin and end on a video frame: 25, 23.976, 30000/1001.")
    ),
]
FormatOption = Annotated[
    str, typer.Option("--format", help=_("The audio files: any of mp3,m4b,opus,flac,wav."))
]
LoudnessOption = Annotated[
    str | None,
    typer.Option(
        "--loudness",
        help=_(
            "How loud: podcast (-16 LUFS), ebu-r128 (-23), online-cn (-15), acx, none, or "
            "LUFS like -18; by default what the preset says."
        ),
    ),
]
PlayOption = Annotated[
    bool,
    typer.Option(
        "--play",
        help=_(
            "Play the speech while it is made, at the loudness of its first sentence; with "
            "--fit, when all of it is spoken."
        ),
    ),
]
PageOption = Annotated[
    bool,
    typer.Option(
        "--page",
        help=_(
            "Also write SPEECH.html, one file to listen and read along, word by word, with "
            "the sound inside it."
        ),
    ),
]
LinkOption = Annotated[
    bool,
    typer.Option(
        "--link",
        help=_(
            "The page plays the audio where it lies, instead of a copy inside it; the two "
            "must stay together."
        ),
    ),
]
BitrateOption = Annotated[
    str | None,
    typer.Option("--bitrate", help=_("The bit rate of mp3, m4b and opus, like 96k (96000 bit/s).")),
]
SampleRateOption = Annotated[
    int | None,
    typer.Option(
        "--sample-rate",
        help=_("The sample rate in Hz; by default the voice's own, and 48000 for mp3."),
    ),
]
CoverOption = Annotated[
    Path | None, typer.Option("--cover", help=_("A JPEG or PNG image for players to show."))
]
FitOption = Annotated[
    str | None,
    typer.Option(
        "--fit",
        help=_("Make the speech last this long, like 8:00, by changing its rate and pauses."),
    ),
]
LexiconOption = Annotated[
    Path | None,
    typer.Option("--lexicon", help=_('A TOML file of readings: "重阳村" = "chong2 yang2 cun1".')),
]
ForceOption = Annotated[
    bool,
    typer.Option("--force", help=_("Speak the text even if the voice is for another language.")),
]
SentenceJobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        min=1,
        max=_MOST_JOBS,
        help=_("How many sentences to record at once, if not the default."),
    ),
]
NoCacheOption = Annotated[
    bool, typer.Option("--no-cache", help=_("Record every sentence anew, and keep no clip of it."))
]
VerboseOption = Annotated[
    bool,
    typer.Option(
        "--verbose",
        help=_(
            "Report what went wrong and was tried again; an online voice that refuses or "
            "fails all the time is given up after five minutes."
        ),
    ),
]


def _require_proxy(proxy: str | None) -> str | None:
    """Return the proxy, if it is one that a service can be reached through."""
    if proxy is None:
        return None
    with report_errors():
        from ..engines.online.proxy import find_proxy
        from ..errors import PresetError, UsageError
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
        "--proxy", callback=_require_proxy, help=_("Reach online voices through this HTTP proxy.")
    ),
]


def _require_device(device: str) -> str:
    """Return the device, if it is one."""
    if device not in _DEVICES:
        with report_errors():
            from ..errors import UsageError

            raise UsageError(
                _("--device is '{device}'; allowed are {devices}").format(
                    device=device, devices=" and ".join(_DEVICES)
                )
            )
    return device


DeviceOption = Annotated[
    str,
    typer.Option(
        "--device",
        callback=_require_device,
        metavar="cpu|auto",
        help=_(
            "What runs an embedded voice: cpu, or auto for a graphics processor that "
            "'speechcast voices install' found faster."
        ),
    ),
]
AllowOnlineOption = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-online",
        metavar="ADDRESS",
        help=_(
            "Let a voice that the speech or its folder names send the text to this server; "
            "'edge' for Microsoft's service. May be repeated."
        ),
    ),
]
