"""`speechcast doctor`: what is installed and ready, and what a problem report should hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ..exit_codes import FAILED
from ..extras import compose_repair_command
from ..messages import _, mark, use_language
from .columns import measure, pad, wrap
from .common import report_errors
from .streams import to_json

if TYPE_CHECKING:
    from .diagnosis import Facts

_WIDTH = 79  # columns
_NAMES = frozenset({"packages", "extras", "voices"})  # sections
_NO_NAMES = frozenset({"of your own", "error"})
_LABELS = {
    "program": mark("Program"),
    "packages": mark("Packages"),
    "extras": mark("Extras"),
    "voices": mark("Voices"),
    "folders": mark("Folders"),
    "machine": mark("Machine"),
    "settings": mark("Settings"),
    "installed": mark("installed"),
    "system": mark("system"),
    "processor": mark("processor"),
    "language": mark("language"),
    "locale": mark("locale"),
    "console": mark("console"),
    "of your own": mark("of your own"),
    "models and data": mark("models and data"),
    "clips": mark("clips"),
    "cache": mark("cache"),
    "presets and settings": mark("presets and settings"),
    "projects": mark("projects"),
    "cores": mark("cores"),
    "free memory": mark("free memory"),
    "players": mark("players"),
    "Chinese fonts": mark("Chinese fonts"),
    "graphics": mark("graphics"),
    "variables": mark("variables"),
    "error": mark("error"),
}


def doctor(
    *,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print the facts as JSON."))] = False,
) -> None:
    """Print what is installed and ready."""
    with report_errors():
        from .diagnosis import diagnose, find_broken

        if as_json:  # which is read by programs
            use_language("en")
        facts = diagnose()
        broken = find_broken(facts)
        if as_json:
            typer.echo(to_json({**facts, "broken": broken}))
        else:
            typer.echo("\n".join(describe_facts(facts, broken)))
        if broken:
            raise typer.Exit(FAILED)


def describe_facts(facts: Mapping[str, Facts], broken: Sequence[str]) -> Iterator[str]:
    """Yield the lines for a person."""
    for section, rows in facts.items():
        yield _(_LABELS[section])
        labels = {name: _name_fact(section, name) for name in rows}
        column = max(map(measure, labels.values()), default=0) + 2
        for name, value in rows.items():
            yield from _lay_out(labels[name], value, column)
        yield ""
    yield from wrap(_judge(broken), _WIDTH)
    yield ""
    yield from wrap(
        _(
            "For a report of a problem: all of the above, the command as you typed it, the "
            "line of the error, what you expected instead, and the shortest text that shows "
            "it, without what is private in it."
        ),
        _WIDTH,
    )


def _name_fact(section: str, name: str) -> str:
    """Return the label of a fact; packages, extras and presets have names of their own."""
    is_name = section in _NAMES and name not in _NO_NAMES
    return name if is_name else _(_LABELS.get(name, name))


def _lay_out(label: str, value: str, column: int) -> Iterator[str]:
    """Yield a label and its value, which may take several lines."""
    for line in wrap(value, _WIDTH - 2 - column) or [""]:
        yield f"  {pad(label, column)}{line}".rstrip()
        label = ""


def _judge(broken: Sequence[str]) -> str:
    if not broken:
        return _("All packages that every production needs are here and work.")
    return _(
        "These packages are missing or broken: {names}. Install speechcast again: {command}"
    ).format(names=", ".join(broken), command=compose_repair_command())
