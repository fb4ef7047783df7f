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
    listing_hint: str

    def list_files(self) -> dict[str, Path]:
        """Every file of the kind by its name, sorted."""
        from platformdirs import user_config_path

        folders = (self.shipped, user_config_path("speechcast") / self.folder)
        files = {p.stem: p for folder in folders for p in folder.glob("*.toml")}
        return dict(sorted(files.items()))

    def find_path(self, name: str) -> Path:
        """The file called `name`, or at that path. Raises PresetError suggesting the nearest."""
        if name.endswith(".toml"):
            if not Path(name).is_file():
                raise PresetError(
                    f"{name} is no {self.name} file; check the path, or name a {self.name}"
                )
            return Path(name)
        files = self.list_files()
        if name not in files:
            near = difflib.get_close_matches(name, files, n=1, cutoff=0.5)
            hint = f"did you mean '{near[0]}'?" if near else self.listing_hint
            raise PresetError(f"there is no {self.name} '{name}'; {hint}")
        return files[name]


@dataclass(frozen=True, slots=True)
class ConfigTable:
    """A table of a file, with its place in it for messages. Every method raises PresetError."""

    path: Path
    values: Mapping[str, Any]
    prefix: str = ""

    @classmethod
    def read(cls, path: Path) -> ConfigTable:
        try:
            return cls(path, tomllib.loads(path.read_text(encoding="utf-8")))
        except OSError as exc:
            raise PresetError(f"{path} cannot be read: {exc.strerror}") from exc
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
            raise PresetError(f"{path} is not valid TOML: {exc}") from exc

    def require_only(self, allowed: Iterable[str]) -> None:
        """No key but these."""
        for key in self.values:
            if key not in allowed:
                listed = ", ".join(allowed)
                raise PresetError(
                    f"{self.path}: unknown key '{self.prefix}{key}', allowed are {listed}"
                )

    def get_text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise PresetError(f"{self._describe(key)}, it must be a text in quotes")
        return value

    def get_choice(self, key: str, allowed: Iterable[str]) -> str:
        value = self.get_text(key)
        if value not in allowed:
            raise PresetError(f"{self.path}: {key} is '{value}', allowed are {', '.join(allowed)}")
        return value

    def get_number(self, key: str, low: float, high: float, unit: str) -> float:
        value = self.values.get(key)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if value is None or not is_number or not low <= value <= high:
            raise PresetError(f"{self._describe(key)}, allowed are {unit} from {low:g} to {high:g}")
        return float(value)

    def get_flag(self, key: str, *, default: bool) -> bool:
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise PresetError(f"{self._describe(key)}, allowed are true and false")
        return value

    def get_table(self, key: str) -> ConfigTable:
        """The table called `key`, an empty one if there is none."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise PresetError(f"{self._describe(key)}, it must be a table: [{key}]")
        return ConfigTable(self.path, value, f"{key}.")

    def _describe(self, key: str) -> str:
        state = f"is {self.values[key]!r}" if key in self.values else "is missing"
        return f"{self.path}: {self.prefix}{key} {state}"
