"""What the log says, on whatever shows it: lines for a person, a file for the morning after."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from ..errors import OutputError

_LOG = logging.getLogger("speechcast")


class Show(Protocol):
    """Something that can show a line."""

    def say(self, text: str) -> None:
        """Show it."""


@contextlib.contextmanager
def on(show: Show, level: int) -> Iterator[None]:
    """The log's messages of this level and above, on `show` while the block lasts."""
    handler = _Lines(show)
    handler.setLevel(level)
    with _handled(handler):
        yield


@contextlib.contextmanager
def into(file: Path | None) -> Iterator[None]:
    """All that the log says, in `file`. Raises OutputError where it cannot be written."""
    if file is None:
        yield
        return
    try:
        handler = logging.FileHandler(file, encoding="utf-8")
    except OSError as exc:
        raise OutputError(f"{file} cannot be written ({exc.strerror})", file) from exc
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    with _handled(handler), contextlib.closing(handler):
        yield


class _Lines(logging.Handler):
    def __init__(self, show: Show) -> None:
        super().__init__()
        self._show = show

    def emit(self, record: logging.LogRecord) -> None:
        self._show.say(record.getMessage())


@contextlib.contextmanager
def _handled(handler: logging.Handler) -> Iterator[None]:
    """The handler hears the log, whatever level it likes."""
    before = _LOG.level, _LOG.propagate
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.DEBUG)
    _LOG.propagate = False
    try:
        yield
    finally:
        _LOG.removeHandler(handler)
        _LOG.level, _LOG.propagate = before
