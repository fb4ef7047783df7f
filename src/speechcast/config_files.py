"""TOML files a user may write: found by name, read, and held to what is allowed.

A named one of ours is shipped; a user's own lie in a folder of the same name in their
configuration folder (and win over ours), or anywhere, named by their path.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import PresetError


@dataclass(frozen=True, slots=True)
class ConfigKind:
    """One kind of such files: what to call it, where ours are, what lists them."""

    name: str  # preset, style
    folder: str  # its folder in the user's configuration folder
    shipped: Path
    listed_by: str

    def files(self) -> dict[str, Path]:
        """Every file of the kind by its name, sorted."""
        from platformdirs import user_config_path

        folders = (self.shipped, user_config_path("speechcast") / self.folder)
        found = {p.stem: p for folder in folders for p in folder.glob("*.toml")}
        return dict(sorted(found.items()))

    def path_of(self, name: str) -> Path:
        """The file called `name`, or at that path. Raises PresetError suggesting the nearest."""
        if name.endswith(".toml"):
            if not Path(name).is_file():
                raise PresetError(
                    f"{name} is no {self.name} file; check the path, or name a {self.name}"
                )
            return Path(name)
        known = self.files()
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
            hint = f"did you mean '{near[0]}'?" if near else self.listed_by
            raise PresetError(f"there is no {self.name} '{name}'; {hint}")
        return known[name]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file, with its place in it for messages. Every method raises PresetError."""

    path: Path
    values: Mapping[str, Any]
    prefix: str = ""

    @classmethod
    def read(cls, path: Path) -> Table:
        try:
            return cls(path, tomllib.loads(path.read_text(encoding="utf-8")))
        except OSError as exc:
            raise PresetError(f"{path} cannot be read: {exc.strerror}") from exc
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
            raise PresetError(f"{path} is not valid TOML: {exc}") from exc

    def only(self, allowed: Iterable[str]) -> None:
        """No key but these."""
        for key in self.values:
            if key not in allowed:
                listed = ", ".join(allowed)
                raise PresetError(
                    f"{self.path}: unknown key '{self.prefix}{key}', allowed are {listed}"
                )

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise PresetError(f"{self._said(key)}, it must be a text in quotes")
        return value

    def choice(self, key: str, allowed: Iterable[str]) -> str:
        value = self.text(key)
        if value not in allowed:
            raise PresetError(f"{self.path}: {key} is '{value}', allowed are {', '.join(allowed)}")
        return value

    def number(self, key: str, low: float, high: float, unit: str) -> float:
        value = self.values.get(key)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if value is None or not number or not low <= value <= high:
            raise PresetError(f"{self._said(key)}, allowed are {unit} from {low:g} to {high:g}")
        return float(value)

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise PresetError(f"{self._said(key)}, allowed are true and false")
        return value

    def table(self, key: str) -> Table:
        """The table called `key`, an empty one if there is none."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise PresetError(f"{self._said(key)}, it must be a table: [{key}]")
        return Table(self.path, value, f"{key}.")

    def _said(self, key: str) -> str:
        said = f"is {self.values[key]!r}" if key in self.values else "is missing"
        return f"{self.path}: {self.prefix}{key} {said}"
