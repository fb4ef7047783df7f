"""The page that `--help` prints: options in groups, a line for most of them, an example last.

It is plain text that any console and any pipe can take, as wide as the terminal, up to the 120
columns of a new window of Windows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from ..messages import _
from .columns import measure, pad, wrap
from .panels import PANELS
from .usage_errors import name_argument

if TYPE_CHECKING:
    from typer._click.core import Command, Context, Parameter  # not imported to run

_MOST_COLUMNS = 120
_FEWEST_COLUMNS = 50
_WIDEST_NAME = 22  # columns; the help of a longer name begins below it
_INDENT = "  "

Rows = list[tuple[str, str]]


def compose_page(command: Command, ctx: Context) -> str:
    """Return the help page of a command."""
    width = _page_width()
    lines = [compose_usage(command, ctx), ""]
    for paragraph in (command.help or "").split("\n\n"):
        lines += wrap(paragraph, width)
    groups = _group_rows(command, ctx)
    names = [measure(name) for rows in groups.values() for name, _help in rows]
    column = min(max(names, default=0), _WIDEST_NAME) + 2
    lines.append("")
    for heading, rows in groups.items():
        lines.append(_("{heading}:").format(heading=heading))
        for row in rows:
            lines += _lay_out_row(*row, column, width)
    if command.epilog:
        lines += ["", _("Example:"), *(f"{_INDENT}{line}" for line in command.epilog.splitlines())]
    return "\n".join(lines)


def compose_usage(command: Command, ctx: Context) -> str:
    """Return the line that says how a command is written."""
    pieces = [ctx.command_path, *map(_write_argument, _arguments(command)), _("[OPTIONS]")]
    if hasattr(command, "commands"):
        pieces.append(_("COMMAND [ARGS]..."))
    return _("Usage: {usage}").format(usage=" ".join(pieces))


def _page_width() -> int:
    return max(_FEWEST_COLUMNS, min(_MOST_COLUMNS, get_terminal_size().columns)) - 1


def _arguments(command: Command) -> list[Parameter]:
    return [p for p in command.params if p.param_type_name == "argument"]


def _write_argument(argument: Parameter) -> str:
    name = name_argument(argument)
    return name if argument.required else f"[{name}]"


def _group_rows(command: Command, ctx: Context) -> Mapping[str, Rows]:
    """Return the rows of each group: commands, arguments, options in the order of the panels."""
    groups: dict[str, Rows] = {}
    for name, sub in getattr(command, "commands", {}).items():
        heading = _panel_of(sub, _("Commands"))
        groups.setdefault(heading, []).append((name, (sub.help or "").partition("\n\n")[0]))
    for argument in _arguments(command):
        row = (name_argument(argument), getattr(argument, "help", None) or "")
        groups.setdefault(_("Arguments"), []).append(row)
    options = [(_panel_of(option, _("Options")), option) for option in _options(command, ctx)]
    for panel, option in sorted(options, key=lambda pair: _rank(pair[0])):
        groups.setdefault(panel, []).append(_describe_option(option))
    return groups


def _options(command: Command, ctx: Context) -> list[Parameter]:
    """Return the options to describe; `--help` is only one of them where it has company."""
    options = command.get_params(ctx) if hasattr(command, "commands") else command.params
    return [o for o in options if o.param_type_name == "option" and not getattr(o, "hidden", False)]


def _rank(panel: str) -> int:
    return PANELS.index(panel) if panel in PANELS else -1


def _panel_of(thing: object, otherwise: str) -> str:
    """Return the heading under which an option or a command stands."""
    panel: object = getattr(thing, "rich_help_panel", None)
    return panel if isinstance(panel, str) else otherwise


def _describe_option(option: Parameter) -> tuple[str, str]:
    """Return how an option is written, and its help with its default."""
    names = ", ".join(sorted(option.opts, key=len))
    if option.secondary_opts:
        names = f"{names}, {option.secondary_opts[0]}"
    if not getattr(option, "is_flag", False):
        metavar = option.metavar or "VALUE"
        names += f" {_(metavar)}"
    return names, f"{getattr(option, 'help', None) or ''}{_note_default(option)}"


def _note_default(option: Parameter) -> str:
    default: object = option.default
    if not default or isinstance(default, bool) or not getattr(option, "show_default", True):
        return ""
    return "  " + _("[default: {default}]").format(default=default)


def _lay_out_row(name: str, text: str, column: int, width: int) -> Sequence[str]:
    """Return the lines of a row, its text beside the name or below it."""
    return list(_lines_of_row(name, text, column, width - len(_INDENT)))


def _lines_of_row(name: str, text: str, column: int, width: int) -> Iterator[str]:
    lines = wrap(text, width - column)
    if measure(name) + 2 > column:
        yield f"{_INDENT}{name}"
        name = ""
    for line in lines:
        yield f"{_INDENT}{pad(name, column)}{line}".rstrip()
        name = ""
