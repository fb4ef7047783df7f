"""One speech of a batch: read it, see whether it is up to date, make it, deliver it, note it."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from .. import documents
from ..documents import Document
from ..errors import SourceError, SpeechcastError
from ..produce import produce
from ..progress import ProgressCallback, Step
from ..request import (
    AudioOptions,
    Preferences,
    Request,
    SubtitleOptions,
    preferences_in,
    resolve_request,
)
from ..synthesis.synthesizer import Resources
from . import folder_settings, naming
from .discovery import SpeechJob
from .records import DeliveredFile, Record, fingerprint, resolve_defaults
from .storage import Busy, OutputStorage

log = logging.getLogger("speechcast.batch")

_READINGS = 3  # how often a file that changes while it is read is read again
_SETTLES = 0.5  # seconds between two readings


class State(StrEnum):
    """What became of a speech."""

    MADE = "made"
    SKIPPED = "up to date"
    FAILED = "failed"
    INTERRUPTED = "interrupted"  # or not come to


@dataclass(frozen=True, slots=True)
class Result:
    """A speech and what became of it; `seconds` is how long it sounds, `why` is for the rest.

    `trouble` harmed no speech, but somebody should see to it.
    """

    source: str
    state: State
    outputs: tuple[str, ...] = ()
    voice: str = ""
    seconds: float = 0.0
    took: float = 0.0
    why: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """What the batch as a whole asks for; it holds before what folders and speeches say.

    `formats` are the subtitles', None for what a folder's settings say; `again` makes even what is
    up to date.
    """

    preferences: Preferences = Preferences()
    subtitles: SubtitleOptions = SubtitleOptions()
    audio: AudioOptions = AudioOptions()
    formats: tuple[str, ...] | None = None
    encoding: str | None = None
    again: bool = False


class Stopped(BaseException):
    """The work is to end at once."""


class StopSignal:
    """How the outside ends a batch: no more is started, or all work ends.

    A signal's handler may ask for it: nothing here waits for anything.
    """

    def __init__(self) -> None:
        self.starting = False
        self.working = False

    def gently(self) -> None:
        """Finish what is in work, start no more."""
        self.starting = True

    def now(self) -> None:
        """End all work."""
        self.starting = self.working = True

    def check(self) -> None:
        """Raise Stopped if all work is to end."""
        if self.working:
            raise Stopped


class ProducedFiles(NamedTuple):
    """A production that was delivered; `trouble` is what went wrong beside it."""

    voice: str
    engine: str
    seconds: float
    files: tuple[DeliveredFile, ...]
    trouble: str = ""


Producer = Callable[[Request, SpeechJob, ProgressCallback], ProducedFiles]


@dataclass(frozen=True, slots=True)
class SpeechWorker:
    """Where speeches become results."""

    root: Path
    place: OutputStorage
    options: BatchOptions
    make: Producer
    stop: StopSignal

    def result(self, job: SpeechJob, report: ProgressCallback) -> Result:
        """Make the job's speech unless it is up to date; a failure is a result.

        Raises Busy if another process is making it.
        """
        started = time.monotonic()
        try:
            asked = request_for(self.root, job, self.options)
            done = self._done(job, asked, report)
        except SpeechcastError as exc:
            done = Result(job.shown, State.FAILED, why=self.told(exc, job))
        except Busy:
            raise
        except Exception as exc:
            log.debug("%s", job.shown, exc_info=True)
            done = Result(job.shown, State.FAILED, why=_unforeseen(exc))
        except Stopped:
            done = Result(job.shown, State.INTERRUPTED, why="ended in the midst of it")
        return replace(done, took=round(time.monotonic() - started, 3))

    def _done(self, job: SpeechJob, asked: Request, report: ProgressCallback) -> Result:
        mark = fingerprint(asked)
        if kept := self.current(job, mark):
            return _result(job, State.SKIPPED, kept)
        with self.place.lock(job.key):
            if kept := self.current(job, mark):  # another process made it meanwhile
                return _result(job, State.SKIPPED, kept)
            started = time.monotonic()
            made = self.make(asked, job, self._stoppable(report))
            took = time.monotonic() - started
            record = Record(
                mark, job.shown, made.voice, made.engine, made.seconds, took, made.files
            )
            self.place.keep(job.key, record)
        return replace(_result(job, State.MADE, record), trouble=made.trouble)

    def current(self, job: SpeechJob, mark: str) -> Record | None:
        """The record of the job's production if it is up to date."""
        if self.options.again:
            return None
        kept = self.place.record(job.key)
        if kept and kept.fingerprint == mark and self.place.whole(job.folder, kept.files):
            return kept
        return None

    def _stoppable(self, report: ProgressCallback) -> ProgressCallback:
        def told(step: Step) -> None:
            self.stop.check()
            report(step)

        return told

    def told(self, exc: SpeechcastError, job: SpeechJob) -> str:
        """The error in one line that goes on from the source's name; paths from the root."""
        said = str(exc).replace(str(job.source), job.shown).replace(f"{self.root}{os.sep}", "")
        for name in (job.shown, job.name):
            said = said.removeprefix(f"{name} ")
        return naming.shown(" ".join(said.split()))


def request_for(root: Path, job: SpeechJob, options: BatchOptions) -> Request:
    """The job's order, by what the options, its front matter and its folder's settings say.

    Raises SpeechcastError.
    """
    document = stable(job.source, options.encoding)
    local = folder_settings.settings(root, job.folder)
    beside = job.source.parent
    wishes = options.preferences.over(preferences_in(document.front_matter, beside)).over(
        local.preferences
    )
    wanted = options.formats or local.formats or options.subtitles.formats
    subtitling = replace(options.subtitles, formats=wanted)
    album = job.folder.name or options.audio.album
    sounding = replace(options.audio, album=album, track=job.track)
    return resolve_defaults(
        resolve_request(
            document,
            job.name,
            Path(),
            wishes,
            subtitling,
            folder=beside,
            force=options.again,
            audio=sounding,
        )
    )


def stable(path: Path, encoding: str | None = None) -> Document:
    """The document in a file that nobody was writing while it was read. Raises SourceError."""
    for attempt in range(_READINGS):
        time.sleep(_SETTLES if attempt else 0)
        before = _state(path)
        document = documents.read(path, encoding)
        if _state(path) == before:
            return document
    raise SourceError(f"{path} changes while it is read; make it again when it is whole", path)


def _state(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def local_producer(place: OutputStorage, means: Resources) -> Producer:
    """Make an order in this process and deliver it to `place`."""

    def make(asked: Request, job: SpeechJob, report: ProgressCallback) -> ProducedFiles:
        with place.workshop(job.key) as work:
            made = produce(replace(asked, output=work), report, means)
            files = place.deliver(job.folder, {file.name: file for file in made.files})
        trouble = (means.cache and means.cache.write_error) or ""
        return ProducedFiles(made.voice.name, made.voice.engine, made.duration, files, trouble)

    return make


def _result(job: SpeechJob, state: State, record: Record) -> Result:
    outputs = tuple(naming.shown(str(job.folder / file.name)) for file in record.files)
    return Result(job.shown, state, outputs, record.voice, round(record.seconds, 3))


def _unforeseen(exc: Exception) -> str:
    said = " ".join(str(exc).split())
    return naming.shown(f"an error that was not foreseen, {type(exc).__name__}: {said}"[:300])
