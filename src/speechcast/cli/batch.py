"""`speechcast batch`: produce a folder of speeches, unattended."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..messages import _
from .common import note_shadowed, report_errors
from .log import log_to_file
from .option_values import (
    allowances,
    audio_options,
    page_sound,
    preferences_from,
    subtitle_formats,
    subtitle_options,
)
from .options import (
    AllowOnlineOption,
    BitrateOption,
    BomOption,
    CoverOption,
    CrlfOption,
    DeviceOption,
    EncodingOption,
    FormatOption,
    FpsOption,
    LexiconOption,
    LinkOption,
    LoudnessOption,
    NoCacheOption,
    OffsetOption,
    PageOption,
    ProxyOption,
    RateOption,
    SampleRateOption,
    StyleOption,
    VoiceOption,
)

_MOST_JOBS = 256  # processes, each of which takes memory for a model of its own

FolderArgument = Annotated[
    str,
    typer.Argument(metavar="SPEECHES", help=_("The folder of speeches; or s3://…, sftp://….")),
]
BatchOutputOption = Annotated[
    str, typer.Option("--output", "-o", help=_("The folder for the files; or s3://…, sftp://…."))
]
ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        help=_("Produce them on the Dask cluster at tcp://…; 'local' starts one on this machine."),
    ),
]
RecursiveOption = Annotated[
    bool, typer.Option("--recursive", "-r", help=_("Include its subfolders, at any depth."))
]
BatchSubtitlesOption = Annotated[
    str | None,
    typer.Option("--subtitles", help=_("The subtitle files: any of srt,vtt,ass,lrc,json,txt.")),
]
SpeechJobsOption = Annotated[
    int,
    typer.Option(
        "--jobs", "-j", min=1, max=_MOST_JOBS, help=_("How many speeches to produce at once.")
    ),
]
DryRunOption = Annotated[
    bool,
    typer.Option(
        "--dry-run", "-n", help=_("Only report what would be produced and how long it would take.")
    ),
]
RemakeOption = Annotated[
    bool,
    typer.Option(
        "--force",
        help=_(
            "Produce every speech, even if it is up to date or the voice is for another language."
        ),
    ),
]
FollowLinksOption = Annotated[
    bool, typer.Option("--follow-links", help=_("Take what links lead to outside the folder, too."))
]
WatchOption = Annotated[
    bool,
    typer.Option(
        "--watch", help=_("Keep running: produce new and changed speeches as they arrive.")
    ),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help=_("Report failures only."))]
BatchVerboseOption = Annotated[bool, typer.Option("--verbose", help=_("Report everything."))]
LogFileOption = Annotated[
    Path | None,
    typer.Option("--log-file", help=_("Write everything, with timestamps, to this file.")),
]


def batch(  # noqa: PLR0913 one parameter per command-line option
    folder: FolderArgument,
    output: BatchOutputOption = "output",
    recursive: RecursiveOption = False,
    follow_links: FollowLinksOption = False,
    voice: VoiceOption = None,
    encoding: EncodingOption = None,
    rate: RateOption = None,
    style: StyleOption = None,
    subtitles: BatchSubtitlesOption = None,
    bom: BomOption = False,
    crlf: CrlfOption = False,
    offset: OffsetOption = 0.0,
    fps: FpsOption = None,
    audio: FormatOption = "mp3",
    loudness: LoudnessOption = None,
    bitrate: BitrateOption = None,
    sample_rate: SampleRateOption = None,
    cover: CoverOption = None,
    lexicon: LexiconOption = None,
    proxy: ProxyOption = None,
    allow_online: AllowOnlineOption = None,
    device: DeviceOption = "auto",
    no_cache: NoCacheOption = False,
    page: PageOption = False,
    link: LinkOption = False,
    jobs: SpeechJobsOption = 2,
    dry_run: DryRunOption = False,
    force: RemakeOption = False,
    watch: WatchOption = False,
    cluster: ClusterOption = None,
    quiet: QuietOption = False,
    verbose: BatchVerboseOption = False,
    log_file: LogFileOption = None,
) -> None:
    """Speak every text in a folder that is not up to date, and write a report beside the files."""
    with report_errors():
        from ..batch.options import BatchOptions
        from .batch_run import BatchCommand, Folders, Verbosity, Workforce, run_batch

        captions = subtitle_options("srt", fps=fps, bom=bom, crlf=crlf, offset=offset)
        sound = audio_options(
            audio, loudness=loudness, bitrate=bitrate, sample_rate=sample_rate, cover=cover
        )
        options = BatchOptions(
            preferences=preferences_from(voice, rate, style, lexicon),
            subtitles=captions,
            audio=sound,
            page=page_sound(page=page, link=link),
            formats=subtitle_formats(subtitles) if subtitles else None,
            encoding=encoding,
            force=force,
            allow_online=allowances(allow_online),
            follow_links=follow_links,
        )
        workforce = Workforce(jobs, cluster, not no_cache, proxy, device)
        verbosity = Verbosity(quiet, verbose)
        command = BatchCommand(Folders(folder, output, recursive), options, workforce, verbosity)
        note_shadowed()
        with log_to_file(log_file):
            raise typer.Exit(run_batch(command, dry_run=dry_run, watch=watch))
