"""Words of a command line that only look like what they were meant for.

An option takes the word after it, whatever that is: `--name -o out` would name the files "-o".
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from ..errors import UsageError
from ..messages import _
from ..printable import quote

if TYPE_CHECKING:
    from typer._click.core import Command, Context  # not imported to run

# The user's home as the value in the word of an option.
_HOME = re.compile(r"(--[^=]+=|-[A-Za-z]+)(~(?:/.*)?)", re.DOTALL)
_SUBTITLES = (".srt", ".vtt", ".ass", ".ssa", ".lrc", ".ttml", ".sub")


def require_option_values(command: Command, ctx: Context, args: Sequence[str]) -> None:
    """End the program with a usage error unless every option has the value it was meant to have.

    Args:
        command: The command whose options they are.
        ctx: Where the command runs.
        args: What follows its name, as it was typed.
    """
    options = _Options(command, ctx)
    args = args[: args.index("--") + 1] if "--" in args else args
    for word in args:
        if (short := word[:2]) in options.valued and word[2:3] == "=" and word[1] != "-":
            ctx.fail(
                _("'{word}': no = stands after a short option; write {short} {value}").format(
                    word=word, short=short, value=quote(word[3:])
                )
            )
    for before, word in pairwise(("", *args) if ctx.allow_interspersed_args else ()):
        if not options.waiting_after(before) and options.is_file(word):
            ctx.fail(
                _("'{word}' is taken for an option; for the file or folder write {path}").format(
                    word=word, path=quote(f"./{word}")
                )
            )
    for word, value in pairwise(args):
        if (option := options.waiting_after(word)) and options.is_one(value):
            ctx.fail(
                _(
                    "{option} needs a value, and '{value}' looks like an option; if it is the "
                    "value, write {option}={quoted}"
                ).format(option=option, value=value, quoted=quote(value))
            )


def expand_home(args: Sequence[str]) -> list[str]:
    """Return the arguments with the user's home for `~` in `--output=~/talks` and `-o~/talks`.

    Shells put it in words of their own alone; otherwise a folder called `~` would be made. After a
    `--` there are no options.
    """
    end = args.index("--") if "--" in args else len(args)
    return [*map(_expand, args[:end]), *args[end:]]


def _expand(word: str) -> str:
    match = _HOME.fullmatch(word)
    if match is None:
        return word
    return f"{match[1]}{os.path.expanduser(match[2])}"  # noqa: PTH111 keeps it if unknown


def describe_surplus(surplus: str, args: Sequence[str]) -> str:
    """Return what is wrong with an argument that nothing takes.

    A word processor makes a dash of two hyphens, and a Chinese keyboard has wide ones.
    """
    for word in args:
        if word[:1] != "-" and unicodedata.category(word[:1] or " ") == "Pd":
            return _(
                "'{word}' is no option; one begins with -- (two hyphens), not with {dash}"
            ).format(word=word, dash=word[0])
    if surplus[:1] == "-" and "--" in args:
        return _("'{argument}' stands after --, where no options are; write it before").format(
            argument=surplus
        )
    return _("'{argument}' is one argument too many").format(argument=surplus)


def require_order(command: str, sound: Path, text: Path | str) -> None:
    """Raise UsageError if a sound and its text stand in the other's place.

    Args:
        command: Which takes the sound first.
        sound: What stands where the sound belongs.
        text: What stands where the text or the subtitles belong.
    """
    if _names_text(sound) and not _names_text(PurePath(text)):
        line = f"speechcast {command} {quote(str(text))} {quote(str(sound))}"
        raise UsageError(_("the sound stands first: {line}").format(line=line))


def _names_text(path: PurePath) -> bool:
    """Return whether a file is named like a text or subtitles."""
    from ..documents import READABLE_SUFFIXES

    return path.suffix.lower() in {*READABLE_SUFFIXES, *_SUBTITLES}


class _Options:
    """The options of a command, by their names.

    Attributes:
        names: All of them.
        valued: The long name of each that takes a value.
    """

    def __init__(self, command: Command, ctx: Context) -> None:
        options = [p for p in command.get_params(ctx) if p.param_type_name == "option"]
        self.names = {name for p in options for name in (*p.opts, *p.secondary_opts)}
        self.valued = {
            name: max(p.opts, key=len)
            for p in options
            for name in p.opts
            if not (getattr(p, "is_flag", False) or getattr(p, "count", False))
        }

    def waiting_after(self, word: str) -> str | None:
        """Return the long name of the option that takes the word after this one; None for none."""
        return self.valued.get(word) or next(self._last_of_several(word), None)

    def _last_of_several(self, word: str) -> Iterator[str]:
        """Yield the last of several options in one word, such as `-ro`, if it waits for a value."""
        *flags, last = [f"-{letter}" for letter in word[1:]] or [""]
        waits = word[:1] == "-" and last in self.valued
        if waits and all(flag in self.names and flag not in self.valued for flag in flags):
            yield self.valued[last]

    def is_file(self, word: str) -> bool:
        """Return whether a word that begins with a dash is none of them, but the name of a file."""
        if len(word) < 2 or word[0] != "-" or word.partition("=")[0] in self.names:
            return False
        try:
            return Path(word).exists()
        except (OSError, ValueError):  # it is too long, or has a NUL
            return False

    def is_one(self, word: str) -> bool:
        """Return whether a word is an option, or would be one but for a slip."""
        return word in self.names or word.startswith("--")
