"""The command line: parse, show progress, turn an error into a line and an exit code."""

from __future__ import annotations

from .app import main

__all__ = ["main"]
