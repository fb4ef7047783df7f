"""What Typer finds wrong with a command line, in the words and the language of this program."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from ..messages import _
from ..printable import printable

if TYPE_CHECKING:
    from typer._click.core import Context, Parameter  # not imported to run

# Typer does not name the base of its errors itself.
USAGE_ERROR: type[Exception] = typer.BadParameter.__bases__[0]


def describe_mistake(exc: Exception) -> str:
    """Return what is to be printed of a mistake: usage, the line of the error, where to read on."""
    ctx: Context | None = getattr(exc, "ctx", None)
    error = _("error: {exc}").format(exc=printable(_explain(exc, ctx)))
    if ctx is None:
        return error
    hint = _("'{command} --help' lists what there is").format(command=ctx.command_path)
    return f"{ctx.get_usage()}\n{error}\n{hint}"


def _explain(exc: Exception, ctx: Context | None) -> str:
    """Return what is wrong; which mistake it is shows in the attributes of the error."""
    option = getattr(exc, "option_name", None)
    if option is not None and hasattr(exc, "possibilities"):
        return _name_unknown(option, getattr(exc, "possibilities", None) or ())
    if option is not None:
        return _explain_value(option, ctx)
    parameter: Parameter | None = getattr(exc, "param", None)
    if parameter is None:
        return str(getattr(exc, "message", exc))
    name = _name_of(parameter)
    if hasattr(exc, "param_type"):
        return _("{name} is missing").format(name=name)
    return _name_range(name, getattr(parameter, "min", None), getattr(parameter, "max", None))


def _name_unknown(option: str, near: Iterable[str]) -> str:
    if listed := _(", ").join(sorted(near)):
        return _("there is no option {option}; near it are {listed}").format(
            option=option, listed=listed
        )
    return _("there is no option {option}").format(option=option)


def _explain_value(option: str, ctx: Context | None) -> str:
    """Return that an option lacks its value, or has one though it takes none."""
    parameters = ctx.command.params if ctx else []
    if any(option in p.opts and getattr(p, "is_flag", False) for p in parameters):
        return _("{option} takes no value").format(option=option)
    return _("{option} needs a value").format(option=option)


def _name_of(parameter: Parameter) -> str:
    """Return what the user calls an option or an argument."""
    if parameter.param_type_name == "option":
        return max(parameter.opts, key=len)
    return name_argument(parameter)


def name_argument(argument: Parameter) -> str:
    """Return what the user calls an argument."""
    metavar = argument.metavar or argument.name or ""
    return _(metavar)


def _name_range(name: str, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return _("{name} must be a number").format(name=name)
    return _("{name} must be a number from {low} to {high}").format(name=name, low=low, high=high)
