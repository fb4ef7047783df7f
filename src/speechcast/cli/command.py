"""Commands and groups whose values are judged before any work begins."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from typer.core import TyperCommand, TyperGroup

from .. import windows
from ..errors import UsageError
from ..files import MAX_NAME_BYTES, measure_name
from ..messages import _
from .common import report_errors
from .help_page import compose_page, compose_usage
from .option_words import describe_surplus, expand_home, require_option_values
from .plain_values import take_plain_values
from .usage_errors import USAGE_ERROR

if TYPE_CHECKING:  # what the base classes declare; not imported to run
    from typer._click.core import Command as AnyCommand
    from typer._click.core import Context
    from typer._click.formatting import HelpFormatter
    from typer.core import TyperOption

_SEPARATOR = re.compile(r"[/\\]" if windows.HERE else "/")  # of folders in a path
# What is spoken, or judged where the files are named.
_FREE_TEXT = frozenset({"--text", "--name", "SPEECH", "TEXT"})
_MAY_BE_EMPTY = frozenset({"--name"})


class Command(TyperCommand):
    """A command that refuses values which no option can have."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the arguments, the values of which are judged as they were typed."""
        args = expand_home(args)
        require_values(self, ctx, args)
        take_plain_values(self.get_params(ctx))
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write how the command is written."""
        formatter.write(compose_usage(self, ctx))

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the help page."""
        formatter.write(compose_page(self, ctx))

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Return the option that shows the help page."""
        return _describe_help(super().get_help_option(ctx))


class Group(TyperGroup):
    """A group of commands that refuses values which no option can have."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the arguments, the values of which are judged as they were typed."""
        require_values(self, ctx, args)
        take_plain_values(self.get_params(ctx))
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write how the commands are written."""
        formatter.write(compose_usage(self, ctx))

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the help page."""
        formatter.write(compose_page(self, ctx))

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Return the option that shows the help page."""
        return _describe_help(super().get_help_option(ctx))

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, AnyCommand | None, list[str]]:
        """Return the command that the first argument names."""
        name = args[0]
        if not ctx.resilient_parsing and self.get_command(ctx, name) is None:
            if near := get_close_matches(name, self.commands, n=1):
                ctx.fail(
                    _("there is no command '{name}'; did you mean '{near}'?").format(
                        name=name, near=near[0]
                    )
                )
            ctx.fail(_("there is no command '{name}'").format(name=name))
        return super().resolve_command(ctx, args)


def _describe_help(option: TyperOption | None) -> TyperOption | None:
    """Return the help option with its help in the language in use."""
    if option is not None:
        option.help = _("Show this page.")
    return option


def require_values(command: TyperCommand | TyperGroup, ctx: Context, args: list[str]) -> None:
    """End the program unless every value can be one, and there is none too many.

    An empty one is a variable that was not set, in most cases; it is not taken for an option that
    was left out.

    Raises:
        typer.Exit: a value is empty, or too long to be the name of anything.
    """
    if ctx.resilient_parsing:  # a shell asks how the line may go on
        return
    try:
        require_option_values(command, ctx, args)
        values = list(_typed_values(command, ctx, args))
    except USAGE_ERROR as exc:
        exc.__dict__["ctx"] = exc.__dict__.get("ctx") or ctx  # for the usage above the error
        raise
    with report_errors():
        for name, value in values:
            if not value.strip() and name not in _MAY_BE_EMPTY:
                raise UsageError(
                    _("{name} is empty; give it a value, or leave it out").format(name=_(name))
                )
            longest = max(_SEPARATOR.split(value), key=measure_name)
            count = measure_name(longest)
            if count > MAX_NAME_BYTES and name not in _FREE_TEXT:
                start = os.fsencode(longest)[:20].decode("utf-8", "ignore")
                raise UsageError(
                    _("{name} is '{start}…', which is too long ({count} bytes)").format(
                        name=_(name), start=start, count=count
                    )
                )


def _typed_values(
    command: TyperCommand | TyperGroup, ctx: Context, args: list[str]
) -> Iterator[tuple[str, str]]:
    """Yield each option or argument with its value as it was typed."""
    typed, rest, _order = command.make_parser(ctx).parse_args(args=list(args))
    if rest and not ctx.allow_interspersed_args:
        rest = []  # of a group: the name of the command and what is for that
    if rest:
        ctx.fail(describe_surplus(rest[0], args))
    for parameter in command.get_params(ctx):
        value = typed.get(parameter.name or "")
        dashed = [name for name in parameter.opts if name.startswith("--")]
        for one in value if isinstance(value, list | tuple) else [value]:
            if isinstance(one, str):
                yield dashed[0] if dashed else (parameter.metavar or ""), one
