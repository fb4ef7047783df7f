"""The exit codes of the command line."""

from __future__ import annotations

SUCCESS = 0
FAILED = 1
WRONG_USAGE = 2
INCOMPLETE = 3  # a batch finished, but not every speech was made
INTERRUPTED = 130  # as a shell reports a command that SIGINT ended
