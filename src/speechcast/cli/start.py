"""The beginning of every command: its language, which help texts are built in."""

from __future__ import annotations

import gc
import os
import sys
from typing import TextIO

from ..exit_codes import FAILED, WRONG_USAGE
from ..extras import compose_repair_command
from ..messages import VARIABLE, Language, _, choose_language, use_language

_OPTION = "--lang"
_LANGUAGES = ("zh", "en")
_THREADS = "OPENBLAS_NUM_THREADS"  # of numpy's matrix products
# New objects between two searches for garbage. The start of a command makes 115,000 that stay, and
# with Python's 700 it searches them for 0.1 s. The number is mypy's.
_MOST_NEW_OBJECTS = 150_000


def begin() -> None:
    """Run the `speechcast` command in the language of its user."""
    limit_threads()
    os.environ.setdefault("PATH", os.defpath)  # which pydub wants; a service may run without one
    gc.set_threshold(_MOST_NEW_OBJECTS)
    arguments, wish = take_language(sys.argv[1:])
    _begin_to_speak(choose_language(wish), insisted=wish == "zh")
    if wish is not None and wish not in _LANGUAGES:
        error = _("error: --lang is '{wish}'; there are zh and en").format(wish=wish)
        print(error, file=sys.stderr)
        sys.exit(WRONG_USAGE)
    sys.argv[1:] = arguments
    try:
        from .app import execute  # now, as importing it builds the help texts

        execute()
    except ImportError as exc:
        error = _(
            "error: speechcast is not installed whole ({exc}); to install it again: {command}"
        ).format(exc=exc, command=compose_repair_command())
        print(error, file=sys.stderr)
        sys.exit(FAILED)


def limit_threads() -> None:
    """Have numpy multiply in one thread, unless the user says otherwise.

    Its matrices are small here: in `align`, threads that wait for each other took more than half of
    the processor time. It must run before numpy is loaded.
    """
    os.environ.setdefault(_THREADS, "1")


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


def can_print_chinese(*streams: TextIO | None) -> bool:
    """Return whether each of the streams has an encoding with Chinese characters."""
    try:
        for stream in streams:
            "中文：“”".encode((stream and stream.encoding) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _begin_to_speak(wish: Language, *, insisted: bool) -> None:
    r"""Use a language here, and in every process that this one starts.

    Where there are no Chinese characters (the C locale of old systems, a pipe or a file on a
    Windows with code page 1252) English is spoken, as escapes like \u4e2d would help nobody.

    Args:
        wish: The language of the user.
        insisted: Whether an option of the command names it.
    """
    readable = wish == "en" or can_print_chinese(sys.stdout, sys.stderr)
    language: Language = wish if readable else "en"
    use_language(language)
    os.environ[VARIABLE] = language
    if insisted and not readable:
        note = _(
            "note: what is printed here cannot hold Chinese ({encoding}); it can if the variable "
            "PYTHONUTF8 is 1"
        )
        print(note.format(encoding=sys.stdout.encoding), file=sys.stderr)
