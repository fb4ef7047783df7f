"""Command lines, parsed and not run."""

from __future__ import annotations

import shlex

import typer

from speechcast.cli.app import app


def parse(line: str) -> dict[str, object]:
    """Return the parameters of the innermost command of a line, without the program's name.

    Raises:
        KeyError: There is no command of that name.
    """
    command, words = typer.main.get_command(app), shlex.split(line)
    while (commands := getattr(command, "commands", None)) and not _is_over(words):
        command = commands[words.pop(0)]
    return command.make_context("speechcast", words).params


def _is_over(words: list[str]) -> bool:
    """Return whether a line names no further command: `voices --language zh` lists voices."""
    return not words or words[0].startswith("-")
