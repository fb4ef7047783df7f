"""Take the values of options and arguments that need no conversion as they are.

From its version 0.29 on typer converts every value, defaults too, by pydantic. Importing that takes
0.1 s, a tenth of a command that has little to do. Text needs no conversion, and neither does a
path, nor what is a default. All else is left to typer.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from typer.core import TyperArgument, TyperOption

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typer._click.core import Context, Parameter  # as in command.py


class PlainOption(TyperOption):
    """An option whose plain values are taken as they are."""

    def process_value(self, ctx: Context, value: object) -> object:
        """Return the option's value, with its callback applied."""
        if not _is_plain(self, value):
            return super().process_value(ctx, value)
        value = _as_declared(self, value)
        return self.callback(ctx, self, value) if self.callback else value


class PlainArgument(TyperArgument):
    """An argument whose plain values are taken as they are."""

    def process_value(self, ctx: Context, value: object) -> object:
        """Return the argument's value, with its callback applied."""
        if not _is_plain(self, value):
            return super().process_value(ctx, value)
        value = _as_declared(self, value)
        return self.callback(ctx, self, value) if self.callback else value


def take_plain_values(parameters: Iterable[Parameter]) -> None:
    """Let parameters that typer made take plain values as they are."""
    for parameter in parameters:
        if type(parameter) is TyperOption:
            parameter.__class__ = PlainOption
        elif type(parameter) is TyperArgument:
            parameter.__class__ = PlainArgument


def _is_plain(parameter: TyperOption | TyperArgument, value: object) -> bool:
    """Return whether a value needs nothing of typer."""
    if value is None:
        return not parameter.required and bool(_annotation(parameter))
    if isinstance(value, str):  # whether a file can be read, the command finds out, and says why
        return _annotation(parameter) in {str, Path}
    return value is parameter.default


def _as_declared(parameter: TyperOption | TyperArgument, value: object) -> object:
    """Return a plain value in the type of its parameter."""
    if value is None:
        return () if parameter.multiple or parameter.nargs == -1 else None
    return Path(value) if isinstance(value, str) and _annotation(parameter) is Path else value


def _annotation(parameter: TyperOption | TyperArgument) -> object:
    """Return the type of a value; None for a typer that converts without pydantic."""
    descriptor = getattr(parameter, "type_descriptor", None)
    return descriptor.annotation if descriptor else None
