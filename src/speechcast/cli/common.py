"""What every command shares: how errors are told, how a table looks."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NoReturn

import typer

from ..errors import SpeechcastError, UsageError
from ..exit_codes import FAILED, INTERRUPTED, WRONG_USAGE

if TYPE_CHECKING:
    from ..model import Voice

_NOTICES = {  # by engine
    "edge": "note: an online voice sends the text to Microsoft's public read-aloud service, which "
    "is unofficial for this use and comes without a promise; offline presets send nothing",
    "openai": "note: this voice sends the text to the server its preset or your environment names",
}


def table(rows: list[tuple[str, ...]]) -> None:
    """Columns as wide as what they hold; the last one runs free."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        typer.echo("  ".join(cells).rstrip())


def use_proxy(proxy: str | None) -> None:
    """Reach online voices through this proxy, whatever else is set."""
    if proxy:
        os.environ["SPEECHCAST_PROXY"] = proxy


def notify_online_use(cast: Iterable[Voice]) -> None:
    """Say once, before the first use, who is sent the text of an online voice."""
    from platformdirs import user_data_path

    for name, notice in _NOTICES.items():
        told_before = user_data_path("speechcast") / f"told-of-{name}"
        if any(v.engine == name for v in cast) and not told_before.exists():
            typer.echo(notice, err=True)
            with contextlib.suppress(OSError):  # then it is told again
                told_before.parent.mkdir(parents=True, exist_ok=True)
                told_before.touch()


@contextlib.contextmanager
def report_errors() -> Iterator[None]:
    """Tell the user of an error or an interruption, and exit as the README promises."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    except SpeechcastError as exc:
        typer.echo(f"error: {' '.join(str(exc).split())}", err=True)
        raise typer.Exit(WRONG_USAGE if isinstance(exc, UsageError) else FAILED) from exc
    except MemoryError as exc:
        typer.echo("error: there is too little memory; close other programs, try again", err=True)
        raise typer.Exit(FAILED) from exc
    except KeyboardInterrupt:
        typer.echo("interrupted; nothing was written", err=True)
        raise typer.Exit(INTERRUPTED) from None


def _terminate(signum: int, _: object) -> NoReturn:
    """End as after Ctrl-C: clean up, write nothing."""
    raise KeyboardInterrupt(signum)
