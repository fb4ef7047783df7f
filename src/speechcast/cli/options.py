"""The options that commands share, and what they come to."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from fractions import Fraction

    from ..documents import Document
    from ..request import AudioOptions, SubtitleOptions
    from ..synthesis.synthesizer import Resources

Speech = Annotated[
    str, typer.Argument(metavar="SPEECH", help="The text file to speak; - reads it from a pipe.")
]
VoiceName = Annotated[
    str | None,
    typer.Option(
        "--voice",
        "-v",
        help="A preset ('speechcast voices' lists them) or its file; auto, as suits the language, "
        "where the speech's front matter names none.",
    ),
]
Output = Annotated[Path, typer.Option("--output", "-o", help="The folder for the files.")]
Name = Annotated[
    str | None,
    typer.Option("--name", help="What to call the files; else they are named as the speech."),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding", help="The text's encoding, where the guess is wrong: gb18030, big5."
    ),
]
Rate = Annotated[
    str | None,
    typer.Option("--rate", help="Speak faster (+10%) or slower (-10%) than the preset's voice."),
]
StyleName = Annotated[
    str | None,
    typer.Option(
        "--style",
        help="How subtitles are cut: video, vertical, netflix-zh, netflix-en, verbatim or a style "
        "file; else as suits the language.",
    ),
]
Formats = Annotated[
    str, typer.Option("--subtitles", help="The subtitle files: any of srt,vtt,ass,lrc,json,txt.")
]
Bom = Annotated[bool, typer.Option("--bom", help="Begin subtitle files with a byte order mark.")]
Crlf = Annotated[bool, typer.Option("--crlf", help="End subtitle lines as Windows does.")]
Offset = Annotated[
    float, typer.Option("--offset", help="Show subtitles so many seconds later (-0.2: earlier).")
]
Frames = Annotated[
    str | None,
    typer.Option("--fps", help="Let cues begin and end on a frame: 25, 23.976, 30000/1001."),
]
SoundFormats = Annotated[
    str, typer.Option("--format", help="The sound files: any of mp3,m4b,opus,flac,wav.")
]
Loudness = Annotated[
    str | None,
    typer.Option(
        "--loudness",
        help="How loud: podcast (-16 LUFS), ebu-r128 (-23), online-cn (-15), acx, none, or LUFS "
        "like -18; else as the preset says.",
    ),
]
Bitrate = Annotated[
    str | None, typer.Option("--bitrate", help="Of mp3, m4b and opus: 96k is 96000 bits a second.")
]
SampleRate = Annotated[
    int | None,
    typer.Option(
        "--sample-rate", help="Of the sound, in Hertz; else the voice's own, and 48000 for mp3."
    ),
]
CoverImage = Annotated[
    Path | None, typer.Option("--cover", help="A JPEG or PNG that players show.")
]
Fit = Annotated[
    str | None,
    typer.Option("--fit", help="Speak it in this time, 8:00, whatever rate that takes."),
]
LexiconFile = Annotated[
    Path | None,
    typer.Option("--lexicon", help='A TOML file of readings: "重阳村" = "chong2 yang2 cun1".'),
]
Force = Annotated[
    bool, typer.Option("--force", help="Speak the text whatever language the voice is for.")
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", min=1, help="How many sentences at once, where the voice's own is wrong."
    ),
]
NoCache = Annotated[
    bool, typer.Option("--no-cache", help="Record every sentence anew, and keep none.")
]
Verbose = Annotated[
    bool, typer.Option("--verbose", help="Tell what went wrong on the way and was done again.")
]
Proxy = Annotated[
    str | None, typer.Option("--proxy", help="Reach online voices through this HTTP proxy.")
]


def document_of(source: str, encoding: str | None) -> Document:
    """The document at the path `source`, or from the pipe where it is `-`."""
    from .. import documents

    if source == "-":
        return documents.decode(_stdin(), "the text from the pipe", encoding)
    return documents.read(Path(source), encoding)


def folder_of(source: str) -> Path:
    """Where the files lie that the front matter names."""
    return Path() if source == "-" else Path(source).parent


def resources_of(jobs: int | None, *, no_cache: bool) -> Resources:
    """With what to record, as the options say."""
    from ..synthesis.synthesizer import default_resources

    means = replace(default_resources(), jobs=jobs)
    return replace(means, cache=None) if no_cache else means


def audio_options(  # noqa: PLR0913 one a command-line option
    audio: str,
    loudness: str | None,
    bitrate: str | None,
    sample_rate: int | None,
    cover: Path | None,
    fit: str | None = None,
) -> AudioOptions:
    """How the sound is to be, as the options say. Raises UsageError."""
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
    subtitles: str, fps: str | None, *, bom: bool, crlf: bool, offset: float
) -> SubtitleOptions:
    from ..request import SubtitleOptions
    from ..subtitles.formats import registry

    return SubtitleOptions(
        formats=tuple(registry.parse_subtitle_formats(subtitles)),
        bom=bom,
        crlf=crlf,
        offset=offset,
        fps=_frames(fps) if fps else None,
    )


def _frames(fps: str) -> Fraction:
    from fractions import Fraction

    from ..errors import UsageError

    broadcast = {"23.976": Fraction(24000, 1001), "29.97": Fraction(30000, 1001)}
    try:
        frames = broadcast.get(fps) or Fraction(fps)
    except (ValueError, ZeroDivisionError):
        frames = Fraction(0)
    if not 1 <= frames <= 240:
        raise UsageError(f"--fps is '{fps}', allowed are 1 to 240 frames a second, like 25")
    return frames


def _stdin() -> bytes:
    if sys.stdin.isatty():
        typer.echo("reading the speech from the keyboard; end it with Ctrl-D", err=True)
    return sys.stdin.buffer.read()
