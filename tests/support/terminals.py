"""Pseudo-terminals in which tests run the program."""

from __future__ import annotations

import contextlib
import os


def read_terminal(terminal: int) -> bytes:
    """Return what is written to a pseudo-terminal until its other end is closed, and close it."""
    shown = b""
    with contextlib.suppress(OSError):  # so Linux says that the other end is closed
        while piece := os.read(terminal, 1 << 16):
            shown += piece
    os.close(terminal)
    return shown
