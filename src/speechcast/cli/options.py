"""The options that several commands share, and the values they stand for."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from fractions import Fraction

    from ..documents import Document
    from ..request import AudioOptions, Preferences, SubtitleOptions
    from ..synthesis.synthesizer import Resources

SpeechArgument = Annotated[
    str, typer.Argument(metavar="SPEECH", help="The text file to speak; - reads it from a pipe.")
]
VoiceOption = Annotated[
    str | None,
    typer.Option(
        "--voice",
        "-v",
        help="A preset ('speechcast voices' lists them) or a preset file; 'auto' picks one for "
        "the language, unless the speech's front matter names one.",
    ),
]
OutputOption = Annotated[Path, typer.Option("--output", "-o", help="The folder for the files.")]
NameOption = Annotated[
    str | None,
    typer.Option("--name", help="The name of the files; by default the name of the speech."),
]
EncodingOption = Annotated[
    str | None,
    typer.Option(
        "--encoding", help="The encoding of the text, if the guess is wrong: gb18030, big5."
    ),
]
RateOption = Annotated[
    str | None,
    typer.Option("--rate", help="Speak faster (+10%) or slower (-10%) than the preset's voice."),
]
StyleOption = Annotated[
    str | None,
    typer.Option(
        "--style",
        help="How subtitles are cut: video, vertical, netflix-zh, netflix-en, verbatim or a style "
        "file; by default the style for the language.",
    ),
]
SubtitlesOption = Annotated[
    str, typer.Option("--subtitles", help="The subtitle files: any of srt,vtt,ass,lrc,json,txt.")
]
BomOption = Annotated[
    bool, typer.Option("--bom", help="Begin subtitle files with a byte order mark.")
]
CrlfOption = Annotated[
    bool, typer.Option("--crlf", help="End subtitle lines with CRLF, as Windows does.")
]
OffsetOption = Annotated[
    float,
    typer.Option("--offset", help="Show subtitles this many seconds later (-0.2: earlier)."),
]
FpsOption = Annotated[
    str | None,
    typer.Option("--fps", help="Let cues begin and end on a video frame: 25, 23.976, 30000/1001."),
]
FormatOption = Annotated[
    str, typer.Option("--format", help="The audio files: any of mp3,m4b,opus,flac,wav.")
]
LoudnessOption = Annotated[
    str | None,
    typer.Option(
        "--loudness",
        help="How loud: podcast (-16 LUFS), ebu-r128 (-23), online-cn (-15), acx, none, or LUFS "
        "like -18; by default what the preset says.",
    ),
]
BitrateOption = Annotated[
    str | None,
    typer.Option("--bitrate", help="The bit rate of mp3, m4b and opus, like 96k (96000 bit/s)."),
]
SampleRateOption = Annotated[
    int | None,
    typer.Option(
        "--sample-rate",
        help="The sample rate in Hz; by default the voice's own, and 48000 for mp3.",
    ),
]
CoverOption = Annotated[
    Path | None, typer.Option("--cover", help="A JPEG or PNG image for players to show.")
]
FitOption = Annotated[
    str | None,
    typer.Option(
        "--fit", help="Make the speech last this long, like 8:00, by changing its rate and pauses."
    ),
]
LexiconOption = Annotated[
    Path | None,
    typer.Option("--lexicon", help='A TOML file of readings: "重阳村" = "chong2 yang2 cun1".'),
]
ForceOption = Annotated[
    bool, typer.Option("--force", help="Speak the text even if the voice is for another language.")
]
SentenceJobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", min=1, help="How many sentences to record at once, if not the default."
    ),
]
NoCacheOption = Annotated[
    bool, typer.Option("--no-cache", help="Record every sentence anew, and keep no clip of it.")
]
VerboseOption = Annotated[
    bool, typer.Option("--verbose", help="Report what went wrong and was tried again.")
]
ProxyOption = Annotated[
    str | None, typer.Option("--proxy", help="Reach online voices through this HTTP proxy.")
]


def read_source(source: str, encoding: str | None) -> Document:
    """Return the document at the path `source`; `-` reads standard input.

    Raises:
        SourceError: if it cannot be read.
    """
    from .. import documents

    if source == "-":
        return documents.from_bytes(_read_stdin(), "the text from the pipe", encoding)
    return documents.read(Path(source), encoding)


def source_folder(source: str) -> Path:
    """Return the folder that paths in the front matter are relative to."""
    return Path() if source == "-" else Path(source).parent


def preferences_from(
    voice: str | None, rate: str | None, style: str | None, lexicon: Path | None
) -> Preferences:
    """Return the preferences that the options state."""
    from ..request import Preferences

    lexicons = (lexicon,) if lexicon else ()
    return Preferences(voice=voice, rate=rate, style=style, lexicons=lexicons)


def resources_from(jobs: int | None, *, no_cache: bool) -> Resources:
    """Return the resources that the options allow for recording."""
    from ..synthesis.synthesizer import default_resources

    resources = replace(default_resources(), jobs=jobs)
    return replace(resources, cache=None) if no_cache else resources


def audio_options(  # noqa: PLR0913 one parameter per command-line option
    audio: str,
    *,
    loudness: str | None,
    bitrate: str | None,
    sample_rate: int | None,
    cover: Path | None,
    fit: str | None = None,
) -> AudioOptions:
    """Return the audio options that the command-line options state.

    Raises:
        UsageError: if one of them cannot be understood.
    """
    from ..audio.formats import parse_audio_formats, parse_bitrate
    from ..audio.tags.model import Cover
    from ..request import AudioOptions
    from ..synthesis.fit_duration import parse_duration

    return AudioOptions(
        formats=tuple(form.name for form in parse_audio_formats(audio)),
        loudness=loudness,
        bitrate=parse_bitrate(bitrate) if bitrate else None,
        sample_rate=sample_rate,
        duration=parse_duration(fit) if fit else None,
        cover=Cover.read(cover) if cover else None,
    )


def subtitle_options(
    subtitles: str, *, fps: str | None, bom: bool, crlf: bool, offset: float
) -> SubtitleOptions:
    """Return the subtitle options that the command-line options state.

    Raises:
        UsageError: if one of them cannot be understood.
    """
    from ..request import SubtitleOptions

    return SubtitleOptions(
        formats=subtitle_formats(subtitles),
        bom=bom,
        crlf=crlf,
        offset=offset,
        fps=_parse_fps(fps) if fps else None,
    )


def subtitle_formats(subtitles: str) -> tuple[str, ...]:
    """Return the names of the subtitle formats in a comma-separated list.

    Raises:
        UsageError: if one of them is not a subtitle format.
    """
    from ..subtitles.formats import registry

    return tuple(registry.parse_subtitle_formats(subtitles))


def _parse_fps(text: str) -> Fraction:
    from fractions import Fraction

    from ..errors import UsageError

    # the NTSC rates, which are commonly written rounded
    broadcast = {"23.976": Fraction(24000, 1001), "29.97": Fraction(30000, 1001)}
    try:
        fps = broadcast.get(text) or Fraction(text)
    except (ValueError, ZeroDivisionError):
        fps = Fraction(0)
    if not 1 <= fps <= 240:
        raise UsageError(f"--fps is '{text}'; allowed are 1 to 240 frames per second, like 25")
    return fps


def _read_stdin() -> bytes:
    if sys.stdin.isatty():
        typer.echo("reading the speech from the keyboard; press Ctrl-D to end it", err=True)
    return sys.stdin.buffer.read()
