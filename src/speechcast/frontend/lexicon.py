"""A user's own readings: a written form, and what is said for it or its pinyin.

    "SpeechCast" = "斯必驰卡斯特"
    "重阳村" = "chong2 yang2 cun1"
    "景市" = "景德镇市"

A reading whose every syllable has its tone is pinyin; anything else is said as it stands. Of two
forms that fit at a place the longer holds, and Latin ones stand for whole words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ..config_files import Table
from ..errors import PresetError
from ..model import Token
from ..text.han import HAN
from ..text.pinyin import has_tones, toned
from . import homophones

FILE_NAME = "lexicon.toml"  # the one in the user's configuration folder


@dataclass(frozen=True)
class Lexicon:
    """Written forms, each with the token it becomes."""

    entries: Mapping[str, Token] = field(default_factory=dict)

    def match(self, text: str, position: int) -> Token | None:
        """The token of the longest form that stands at `at`."""
        found = self._pattern.match(text, position) if self._pattern else None
        return self.entries[found[0]] if found else None

    def find_next(self, text: str, start: int) -> int:
        """Where the next form stands from `start` on; the text's end if none does."""
        found = self._pattern.search(text, start) if self._pattern else None
        return found.start() if found else len(text)

    def over(self, other: Lexicon) -> Lexicon:
        """Both; where they differ, this one holds."""
        return Lexicon({**other.entries, **self.entries})

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        forms = sorted(self.entries, key=len, reverse=True)
        return re.compile("|".join(map(_bounded_pattern, forms))) if forms else None


def load(path: Path) -> Lexicon:
    """The lexicon in the file at `path`. Raises PresetError for what is none."""
    if not path.is_file():
        raise PresetError(f"{path} is no lexicon; check the name and the folder")
    return from_table(Table.read(path))


def from_table(table: Table) -> Lexicon:
    """The lexicon a table of TOML holds. Raises PresetError for an entry that is none."""
    return Lexicon({form: _to_token(form, table.text(form), table) for form in table.values})


def load_user_lexicon() -> Lexicon:
    """The one in the user's configuration folder, if there is one."""
    from platformdirs import user_config_path

    path = user_config_path("speechcast") / FILE_NAME
    return load(path) if path.is_file() else Lexicon()


def _to_token(form: str, reading: str, table: Table) -> Token:
    if not form.strip():
        raise PresetError(f"{table.path}: a form of nothing but blanks cannot be read")
    if not has_tones(reading):
        return Token(form, reading)
    syllables = toned(reading)
    only_han = all(HAN.match(c) for c in form)
    if only_han and len(syllables) != len(form):
        raise PresetError(
            f"{table.path}: '{form}' has {len(form)} characters, "
            f"but '{reading}' is {len(syllables)} syllables; write one for each"
        )
    return Token(form, form if only_han else homophones.respell("", syllables), syllables)


def _bounded_pattern(form: str) -> str:
    """The form, not in the midst of a Latin word or a figure."""
    before = r"(?<![A-Za-z0-9])" if re.match(r"[A-Za-z0-9]", form) else ""
    after = r"(?![A-Za-z0-9])" if re.search(r"[A-Za-z0-9]$", form) else ""
    return f"{before}{re.escape(form)}{after}"
