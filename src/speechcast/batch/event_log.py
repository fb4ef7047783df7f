"""The events of a batch as lines of text.

They are for the log and for output that is not a terminal.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..messages import _, mark
from ..progress import format_clock
from .pool import CURRENT_SPEECH, Deferred, Ended, Event, Listener, Progressed, Started, Stopping
from .result import Result, State

log = logging.getLogger("speechcast.batch")
_PRODUCTION_LOGGERS = [
    logging.getLogger(f"speechcast.{name}") for name in ("prepare", "produce", "synthesis")
]


class LogLine(NamedTuple):
    """A line of the log.

    Attributes:
        level: Its level.
        message: The English message, with `%s` for each value; the display translates it.
        values: What is put into it.
    """

    level: int
    message: str
    values: tuple[str, ...] = ()


def log_events(listener: Listener) -> Listener:
    """Return a listener that logs events and passes them on."""

    def log_and_forward(event: Event) -> None:
        if line := format_event(event):
            _log(line)
        listener(event)

    return log_and_forward


def log_results(results: Iterable[Result]) -> None:
    """Log the results of speeches that were never started."""
    for result in results:
        _log(_format_result(result))


def _log(line: LogLine) -> None:
    log.log(line.level, line.message, *line.values)


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

        A message without arguments concerns no speech, and is logged once. Behind the prefix no
        display could translate one, so it is translated here: what a batch says of a speech, its
        warnings above all, is in the user's language in the log file too, not in English.
        """
        message = _(str(record.msg))
        if not record.args:
            is_new = message not in self._logged
            self._logged.add(message)
            return is_new
        record.msg, record.args = "%s: %s", (CURRENT_SPEECH.get(), message % record.args)
        return True


def format_event(event: Event) -> LogLine | None:
    """Return the line on an event; None for one that is not logged."""
    match event:
        case Started(job):
            return LogLine(logging.DEBUG, mark("started: %s"), (job.display_path,))
        case Deferred(job):
            message = mark("deferred: %s, another batch is making it")
            return LogLine(logging.DEBUG, message, (job.display_path,))
        case Stopping(at_once=True):
            return LogLine(logging.WARNING, mark("interrupted: ending at once"))
        case Stopping():
            return LogLine(
                logging.WARNING,
                mark("interrupted: finishing what is in work; Ctrl-C again ends at once"),
            )
        case Ended(_job, result):
            return _format_result(result)
        case Progressed():
            return None


def _format_result(result: Result) -> LogLine:
    match result.state:
        case State.PRODUCED:
            clocks = format_clock(result.duration), format_clock(result.took)
            message = mark("made: %s (%s), lasts %s, took %s")
            return LogLine(logging.INFO, message, (result.source, result.voice, *clocks))
        case State.SKIPPED:
            return LogLine(logging.DEBUG, mark("up to date: %s"), (result.source,))
        case State.FAILED:
            return LogLine(logging.ERROR, mark("failed: %s: %s"), (result.source, result.reason))
        case State.INTERRUPTED:
            return LogLine(logging.WARNING, mark("interrupted: %s"), (result.source,))
