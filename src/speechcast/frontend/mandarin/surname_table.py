"""Read the table of surnames whose reading is not their character's usual one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Entry(NamedTuple):
    """A surname of the table.

    Attributes:
        kind: What else its characters are, as `surnames.txt` explains.
        name: One or two characters, simplified.
        syllables: The toned pinyin of each.
    """

    kind: str
    name: str
    syllables: tuple[str, ...]


@cache
def load_surnames() -> Mapping[str, tuple[Entry, ...]]:
    """Return the surnames by their first character, the longer ones first."""
    table = (files(__package__) / "surnames.txt").read_text("utf-8")
    rows = (row.split() for row in table.splitlines() if not row.startswith("#"))
    entries: dict[str, tuple[Entry, ...]] = {}
    for kind, *surnames in rows:
        for surname in surnames:
            name, _, syllables = surname.partition("=")
            entry = Entry(kind, name, tuple(syllables.split(",")))
            entries[name[0]] = (*entries.get(name[0], ()), entry)
    return {char: tuple(sorted(e, key=lambda x: -len(x.name))) for char, e in entries.items()}
