"""`speechcast make`: a speech to its files."""

from __future__ import annotations

import logging
import math
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import log
from .common import table, tell_who_reads, through, told

if TYPE_CHECKING:
    from fractions import Fraction

    from ..documents import Document
    from ..model import Cue
    from ..orders import Sounding, Subtitling
    from ..produce import Production
    from ..studio import Means


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
    int | None, typer.Option("--sample-rate", help="Of the sound, in Hertz; else the voice's own.")
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


def make(  # noqa: PLR0913 one a command-line option
    source: Speech,
    voice: VoiceName = None,
    output: Output = Path("output"),
    name: Name = None,
    encoding: Encoding = None,
    rate: Rate = None,
    style: StyleName = None,
    subtitles: Formats = "srt",
    bom: Bom = False,
    crlf: Crlf = False,
    offset: Offset = 0.0,
    fps: Frames = None,
    audio: SoundFormats = "mp3",
    loudness: Loudness = None,
    bitrate: Bitrate = None,
    sample_rate: SampleRate = None,
    cover: CoverImage = None,
    fit: Fit = None,
    lexicon: LexiconFile = None,
    force: Force = False,
    proxy: Proxy = None,
    jobs: Jobs = None,
    no_cache: NoCache = False,
    verbose: Verbose = False,
) -> None:
    """Speak a text: writes SPEECH.mp3 and SPEECH.srt, which fit each other."""
    with told():
        from ..orders import Wishes, order
        from ..produce import produce
        from .console import Display

        document = document_of(source, encoding)
        called = name or ("speech" if source == "-" else Path(source).stem)
        wishes = Wishes(voice, rate, style, (lexicon,) if lexicon else ())
        shown = _subtitling(subtitles, fps, bom=bom, crlf=crlf, offset=offset)
        heard = sounding_of(audio, loudness, bitrate, sample_rate, cover, fit)
        asked = order(
            document,
            called,
            output,
            wishes,
            shown,
            folder=folder_of(source),
            force=force,
            sounding=heard,
        )
        through(proxy)
        tell_who_reads(asked.cast.values())
        with Display() as display, log.on(display, logging.INFO if verbose else logging.WARNING):
            made = produce(asked, display, means_of(jobs, no_cache=no_cache))
        _say_what_was_made(made)


def document_of(source: str, encoding: str | None) -> Document:
    """The document at the path `source`, or from the pipe where it is `-`."""
    from .. import documents

    if source == "-":
        return documents.decode(_stdin(), "the text from the pipe", encoding)
    return documents.read(Path(source), encoding)


def folder_of(source: str) -> Path:
    """Where the files lie that the front matter names."""
    return Path() if source == "-" else Path(source).parent


def means_of(jobs: int | None, *, no_cache: bool) -> Means:
    """With what to record, as the options say."""
    from ..studio import usual

    means = replace(usual(), jobs=jobs)
    return replace(means, store=None) if no_cache else means


def sounding_of(  # noqa: PLR0913 one a command-line option
    audio: str,
    loudness: str | None,
    bitrate: str | None,
    sample_rate: int | None,
    cover: Path | None,
    fit: str | None = None,
) -> Sounding:
    """How the sound is to be, as the options say. Raises UsageError."""
    from ..fit import seconds_in
    from ..orders import Sounding
    from ..sound.formats import bits_in, named
    from ..sound.tags import Cover

    return Sounding(
        formats=tuple(form.name for form in named(audio)),
        loudness=loudness,
        bitrate=bits_in(bitrate) if bitrate else None,
        sample_rate=sample_rate,
        seconds=seconds_in(fit) if fit else None,
        cover=Cover.read(cover) if cover else None,
    )


def _subtitling(
    subtitles: str, fps: str | None, *, bom: bool, crlf: bool, offset: float
) -> Subtitling:
    from ..orders import Subtitling
    from ..subtitles import formats

    return Subtitling(
        formats=tuple(formats.named(subtitles)),
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


def _say_what_was_made(made: Production) -> None:
    from .console import clock

    table(
        [
            *(("audio", str(path)) for path in made.sounds),
            *(("subtitles", str(path)) for path in made.files[len(made.sounds) :]),
            ("duration", clock(made.duration)),
            *(("loudness", said) for said in _levels(made)),
            ("sentences", str(made.sentences)),
            ("cues", str(len(made.cues))),
            ("voice", f"{made.voice.name} ({made.voice.description})"),
            ("took", clock(made.took)),
        ]
    )
    if made.approximate:
        typer.echo(
            "note: this voice's server does not say when its words are heard; cues that follow a "
            "pause are exact, those inside a sentence are placed by its syllables"
        )
    if advice := _advice(made):
        typer.echo(advice)


def _levels(made: Production) -> list[str]:
    """What each sound file measures; against all that ACX asks for, where that is the target."""
    if made.target.rms is None:
        found = [f"{v.loudness:.1f} LUFS, true peak {v.true_peak:.1f} dBTP" for v in made.levels]
    else:
        found = [
            f"rms {v.rms:.1f} dB (ACX: -23 to -18), peak {v.peak:.1f} dB (at most -3), "
            f"noise floor {v.floor:.0f} dB (at most -60)"
            for v in made.levels
        ]
    if len(set(found)) == 1:
        return found[:1]
    return [f"{said} ({path.suffix[1:]})" for said, path in zip(found, made.sounds, strict=True)]


def _advice(made: Production) -> str:
    """What to do where the voice is faster than the style's readers."""
    style = made.style
    fast = {
        speed: cue
        for cue in made.cues
        if style.speed
        and (speed := style.speed_of(cue.text, (cue.end - cue.start) / made.rate)) > style.speed
    }
    if not fast:
        return ""
    slower = min(_slower(cue, speed, made) for speed, cue in fast.items())
    rate = math.floor(100 * ((1 + made.voice.rate / 100) * slower - 1))
    cues = "1 cue reads" if len(fast) == 1 else f"{len(fast)} cues read"
    return (
        f"{cues} at up to {max(fast):.1f} characters a second, {style.name} asks for "
        f"{style.speed:g}; --rate {rate:+}% would mend it"
    )


def _slower(cue: Cue, speed: float, made: Production) -> float:
    """To what part of its pace the voice must go; the time a cue lingers stays as it is."""
    shown = (cue.end - cue.start) / made.rate
    spoken = (max(w.span.end for w in cue.words if w.span) - cue.start) / made.rate
    wanted = shown * speed / made.style.speed
    return spoken / (wanted - (shown - spoken))
