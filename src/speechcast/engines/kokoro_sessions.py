"""The model, loaded: sessions that all embedded voices of this process share.

What makes one voice of another is an input of the model, so a cast of ten, or ten productions at
once, need no more sessions than there are cores to run them. A session is opened when it is first
wanted and stays, for loading the model takes longer than many a line.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import EngineError, ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


class Sessions:
    """At most so many sessions of one model, lent to one thread at a time."""

    def __init__(self, model: Path, most: int) -> None:
        self._model = model
        self._most = most
        self._idle: list[InferenceSession] = []
        self._opened = 0
        self._changed = threading.Condition()

    @property
    def opened(self) -> int:
        """How many there are, idle or at work."""
        return self._opened

    @contextlib.contextmanager
    def lent(self, closed: Callable[[], bool]) -> Iterator[InferenceSession]:
        """A session for the `with` block; waits for one where all are at work.

        Raises EngineError once `closed` says so (see `wake`), ModelError for a damaged model.
        """
        session = self._taken(closed) or self._new()
        try:
            yield session
        finally:
            with self._changed:
                self._idle.append(session)
                self._changed.notify()

    def wake(self) -> None:
        """Have those who wait look whether they are still to."""
        with self._changed:
            self._changed.notify_all()

    def _taken(self, closed: Callable[[], bool]) -> InferenceSession | None:
        """An idle session, or None for the place of a new one."""
        with self._changed:
            while not (closed() or self._idle or self._opened < self._most):
                self._changed.wait()
            if closed():
                self._changed.notify()  # it may have been our turn
                raise EngineError("the embedded voice is closed")
            if self._idle:
                return self._idle.pop()
            self._opened += 1
            return None

    def _new(self) -> InferenceSession:
        try:
            return _open(self._model)
        except BaseException:
            with self._changed:
                self._opened -= 1
                self._changed.notify()
            raise


_SESSIONS: dict[Path, Sessions] = {}
_FIRST = threading.Lock()


def sessions(model: Path) -> Sessions:
    """The sessions of this model, the same for everyone; one a core, each on a thread.

    Measured on two cores: one session on two threads takes 0.30 to 0.36 of the time its speech
    lasts, two sessions on one thread each 0.25 together.
    """
    with _FIRST:  # two voices may ask for their first at once
        return _SESSIONS.setdefault(model, Sessions(model, cores()))


def cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _open(model: Path) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as exc:
        raise ModelError(
            f"{model} is damaged ({exc}); delete it and run: speechcast voices install narrator"
        ) from exc
