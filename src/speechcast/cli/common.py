"""What every command shares: how errors are told, how a table looks."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from typing import NoReturn

import typer

from ..errors import SpeechcastError, UsageError

FAILED = 1
WRONG_USAGE = 2
INTERRUPTED = 130  # as a shell reports a command that SIGINT ended


def table(rows: list[tuple[str, ...]]) -> None:
    """Columns as wide as what they hold; the last one runs free."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        typer.echo("  ".join(cells).rstrip())


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Tell the user of an error or an interruption, and exit as the README promises."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    except SpeechcastError as exc:
        typer.echo(f"error: {' '.join(str(exc).split())}", err=True)
        raise typer.Exit(WRONG_USAGE if isinstance(exc, UsageError) else FAILED) from exc
    except KeyboardInterrupt:
        typer.echo("interrupted; nothing was written", err=True)
        raise typer.Exit(INTERRUPTED) from None


def _terminate(signum: int, _: object) -> NoReturn:
    """End as after Ctrl-C: clean up, write nothing."""
    raise KeyboardInterrupt(signum)
