"""Speeches produced by the workers of a Dask cluster.

What decides a production (document, voices, styles, readings) is read here and sent along in the
request, so that a worker makes the bytes that would be made here. A worker needs the program, the
models, and access to the output folder. A speech whose worker dies is given to another.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from ..errors import OutputError, SpeechcastError, UsageError
from ..extras import compose_extra_command
from ..messages import _, language, mark
from ..progress import ProgressCallback, Step
from ..request import Request
from ..units import Seconds
from .dask_worker import TOPIC, produce_on_worker
from .discovery import SpeechJob
from .stop_signal import Aborted, StopSignal
from .storage import OutputStorage
from .worker import ProducedFiles, Producer

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "local"
_SCHEMES = {"tcp", "tls", "ws", "wss", "ucx"}  # of Dask's schedulers
ANSWER_TIMEOUT = 30.0  # seconds within which a scheduler and a first worker must answer
_POLL_INTERVAL = 0.5  # seconds between two checks whether the batch is aborted


class ClusterError(SpeechcastError):
    """The cluster cannot be reached, or cannot do the work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A Dask cluster whose workers produce speeches.

    Attributes:
        client: The connection to its scheduler.
        size: How many speeches to have in work so that all workers are busy.
        workers_sharing_service: How many workers share one machine, and so the limit an online
            service has for it.
        stop: Ends the batch from outside.
        progress_callbacks: The callback for the progress of each speech, by the speech's key.
    """

    client: Client
    size: int
    workers_sharing_service: int
    stop: StopSignal
    progress_callbacks: dict[str, ProgressCallback] = field(default_factory=dict)

    def make_producer(self, storage: OutputStorage, *, use_cache: bool = True) -> Producer:
        """Return a producer whose workers deliver to `storage`.

        Args:
            storage: The output folder, which all workers must have access to.
            use_cache: Whether the workers use their clip caches.
        """

        def produce_remotely(
            request: Request, job: SpeechJob, progress: ProgressCallback
        ) -> ProducedFiles:
            progress(Step(mark("waiting"), 0, 1, _("for a worker")))
            self.progress_callbacks[job.key] = progress
            try:
                production = self._produce(request, job, storage.address, use_cache)
            finally:
                del self.progress_callbacks[job.key]
            if not storage.is_intact(job.folder, production.files):
                raise OutputError(
                    _(
                        "what a worker wrote to {storage} is not there; use a folder that "
                        "all machines share, or an address like s3://bucket/folder"
                    ).format(storage=storage)
                )
            return production

        return produce_remotely

    def _produce(
        self, request: Request, job: SpeechJob, address: str, use_cache: bool
    ) -> ProducedFiles:
        """Produce on a worker and wait for it.

        Raises:
            ClusterError: Workers keep dying.
            Aborted: The batch was aborted.
            Exception: Any error of the production itself.
        """
        from distributed.scheduler import KilledWorker

        sharing = self.workers_sharing_service
        arguments = (request, job, address, use_cache, sharing, language())
        future = self.client.submit(produce_on_worker, *arguments, pure=False)
        try:
            while not future.done():
                self.stop.check()
                time.sleep(_POLL_INTERVAL)
            production: ProducedFiles = future.result()
        except KilledWorker as exc:
            deaths = exc.allowed_failures + 1
            raise ClusterError(
                _("{count} workers died while producing it").format(count=deaths)
            ) from exc
        except Aborted:
            future.cancel(force=True)
            raise
        return production


@contextlib.contextmanager
def connect(
    address: str, workers: int, stop: StopSignal, *, timeout: Seconds = ANSWER_TIMEOUT
) -> Iterator[Cluster]:
    """Yield the cluster at an address.

    Args:
        address: The address of its scheduler, `tcp://…`; or LOCAL to start a cluster here.
        workers: How many workers to start for LOCAL.
        stop: Ends the batch from outside.
        timeout: How many seconds the scheduler and a first worker have to answer.

    Raises:
        UsageError: Dask is not installed, or the address is not a scheduler's.
        ClusterError: The cluster does not answer, or has another version of the program.
    """
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise UsageError(
            _("--cluster needs Dask; run: {command}").format(
                command=compose_extra_command("cluster")
            )
        ) from None
    if address != LOCAL and address.partition("://")[0] not in _SCHEMES:
        raise UsageError(
            _(
                "--cluster is '{address}'; give a scheduler's address like tcp://host:8786, "
                "or {local}"
            ).format(address=address, local=LOCAL)
        )
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with contextlib.ExitStack() as stack:
        target = stack.enter_context(_start_local_cluster(workers)) if address == LOCAL else address
        try:
            if address != LOCAL:
                asyncio.run(_greet_scheduler(address, timeout))
            client = stack.enter_context(Client(target, timeout=timeout, set_as_default=False))
            client.wait_for_workers(1, timeout=timeout)
        except (OSError, ValueError) as exc:  # TimeoutError is an OSError
            raise ClusterError(
                _(
                    "no cluster with a worker answers at {address} ({reason}); start one with: "
                    "dask scheduler, and: dask worker {address}"
                ).format(address=address, reason=exc)
            ) from exc
        if address == LOCAL:
            client.register_plugin(_build_worker_plugin(workers))
        _require_same_version(client)
        cluster = Cluster(
            client=client,
            size=2 * sum(client.nthreads().values()),
            workers_sharing_service=workers if address == LOCAL else 1,
            stop=stop,
        )
        callbacks = cluster.progress_callbacks
        client.subscribe_topic(TOPIC, lambda event: _forward_progress(event, callbacks))
        yield cluster


async def _greet_scheduler(address: str, timeout: Seconds) -> None:
    """Connect to a scheduler once.

    A `Client` that cannot connect is left half made, and blocks the end of the process while it is
    removed.

    Raises:
        OSError: Nothing answers in time.
        ValueError: It is not an address.
    """
    from distributed import Security
    from distributed.comm.core import connect as open_comm

    arguments = Security().get_connection_args("client")
    comm = await open_comm(address, timeout=timeout, **arguments)
    await comm.close()


@contextlib.contextmanager
def _start_local_cluster(workers: int) -> Iterator[Any]:
    """Yield a Dask cluster of processes on this machine."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
    ) as cluster:
        yield cluster


def _build_worker_plugin(workers: int) -> Any:
    """Return a Dask plugin that sets up each local worker.

    A worker gets its share of the cores, and ignores Ctrl-C. The terminal sends Ctrl-C to all its
    processes; this process alone decides what it means.
    """
    from distributed import WorkerPlugin

    class LocalWorkerPlugin(WorkerPlugin):
        def setup(self, worker: Any) -> None:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            if hasattr(os, "sched_setaffinity"):
                cores, number = sorted(os.sched_getaffinity(0)), int(worker.name)
                os.sched_setaffinity(0, cores[number::workers] or [cores[number % len(cores)]])

    return LocalWorkerPlugin()


def _require_same_version(client: Client) -> None:
    """Raise ClusterError if a worker has another version of this program."""
    ours = version("speechcast")
    try:
        versions = client.run(version, "speechcast")
    except Exception as exc:
        raise ClusterError(
            _("a worker has no speechcast ({reason}); install {version} on each").format(
                reason=exc, version=ours
            )
        ) from exc
    for worker, theirs in versions.items():
        if theirs != ours:
            raise ClusterError(
                _("worker {worker} has speechcast {theirs}, but here is {ours}").format(
                    worker=worker, theirs=theirs, ours=ours
                )
            )


def _forward_progress(
    event: tuple[float, Mapping[str, Any]], callbacks: Mapping[str, ProgressCallback]
) -> None:
    """Pass a worker's progress message to the callback of its speech."""
    _time, message = event
    if progress := callbacks.get(message["key"]):
        with contextlib.suppress(Aborted):  # the thread that waits for the work handles it
            progress(Step(*message["step"]))
