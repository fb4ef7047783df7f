"""A project's folder: opened and saved whole, or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from ..config_files import ConfigTable
from ..delivery import deliver, sweep
from ..errors import PresetError, SourceError, explain_os_error
from ..files import is_inside
from ..messages import _
from ..windows import leads_to_network
from .adjustments_file import ADJUSTMENTS_FILE, format_adjustments, parse_adjustments
from .history import History
from .history_file import HISTORY_FILE, format_history, parse_history
from .lexicon_file import format_readings, parse_readings
from .project import Project, SpeechFile, open_speech
from .settings_file import LEXICON_FILE, SETTINGS_FILE, format_settings, parse_settings

OUTPUT_FOLDER = "output"
PROJECT_FILES = (SETTINGS_FILE, LEXICON_FILE, ADJUSTMENTS_FILE)  # beside the speech


def is_project(folder: Path) -> bool:
    """Return whether a folder is that of a project."""
    path = folder / SETTINGS_FILE
    try:
        return path.is_file() and "project" in ConfigTable.read(path).values
    except (PresetError, OSError, ValueError):
        return False


def seems_project(folder: Path) -> bool:
    """Return whether a folder is that of a project, or was before one of its files broke.

    A folder that nobody may look into may be one.
    """
    try:
        if not folder.is_dir():
            return False
        names = {path.name for path in folder.iterdir()}
    except OSError:
        return True
    if SETTINGS_FILE not in names:
        return HISTORY_FILE in names
    try:
        return "project" in ConfigTable.read(folder / SETTINGS_FILE).values
    except (PresetError, OSError, ValueError):
        return True


def require_openable(folder: Path) -> None:
    """Raise SpeechcastError for a project whose settings are broken, or whose speech is gone."""
    _require_settings(folder)
    _settings, _name, speech = parse_settings(_inside(folder, SETTINGS_FILE))
    path = _inside(folder, speech)
    try:
        path.stat()
    except OSError as exc:
        raise _unreadable(path, exc) from exc


def _require_settings(folder: Path) -> None:
    if not (folder / SETTINGS_FILE).is_file():
        raise SourceError(
            _("{folder} is no project (it has no {file}); name a text file in it").format(
                folder=folder, file=SETTINGS_FILE
            ),
            folder,
        )


def open_project(folder: Path) -> History:
    """Return the project in a folder, with what can be undone.

    What was being saved when the program was killed is completed first. What was changed in the
    files since the project was saved is one more change, which can be undone.

    Raises:
        SpeechcastError: It is no project, or one of its files is broken.
    """
    _require_settings(folder)
    sweep(folder)
    project = load_project(folder)
    with contextlib.suppress(OSError, ValueError):
        text = _inside(folder, HISTORY_FILE).read_text("utf-8")
        return parse_history(text, lambda name: _inside(folder, name).read_bytes()).changed(project)
    return History(project)


def load_project(folder: Path) -> Project:
    """Return the project that the files of a folder hold.

    Raises:
        SpeechcastError: One of the files is missing or broken.
    """
    settings, name, speech = parse_settings(_inside(folder, SETTINGS_FILE))
    path = _inside(folder, speech)
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise _unreadable(path, exc) from exc
    return Project(
        name=name,
        speech=SpeechFile(speech, open_speech(speech, data).data),
        settings=settings,
        readings=parse_readings(_inside(folder, LEXICON_FILE)),
        adjustments=parse_adjustments(_inside(folder, ADJUSTMENTS_FILE)),
    )


def _unreadable(path: Path, exc: OSError) -> SourceError:
    text = _("{path} cannot be read: {strerror}")
    return SourceError(text.format(path=path, strerror=explain_os_error(exc)), path)


def list_project_files(folder: Path, project: Project) -> list[Path]:
    """Return the files of a project that are not its output."""
    return [folder / name for name in (project.speech.name, *PROJECT_FILES)]


def save_project(folder: Path, history: History) -> None:
    """Save a project and what can be undone: all its files, or none.

    Raises:
        OutputError: The folder cannot be written.
    """
    files = dict(_files(history))
    changed = {name: data for name, data in files.items() if _read(folder / name) != data}
    if not changed:
        return
    with deliver(folder, list(changed)) as temporary:
        for name, data in changed.items():
            (temporary / name).write_bytes(data)


def _files(history: History) -> Iterator[tuple[str, bytes]]:
    project = history.current
    yield project.speech.name, project.speech.data
    settings = format_settings(project.settings, project.name, project.speech.name)
    yield SETTINGS_FILE, settings.encode()
    yield LEXICON_FILE, format_readings(project.readings).encode()
    yield ADJUSTMENTS_FILE, format_adjustments(project.adjustments).encode()
    yield HISTORY_FILE, format_history(history).encode()


def list_folder(folder: Path) -> list[Path]:
    """Return what lies in a folder; nothing if there is no such folder."""
    with contextlib.suppress(OSError):
        return sorted(folder.iterdir())
    return []


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None


def _inside(folder: Path, name: str) -> Path:
    """Return the path of a file of the folder.

    It must not be a link that leads out of it, nor something from which reading may never end.
    """
    path = folder / name
    if leads_to_network(name, str(folder)) or not is_inside(path, folder):
        raise PresetError(
            _("{path} is a link that leads out of the folder; put a file there").format(path=path)
        )
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise PresetError(_("{path} is a pipe or a device; put a file there").format(path=path))
    return path
