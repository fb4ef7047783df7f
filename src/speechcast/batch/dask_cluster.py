"""Speeches made by a Dask cluster: orders go out, what was delivered comes back.

What decides a production (document, voices, styles, readings) is read here and sent along, so a
worker makes the bytes that would be made here. It needs the program, the models, and the output's
address within reach; a speech whose worker dies is given to another.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from ..engines.registry import engine_class
from ..errors import OutputError, SpeechcastError, UsageError
from ..progress import ProgressCallback, Step
from ..request import Request
from ..synthesis.synthesizer import Resources, default_resources
from .discovery import SpeechJob
from .remote_storage import MISSING, storage_for
from .storage import OutputStorage
from .worker import ProducedFiles, Producer, Stopped, StopSignal, local_producer

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "local"
_ANSWER = 30  # seconds within which a scheduler and a first worker must be there
_LOOK = 0.5  # seconds between two looks whether all is to end
_TELL = 1.0  # seconds between two reports of one worker
_TOPIC = "speechcast"


class ClusterError(SpeechcastError):
    """The cluster cannot be reached, or cannot do the work."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Workers that make speeches; `size` is how many speeches keep them all busy.

    `neighbours` is how many of them an online service takes for one, being on one machine.
    """

    client: Client
    size: int
    neighbours: int
    stop: StopSignal
    reports: dict[str, ProgressCallback] = field(
        default_factory=dict
    )  # who hears of a speech, by its key

    def make(self, place: OutputStorage, *, keep: bool = True) -> Producer:
        """Make an order on a worker, which delivers it to `place`; `keep` in its clip store."""

        def make(asked: Request, job: SpeechJob, report: ProgressCallback) -> ProducedFiles:
            report(Step("waiting", 0, 1, "for a worker"))
            self.reports[job.key] = report
            try:
                made = self._made(asked, job, str(place), keep)
            finally:
                del self.reports[job.key]
            if not place.whole(job.folder, made.files):
                raise OutputError(
                    f"what a worker wrote to {place} is not there; name a folder that all machines "
                    f"share, or an address like s3://bucket/folder"
                )
            return made

        return make

    def _made(self, asked: Request, job: SpeechJob, address: str, keep: bool) -> ProducedFiles:
        from distributed.scheduler import KilledWorker

        what = (asked, job, address, keep, self.neighbours)
        future = self.client.submit(_work, *what, pure=False)
        try:
            while not future.done():
                self.stop.check()
                time.sleep(_LOOK)
            made: ProducedFiles = future.result()
        except KilledWorker as exc:
            raise ClusterError(f"{exc.allowed_failures + 1} workers died while making it") from exc
        except Stopped:
            future.cancel(force=True)
            raise
        return made


@contextlib.contextmanager
def connect(address: str, workers: int, stop: StopSignal) -> Iterator[Cluster]:
    """The cluster whose scheduler is at `address`; LOCAL starts one of so many workers here.

    Raises UsageError, ClusterError.
    """
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise UsageError(f"--cluster needs Dask; {MISSING}") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with contextlib.ExitStack() as held:
        target = held.enter_context(_started(workers)) if address == LOCAL else address
        try:
            client = held.enter_context(Client(target, timeout=_ANSWER, set_as_default=False))
            client.wait_for_workers(1, timeout=_ANSWER)
        except (OSError, ValueError) as exc:  # TimeoutError is an OSError
            raise ClusterError(
                f"no cluster with a worker answers at {address} ({exc}); "
                f"start one with: dask scheduler, and: dask worker {address}"
            ) from exc
        if address == LOCAL:
            client.register_plugin(_worker_of_ours(workers))
        _same_program(client)
        neighbours = workers if address == LOCAL else 1
        cluster = Cluster(client, 2 * sum(client.nthreads().values()), neighbours, stop)
        client.subscribe_topic(_TOPIC, lambda event: _passed_on(event, cluster.reports))
        yield cluster


@contextlib.contextmanager
def _started(workers: int) -> Iterator[Any]:
    """A cluster of processes on this machine."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
    ) as cluster:
        yield cluster


def _worker_of_ours(workers: int) -> Any:
    """What makes a process started here a good worker: its share of the cores, and no Ctrl-C.

    The signal goes to every process of a terminal; what it means is for this one to say.
    """
    from distributed import WorkerPlugin

    class Share(WorkerPlugin):
        def setup(self, worker: Any) -> None:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            if hasattr(os, "sched_setaffinity"):
                cores, number = sorted(os.sched_getaffinity(0)), int(worker.name)
                os.sched_setaffinity(0, cores[number::workers] or [cores[number % len(cores)]])

    return Share()


def _same_program(client: Client) -> None:
    """Raise ClusterError for a worker without this program, or with another version of it."""
    ours = version("speechcast")
    try:
        theirs = client.run(version, "speechcast")
    except Exception as exc:
        raise ClusterError(f"a worker has no speechcast ({exc}); install {ours} on each") from exc
    for worker, found in theirs.items():
        if found != ours:
            raise ClusterError(f"worker {worker} has speechcast {found}, here is {ours}")


def _passed_on(
    event: tuple[float, Mapping[str, Any]], reports: Mapping[str, ProgressCallback]
) -> None:
    _, said = event
    if report := reports.get(said["key"]):
        with contextlib.suppress(Stopped):  # the thread that waits for the work sees to it
            report(Step(*said["step"]))


def _work(
    asked: Request, job: SpeechJob, address: str, keep: bool, neighbours: int
) -> ProducedFiles:
    """Make the order on this worker."""
    from distributed import get_worker

    worker, told = get_worker(), 0.0

    def report(step: Step) -> None:
        nonlocal told
        if (now := time.monotonic()) - told > _TELL:
            told = now
            said = [step.stage, step.done, step.total, step.text]
            worker.log_event(_TOPIC, {"key": job.key, "step": said})

    means = replace(_means(), jobs=_share(asked, neighbours))
    return local_producer(storage_for(address), means if keep else replace(means, cache=None))(
        asked, job, report
    )


@cache
def _means() -> Resources:
    """This worker's own: one clip store for all it makes."""
    return default_resources()


def _share(asked: Request, neighbours: int) -> int | None:
    """How many lines this worker may have at an online service at once; None for all it takes."""
    online = [voice for voice in asked.cast.values() if engine_class(voice.engine).online]
    if neighbours == 1 or not online:
        return None
    with contextlib.ExitStack() as open_:
        engines = [
            open_.enter_context(contextlib.closing(engine_class(v.engine)(v))) for v in online
        ]
        return max(1, min(e.workers for e in engines) // neighbours)
