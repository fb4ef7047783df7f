"""The command line: options, progress on the terminal, errors and exit codes."""

from __future__ import annotations

import sys

from ..exit_codes import INTERRUPTED


def main() -> None:
    """Run the `speechcast` command; Ctrl-C ends it in silence, even while it is being imported."""
    try:
        from .start import begin

        begin()
    except KeyboardInterrupt:  # before a command began, or while a shell is answered
        sys.exit(INTERRUPTED)
