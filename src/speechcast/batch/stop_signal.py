"""The signal that ends a batch from outside."""

from __future__ import annotations


class Aborted(BaseException):
    """All work of the batch must end at once."""


class StopSignal:
    """The signal that ends a batch: gently (`drain`) or at once (`abort`).

    A signal handler may call every method: none of them waits.
    """

    def __init__(self) -> None:
        self.draining = False
        self.aborting = False

    def drain(self) -> None:
        """Let the speeches in progress finish, but start no more."""
        self.draining = True

    def abort(self) -> None:
        """End all work."""
        self.draining = self.aborting = True

    def check(self) -> None:
        """Raise Aborted if all work must end."""
        if self.aborting:
            raise Aborted
