"""`speechcast cache`: the recorded clips kept for later productions."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from ..messages import _
from .command import Command, Group
from .common import print_summary, print_table, report_errors

if TYPE_CHECKING:
    from ..synthesis.clip_cache import CacheSummary, ClipCache

SIZE_UNITS = {"KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}
_SIZE = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?([KMG]B)", re.IGNORECASE)

app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    help=_("Show the recorded clips kept for reuse, or remove them."),
)


@app.callback(invoke_without_command=True)
def _show(context: typer.Context) -> None:
    if context.invoked_subcommand:
        return
    with report_errors():
        cache = _default_cache()
        summary = cache.summary()
        print_table(
            [
                ("folder", str(cache.folder)),
                ("clips", str(summary.entries)),
                ("size", format_size(summary.size)),
                ("limit", format_size(cache.limit)),
                ("oldest use", _oldest_use(summary)),
            ]
        )


@app.command(cls=Command)
def prune(
    to: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="SIZE", help=_("The size to keep, like 500MB; by default the limit.")
        ),
    ] = None,
) -> None:
    """Remove the least recently used clips until the cache is no larger than SIZE."""
    with report_errors():
        cache = _default_cache()
        _report_removal(cache, cache.prune(cache.limit if to is None else parse_size(to)))


@app.command(cls=Command)
def clear() -> None:
    """Remove every clip."""
    with report_errors():
        cache = _default_cache()
        _report_removal(cache, cache.clear())


def parse_size(text: str) -> int:
    """Return the bytes of a size with its unit.

    >>> parse_size("1.5 GB")
    1500000000

    Raises:
        UsageError: if the text is not a number followed by KB, MB or GB.
    """
    size = _SIZE.fullmatch(text.strip())
    if size is None:
        raise UsageError(
            _(
                "--to: '{text}' is not a size; use a number with KB, MB or GB, like 500MB or 1.5GB"
            ).format(text=text)
        )
    number, unit = size.groups()
    return round(float(number) * SIZE_UNITS[unit.upper()])


def format_size(size: int) -> str:
    """Return a size in bytes as text for people.

    >>> format_size(1_260_000)
    '1.3 MB'
    """
    unit = "GB" if size >= SIZE_UNITS["GB"] else "MB"
    return f"{size / SIZE_UNITS[unit]:.1f} {unit}"


def _default_cache() -> ClipCache:
    from ..synthesis.clip_cache import ClipCache, default_folder

    return ClipCache(default_folder())


def _oldest_use(summary: CacheSummary) -> str:
    if summary.oldest is None:
        return "never"
    return f"{datetime.fromtimestamp(summary.oldest):%Y-%m-%d %H:%M}"


def _report_removal(cache: ClipCache, removed: CacheSummary) -> None:
    left = cache.summary()
    with print_summary():
        typer.echo(
            _("removed {describe}; {describe_2} left in {folder}").format(
                describe=_describe(removed), describe_2=_describe(left), folder=cache.folder
            )
        )


def _describe(clips: CacheSummary) -> str:
    plural = "" if clips.entries == 1 else "s"
    return f"{clips.entries} clip{plural} ({format_size(clips.size)})"
