"""The command line: options, progress on the terminal, errors and exit codes."""

from __future__ import annotations

from .start import main

__all__ = ["main"]
