"""The exit codes of the commands."""

from __future__ import annotations

SUCCESS = 0
FAILED = 1
WRONG_USAGE = 2  # the code Typer uses for an unknown option
INCOMPLETE = 3  # a batch ended, but some speeches failed
INTERRUPTED = 130  # what a shell reports for a command ended by SIGINT
