"""`speechcast dub`: subtitles become a sound on their times."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ..errors import MisfitError, UsageError
from ..messages import _
from ..printable import printable
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
from .dub_options import (
    CastOption,
    DubOffsetOption,
    DubPlayOption,
    DuckOption,
    LimitsOption,
    LinesArgument,
    LyricsOption,
    OverOption,
    OverrunOption,
)
from .option_values import (
    audio_options,
    input_files,
    preferences_from,
    require_folder,
    resources_from,
    subtitle_options,
)
from .options import (
    BomOption,
    CrlfOption,
    DeviceOption,
    ForceOption,
    LexiconOption,
    NameOption,
    NoCacheOption,
    OutputOption,
    ProxyOption,
    RateOption,
    SentenceJobsOption,
    SubtitlesOption,
    VerboseOption,
    VoiceOption,
)
from .sound_options import (
    BitrateOption,
    CoverOption,
    FormatOption,
    LoudnessOption,
    SampleRateOption,
)

if TYPE_CHECKING:
    from ..dub.dubbing import Dubbed
    from ..dub.original import Original
    from ..dub.request import Dubbing, Subtitles

_MOST_NAMED = 20  # texts that are too long, each on a line of its own


def dub(  # noqa: PLR0913 one parameter per command-line option
    lines: LinesArgument,
    voice: VoiceOption = None,
    cast: CastOption = None,
    output: OutputOption = Path("output"),
    name: NameOption = None,
    rate: RateOption = None,
    limits: LimitsOption = "0.85-1.25",
    overrun: OverrunOption = False,
    lyrics: LyricsOption = False,
    over: OverOption = None,
    duck: DuckOption = None,
    subtitles: SubtitlesOption = "srt",
    bom: BomOption = False,
    crlf: CrlfOption = False,
    offset: DubOffsetOption = 0.0,
    audio: FormatOption = "mp3",
    loudness: LoudnessOption = None,
    bitrate: BitrateOption = None,
    sample_rate: SampleRateOption = None,
    cover: CoverOption = None,
    lexicon: LexiconOption = None,
    force: ForceOption = False,
    proxy: ProxyOption = None,
    device: DeviceOption = "auto",
    jobs: SentenceJobsOption = None,
    no_cache: NoCacheOption = False,
    play: DubPlayOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Speak subtitles on their times: every cue's speech begins when the cue does.

    Silence after a cue is used before anything is hurried. Tags, songs (♪), [applause] and names
    of speakers are shown, not spoken.
    """
    with report_errors():
        from ..dub.dubbing import dub_subtitles
        from ..dub.mixing import DUCKING
        from ..dub.rates import parse_limits
        from ..dub.request import prepare_dubbing, read_subtitles
        from ..files import require_distinct
        from ..output_files import default_name
        from ..request import resolve_request
        from .playing import accompany

        allowed = parse_limits(limits)
        _require_original(over, duck)
        options = subtitle_options(subtitles, fps=None, bom=bom, crlf=crlf, offset=offset)
        source = read_subtitles(lines, offset)
        preferences = replace(preferences_from(voice, rate, None, lexicon), cast=_parse_cast(cast))
        request = resolve_request(
            source.document,
            default_name(lines) if name is None else name,
            require_folder(output),
            preferences,
            options,
            force=force,
            audio=audio_options(
                audio, loudness=loudness, bitrate=bitrate, sample_rate=sample_rate, cover=cover
            ),
        )
        note_shadowed({voice.name for voice in request.cast.values()})
        request = with_device(with_proxy(request, proxy), device)
        dubbing = prepare_dubbing(request, source, allowed, overrun=overrun, lyrics=lyrics)
        original = _read_original(over)
        inputs = input_files(str(lines), over, cover, lexicon, voice)
        require_distinct(_list_files(dubbing, original), inputs)
        announce_transfers(dubbing.prepared)
        _note_repetition(dubbing)
        _note_doubts(source)
        ducking = DUCKING if duck is None else duck
        resources = resources_from(jobs, no_cache=no_cache)
        with accompany(dubbing.prepared.cast, play=play) as playback:
            with _name_misfits(), display_progress(verbose=verbose) as display:
                dubbed = dub_subtitles(dubbing, original, ducking, display, resources, playback.add)
            with playback.hear_out(dubbed.timeline.length), print_summary():
                _print_summary(dubbed)


def _parse_cast(entries: list[str] | None) -> dict[str, str]:
    """Return the preset of each speaker.

    Raises:
        UsageError: An entry is not like SPEAKER=VOICE.
    """
    cast = {}
    for entry in entries or ():
        speaker, mark, preset = (part.strip() for part in entry.rpartition("="))
        if not (speaker and mark and preset):
            raise UsageError(
                _("--cast is '{entry}'; it must be like ANNA=heart").format(entry=entry)
            )
        cast[speaker] = preset
    return cast


def _require_original(over: Path | None, duck: float | None) -> None:
    if duck is not None and over is None:
        raise UsageError(_("--duck lowers the original sound; name that with --over"))


def _read_original(over: Path | None) -> Original | None:
    if over is None:
        return None
    from ..dub.original import read_original

    return read_original(over)


def _note_doubts(source: Subtitles) -> None:
    """Say what of the file is no cue, and what may be none."""
    name = source.path.name
    for loss in source.losses:
        typer.echo(_("note: {lines}, {loss}").format(lines=name, loss=loss), err=True)
    for addition in source.additions:
        note = _("note: {lines}, {addition}; what follows is spoken with it")
        typer.echo(note.format(lines=name, addition=addition), err=True)


def _note_repetition(dubbing: Dubbing) -> None:
    """Say that an online voice is sent a sentence for each rate it is tried at."""
    from ..sending import list_transfers

    if list_transfers(dubbing.prepared):
        typer.echo(_("note: a sentence that must be faster or slower is sent again"), err=True)


def _list_files(dubbing: Dubbing, original: Original | None) -> list[Path]:
    """Return all files that will be written."""
    from ..dub.soundtrack import name_video

    request = dubbing.prepared.request
    video = name_video(request, original)
    return [*request.outputs.all, *([video] if video else [])]


@contextlib.contextmanager
def _name_misfits() -> Iterator[None]:
    """Name on standard error every text that is too long, if that ends the block."""
    try:
        yield
    except MisfitError as exc:
        _print_misfits(exc.misfits, err=True)
        raise


def _print_misfits(misfits: Sequence[str], *, err: bool) -> None:
    for line in misfits[:_MOST_NAMED]:
        typer.echo(_("too long: {line}").format(line=printable(line)), err=err)
    if more := misfits[_MOST_NAMED:]:
        typer.echo(_("too long: and {count} more").format(count=len(more)), err=err)


def _print_summary(dubbed: Dubbed) -> None:
    from ..audio_files import describe_levels
    from ..dub import report

    dubbing, rate = dubbed.dubbing, dubbed.timeline.rate
    levels = describe_levels(dubbed.levels, dubbed.audio, dubbing.prepared.request.target)
    print_table(
        [
            *((_("audio"), str(path)) for path in dubbed.audio),
            *((_("subtitles"), str(path)) for path in dubbed.subtitles),
            *([(_("video"), str(dubbed.video))] if dubbed.video else []),
            (_("duration"), format_clock(dubbed.timeline.length / rate)),
            *((_("loudness"), line) for line in levels),
            (_("cues"), report.describe_cues(dubbed.cues, dubbing)),
            (_("rate"), report.describe_rates(dubbed.rates, dubbing)),
            (_("voice"), report.describe_speakers(dubbing)),
            *((_("original"), line) for line in report.describe_mix(dubbed)),
            (_("took"), format_clock(dubbed.took)),
        ]
    )
    for line in (
        report.describe_borrowed(dubbed.cues, dubbing, rate),
        report.describe_unspoken(dubbing),
        report.describe_late(dubbed.cues, dubbing, rate),
    ):
        if line:
            typer.echo(printable(line))
    _print_misfits(list(report.describe_misfits(dubbed.cues, dubbing, rate)), err=False)
    if dubbed.approximate:
        typer.echo(
            _(
                "note: this voice's server does not report word times; a cue that begins "
                "inside a sentence is placed by counting syllables"
            )
        )
