"""`speechcast make`: one speech becomes its audio and subtitle files."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ..messages import _, ngettext
from ..progress import format_clock
from .common import (
    announce_transfers,
    display_progress,
    note_shadowed,
    print_summary,
    print_table,
    report_errors,
    with_device,
    with_proxy,
)
from .option_values import (
    allowances,
    audio_options,
    input_files,
    page_sound,
    preferences_from,
    read_source,
    require_folder,
    require_times,
    resources_from,
    source_folder,
    source_name,
    subtitle_options,
)
from .options import (
    AllowOnlineOption,
    BomOption,
    CrlfOption,
    DeviceOption,
    EncodingOption,
    FitOption,
    ForceOption,
    FpsOption,
    LexiconOption,
    LinkOption,
    NameOption,
    NoCacheOption,
    OffsetOption,
    OutputOption,
    PageOption,
    ProxyOption,
    RateOption,
    SentenceJobsOption,
    SpeechOrProjectArgument,
    StyleOption,
    SubtitlesOption,
    VerboseOption,
    VoiceOption,
)
from .projects import Wanted, list_stated, names_project, resolve_project
from .sound_options import (
    BitrateOption,
    CoverOption,
    FormatOption,
    LoudnessOption,
    PlayOption,
    SampleRateOption,
)

if TYPE_CHECKING:
    from ..production import Production
    from ..request import Request
    from ..subtitles.cue import Cue


def make(  # noqa: PLR0913 one parameter per command-line option
    context: typer.Context,
    source: SpeechOrProjectArgument,
    voice: VoiceOption = None,
    output: OutputOption = Path("output"),
    name: NameOption = None,
    encoding: EncodingOption = None,
    rate: RateOption = None,
    style: StyleOption = None,
    subtitles: SubtitlesOption = "srt",
    bom: BomOption = False,
    crlf: CrlfOption = False,
    offset: OffsetOption = 0.0,
    fps: FpsOption = None,
    audio: FormatOption = "mp3",
    loudness: LoudnessOption = None,
    bitrate: BitrateOption = None,
    sample_rate: SampleRateOption = None,
    cover: CoverOption = None,
    fit: FitOption = None,
    lexicon: LexiconOption = None,
    force: ForceOption = False,
    proxy: ProxyOption = None,
    allow_online: AllowOnlineOption = None,
    device: DeviceOption = "auto",
    jobs: SentenceJobsOption = None,
    no_cache: NoCacheOption = False,
    page: PageOption = False,
    link: LinkOption = False,
    play: PlayOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Speak a text: write SPEECH.mp3 and SPEECH.srt, which match each other."""
    with report_errors():
        from ..engines.cast import is_one_utterance, preload
        from ..files import require_distinct

        wanted = Wanted(
            name=name,
            output=output,
            preferences=preferences_from(voice, rate, style, lexicon),
            subtitles=subtitle_options(subtitles, fps=fps, bom=bom, crlf=crlf, offset=offset),
            audio=audio_options(
                audio,
                loudness=loudness,
                bitrate=bitrate,
                sample_rate=sample_rate,
                cover=cover,
                fit=fit,
            ),
            force=force,
            allow_online=allowances(allow_online),
        )
        if names_project(source):
            request = resolve_project(source, wanted, list_stated(context))
        else:
            request = _resolve_speech(source, encoding, wanted)
        require_times(request.subtitles.formats, fps=fps, offset=offset)
        request = replace(request, page=page_sound(page=page, link=link))
        require_distinct(request.outputs.all, input_files(source, cover, lexicon, voice, style))
        note_shadowed({voice.name for voice in request.cast.values()})
        request = with_device(with_proxy(request, proxy), device)
        if not any(path.exists() for path in request.outputs.all):  # else most clips are cached
            alone = is_one_utterance(request.document, request.cast.values())
            preload(request.cast.values(), alone=alone)
        from ..prepare import prepare  # while the model is being loaded
        from ..produce import produce_prepared
        from .playing import accompany

        prepared = prepare(request)
        announce_transfers(prepared)
        resources = replace(resources_from(jobs, no_cache=no_cache), in_order=play)
        with accompany(prepared.cast, play=play) as playback:
            with display_progress(verbose=verbose) as display:
                production = produce_prepared(prepared, display, resources, playback.add)
            with playback.hear_out(production.length), print_summary():
                _print_summary(production)


def _resolve_speech(source: str, encoding: str | None, wanted: Wanted) -> Request:
    """Return the request of a document and its options."""
    from ..request import resolve_request

    return resolve_request(
        read_source(source, encoding),
        source_name(source) if wanted.name is None else wanted.name,
        require_folder(wanted.output),
        wanted.preferences,
        wanted.subtitles,
        folder=source_folder(source),
        force=wanted.force,
        audio=wanted.audio,
        allow_online=wanted.allow_online,
    )


def _print_summary(production: Production) -> None:
    from ..audio_files import describe_levels

    levels = describe_levels(production.levels, production.audio, production.target)
    print_table(
        [
            *((_("audio"), str(path)) for path in production.audio),
            *((_("subtitles"), str(path)) for path in production.subtitles),
            *((_("page"), str(path)) for path in production.pages),
            (_("duration"), format_clock(production.duration)),
            *((_("loudness"), line) for line in levels),
            (_("sentences"), str(production.sentences)),
            (_("cues"), str(len(production.cues))),
            (_("voice"), f"{production.voice.name} ({_(production.voice.description)})"),
            (_("took"), format_clock(production.took)),
        ]
    )
    if production.approximate:
        typer.echo(
            _(
                "note: this voice's server does not report word times; cues that follow a "
                "pause are exact, some inside a sentence are placed by counting syllables "
                "(an installed embedded voice of the language times the words of nearly all)"
            )
        )
    if advice := _advice(production):
        typer.echo(advice)


def _advice(production: Production) -> str:
    """Return advice on cues that are too fast, or ""."""
    style = production.style
    too_fast = {
        speed: cue
        for cue in production.cues
        if style.speed
        and (speed := style.reading_speed(cue.text, (cue.end - cue.start) / production.rate))
        > style.speed
    }
    if not too_fast:
        return ""
    factor = min(_slowdown(cue, speed, production) for speed, cue in too_fast.items())
    rate = math.floor(100 * ((1 + production.voice.rate / 100) * factor - 1))
    return ngettext(
        "{count} cue reads at up to {speed:.1f} characters per second, but {style} allows "
        "{limit:g}; --rate {rate:+}% would fix this",
        "{count} cues read at up to {speed:.1f} characters per second, but {style} allows "
        "{limit:g}; --rate {rate:+}% would fix this",
        len(too_fast),
    ).format(
        count=len(too_fast), speed=max(too_fast), style=style.name, limit=style.speed, rate=rate
    )


def _slowdown(cue: Cue, speed: float, production: Production) -> float:
    """Return the factor by which to slow the voice.

    The time that a cue lingers stays the same.
    """
    shown = (cue.end - cue.start) / production.rate
    spoken = (max(t.span.end for t in cue.tokens if t.span) - cue.start) / production.rate
    needed = shown * speed / production.style.speed
    return spoken / (needed - (shown - spoken))
