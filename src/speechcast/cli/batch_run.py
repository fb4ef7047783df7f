"""Runs `speechcast batch`: its plans, its workers, and what its signals do."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from .. import batch
from ..batch.addresses import is_remote
from ..batch.outgoing import count_outgoing
from ..batch.remote_source import fetch_folder
from ..batch.remote_storage import resolve_storage
from ..batch.stop_signal import StopSignal
from ..batch.worker import local_producer
from ..engines.base import Destination
from ..errors import UsageError
from ..exit_codes import INTERRUPTED
from ..messages import _
from ..redaction import redact, without_login
from .batch_console import show_progress
from .batch_pages import print_forecast, print_report
from .common import (
    TERMINATIONS,
    announce_sending,
    handle_signals,
    print_summary,
    with_device,
    with_proxy,
)
from .option_values import resources_from

if TYPE_CHECKING:
    from ..batch.discovery import SpeechJob
    from ..batch.options import BatchOptions
    from ..batch.plan import Plan
    from ..batch.report import BatchReport
    from ..batch.result import Result
    from ..batch.storage import OutputStorage
    from ..batch.worker import ProducedFiles, Producer
    from ..progress import ProgressCallback
    from ..request import Request


class Folders(NamedTuple):
    """The folders of speeches and of files; both may be addresses."""

    source: str
    output: str
    recursive: bool  # include the subfolders of `source`


class Workforce(NamedTuple):
    """What produces the speeches."""

    jobs: int  # speeches at once
    cluster: str | None  # address of a Dask scheduler; None for this process
    use_cache: bool
    proxy: str | None
    device: str  # what runs embedded voices: cpu or auto


class Verbosity(NamedTuple):
    """How much is printed."""

    quiet: bool
    verbose: bool


class BatchCommand(NamedTuple):
    """The command line of a batch."""

    folders: Folders
    options: BatchOptions
    workforce: Workforce
    verbosity: Verbosity


def run_batch(command: BatchCommand, *, dry_run: bool, watch: bool) -> int:
    """Run the batch, or only forecast it; return the exit code."""
    if not dry_run:
        return _produce(command, watch=watch)
    with _plan(command) as plan:
        return print_forecast(plan, quiet=command.verbosity.quiet)


@contextlib.contextmanager
def _plan(command: BatchCommand) -> Iterator[Plan]:
    """Yield the plan for the speeches in the folder."""
    source, output, recursive = command.folders
    storage = resolve_storage(output)
    with fetch_folder(source, recursive=recursive) as (root, lost):
        plan = batch.plan_batch(
            root, storage, command.options, recursive=recursive, display_name=redact(source)
        )
        unreadable = plan.discovery.unreadable + lost
        yield replace(plan, discovery=replace(plan.discovery, unreadable=unreadable))


def _arrivals(command: BatchCommand, stop: StopSignal) -> Iterator[Plan]:
    """Return plans: one for the folder, then one for each arrival.

    Raises:
        UsageError: if the folder or the output is not on this machine.
    """
    from ..batch.watch import watch_folder

    source, output, recursive = command.folders
    if is_remote(source) or is_remote(output):
        raise UsageError(_("--watch works with folders on this machine only, not with addresses"))
    return watch_folder(Path(source), Path(output), command.options, recursive=recursive, stop=stop)


def _produce(command: BatchCommand, *, watch: bool) -> int:
    """Produce the speeches, or watch for more; return the exit code."""
    stop = StopSignal()
    results: dict[str, Result] = {}
    with contextlib.ExitStack() as signals:  # handled until all is said, as files are written
        with contextlib.ExitStack() as stack:
            plans = _arrivals(command, stop) if watch else [stack.enter_context(_plan(command))]
            crew_for = stack.enter_context(_crews(command.workforce, stop))
            signals.enter_context(handle_signals(_stopper(stop), signal.SIGINT, *TERMINATIONS))
            for plan in plans:
                before = _elsewhere(results, plan)
                report = _run_plan(plan, stop, crew_for(plan.storage), before, command.verbosity)
                results = {r.source: r for r in report.results}
        code = _print_outcome(report, command.verbosity)
    if stop.aborting:  # threads may hang in what they do; the exit does not wait for them
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


class _Crew(NamedTuple):
    """How many speeches are produced at once, what produces one, and where, if elsewhere."""

    jobs: int
    produce: Producer
    cluster: Destination | None = None


@contextlib.contextmanager
def _crews(workforce: Workforce, stop: StopSignal) -> Iterator[Callable[[OutputStorage], _Crew]]:
    """Yield a function from an output storage to its crew.

    The crew is this process or a cluster. The proxy is this machine's: workers of a cluster
    elsewhere use their own settings.
    """
    if workforce.cluster is None:
        resources = resources_from(None, no_cache=not workforce.use_cache)
        yield lambda storage: _Crew(
            workforce.jobs,
            _adapt(local_producer(storage, resources), workforce.proxy, workforce.device),
        )
        return
    from ..batch.dask_cluster import LOCAL, connect

    local = workforce.cluster == LOCAL
    proxy = workforce.proxy if local else None
    address = without_login(workforce.cluster)
    destination = None if local else Destination(address, address, _("the cluster"))
    with connect(workforce.cluster, workforce.jobs, stop) as cluster:
        yield lambda storage: _Crew(
            cluster.size,
            _adapt(
                cluster.make_producer(storage, use_cache=workforce.use_cache),
                proxy,
                workforce.device,
            ),
            destination,
        )


def _adapt(producer: Producer, proxy: str | None, device: str) -> Producer:
    """Return the producer, its online voices through `proxy`, its embedded ones on `device`."""

    def produce(request: Request, job: SpeechJob, progress: ProgressCallback) -> ProducedFiles:
        return producer(with_device(with_proxy(request, proxy), device), job, progress)

    return produce


def _run_plan(
    plan: Plan,
    stop: StopSignal,
    crew: _Crew,
    before: list[Result],
    verbosity: Verbosity,
) -> BatchReport:
    """Produce the speeches of one plan.

    What leaves this machine is said before, with `--quiet` too. `before` holds the results of
    earlier plans, which are reported as well.
    """
    quiet, verbose = verbosity
    if verbose:
        for file in plan.discovery.left_out:
            typer.echo(
                _("left out: {path}: {reason}").format(path=file.path, reason=file.reason), err=True
            )
    announce_sending(count_outgoing(plan, stop, crew.cluster))
    with show_progress(plan.discovery.jobs, quiet=quiet, verbose=verbose) as display:
        return batch.run_batch(
            plan,
            jobs=crew.jobs,
            stop=stop,
            listener=display,
            producer=crew.produce,
            earlier_results=before,
        )


def _elsewhere(results: Mapping[str, Result], plan: Plan) -> list[Result]:
    """Return the results of speeches that the plan does not cover.

    They are given by source.
    """
    jobs, unreadable = plan.discovery.jobs, plan.discovery.unreadable
    planned = {job.display_path for job in jobs} | {file.path for file in unreadable}
    return [result for source, result in results.items() if source not in planned]


def _print_outcome(report: BatchReport, verbosity: Verbosity) -> int:
    """Print the outcome of the batch; return its exit code."""
    if not verbosity.quiet:
        with print_summary():
            print_report(report, left_out=not verbosity.verbose)  # else they were named before
    for warning in report.warnings:
        typer.echo(_("error: {warning}").format(warning=warning), err=True)
    return report.exit_code


def _stopper(stop: StopSignal) -> Callable[[int, object], None]:
    """Return a signal handler that ends the batch by degrees.

    The first Ctrl-C starts no more speeches; a second one, SIGTERM or SIGHUP ends all work; any
    signal after that ends the process on the spot.
    """

    def handle(signum: int, _frame: object) -> None:
        if stop.aborting:
            os._exit(INTERRUPTED)
        if stop.draining or signum != signal.SIGINT:
            stop.abort()
        else:
            stop.drain()

    return handle
