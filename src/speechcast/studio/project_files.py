"""The files of an open project: whether another program changed them, and what was written."""

from __future__ import annotations

from pathlib import Path

from ..files import file_state
from ..messages import _
from ..project.folder import OUTPUT_FOLDER, PROJECT_FILES, list_folder
from .errors import MissingError


def state_of_files(folder: Path, speech_name: str) -> tuple[str, ...]:
    """Return what differs if another program changes a file of a project.

    Args:
        folder: The folder of the project.
        speech_name: The name of its speech's file.
    """
    return tuple(_state(folder / name) for name in (*PROJECT_FILES, speech_name))


def require_present(folder: Path) -> None:
    """Raise MissingError if the folder of a project is gone."""
    if not folder.is_dir():
        raise MissingError(
            _("the project's folder is gone: {folder}; if it was renamed, open it anew").format(
                folder=folder
            )
        )


def find_output(folder: Path, name: str) -> Path:
    """Return a file of a project's output folder.

    Raises:
        MissingError: There is none of this name.
    """
    for path in list_folder(folder / OUTPUT_FOLDER):
        if path.name == name and path.is_file() and not path.is_symlink():
            return path
    raise MissingError(_("there is no file '{name}'").format(name=name[:80]))


def _state(path: Path) -> str:
    try:
        return file_state(path)
    except OSError:
        return ""
