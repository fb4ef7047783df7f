"""`speechcast batch`: a folder of speeches, unattended."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ..batch.defaults import JOBS
from ..exit_codes import INTERRUPTED
from .common import notify_online_use, report_errors, use_proxy
from .options import (
    Bitrate,
    Bom,
    CoverImage,
    Crlf,
    Encoding,
    Frames,
    LexiconFile,
    Loudness,
    NoCache,
    Offset,
    Proxy,
    Rate,
    SampleRate,
    SoundFormats,
    StyleName,
    VoiceName,
    audio_options,
    resources_of,
    subtitle_options,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..batch.discovery import SpeechJob
    from ..batch.plan import Plan
    from ..batch.report import BatchReport
    from ..batch.storage import OutputStorage
    from ..batch.worker import BatchOptions, ProducedFiles, Producer, Result, StopSignal
    from ..progress import ProgressCallback
    from ..request import Request

Folder = Annotated[
    str,
    typer.Argument(metavar="SPEECHES", help="The folder that holds them; or s3://…, sftp://…."),
]
Output = Annotated[
    str, typer.Option("--output", "-o", help="The folder for the files; or s3://…, sftp://….")
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster", help="Have them made by the Dask cluster at tcp://…; local starts one here."
    ),
]
Recursive = Annotated[
    bool, typer.Option("--recursive", "-r", help="The folders inside it too, to any depth.")
]
Formats = Annotated[
    str | None,
    typer.Option("--subtitles", help="The subtitle files: any of srt,vtt,ass,lrc,json,txt."),
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="How many speeches at once.")]
Dry = Annotated[
    bool,
    typer.Option("--dry-run", "-n", help="Say what would be made and how long it takes; no more."),
]
Again = Annotated[
    bool,
    typer.Option(
        "--force", help="Make all of them, up to date or not, whatever language the voice is for."
    ),
]
Watch = Annotated[
    bool, typer.Option("--watch", help="Go on: make new and changed speeches as they arrive.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Tell of failures and nothing else.")]
Verbose = Annotated[bool, typer.Option("--verbose", help="Tell of everything.")]
LogFile = Annotated[
    Path | None, typer.Option("--log-file", help="Write everything, with the time, to this file.")
]


def batch(  # noqa: PLR0913 one a command-line option
    folder: Folder,
    output: Output = "output",
    recursive: Recursive = False,
    voice: VoiceName = None,
    encoding: Encoding = None,
    rate: Rate = None,
    style: StyleName = None,
    subtitles: Formats = None,
    bom: Bom = False,
    crlf: Crlf = False,
    offset: Offset = 0.0,
    fps: Frames = None,
    audio: SoundFormats = "mp3",
    loudness: Loudness = None,
    bitrate: Bitrate = None,
    sample_rate: SampleRate = None,
    cover: CoverImage = None,
    lexicon: LexiconFile = None,
    proxy: Proxy = None,
    no_cache: NoCache = False,
    jobs: Jobs = JOBS,
    dry_run: Dry = False,
    force: Again = False,
    watch: Watch = False,
    cluster: Cluster = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    log_file: LogFile = None,
) -> None:
    """Speak every text in a folder that is not up to date; what was made, and what was not, goes
    into batch-report.json and .csv beside the files."""
    with report_errors():
        from .. import batch as batches
        from ..request import Preferences
        from ..subtitles.formats import registry
        from . import log

        options = batches.BatchOptions(
            preferences=Preferences(voice, rate, style, (lexicon,) if lexicon else ()),
            subtitles=subtitle_options("srt", fps, bom=bom, crlf=crlf, offset=offset),
            audio=audio_options(audio, loudness, bitrate, sample_rate, cover),
            formats=tuple(registry.parse_subtitle_formats(subtitles)) if subtitles else None,
            encoding=encoding,
            force=force,
        )
        asked = _Asked(
            folder, output, options, recursive, jobs, cluster, not no_cache, quiet, verbose
        )
        use_proxy(proxy)
        with log.into(log_file):
            code = _rehearse(asked) if dry_run else _run(asked, watch=watch)
    if code:
        raise typer.Exit(code)


class _Asked(NamedTuple):
    """What the command was asked for."""

    folder: str
    output: str
    options: BatchOptions
    recursive: bool
    jobs: int
    cluster: str | None
    keep: bool  # clips, and use those that were kept
    quiet: bool
    verbose: bool

    @contextlib.contextmanager
    def plan(self) -> Iterator[Plan]:
        from .. import batch as batches
        from ..batch.remote_storage import fetch_folder, resolve_storage

        place = resolve_storage(self.output)
        with fetch_folder(self.folder, recursive=self.recursive) as (root, lost):
            plan = batches.plan_batch(
                root, place, self.options, recursive=self.recursive, display_name=self.folder
            )
            whole = replace(plan.discovery, unreadable=plan.discovery.unreadable + lost)
            yield replace(plan, discovery=whole)

    def arrivals(self, stop: StopSignal) -> Iterator[Plan]:
        """A plan for what there is, and for what arrives."""
        from ..batch.remote_storage import is_remote
        from ..batch.watch import watch_folder
        from ..errors import UsageError

        if is_remote(self.folder) or is_remote(self.output):
            raise UsageError("--watch takes folders of this machine; no address can be watched")
        folder, output = Path(self.folder), Path(self.output)
        return watch_folder(folder, output, self.options, recursive=self.recursive, stop=stop)


def _rehearse(asked: _Asked) -> int:
    from .batch_pages import rehearsed

    with asked.plan() as plan:
        return rehearsed(plan, quiet=asked.quiet)


def _run(asked: _Asked, *, watch: bool) -> int:
    """Make what there is; or go on, until the stop is asked for."""
    from ..batch.worker import StopSignal

    stop = StopSignal()
    results: dict[str, Result] = {}
    with contextlib.ExitStack() as held:
        plans = asked.arrivals(stop) if watch else [held.enter_context(asked.plan())]
        made_by = held.enter_context(_makers(asked, stop))
        held.enter_context(_signals(stop))
        for plan in plans:
            report = _round(asked, plan, stop, made_by(plan.storage), results)
            results = {r.source: r for r in report.results}
    code = _ended(report, quiet=asked.quiet)
    if stop.aborting:  # threads may hang in what they do; nobody waits for them
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


@contextlib.contextmanager
def _makers(asked: _Asked, stop: StopSignal) -> Iterator[Callable[[OutputStorage], _Hands]]:
    """Who makes the speeches of a plan, by the place they go to: this process, or a cluster."""
    from ..batch.worker import local_producer

    if asked.cluster is None:
        means = resources_of(None, no_cache=not asked.keep)
        yield lambda place: _Hands(asked.jobs, _open_about(local_producer(place, means)))
        return
    from ..batch.dask_cluster import connect

    with connect(asked.cluster, asked.jobs, stop) as cluster:
        yield lambda place: _Hands(
            cluster.size, _open_about(cluster.make_producer(place, use_cache=asked.keep))
        )


class _Hands(NamedTuple):
    """How many speeches at once, and how one is made."""

    jobs: int
    make: Producer


def _open_about(make: Producer) -> Producer:
    """Say who is sent the text, before the first of it is sent."""
    known: set[str] = set()

    def telling(order: Request, job: SpeechJob, report: ProgressCallback) -> ProducedFiles:
        new = [voice for voice in order.cast.values() if voice.engine not in known]
        known.update(voice.engine for voice in new)
        notify_online_use(new)
        return make(order, job, report)

    return telling


def _round(
    asked: _Asked, plan: Plan, stop: StopSignal, hands: _Hands, results: Mapping[str, Result]
) -> BatchReport:
    from .. import batch as batches
    from .batch_console import shown

    if asked.verbose:
        for aside in plan.discovery.left_out:
            typer.echo(f"left out: {aside.path}: {aside.reason}", err=True)
    planned = {job.display_path for job in plan.discovery.jobs} | {
        a.path for a in plan.discovery.unreadable
    }
    before = [r for source, r in results.items() if source not in planned]
    with shown(plan.discovery.jobs, quiet=asked.quiet, verbose=asked.verbose) as show:
        return batches.run_batch(
            plan,
            jobs=hands.jobs,
            stop=stop,
            listener=show,
            producer=hands.make,
            earlier_results=before,
        )


def _ended(report: BatchReport, *, quiet: bool) -> int:
    if not quiet:
        from .batch_pages import became

        became(report)
    for trouble in report.warnings:
        typer.echo(f"error: {trouble}", err=True)
    return report.exit_code


@contextlib.contextmanager
def _signals(stop: StopSignal) -> Iterator[None]:
    """Ctrl-C: start no more; again, or SIGTERM: end all work; a third time: be gone."""

    def asked(signum: int, _: object) -> None:
        if stop.aborting:
            os._exit(INTERRUPTED)
        if stop.draining or signum == signal.SIGTERM:
            stop.abort()
        else:
            stop.drain()

    before = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
