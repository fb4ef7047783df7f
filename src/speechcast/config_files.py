"""Find, read and validate the TOML files that a user may write.

The presets and styles that ship with speechcast are found by name. A user's files lie in a folder
of their configuration folder, where they take precedence over a shipped file of the same name, or
anywhere else if they are named by their path.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import PresetError, explain_os_error
from .files import is_file
from .messages import _
from .printable import printable
from .reasons import explain_reason

_MAX_SHOWN = 200  # characters of a name that a message shows whole: paths are long
_MAX_BYTES = 1_000_000  # of a file that a person writes; chosen here
_TOML_ERROR = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_SHOWN_START = 60  # characters it shows of a longer one


@dataclass(frozen=True, slots=True)
class ConfigKind:
    """One kind of configuration file, such as presets or styles.

    Attributes:
        name: What messages call a file of the kind, such as `preset`.
        folder: The name of its folder in the user's configuration folder.
        shipped: The folder of the files that come with speechcast.
        listing_hint: Where all of them are listed, to end the message on an unknown name.
    """

    name: str
    folder: str
    shipped: Path
    listing_hint: str

    def list_files(self) -> dict[str, Path]:
        """Return the kind's files: paths by name, sorted by name."""
        folders = (self.shipped, self.users_folder)
        files = {p.stem: p for folder in folders for p in folder.glob("*.toml")}
        return dict(sorted(files.items()))

    @property
    def users_folder(self) -> Path:
        """The folder of the user's files."""
        from platformdirs import user_config_path

        return user_config_path("speechcast") / self.folder

    def is_users(self, path: Path) -> bool:
        """Return whether a file lies in the user's folder."""
        return path.parent.resolve() == self.users_folder.resolve()

    def list_shadowed(self) -> dict[str, Path]:
        """Return the user's files that have the name of a shipped one: paths by name."""
        shipped = self.list_shipped()
        return {p.stem: p for p in sorted(self.users_folder.glob("*.toml")) if p.stem in shipped}

    def list_shipped(self) -> frozenset[str]:
        """Return the names of the shipped files."""
        return frozenset(path.stem for path in self.shipped.glob("*.toml"))

    def has(self, name: str) -> bool:
        """Return whether there is a file called `name`, or `name` is a path of one."""
        return name.endswith(".toml") or name in self.list_files()

    def find_path(self, name: str) -> Path:
        """Return the path of the file called `name`.

        A name that ends in `.toml` is taken as a path.

        Raises:
            PresetError: If there is no such file; the message suggests the nearest name.
        """
        if name.endswith(".toml"):
            if not is_file(Path(name)):
                raise PresetError(
                    _(
                        "there is no {kind} file {file}; check the path, or use the name of a "
                        "{kind}"
                    ).format(kind=_(self.name), file=shorten(name))
                )
            return Path(name)
        files = self.list_files()
        if name not in files:
            near = difflib.get_close_matches(name, files, n=1, cutoff=0.5)
            hint = (
                _("did you mean '{name}'?").format(name=near[0]) if near else _(self.listing_hint)
            )
            raise PresetError(
                _("there is no {kind} '{name}'; {hint}").format(
                    kind=_(self.name), name=shorten(name), hint=hint
                )
            )
        return files[name]


def shorten(text: str) -> str:
    """Return a text for a message: its beginning, if it is long, without control characters.

    >>> shorten("a" * 300)
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…'
    """
    shown = printable(text)
    return shown if len(shown) <= _MAX_SHOWN else f"{shown[:_SHOWN_START]}…"


@dataclass(frozen=True, slots=True)
class ConfigTable:
    """A table of a TOML file, read and validated key by key.

    Every method that reads or validates raises PresetError, naming the file, the key and what is
    allowed.

    Attributes:
        path: The file, for messages.
        values: The table as `tomllib` returns it.
        prefix: What stands before a key in messages, such as `pauses.`; empty at the top.
    """

    path: Path
    values: Mapping[str, Any]
    prefix: str = ""

    @classmethod
    def read(cls, path: Path) -> ConfigTable:
        """Return the top table of the TOML file at `path`."""
        try:
            with path.open("rb") as stream:
                data = stream.read(_MAX_BYTES + 1)
            if len(data) > _MAX_BYTES:
                raise PresetError(
                    _("{path} is larger than 1 MB, so it is not such a file").format(path=path)
                )
            return cls(path, tomllib.loads(data.decode("utf-8-sig")))  # Notepad writes a BOM
        except OSError as exc:
            raise PresetError(
                _("{path} cannot be read: {reason}").format(path=path, reason=explain_os_error(exc))
            ) from exc
        except UnicodeDecodeError as exc:
            raise PresetError(
                _(
                    "{path} is not in UTF-8; save it anew in your editor, with the encoding UTF-8"
                ).format(path=path)
            ) from exc
        except ValueError as exc:  # of tomllib, or of a number without end
            raise PresetError(
                _("{path} is not valid TOML: {exc}").format(path=path, exc=_explain_toml(exc))
            ) from exc
        except RecursionError as exc:
            raise PresetError(
                _("{path} is not valid TOML: it is nested too deeply").format(path=path)
            ) from exc

    def require_only(self, allowed: Iterable[str]) -> None:
        """Raise PresetError if the table has a key outside `allowed`."""
        for key in self.values:
            if key not in allowed:
                listed = _(", ").join(allowed)
                raise PresetError(
                    _("{path}: unknown key '{key}'; allowed are {listed}").format(
                        path=self.path, key=f"{self.prefix}{shorten(key)}", listed=listed
                    )
                )

    def get_text(self, key: str) -> str:
        """Return the string at `key`, which must not be blank.

        >>> ConfigTable(Path("a.toml"), {"voice": "anna"}).get_text("voice")
        'anna'
        """
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise PresetError(
                _("{state}; it must be text in quotes").format(state=self._describe(key))
            )
        return value

    def get_texts(self, key: str) -> tuple[str, ...]:
        """Return the list of strings at `key`.

        >>> ConfigTable(Path("a.toml"), {"allow": ["edge"]}).get_texts("allow")
        ('edge',)
        """
        value = self.values.get(key)
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise PresetError(
                _("{state}; it must be a list of texts in quotes").format(state=self._describe(key))
            )
        return tuple(value)

    def get_choice(self, key: str, allowed: Iterable[str]) -> str:
        """Return the string at `key`, which must be one of `allowed`.

        >>> ConfigTable(Path("a.toml"), {"format": "mp3"}).get_choice("format", ["mp3", "wav"])
        'mp3'
        """
        value = self.get_text(key)
        if value not in allowed:
            raise PresetError(
                _("{path}: {key} is '{value}'; allowed are {allowed}").format(
                    path=self.path, key=key, value=shorten(value), allowed=_(", ").join(allowed)
                )
            )
        return value

    def get_number(self, key: str, low: float, high: float, limits: str) -> float:
        """Return the number at `key`, which must lie in `low`–`high` inclusive.

        Args:
            key: The key to read.
            low: The least value allowed.
            high: The greatest value allowed.
            limits: The message that says what is allowed, to be translated, such as
                "seconds from {low:g} to {high:g}".
        """
        value = self.values.get(key)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if value is None or not is_number or not low <= value <= high:
            raise PresetError(
                _("{state}; allowed are {limits}").format(
                    state=self._describe(key), limits=_(limits).format(low=low, high=high)
                )
            )
        return float(value)

    def get_flag(self, key: str, *, default: bool) -> bool:
        """Return the boolean at `key`, or `default` if the key is absent."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise PresetError(
                _("{state}; allowed are true and false").format(state=self._describe(key))
            )
        return value

    def get_table(self, key: str) -> ConfigTable:
        """Return the table at `key`, or an empty one if absent."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise PresetError(
                _("{state}; it must be a table: [{key}]").format(state=self._describe(key), key=key)
            )
        return ConfigTable(self.path, value, f"{key}.")

    def _describe(self, key: str) -> str:
        """Return how a message begins: the file, the key and its value."""
        name = f"{self.prefix}{key}"
        if key not in self.values:
            return _("{path}: {key} is missing").format(path=self.path, key=name)
        return _("{path}: {key} is {value}").format(
            path=self.path, key=name, value=shorten(repr(self.values[key]))
        )


def _explain_toml(exc: ValueError) -> str:
    """Return what is wrong with a TOML file, and where, in the language in use."""
    match = _TOML_ERROR.fullmatch(str(exc))
    if not match:
        return explain_reason(str(exc))
    reason, line, column = match.groups()
    if line is None:
        return _("{reason} (at end of document)").format(reason=explain_reason(reason))
    return _("{reason} (at line {line}, column {column})").format(
        reason=explain_reason(reason), line=line, column=column
    )
