"""What the commands share: tables, error reports, signals, notices, the proxy and consent."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import typer

from ..errors import SpeechcastError, UsageError
from ..exit_codes import FAILED, INTERRUPTED, WRONG_USAGE

if TYPE_CHECKING:
    from ..engines.base import Destination
    from ..model import Voice
    from ..request import Request


def print_table(rows: list[tuple[str, ...]]) -> None:
    """Print rows as columns, each as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        typer.echo("  ".join(cells).rstrip())


def with_proxy(request: Request, proxy: str | None) -> Request:
    """Return the request with its online voices reached through `proxy`.

    The user's option holds before a proxy that a preset names.
    """
    if not proxy:
        return request
    cast = {label: _voice_with_proxy(voice, proxy) for label, voice in request.cast.items()}
    allowed = (*request.consent.allowed, proxy)
    return replace(request, cast=cast, consent=replace(request.consent, allowed=allowed))


def _voice_with_proxy(voice: Voice, proxy: str) -> Voice:
    from ..engines.registry import engine_class

    if not engine_class(voice.engine).online:
        return voice
    return replace(voice, options={**voice.options, "proxy": proxy})


def note_shadowed(names: Collection[str] | None = None) -> None:
    """Say on standard error which of the user's presets stand in for shipped ones.

    Args:
        names: The presets that take part; None for all.
    """
    from ..voices import presets

    for name, path in presets.PRESETS.list_shadowed().items():
        if names is None or name in names:
            typer.echo(
                f"note: '{name}' is your own preset {path}, not the one that comes with speechcast",
                err=True,
            )


def announce_sending(characters: Mapping[Destination, int]) -> None:
    """Say on standard error what is about to be sent, and to whom; a line for each."""
    for destination, count in characters.items():
        typer.echo(f"note: sending {count:,} characters to {destination}", err=True)


@contextlib.contextmanager
def report_errors() -> Iterator[None]:
    """Print an error as one line, and exit with its code.

    An interruption is reported in the same way. While the block lasts, SIGTERM ends the command as
    Ctrl-C does: it cleans up, writes nothing.

    Raises:
        typer.Exit: for a SpeechcastError, a MemoryError or a KeyboardInterrupt in the block.
    """
    try:
        with handle_signals(_interrupt, signal.SIGTERM):
            yield
    except SpeechcastError as exc:
        from ..config_files import to_shown

        typer.echo(f"error: {to_shown(' '.join(str(exc).split()))}", err=True)
        raise typer.Exit(WRONG_USAGE if isinstance(exc, UsageError) else FAILED) from exc
    except MemoryError as exc:
        typer.echo(
            "error: there is too little memory; close other programs and try again", err=True
        )
        raise typer.Exit(FAILED) from exc
    except KeyboardInterrupt:
        typer.echo("interrupted; nothing was written", err=True)
        raise typer.Exit(INTERRUPTED) from None


@contextlib.contextmanager
def handle_signals(
    handler: Callable[[int, FrameType | None], object], *signals: signal.Signals
) -> Iterator[None]:
    """Handle these signals with `handler` while the block lasts, then as before."""
    previous = {number: signal.signal(number, handler) for number in signals}
    try:
        yield
    finally:
        for number, earlier in previous.items():
            signal.signal(number, earlier)


def _interrupt(signum: int, _: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt(signum)
