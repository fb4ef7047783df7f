"""The preferences of a user, a document and a folder, and which of them names each voice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from .documents.front_matter import FrontMatter
from .errors import PresetError
from .files import is_inside
from .messages import _, mark
from .windows import leads_to_network


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """The preferences of a user or a document; None for no preference.

    Attributes:
        voice: The name of a preset, or the path of a preset file.
        rate: As `+10%`.
        style: The name of a subtitle style, or the path of a style file.
        lexicons: Files of readings; of two entries for a word the first file's holds.
        cast: The preset of each speaker, by the speaker's label.
    """

    voice: str | None = None
    rate: str | None = None
    style: str | None = None
    lexicons: tuple[Path, ...] = ()
    cast: Mapping[str, str] = field(default_factory=dict)

    def over(self, other: Preferences) -> Preferences:
        """Return both combined; where they differ, this one takes precedence."""
        ours: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        preferred = {name: value for name, value in ours.items() if value is not None}
        merged = {
            "lexicons": self.lexicons + other.lexicons,
            "cast": {**other.cast, **self.cast},
        }
        return replace(other, **{**preferred, **merged})


class Chooser(StrEnum):
    """What names a voice; the values are words of messages, to be translated."""

    USER = mark("the user")
    DOCUMENT = mark("the front matter of the speech")
    FOLDER = mark("the speechcast.toml of its folder")
    PROJECT = mark("the adjustments.toml of its folder")
    PROGRAM = mark("the program that asks for the speech")


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The user's word on what may leave the machine.

    Attributes:
        choosers: What names each voice, by the speaker's label; a voice that is not listed is the
            user's choice.
        allowed: The addresses that voices may use although the user did not name them.
    """

    choosers: Mapping[str, Chooser] = field(default_factory=dict)
    allowed: tuple[str, ...] = ()


def preferences_in(
    front_matter: FrontMatter, folder: Path, within: Path | None = None
) -> Preferences:
    """Return the preferences in a document's front matter.

    Relative names of files refer to `folder`. Who wrote a document did not choose what its reader's
    disk holds elsewhere, so the files must lie in `within`, or in `folder`.

    Raises:
        PresetError: A file lies elsewhere.
    """

    def find(name: str) -> str:
        return str(_inside(name, folder, within)) if name.endswith(".toml") else name

    lexicon_file = front_matter.lexicon
    return Preferences(
        voice=front_matter.voice and find(front_matter.voice),
        rate=front_matter.rate,
        style=front_matter.style and find(front_matter.style),
        lexicons=(_inside(lexicon_file, folder, within),) if lexicon_file else (),
        cast={label: find(preset) for label, preset in front_matter.cast.items()},
    )


def find_choosers(layers: Mapping[Chooser, Preferences]) -> dict[str, Chooser]:
    """Return what names each voice, by the speaker's label; "" is the main voice.

    Args:
        layers: The preferences of each, those that take precedence first.

    >>> user, document = Preferences(voice="tone"), Preferences(voice="yunxi", cast={"甲": "aria"})
    >>> choosers = find_choosers({Chooser.USER: user, Chooser.DOCUMENT: document})
    >>> choosers[""].name, choosers["甲"].name
    ('USER', 'DOCUMENT')
    """
    choosers: dict[str, Chooser] = {}
    for chooser, preferences in reversed(list(layers.items())):
        labels = [*preferences.cast, *([""] if preferences.voice is not None else [])]
        choosers |= dict.fromkeys(labels, chooser)
    return choosers


def _inside(name: str, folder: Path, within: Path | None) -> Path:
    """Return the path of a file that a document in `folder` names."""
    path = folder / name
    allowed = [root for root in (folder, within) if root is not None]
    if (
        "\0" in name
        or leads_to_network(name, str(folder))
        or not any(is_inside(path, root) for root in allowed)
    ):
        raise PresetError(
            _(
                "the document or its folder names the file {name!r}, which lies outside its "
                "folder; name it by an option, like --lexicon, --voice or --style"
            ).format(name=name)
        )
    return path
