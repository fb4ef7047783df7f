"""`speechcast batch`: produce a folder of speeches, unattended."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..batch.defaults import JOBS
from ..errors import UsageError
from ..messages import _, mark
from .common import note_shadowed, report_errors
from .completion import complete_from
from .log import log_to_file
from .option_values import (
    allowances,
    audio_options,
    page_sound,
    preferences_from,
    require_times,
    subtitle_formats,
    subtitle_options,
)
from .options import (
    AllowOnlineOption,
    BatchSubtitlesOption,
    BomOption,
    CrlfOption,
    DeviceOption,
    EncodingOption,
    FpsOption,
    LexiconOption,
    LinkOption,
    NoCacheOption,
    OffsetOption,
    PageOption,
    ProxyOption,
    RateOption,
    StyleOption,
    VoiceOption,
)
from .panels import FILES, PROGRESS
from .sound_options import (
    BitrateOption,
    CoverOption,
    FormatOption,
    LoudnessOption,
    SampleRateOption,
)

_MOST_JOBS = 256  # processes, each of which takes memory for a model of its own

FolderArgument = Annotated[
    str,
    typer.Argument(
        metavar=mark("SPEECHES"), help=_("The folder of speeches; or s3://…, sftp://….")
    ),
]
BatchOutputOption = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar=mark("FOLDER"),
        help=_("The folder; or s3://…, sftp://…."),
        rich_help_panel=FILES,
    ),
]
ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar=mark("ADDRESS"),
        help=_("On the Dask cluster at tcp://…; local: starts one."),
        autocompletion=complete_from("local", "tcp://"),
        rich_help_panel=PROGRESS,
    ),
]
RecursiveOption = Annotated[
    bool,
    typer.Option(
        "--recursive",
        "-r",
        help=_("Include its subfolders, at any depth."),
        rich_help_panel=FILES,
    ),
]
SpeechJobsOption = Annotated[
    int,
    typer.Option(
        "--jobs",
        "-j",
        metavar=mark("N"),
        min=1,
        max=_MOST_JOBS,
        help=_("How many speeches to produce at once."),
        rich_help_panel=PROGRESS,
    ),
]
DryRunOption = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        "-n",
        help=_("Only say what would be made, and how long it takes."),
        rich_help_panel=PROGRESS,
    ),
]
RemakeOption = Annotated[
    bool,
    typer.Option(
        "--force",
        help=_("Make them even if up to date or in another language."),
        rich_help_panel=PROGRESS,
    ),
]
FollowLinksOption = Annotated[
    bool,
    typer.Option(
        "--follow-links",
        help=_("Take what links lead to outside the folder, too."),
        rich_help_panel=FILES,
    ),
]
WatchOption = Annotated[
    bool,
    typer.Option(
        "--watch",
        help=_("Keep running: make new and changed speeches."),
        rich_help_panel=PROGRESS,
    ),
]
QuietOption = Annotated[
    bool,
    typer.Option("--quiet", "-q", help=_("Report failures only."), rich_help_panel=PROGRESS),
]
BatchVerboseOption = Annotated[
    bool, typer.Option("--verbose", help=_("Report everything."), rich_help_panel=PROGRESS)
]
LogFileOption = Annotated[
    Path | None,
    typer.Option(
        "--log-file",
        metavar=mark("FILE"),
        help=_("Write everything, with timestamps, to this file."),
        rich_help_panel=PROGRESS,
    ),
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
    jobs: SpeechJobsOption = JOBS,
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
        if dry_run and watch:
            raise UsageError(_("--dry-run makes nothing, and --watch goes on making; choose one"))
        if quiet and verbose:
            raise UsageError(_("--quiet and --verbose contradict each other; choose one"))
        if proxy and cluster not in {None, "local"}:
            raise UsageError(
                _(
                    "--proxy is this machine's, and the cluster's workers use their own settings; "
                    "leave it out"
                )
            )
        from ..batch.options import BatchOptions
        from .batch_run import BatchCommand, Folders, Verbosity, Workforce, run_batch

        formats = subtitle_formats(subtitles) if subtitles else None
        require_times(formats or ("srt",), fps=fps, offset=offset)
        captions = subtitle_options("srt", fps=fps, bom=bom, crlf=crlf, offset=offset)
        sound = audio_options(
            audio, loudness=loudness, bitrate=bitrate, sample_rate=sample_rate, cover=cover
        )
        options = BatchOptions(
            preferences=preferences_from(voice, rate, style, lexicon),
            subtitles=captions,
            audio=sound,
            page=page_sound(page=page, link=link),
            formats=formats,
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
