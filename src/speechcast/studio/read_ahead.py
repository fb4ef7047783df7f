"""Read a long project in a thread of its own, while its page shows the text."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable

from ..errors import SpeechcastError

PATIENCE = 0.5  # seconds; what is read by then is shown as it is read


class ReadAhead:
    """Reads once, in a thread, for any number of threads that wait for it."""

    def __init__(self, read: Callable[[], object]) -> None:
        """Read by calling `read`."""
        self._read = read
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def wait(self, seconds: float = PATIENCE) -> bool:
        """Begin to read, if nobody did; return whether it is read, or cannot be, soon."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="read-ahead")
                self._thread.start()
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        """Read; what goes wrong goes wrong again for whoever asks for the project."""
        with contextlib.suppress(SpeechcastError, OSError):
            self._read()
