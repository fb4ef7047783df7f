"""The beginning of every command: its language, which help texts are built in."""

from __future__ import annotations

import gc
import sys

from ..exit_codes import WRONG_USAGE
from ..messages import _, choose_language, use_language

_OPTION = "--lang"
_LANGUAGES = ("zh", "en")
# New objects between two searches for garbage. The start of a command makes 115,000 that stay, and
# with Python's 700 it searches them for 0.1 s. The number is mypy's.
_MOST_NEW_OBJECTS = 150_000


def main() -> None:
    """Run the `speechcast` command in the language of its user."""
    gc.set_threshold(_MOST_NEW_OBJECTS)
    arguments, wish = take_language(sys.argv[1:])
    use_language(choose_language(wish))
    if wish is not None and wish not in _LANGUAGES:
        error = _("error: --lang is '{wish}'; there are zh and en").format(wish=wish)
        print(error, file=sys.stderr)
        sys.exit(WRONG_USAGE)
    sys.argv[1:] = arguments
    from .app import main as run  # now, as importing it builds the help texts

    run()


def take_language(arguments: list[str]) -> tuple[list[str], str | None]:
    """Return the arguments without `--lang`, and what the last of it says.

    It may stand anywhere before a `--`.
    """
    rest: list[str] = []
    wish: str | None = None
    remaining = iter(arguments)
    for argument in remaining:
        if argument == "--":
            return [*rest, argument, *remaining], wish
        if argument == _OPTION:
            wish = next(remaining, "")
        elif argument.startswith(f"{_OPTION}="):
            wish = argument.removeprefix(f"{_OPTION}=")
        else:
            rest.append(argument)
    return rest, wish
