"""What this installation consists of, and what of it works: the facts that `doctor` prints.

Each fact is looked for on its own, so that one that cannot be had hides none of the others. Nothing
private is in them: no text, no key, no name; a path begins at the home folder (`~`) or is left out.
"""

from __future__ import annotations

import importlib.metadata
import locale
import os
import platform
import re
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path

from ..check.fonts import CHINESE_FILES
from ..cores import count_cores
from ..files import is_writable
from ..messages import VARIABLE, _, language
from .concealment import conceal, shorten_path

Facts = dict[str, str]

_NOT_FOR_USERS = frozenset({"dev", "docs", "release"})  # extras
_LONGEST_REASON = 160  # characters of an error that are shown
_FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
    "~/AppData/Local/Microsoft/Windows/Fonts",
)


def diagnose() -> dict[str, Facts]:
    """Return the facts by section; sections and facts have the names that `--json` shows."""
    sections: Mapping[str, Callable[[], Facts]] = {
        "program": _list_program,
        "packages": _list_packages,
        "extras": _list_extras,
        "voices": _list_voices,
        "folders": _list_folders,
        "machine": _list_machine,
        "settings": _list_settings,
    }
    return {name: _attempt_section(collect) for name, collect in sections.items()}


def find_broken(facts: Mapping[str, Facts]) -> list[str]:
    """Return the packages that every production needs, and that do not work."""
    return [name for name, state in facts["packages"].items() if not state[:1].isdigit()]


def _attempt_section(collect: Callable[[], Facts]) -> Facts:
    try:
        return collect()
    except Exception as exc:  # whatever is broken here is what is to be reported
        return {"error": _describe_failure(exc)}


def _attempt(find: Callable[[], str]) -> str:
    """Return a fact, or why it cannot be had."""
    try:
        return find()
    except Exception as exc:  # as above
        return _describe_failure(exc)


def _describe_failure(exc: Exception) -> str:
    return _("broken ({kind}: {reason})").format(
        kind=type(exc).__name__, reason=conceal(str(exc))[:_LONGEST_REASON]
    )


def _list_program() -> Facts:
    return {
        "speechcast": _attempt(lambda: importlib.metadata.version("speechcast")),
        "installed": _("as a folder") if getattr(sys, "frozen", False) else _("as a package"),
        "python": f"{platform.python_version()} ({platform.python_implementation()})",
        "system": _attempt(lambda: f"{platform.system()} {platform.release()}"),
        "processor": platform.machine(),
        "language": language(),
        "locale": _attempt(lambda: ".".join(part or "C" for part in locale.getlocale())),
        "console": f"{sys.stdout.encoding}, "
        + (_("a terminal") if sys.stdout.isatty() else _("a pipe or a file")),
    }


def _list_requirements() -> Iterator[tuple[str, str]]:
    """Yield each package that this one requires here, and the extra that it is for, or ""."""
    from packaging.requirements import Requirement

    program = importlib.metadata.metadata("speechcast")
    extras = ("", *(program.get_all("Provides-Extra") or ()))
    for line in program.get_all("Requires-Dist") or ():
        requirement = Requirement(line)
        marker = requirement.marker
        for extra in extras:
            if marker is None or marker.evaluate({"extra": extra}):
                yield requirement.name, extra
                break


def _list_packages() -> Facts:
    """Return the version of each package that every installation needs, if it can be imported."""
    modules: dict[str, str] = {}
    for module, packages in importlib.metadata.packages_distributions().items():
        for package in map(_normalize, packages):
            if _normalize(module) == package:  # of several, the one of the same name
                modules[package] = module
            elif not module.startswith("_"):
                modules.setdefault(package, module)
    needed = sorted({name for name, extra in _list_requirements() if not extra}, key=str.lower)
    return {name: _attempt(partial(_try_package, name, modules)) for name in needed}


def _try_package(name: str, modules: Mapping[str, str]) -> str:
    """Return the version of a package that can be imported."""
    try:
        version = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return _("not installed")
    if module := modules.get(_normalize(name)):
        with warnings.catch_warnings(action="ignore"):  # pydub's, that there is no ffmpeg
            import_module(module)
    return version


def _normalize(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _list_extras() -> Facts:
    """Return whether each extra is installed, and what of it is missing."""
    extras: dict[str, list[str]] = {}
    for name, extra in _list_requirements():
        if extra and extra not in _NOT_FOR_USERS:
            extras.setdefault(extra, []).append(name)
    states = {}
    for extra, names in sorted(extras.items()):
        absent = [name for name in names if not _is_installed(name)]
        states[extra] = (
            _("not installed ({packages})").format(packages=", ".join(absent))
            if absent
            else _("ready")
        )
    return states


def _is_installed(name: str) -> bool:
    try:
        return bool(importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return False


def _list_voices() -> Facts:
    """Return the state of each shipped preset; of the user's own, only how many there are."""
    from ..voices import presets

    shipped = presets.PRESETS.list_shipped()
    files = presets.PRESETS.list_files()
    users = [name for name, path in files.items() if presets.PRESETS.is_users(path)]
    folder = presets.PRESETS.shipped
    states = {
        name: _attempt(partial(_find_state, folder / f"{name}.toml")) for name in sorted(shipped)
    }
    return {**states, "of your own": str(len(users))}


def _find_state(path: Path) -> str:
    from ..voices.presets import read_preset
    from .voice_details import describe_state

    return describe_state(read_preset(path))[1]


def _list_folders() -> Facts:
    import platformdirs

    from .studio import projects_folder

    folders = {
        "models and data": platformdirs.user_data_path("speechcast"),
        "clips": _clips_folder(),
        "cache": platformdirs.user_cache_path("speechcast"),
        "presets and settings": platformdirs.user_config_path("speechcast"),
        "projects": projects_folder(),
    }
    return {name: _attempt(partial(_describe_folder, path)) for name, path in folders.items()}


def _clips_folder() -> Path:
    from ..synthesis.clip_cache import default_folder

    return default_folder()


def _describe_folder(path: Path) -> str:
    """Return where a folder is, whether it can be written, and how much is free there."""
    there = next(p for p in (path, *path.parents) if p.exists())
    state = _("can be written") if is_writable(there) else _("CANNOT be written")
    if there != path:
        state = _("not there yet, {state}").format(state=state)
    return _("{folder} ({state}, {free:.1f} GB free)").format(
        folder=shorten_path(path), state=state, free=shutil.disk_usage(there).free / 1e9
    )


def _list_machine() -> Facts:
    return {
        "cores": str(count_cores()),
        "free memory": _attempt(_describe_memory),
        "players": _attempt(_list_players),
        "Chinese fonts": _attempt(lambda: ", ".join(_find_chinese_fonts()) or _("none were found")),
        "graphics": _attempt(_list_providers),
    }


def _describe_memory() -> str:
    from ..engines.kokoro.shortage import measure_free_memory

    free = measure_free_memory()
    return _("unknown") if free is None else f"{free / 1e9:.1f} GB"


def _list_players() -> str:
    from ..errors import PlaybackError
    from ..playback.players import find_players

    try:
        return ", ".join(player.name for player in find_players())
    except PlaybackError:
        return _("none")


def _find_chinese_fonts() -> list[str]:
    """Return the names of some fonts with Chinese characters, for pictures."""
    files = (
        path.stem
        for folder in _FONT_FOLDERS
        for path in Path(folder).expanduser().rglob("*.[to]t[cf]")
        if path.name.lower().startswith(CHINESE_FILES)
    )
    return sorted({name.partition("-")[0] for name in files})[:3]


def _list_providers() -> str:
    import onnxruntime

    return ", ".join(onnxruntime.get_available_providers())


def _list_settings() -> Facts:
    """Return which variables are set that change what the program does; not to what."""
    names = [n for n in os.environ if n.startswith("SPEECHCAST_") and n != VARIABLE]
    names += [n for n in os.environ if n.lower() in {"http_proxy", "https_proxy", "all_proxy"}]
    return {"variables": ", ".join(sorted(names)) or _("none")}
