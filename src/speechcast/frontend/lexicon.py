"""Read a user's own readings of words.

An entry maps a written form to the text or pinyin that is spoken for it.

    "SpeechCast" = "斯必驰卡斯特"
    "重阳村" = "chong2 yang2 cun1"
    "景市" = "景德镇市"

A reading of which every syllable has its tone is pinyin; any other is spoken as written. Of two
forms that match at a position the longer applies. Latin forms match only whole words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ..config_files import ConfigTable, shorten
from ..errors import PresetError
from ..files import is_file
from ..messages import _
from ..model import Token
from ..text.han import HAN
from ..text.pinyin import has_tones, parse_pinyin
from .mandarin import homophones

FILE_NAME = "lexicon.toml"  # of the lexicon in the user's configuration folder


@dataclass(frozen=True)
class Lexicon:
    """Written forms, each with its token."""

    entries: Mapping[str, Token] = field(default_factory=dict)

    def match(self, text: str, position: int) -> Token | None:
        """Return the token of the longest form at `position`, or None."""
        match = self._pattern.match(text, position) if self._pattern else None
        return self.entries[match[0]] if match else None

    def find_next(self, text: str, start: int) -> int:
        """Return the position of the next form from `start` on.

        It is the length of the text if there is none.
        """
        match = self._pattern.search(text, start) if self._pattern else None
        return match.start() if match else len(text)

    def over(self, other: Lexicon) -> Lexicon:
        """Return the entries of both; this lexicon's apply where they differ."""
        return Lexicon({**other.entries, **self.entries})

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        """The forms as a regular expression, longest first."""
        forms = sorted(self.entries, key=len, reverse=True)
        return re.compile("|".join(map(_bounded_pattern, forms))) if forms else None


def load(path: Path) -> Lexicon:
    """Return the lexicon in a TOML file.

    Raises:
        PresetError: If there is no such file, or an entry in it is not valid.
    """
    if not is_file(path):
        raise PresetError(
            _("there is no lexicon file {file}; check the name and the folder").format(
                file=shorten(str(path))
            )
        )
    return from_table(ConfigTable.read(path))


def from_table(table: ConfigTable) -> Lexicon:
    """Return the lexicon of a TOML table of forms and readings.

    Raises:
        PresetError: If an entry is not valid.
    """
    return Lexicon({form: _to_token(form, table.get_text(form), table) for form in table.values})


def load_user_lexicon() -> Lexicon:
    """Return the lexicon in the user's configuration folder.

    It is empty if there is none.

    Raises:
        PresetError: If an entry is not valid.
    """
    from platformdirs import user_config_path

    path = user_config_path("speechcast") / FILE_NAME
    return load(path) if path.is_file() else Lexicon()


def _to_token(form: str, reading: str, table: ConfigTable) -> Token:
    if not form.strip():
        raise PresetError(
            _("{path}: a form cannot consist of spaces alone").format(path=table.path)
        )
    if not has_tones(reading):
        return Token(form, reading)
    syllables = parse_pinyin(reading)
    only_han = all(HAN.match(c) for c in form)
    if only_han and len(syllables) != len(form):
        raise PresetError(
            _(
                "{path}: '{form}' has {count} characters, but its pinyin '{reading}' has "
                "{syllables}; write one syllable for each character"
            ).format(
                path=table.path,
                form=form,
                count=len(form),
                reading=reading,
                syllables=len(syllables),
            )
        )
    return Token(form, form if only_han else homophones.respell("", syllables), syllables)


def _bounded_pattern(form: str) -> str:
    """Return the pattern of a form, bounded at both ends.

    It does not match inside a Latin word or a number.
    """
    before = r"(?<![A-Za-z0-9])" if re.match(r"[A-Za-z0-9]", form) else ""
    after = r"(?![A-Za-z0-9])" if re.search(r"[A-Za-z0-9]$", form) else ""
    return f"{before}{re.escape(form)}{after}"
