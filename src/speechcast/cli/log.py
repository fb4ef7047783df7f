"""Where log messages go: to the display, and to a log file."""

from __future__ import annotations

import contextlib
import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from ..errors import OutputError, explain_os_error
from ..messages import _
from ..redaction import redact

# as the formatter of `log_to_file` begins a line
_LOG_LINE = re.compile(rb"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ speechcast")
_LOG = logging.getLogger("speechcast")


class LineDisplay(Protocol):
    """Anything that can show a line of text."""

    def say(self, text: str) -> None:
        """Show a line of text."""


@contextlib.contextmanager
def log_to_display(display: LineDisplay, level: int) -> Iterator[None]:
    """Show messages of `level` and above while the block lasts.

    They go to `display`.
    """
    handler = _DisplayHandler(display)
    handler.setLevel(level)
    with _attached(handler):
        yield


@contextlib.contextmanager
def log_to_file(file: Path | None) -> Iterator[None]:
    """Write every log message to `file` while the block lasts.

    Nothing is written if `file` is None.

    Raises:
        OutputError: if the file cannot be written.
    """
    if file is None:
        yield
        return
    try:
        _require_log(file)
        handler = _LogFile(file, encoding="utf-8", errors="backslashreplace")
    except OSError as exc:
        raise OutputError(
            _("{file} cannot be written ({reason})").format(
                file=file, reason=explain_os_error(exc)
            ),
            file,
        ) from exc
    handler.setFormatter(_RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    with _attached(handler), contextlib.closing(handler):
        yield


def _require_log(file: Path) -> None:
    """Raise OutputError if the file is there and is something else than a log."""
    if not file.is_file() or not file.stat().st_size:
        return
    with file.open("rb") as stream:
        if not _LOG_LINE.match(stream.read(64)):
            raise OutputError(
                _("{file} is there and is no log; choose another name with --log-file").format(
                    file=file
                ),
                file,
            )


class _LogFile(logging.FileHandler):
    """A log that ends where it cannot be written any longer; the work goes on."""

    _failed = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 logging's name
        """Say once that the log ends."""
        exc = sys.exc_info()[1]
        if not self._failed:
            self._failed = True
            reason = explain_os_error(exc) if isinstance(exc, OSError) else exc
            note = _("note: {file} cannot be written ({reason})")
            print(note.format(file=self.baseFilename, reason=reason), file=sys.stderr)
        del record

    def close(self) -> None:
        """Close the file; what cannot be written any longer is dropped."""
        with contextlib.suppress(OSError):
            super().close()


class _RedactingFormatter(logging.Formatter):
    """Takes passwords and keys out of messages and of the tracebacks below them."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


class _DisplayHandler(logging.Handler):
    def __init__(self, display: LineDisplay) -> None:
        super().__init__()
        self._display = display

    def emit(self, record: logging.LogRecord) -> None:
        self._display.say(redact(_translate(record)))


def _translate(record: logging.LogRecord) -> str:
    """Return a record's message in the language in use.

    The log file has the English message, but for what a batch's workers sent, which arrives
    translated.
    """
    text = _(str(record.msg))
    return text % record.args if record.args else text


@contextlib.contextmanager
def _attached(handler: logging.Handler) -> Iterator[None]:
    """Send the package's messages to `handler` while the block lasts.

    The handler applies its own level.
    """
    before = _LOG.level, _LOG.propagate
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.DEBUG)
    _LOG.propagate = False
    try:
        yield
    finally:
        _LOG.removeHandler(handler)
        _LOG.level, _LOG.propagate = before
