"""What the commands share: tables, error reports, signals, notices, the proxy and consent."""

from __future__ import annotations

import contextlib
import logging
import signal
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import typer

from ..errors import OutputError, SpeechcastError, UsageError, explain_os_error
from ..exit_codes import FAILED, INTERRUPTED, WRONG_USAGE
from ..messages import _, mark
from ..printable import printable
from .columns import measure, pad
from .log import log_to_display

if TYPE_CHECKING:
    from ..engines.base import Destination
    from ..model import Voice
    from ..prepare import Prepared
    from ..request import Request
    from .console import Display

# The signals that end a command at once. Windows has no SIGHUP; there SIGBREAK comes by Ctrl-Break,
# and when the window is closed.
_ENDING = ("SIGTERM", "SIGHUP", "SIGBREAK")
TERMINATIONS = tuple(signal.Signals[name] for name in _ENDING if name in signal.Signals.__members__)

_NOWHERE = mark("the folder in which this runs was removed; go to another one, with cd")


def print_table(rows: list[tuple[str, ...]]) -> None:
    """Print rows as columns, each as wide as its widest cell."""
    cells = [tuple(map(printable, row)) for row in rows]
    widths = [max(map(measure, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        typer.echo("  ".join(map(pad, row, widths)).rstrip())


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


def with_device(request: Request, device: str) -> Request:
    """Return the request with its embedded voices run by the processor, for `cpu`.

    With `auto`, each preset holds.
    """
    if device != "cpu":
        return request
    cast = {label: _voice_on_processor(voice) for label, voice in request.cast.items()}
    return replace(request, cast=cast)


def _voice_on_processor(voice: Voice) -> Voice:
    from ..engines.registry import SYNTAX

    if "device" not in SYNTAX[voice.engine].options:
        return voice
    return replace(voice, options={**voice.options, "device": "cpu"})


def note_shadowed(names: Collection[str] | None = None) -> None:
    """Say on standard error which of the user's presets stand in for shipped ones.

    Args:
        names: The presets that take part; None for all.
    """
    from ..voices import presets

    for name, path in presets.PRESETS.list_shadowed().items():
        if names is None or name in names:
            typer.echo(
                _(
                    "note: '{name}' is your own preset {path}, not the one that comes with "
                    "speechcast"
                ).format(name=name, path=path),
                err=True,
            )


def announce_sending(characters: Mapping[Destination, int]) -> None:
    """Say on standard error what is about to be sent, and to whom; a line for each."""
    for destination, count in characters.items():
        typer.echo(
            _("note: sending {count:,} characters to {destination}").format(
                count=count, destination=destination
            ),
            err=True,
        )


def announce_transfers(prepared: Prepared) -> None:
    """Say what a production sends, once the user's word for all of it is there.

    Raises:
        ConsentError: Text would leave this machine without the user's word.
    """
    from ..sending import list_transfers, require_consent, sum_up

    transfers = list_transfers(prepared)
    require_consent(transfers)
    announce_sending(sum_up(transfers))


@contextlib.contextmanager
def display_progress(*, verbose: bool) -> Iterator[Display]:
    """Show a production's progress and its log on standard error while the block lasts."""
    from .console import Display

    level = logging.INFO if verbose else logging.WARNING
    with contextlib.closing(Display()) as display, log_to_display(display, level):
        yield display


@contextlib.contextmanager
def report_errors() -> Iterator[None]:
    """Print an error as one line, and exit with its code.

    An interruption is reported in the same way. While the block lasts, SIGTERM and SIGHUP end the
    command as Ctrl-C does: it cleans up, and leaves no file half written.

    Raises:
        typer.Exit: for a SpeechcastError, an OSError, a MemoryError or a KeyboardInterrupt in the
            block.
    """
    try:
        with handle_signals(_interrupt, *TERMINATIONS):
            yield
    except SpeechcastError as exc:
        typer.echo(_("error: {exc}").format(exc=printable(" ".join(str(exc).split()))), err=True)
        if _is_nowhere():
            typer.echo(_("note: {exc}").format(exc=_(_NOWHERE)), err=True)
        raise typer.Exit(WRONG_USAGE if isinstance(exc, UsageError) else FAILED) from exc
    except MemoryError as exc:
        typer.echo(
            _("error: there is too little memory; close other programs and try again"), err=True
        )
        raise typer.Exit(FAILED) from exc
    except KeyboardInterrupt:
        typer.echo(_("interrupted; whatever was written is complete"), err=True)
        raise typer.Exit(INTERRUPTED) from None
    except typer.Exit:
        raise
    except OSError as exc:
        file = printable(f"{exc.filename}: ") if exc.filename else ""
        reason = _(_NOWHERE) if _is_nowhere() else explain_os_error(exc)
        typer.echo(_("error: {exc}").format(exc=f"{file}{reason}"), err=True)
        raise typer.Exit(FAILED) from exc
    except ImportError as exc:
        typer.echo(
            _(
                "error: a part of the installation does not work ({exc}); 'speechcast doctor' "
                "says which, and what to do"
            ).format(exc=" ".join(str(exc).split())),
            err=True,
        )
        raise typer.Exit(FAILED) from exc
    except Exception as exc:
        typer.echo(_("error: {exc}").format(exc=_describe_bug(exc)), err=True)
        raise typer.Exit(FAILED) from exc


def _is_nowhere() -> bool:
    """Return whether the folder in which this process runs was removed."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


def _describe_bug(exc: Exception) -> str:
    """Return one line about an error that no part of the program foresaw."""
    *_outer, frame = traceback.walk_tb(exc.__traceback__)
    code, line = frame[0].f_code, frame[1]
    text = " ".join(str(exc).split())
    return _(
        "this is a bug of speechcast, please report it: {kind}: {text} ({file}, line {line})"
    ).format(kind=type(exc).__name__, text=text[:200], file=Path(code.co_filename).name, line=line)


@contextlib.contextmanager
def print_summary() -> Iterator[None]:
    """Print in the block what is not the result of a command.

    The files of the command are there, so that it succeeds even if nothing can be printed.
    """
    try:
        yield
    except OutputError as exc:
        typer.echo(_("note: {exc}").format(exc=exc), err=True)


@contextlib.contextmanager
def handle_signals(
    handler: Callable[[int, FrameType | None], object], *signals: signal.Signals
) -> Iterator[None]:
    """Handle these signals with `handler` while the block lasts, then as before.

    One that is ignored, as SIGHUP by `nohup`, stays so.
    """
    heeded = [number for number in signals if signal.getsignal(number) != signal.SIG_IGN]
    previous = {number: signal.signal(number, handler) for number in heeded}
    try:
        yield
    finally:
        for number, earlier in previous.items():
            signal.signal(number, earlier)


def _interrupt(signum: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt(signum)
