"""The events of a batch as lines of text.

They are for the log and for output that is not a terminal.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable, Iterator

from ..progress import format_clock
from .pool import CURRENT_SPEECH, Deferred, Ended, Event, Listener, Progressed, Started, Stopping
from .result import Result, State

log = logging.getLogger("speechcast.batch")
_PRODUCTION_LOGGERS = [logging.getLogger(f"speechcast.{name}") for name in ("synthesis", "produce")]


def log_events(listener: Listener) -> Listener:
    """Return a listener that logs events and passes them on."""

    def log_and_forward(event: Event) -> None:
        level, text = format_event(event)
        if text:
            log.log(level, "%s", text)
        listener(event)

    return log_and_forward


def log_results(results: Iterable[Result]) -> None:
    """Log the results of speeches that were never started."""
    for result in results:
        log.log(*_format_result(result))


@contextlib.contextmanager
def prefix_log_records() -> Iterator[None]:
    """Prefix a production's log messages with its speech's name.

    This lasts as long as the block.
    """
    prefix = _SpeechPrefix()
    for logger in _PRODUCTION_LOGGERS:
        logger.addFilter(prefix)
    try:
        yield
    finally:
        for logger in _PRODUCTION_LOGGERS:
            logger.removeFilter(prefix)


class _SpeechPrefix(logging.Filter):
    def __init__(self) -> None:
        super().__init__()
        self._logged: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        """Prefix the record with its speech.

        A message without arguments concerns no speech, and is logged once.
        """
        message = record.getMessage()
        if not record.args:
            is_new = message not in self._logged
            self._logged.add(message)
            return is_new
        record.msg, record.args = "%s: %s", (CURRENT_SPEECH.get(), message)
        return True


def format_event(event: Event) -> tuple[int, str]:
    """Return an event's log level and line; the line may be ""."""
    match event:
        case Started(job):
            return logging.DEBUG, f"started: {job.display_path}"
        case Deferred(job):
            return logging.DEBUG, f"deferred: {job.display_path}, another batch is making it"
        case Stopping(at_once=True):
            return logging.WARNING, "interrupted: ending at once"
        case Stopping():
            return (
                logging.WARNING,
                "interrupted: finishing what is in work; Ctrl-C again ends at once",
            )
        case Ended(_, result):
            return _format_result(result)
        case Progressed():
            return logging.NOTSET, ""


def _format_result(result: Result) -> tuple[int, str]:
    line = f"{result.state}: {result.source}"
    match result.state:
        case State.PRODUCED:
            duration, took = format_clock(result.duration), format_clock(result.took)
            return logging.INFO, f"{line} ({result.voice}), lasts {duration}, took {took}"
        case State.SKIPPED:
            return logging.DEBUG, line
        case State.FAILED:
            return logging.ERROR, f"{line}: {result.reason}"
        case State.INTERRUPTED:
            return logging.WARNING, line
