"""What a worker of a Dask cluster does: it produces one speech, and sends its progress."""

from __future__ import annotations

import contextlib
import time
from dataclasses import replace
from functools import cache

from ..engines.registry import engine_class
from ..messages import Language, use_language
from ..progress import Step
from ..request import Request
from ..synthesis.synthesizer import Resources, default_resources
from .discovery import SpeechJob
from .remote_storage import resolve_storage
from .worker import ProducedFiles, local_producer

_PROGRESS_INTERVAL = 1.0  # seconds between two progress messages of one worker
TOPIC = "speechcast"  # the Dask topic of the progress messages


def produce_on_worker(  # noqa: PLR0913 what a worker process is sent
    request: Request,
    job: SpeechJob,
    address: str,
    use_cache: bool,
    workers_sharing_service: int,
    spoken: Language,
) -> ProducedFiles:
    """Produce a speech in this worker process, which speaks the user's language."""
    from distributed import get_worker

    use_language(spoken)
    worker, last_message = get_worker(), 0.0

    def send_progress(step: Step) -> None:
        nonlocal last_message
        if (now := time.monotonic()) - last_message > _PROGRESS_INTERVAL:
            last_message = now
            fields = [step.stage, step.done, step.total, step.text]
            worker.log_event(TOPIC, {"key": job.key, "step": fields})

    resources = _share_resources(request, workers_sharing_service, use_cache=use_cache)
    return local_producer(resolve_storage(address), resources)(request, job, send_progress)


def _share_resources(
    request: Request, workers_sharing_service: int, *, use_cache: bool
) -> Resources:
    """Return what this worker may use to produce a speech."""
    resources = _worker_resources()
    jobs = _request_share(request, workers_sharing_service)
    return replace(resources, jobs=jobs, cache=resources.cache if use_cache else None)


@cache
def _worker_resources() -> Resources:
    """Return this worker's resources: one clip cache for all productions."""
    return default_resources()


def _request_share(request: Request, workers_sharing_service: int) -> int | None:
    """Return this worker's share of an online service's requests.

    None stands for as many as its engine allows.
    """
    online = [voice for voice in request.cast.values() if engine_class(voice.engine).online]
    if workers_sharing_service == 1 or not online:
        return None
    with contextlib.ExitStack() as stack:
        engines = [
            stack.enter_context(contextlib.closing(engine_class(v.engine)(v))) for v in online
        ]
        return max(1, min(e.workers for e in engines) // workers_sharing_service)
