"""Read the table of surnames whose reading is not their character's usual one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from ..tables import read_rows


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
    entries: dict[str, tuple[Entry, ...]] = {}
    for kind, *surnames in map(str.split, read_rows(__package__, "surnames.txt")):
        for surname in surnames:
            name, _, syllables = surname.partition("=")
            entry = Entry(kind, name, tuple(syllables.split(",")))
            entries[name[0]] = (*entries.get(name[0], ()), entry)
    return {char: tuple(sorted(e, key=lambda x: -len(x.name))) for char, e in entries.items()}
