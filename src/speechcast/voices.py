"""Preset files to voices.

A preset is a TOML file. Those we ship are in `voices/`; a user's own lie in `voices/` of their
configuration folder (and win over ours of the same name), or anywhere, named by their path.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from .engines import ENGINES
from .errors import PresetError, TextError
from .model import Pauses, Voice
from .script import language

DEFAULT = "narrator"

_TEXTS = ("description", "engine", "voice", "language")
_AMOUNTS = {"rate": "%", "pitch": "Hz", "volume": "%"}
_LIMITS = {"rate": (-50, 100), "pitch": (-50, 50), "volume": (-90, 50)}
_PAUSES = tuple(f.name for f in fields(Pauses))
_LONGEST_PAUSE = 10.0


def load(name: str) -> Voice:
    """The voice of the preset called `name`, or of the preset file at that path.

    Raises PresetError for an unknown name (suggesting the nearest) and for a broken file (naming
    file, key and what is allowed).
    """
    return read(path_of(name))


def path_of(name: str) -> Path:
    """The file of the preset called `name`, or at that path. Raises PresetError as `load`."""
    if name.endswith(".toml"):
        if not Path(name).is_file():
            raise PresetError(f"{name} is no preset file; check the path, or name a preset")
        return Path(name)
    known = presets()
    if name not in known:
        raise PresetError(f"there is no preset '{name}'{_nearest(name, known)}")
    return known[name]


def presets() -> dict[str, Path]:
    """Every preset's file by its name, sorted."""
    found = {p.stem: p for folder in _folders() for p in folder.glob("*.toml")}
    return dict(sorted(found.items()))


def read(path: Path) -> Voice:
    """The voice that the preset file at `path` describes. Raises PresetError."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as exc:
        raise PresetError(f"{path} cannot be read: {exc.strerror}") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise PresetError(f"{path} is not valid TOML: {exc}") from exc
    return _voice(path, table)


def with_rate(voice: Voice, rate: str) -> Voice:
    """The voice at another rate, given as in a preset (`+10%`). Raises PresetError."""
    return replace(voice, rate=_amount("--rate", "rate", rate))


def require_language(voice: Voice, text: str) -> None:
    """Raise TextError if `text` is not in the language `voice` speaks."""
    written, spoken = language(text), voice.language.split("-")[0]
    if written is None or written == spoken:
        return
    names = {"zh": "Chinese", "en": "English"}
    instead = {"zh": DEFAULT, "en": "aria (online)"}[written]
    raise TextError(
        f"the text is {names[written]}, but the voice '{voice.name}' speaks {voice.language}; "
        f"choose another, for example --voice {instead}"
    )


def _folders() -> Iterable[Path]:
    from platformdirs import user_config_path

    packaged = Path(__file__).with_name("presets")
    yield packaged if packaged.is_dir() else Path(__file__).parents[2] / "voices"  # a checkout
    yield user_config_path("speechcast") / "voices"


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"; did you mean '{near[0]}'?" if near else "; 'speechcast voices' lists them"


def _voice(path: Path, table: Mapping[str, Any]) -> Voice:
    _only(path, "", table, (*_TEXTS, *_AMOUNTS, "pauses"))
    texts = {key: _text(path, table, key) for key in _TEXTS}
    if texts["engine"] not in ENGINES:
        allowed = ", ".join(ENGINES)
        raise PresetError(f"{path}: engine is '{texts['engine']}', allowed are {allowed}")
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", texts["language"]):
        raise PresetError(f"{path}: language is '{texts['language']}', allowed is a tag like zh-CN")
    amounts = {k: _amount(str(path), k, table.get(k, f"+0{unit}")) for k, unit in _AMOUNTS.items()}
    return Voice(
        name=path.stem,
        description=texts["description"],
        engine=texts["engine"],
        voice=texts["voice"],
        language=texts["language"],
        rate=amounts["rate"],
        pitch=amounts["pitch"],
        volume=amounts["volume"],
        pauses=_pauses(path, table.get("pauses", {})),
    )


def _only(path: Path, prefix: str, table: Mapping[str, Any], allowed: Iterable[str]) -> None:
    for key in table:
        if key not in allowed:
            raise PresetError(
                f"{path}: unknown key '{prefix}{key}', allowed are {', '.join(allowed)}"
            )


def _text(path: Path, table: Mapping[str, Any], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        said = f"is {value!r}" if key in table else "is missing"
        raise PresetError(f"{path}: {key} {said}, it must be a text in quotes")
    return value


def _amount(where: str, key: str, value: object) -> int:
    unit, (low, high) = _AMOUNTS[key], _LIMITS[key]
    match = re.fullmatch(rf"([+-]\d{{1,3}}){unit}", value) if isinstance(value, str) else None
    if not match or not low <= int(match[1]) <= high:
        raise PresetError(
            f"{where}: {key} is {value!r}, allowed is a text "
            f"from '{low:+}{unit}' to '{high:+}{unit}'"
        )
    return int(match[1])


def _pauses(path: Path, table: object) -> Pauses:
    if not isinstance(table, dict):
        raise PresetError(f"{path}: pauses is {table!r}, it must be a table: [pauses]")
    _only(path, "pauses.", table, _PAUSES)
    for key, value in table.items():
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not 0 <= value <= _LONGEST_PAUSE:
            raise PresetError(
                f"{path}: pauses.{key} is {value!r}, "
                f"allowed are seconds from 0 to {_LONGEST_PAUSE:g}"
            )
    return Pauses(**{key: float(value) for key, value in table.items()})
