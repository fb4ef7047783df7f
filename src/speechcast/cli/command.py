"""Commands and groups whose values are judged before any work begins."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from typer.core import TyperCommand, TyperGroup

from ..errors import UsageError
from ..messages import _
from .common import report_errors
from .plain_values import take_plain_values

if TYPE_CHECKING:
    from typer._click.core import Context  # what the base classes declare; not imported to run

_LONGEST_NAME = 255  # bytes of a file's name on every common file system
# What is spoken, or judged where the files are named.
_FREE_TEXT = frozenset({"--text", "--name", "SPEECH", "TEXT"})
_MAY_BE_EMPTY = frozenset({"--name"})


class Command(TyperCommand):
    """A command that refuses values which no option can have."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the arguments, the values of which are judged as they were typed."""
        require_values(self, ctx, args)
        take_plain_values(self.get_params(ctx))
        return super().parse_args(ctx, args)


class Group(TyperGroup):
    """A group of commands that refuses values which no option can have."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the arguments, the values of which are judged as they were typed."""
        require_values(self, ctx, args)
        take_plain_values(self.get_params(ctx))
        return super().parse_args(ctx, args)


def require_values(command: TyperCommand | TyperGroup, ctx: Context, args: list[str]) -> None:
    """End the program unless every value can be one.

    An empty one is a variable that was not set, in most cases; it is not taken for an option that
    was left out.

    Raises:
        typer.Exit: a value is empty, or too long to be the name of anything.
    """
    values = dict(_typed_values(command, ctx, args))
    with report_errors():
        for name, value in values.items():
            if not value.strip() and name not in _MAY_BE_EMPTY:
                raise UsageError(
                    _("{name} is empty; give it a value, or leave it out").format(name=name)
                )
            longest = max((os.fsencode(part) for part in value.split("/")), key=len)
            if len(longest) > _LONGEST_NAME and name not in _FREE_TEXT:
                start = longest[:20].decode("utf-8", "ignore")
                raise UsageError(
                    _("{name} is '{start}…', which is too long ({count} bytes)").format(
                        name=name, start=start, count=len(longest)
                    )
                )


def _typed_values(
    command: TyperCommand | TyperGroup, ctx: Context, args: list[str]
) -> Iterator[tuple[str, str]]:
    """Yield each option or argument with its value as it was typed."""
    typed, _, _ = command.make_parser(ctx).parse_args(args=list(args))
    for parameter in command.get_params(ctx):
        value = typed.get(parameter.name or "")
        if isinstance(value, str):
            dashed = [name for name in parameter.opts if name.startswith("--")]
            yield dashed[0] if dashed else (parameter.metavar or "an argument"), value
