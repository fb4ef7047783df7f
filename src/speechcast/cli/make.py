"""`speechcast make`: a speech to its files."""

from __future__ import annotations

import logging
import math
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from . import log
from .common import notify_online_use, report_errors, table, use_proxy
from .options import (
    Bitrate,
    Bom,
    CoverImage,
    Crlf,
    Encoding,
    Fit,
    Force,
    Formats,
    Frames,
    Jobs,
    LexiconFile,
    Loudness,
    Name,
    NoCache,
    Offset,
    Output,
    Proxy,
    Rate,
    SampleRate,
    SoundFormats,
    Speech,
    StyleName,
    Verbose,
    VoiceName,
    audio_options,
    document_of,
    folder_of,
    resources_of,
    subtitle_options,
)

if TYPE_CHECKING:
    from ..model import Cue
    from ..produce import Production


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
    with report_errors():
        from ..produce import produce
        from ..request import Preferences, resolve_request
        from .console import Display

        document = document_of(source, encoding)
        called = name or ("speech" if source == "-" else Path(source).stem)
        wishes = Preferences(voice, rate, style, (lexicon,) if lexicon else ())
        shown = subtitle_options(subtitles, fps, bom=bom, crlf=crlf, offset=offset)
        heard = audio_options(audio, loudness, bitrate, sample_rate, cover, fit)
        asked = resolve_request(
            document,
            called,
            output,
            wishes,
            shown,
            folder=folder_of(source),
            force=force,
            audio=heard,
        )
        use_proxy(proxy)
        notify_online_use(asked.cast.values())
        with Display() as display, log.on(display, logging.INFO if verbose else logging.WARNING):
            made = produce(asked, display, resources_of(jobs, no_cache=no_cache))
        _say_what_was_made(made)


def _say_what_was_made(made: Production) -> None:
    from .console import format_clock

    table(
        [
            *(("audio", str(path)) for path in made.sounds),
            *(("subtitles", str(path)) for path in made.files[len(made.sounds) :]),
            ("duration", format_clock(made.duration)),
            *(("loudness", said) for said in _levels(made)),
            ("sentences", str(made.sentences)),
            ("cues", str(len(made.cues))),
            ("voice", f"{made.voice.name} ({made.voice.description})"),
            ("took", format_clock(made.took)),
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
        and (speed := style.reading_speed(cue.text, (cue.end - cue.start) / made.rate))
        > style.speed
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
    spoken = (max(w.span.end for w in cue.tokens if w.span) - cue.start) / made.rate
    wanted = shown * speed / made.style.speed
    return spoken / (wanted - (shown - spoken))
