"""Produce and deliver one speech of a batch unless up to date."""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ..errors import SourceError, SpeechcastError, TextError
from ..files import is_inside, require_distinct
from ..messages import _, language
from ..prepare import list_remarks, prepare
from ..printable import printable
from ..produce import produce
from ..progress import ProgressCallback, Step
from ..redaction import redact
from ..request import Request, resolve_request
from ..synthesis.synthesizer import Resources
from ..text.surrogates import without_surrogates
from ..units import Seconds
from . import folder_settings
from .discovery import LINK_OUT, SpeechJob
from .options import BatchOptions
from .records import DeliveredFile, Record, compute_fingerprint, resolve_defaults
from .result import Result, State
from .source_files import read_stable
from .stop_signal import Aborted, StopSignal
from .storage import LocalStorage, OutputStorage, SpeechLocked

log = logging.getLogger("speechcast.batch")


class ProducedFiles(NamedTuple):
    """A delivered production; fields are as in `Result` and `Record`."""

    voice: str
    engine: str
    duration: Seconds
    files: tuple[DeliveredFile, ...]
    warning: str = ""
    remarks: tuple[str, ...] = ()


Producer = Callable[[Request, SpeechJob, ProgressCallback], ProducedFiles]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechWorker:
    """What turns the speeches of a batch into results.

    Attributes:
        root: The folder of the speeches.
        storage: The output folder.
        options: The options of the batch.
        producer: Makes and delivers a production.
        stop: Ends the batch from outside.
        sources: The paths of all its speeches, from `root`.
    """

    root: Path
    storage: OutputStorage
    options: BatchOptions
    producer: Producer
    stop: StopSignal
    sources: frozenset[PurePosixPath] = frozenset()

    def process(self, job: SpeechJob, progress: ProgressCallback) -> Result:
        """Produce the speech unless it is current; failures are results too.

        Raises:
            SpeechLocked: Another process is producing it.
        """
        started = time.monotonic()
        try:
            request = build_request(self.root, job, self.options)
            result = self._produce_if_needed(job, request, progress)
        except SpeechcastError as exc:
            result = _failure(job, describe_error(exc, job, self.root))
        except SpeechLocked:
            raise
        except Exception as exc:
            log.debug("%s", job.display_path, exc_info=True)
            result = _failure(job, _describe_unforeseen(exc))
        except Aborted:
            result = Result(
                source=job.display_path,
                state=State.INTERRUPTED,
                reason=_("ended before it was finished"),
            )
        return replace(result, took=round(time.monotonic() - started, 3))

    def _produce_if_needed(
        self, job: SpeechJob, request: Request, progress: ProgressCallback
    ) -> Result:
        require_no_source(self.storage, self.root, self.sources, job, request)
        fingerprint = compute_fingerprint(request)
        if record := find_current_record(self.storage, job, fingerprint, self.options):
            return _result_from_record(job, State.SKIPPED, _translated(record, request))
        with self.storage.lock(job.key):
            # Another process may have produced it since.
            if record := find_current_record(self.storage, job, fingerprint, self.options):
                return _result_from_record(job, State.SKIPPED, _translated(record, request))
            self.storage.require_deliverable(job.folder, request.outputs.names)
            started = time.monotonic()
            production = self.producer(request, job, self._stoppable(progress))
            record = Record(
                fingerprint=fingerprint,
                source=job.display_path,
                voice=production.voice,
                engine=production.engine,
                duration=production.duration,
                took=time.monotonic() - started,
                files=production.files,
                remarks=production.remarks,
                language=language(),
            )
            self.storage.save_record(job.key, record)
        result = _result_from_record(job, State.PRODUCED, record)
        return replace(result, warning=production.warning)

    def _stoppable(self, progress: ProgressCallback) -> ProgressCallback:
        """Return a callback that also ends the work when aborted."""

        def check_and_report(step: Step) -> None:
            self.stop.check()
            progress(step)

        return check_and_report


def require_no_source(
    storage: OutputStorage,
    root: Path,
    sources: Set[PurePosixPath],
    job: SpeechJob,
    request: Request,
) -> None:
    """Raise OutputError if the production would replace a speech of the batch.

    Args:
        storage: The output folder.
        root: The folder of the speeches.
        sources: The paths of all speeches, from `root`.
        job: The speech.
        request: What is made of it.
    """
    if isinstance(storage, LocalStorage):
        target = storage.folder / job.folder
        replaced = {job.folder / name for name in request.outputs.names} & sources
        require_distinct(
            (target / path.name for path in replaced), (root / path for path in replaced)
        )


def find_current_record(
    storage: OutputStorage, job: SpeechJob, fingerprint: str, options: BatchOptions
) -> Record | None:
    """Return the record of an up-to-date production, or None."""
    if options.force:
        return None
    record = storage.load_record(job.key)
    if record and record.fingerprint == fingerprint and storage.is_intact(job.folder, record.files):
        return record
    return None


def describe_error(exc: SpeechcastError, job: SpeechJob, root: Path) -> str:
    """Return the error as one line that continues the source's name.

    The paths in it start from `root`.
    """
    subject = job.name if isinstance(exc, TextError) else str(job.source)
    message = str(exc).removeprefix(f"{subject} ")
    if root != Path():
        message = re.sub(rf"(?<![\w./\\~-]){re.escape(f'{root}{os.sep}')}", "", message)
    return printable(" ".join(message.split()))


def build_request(root: Path, job: SpeechJob, options: BatchOptions) -> Request:
    """Return the request for a speech.

    The options of the batch take precedence over its front matter, and that over the settings of
    its folder.

    Raises:
        SpeechcastError: The document cannot be read, or a preference is invalid.
    """
    if not (options.follow_links or is_inside(job.source, root)):
        raise SourceError(f"{job.source} {_(LINK_OUT)}", job.source)
    document = read_stable(job.source, options.encoding)
    local = folder_settings.load_settings(root, job.folder, follow_links=options.follow_links)
    formats = options.formats or local.formats or options.subtitles.formats
    album = without_surrogates(job.folder.name) or options.audio.album
    return resolve_defaults(
        resolve_request(
            document,
            job.name,
            Path(),
            options.preferences,
            replace(options.subtitles, formats=formats),
            folder=job.source.parent,
            within=root,
            force=options.force,
            audio=replace(options.audio, album=album, track=job.track),
            page=options.page,
            folder_preferences=local.preferences,
            allow_online=options.allow_online,
        )
    )


def local_producer(storage: OutputStorage, resources: Resources) -> Producer:
    """Return a producer that works in this process and delivers to `storage`."""

    def produce_here(request: Request, job: SpeechJob, progress: ProgressCallback) -> ProducedFiles:
        with storage.work_folder(job.key) as folder:
            production = produce(replace(request, output=folder), progress, resources)
            files = storage.deliver(job.folder, {file.name: file for file in production.files})
        return ProducedFiles(
            voice=production.voice.name,
            engine=production.voice.engine,
            duration=production.duration,
            files=files,
            warning=(resources.cache and resources.cache.write_error) or "",
            remarks=production.remarks,
        )

    return produce_here


def _result_from_record(job: SpeechJob, state: State, record: Record) -> Result:
    return Result(
        source=job.display_path,
        state=state,
        outputs=tuple(printable(str(job.folder / file.name)) for file in record.files),
        voice=record.voice,
        duration=round(record.duration, 3),
        remarks=record.remarks,
    )


def _translated(record: Record, request: Request) -> Record:
    """Return the record with its remarks in the language in use."""
    if not record.remarks or record.language == language():
        return record
    return replace(record, remarks=list_remarks(prepare(request)), language=language())


def _failure(job: SpeechJob, reason: str) -> Result:
    return Result(source=job.display_path, state=State.FAILED, reason=reason)


def _describe_unforeseen(exc: Exception) -> str:
    message = redact(" ".join(str(exc).split()))
    error = _("an unexpected error, {name}: {message}")
    return printable(error.format(name=type(exc).__name__, message=message)[:300])
