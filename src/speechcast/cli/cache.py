"""`speechcast cache`: the clips that were recorded before."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from .common import report_errors, table

if TYPE_CHECKING:
    from ..synthesis.clip_cache import CacheSummary, ClipCache

UNITS = {"KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}
_SIZE = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?([KMG]B)", re.IGNORECASE)

app = typer.Typer(
    rich_markup_mode=None,
    help="Show what is kept of earlier recordings, and make room.",
)


@app.callback(invoke_without_command=True)
def _show(context: typer.Context) -> None:
    if context.invoked_subcommand:
        return
    with report_errors():
        store = _store()
        kept = store.summary()
        table(
            [
                ("folder", str(store.folder)),
                ("clips", str(kept.entries)),
                ("size", size_text(kept.size)),
                ("limit", size_text(store.limit)),
                ("oldest use", _when(kept)),
            ]
        )


@app.command()
def prune(
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="SIZE", help="How much may stay, like 500MB; or the limit."),
    ] = None,
) -> None:
    """Remove the clips not used for longest, until no more than a size is left."""
    with report_errors():
        store = _store()
        _tell(store, store.prune(store.limit if to is None else parse_size(to)))


@app.command()
def clear() -> None:
    """Remove every clip."""
    with report_errors():
        store = _store()
        _tell(store, store.clear())


def parse_size(text: str) -> int:
    """Bytes of a size as a person writes it: "500MB", "1.5 GB". Raises UsageError."""
    size = _SIZE.fullmatch(text.strip())
    if size is None:
        raise UsageError(
            f"'{text}' is no size; allowed is a number and KB, MB or GB, like 500MB or 1.5GB"
        )
    number, unit = size.groups()
    return round(float(number) * UNITS[unit.upper()])


def size_text(size: int) -> str:
    """Bytes as a person reads them."""
    unit = "GB" if size >= UNITS["GB"] else "MB"
    return f"{size / UNITS[unit]:.1f} {unit}"


def _store() -> ClipCache:
    from ..synthesis.clip_cache import ClipCache, default_folder

    return ClipCache(default_folder())


def _when(kept: CacheSummary) -> str:
    if kept.oldest is None:
        return "never"
    return f"{datetime.fromtimestamp(kept.oldest):%Y-%m-%d %H:%M}"


def _tell(store: ClipCache, removed: CacheSummary) -> None:
    left = store.summary()
    typer.echo(f"removed {_amount(removed)}; {_amount(left)} left in {store.folder}")


def _amount(clips: CacheSummary) -> str:
    plural = "" if clips.entries == 1 else "s"
    return f"{clips.entries} clip{plural} ({size_text(clips.size)})"
