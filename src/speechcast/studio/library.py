"""The folder of projects, and which of them are open."""

from __future__ import annotations

import contextlib
import re
import secrets
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from ..errors import SpeechcastError, explain_os_error
from ..files import replace
from ..messages import _
from ..printable import is_control
from ..project.folder import (
    list_folder,
    open_project,
    require_openable,
    save_project,
    seems_project,
)
from ..project.history import History
from ..project.project import SPEECH_FILE, Project, Settings, open_speech
from ..synthesis.synthesizer import Resources
from ..windows import to_allowed_name
from .errors import MissingError
from .naming import name_speech
from .recording import Turn
from .session import ProjectSession
from .summary import SUMMARY_FILE, Summary, load_summary

_FORBIDDEN = re.compile(r'[/\\:*?"<>|]+')
_LONGEST_NAME = 80  # bytes; room is left for suffixes
_UNTITLED = "speech"


@dataclass(frozen=True, slots=True)
class ListedProject:
    """A project of the folder.

    Attributes:
        id: The name of its folder.
        name: What its files are called.
        changed: When it was last saved, in seconds since the epoch; 0 where that is not known.
        summary: What is known of it without reading the speech; None for nothing.
        error: Why it cannot be opened; "" if nothing is known to be wrong.
    """

    id: str
    name: str
    changed: float
    summary: Summary | None = None
    error: str = ""


class Library:
    """The projects of a folder, each opened once, for any number of threads.

    Attributes:
        folder: The folder; it is created with the first project.
    """

    def __init__(self, folder: Path, resources: Resources) -> None:
        """Use the projects in `folder`."""
        self.folder = folder
        self.resources = resources
        self._turn = Turn()
        self._lock = threading.Lock()
        self._opened: dict[str, ProjectSession] = {}
        self._elsewhere: dict[str, Path] = {}

    def list(self) -> list[ListedProject]:
        """Return the projects, the one that was changed last first."""
        listed = [_inspect(project_id, folder) for project_id, folder in self._folders()]
        return sorted(listed, key=lambda project: -project.changed)

    def open(self, project_id: str) -> ProjectSession:
        """Return an open project.

        Raises:
            MissingError: There is none of this name.
            SpeechcastError: It is broken.
        """
        with self._lock:
            if project_id not in self._opened:
                folder = dict(self._folders()).get(project_id)
                if folder is None:
                    raise MissingError(_describe_missing(project_id))
                self._opened[project_id] = ProjectSession(folder, self._turn, self.resources)
            return self._opened[project_id]

    def add_folder(self, folder: Path) -> str:
        """Take a project that lies elsewhere; return its name here."""
        folder = folder.resolve()
        with self._lock:
            for project_id, path in self._folders():
                if path.resolve() == folder:
                    return project_id
            project_id = _numbered(folder.name, {name for name, _ in self._folders()})
            self._elsewhere[project_id] = folder
            return project_id

    def find(self, file_name: str, data: bytes) -> str | None:
        """Return the project that was made of this very document; None if there is none."""
        speech = open_speech(file_name, data)
        name = clean_name(PurePath(file_name).stem)
        for project_id, folder in self._folders():
            if project_id.startswith(name):
                with contextlib.suppress(SpeechcastError):
                    history = open_project(folder)
                    first = history.past[0] if history.past else history.current
                    if first.speech == speech:
                        return project_id
        return None

    def create(self, file_name: str, data: bytes, name: str = "") -> str:
        """Make a project of a document; return its name.

        Args:
            file_name: The name of the document, whose suffix decides how it is read; "" for a text
                that was pasted.
            data: Its content.
            name: What the project is to be called; "" for the name of the document, and for the
                title or the first words of a text that was pasted.

        Raises:
            SpeechcastError: The document cannot be read, or the folder not be written.
        """
        speech = open_speech(file_name or SPEECH_FILE, data)
        wanted = name, PurePath(file_name).stem, name_speech(speech.read())
        with self._lock:
            cleaned = next(filter(None, map(_clean, wanted)), _UNTITLED)
            project_id = _numbered(cleaned, self._taken_names())
            folder = self.folder / project_id
            folder.mkdir(parents=True)
        project = Project(name=project_id, speech=speech, settings=Settings())
        try:
            save_project(folder, History(project))
            session = self.open(project_id)
            if session.outline() is None:
                session.view()
        except BaseException:
            self._close(project_id)
            _remove_whole(folder)
            raise
        return project_id

    def remove(self, project_id: str) -> None:
        """Remove a project with all its files; one that lies elsewhere is only closed.

        Raises:
            MissingError: There is none of this name.
        """
        with self._lock:
            if project_id in self._elsewhere:
                del self._elsewhere[project_id]
                folder = None
            else:
                folder = dict(self._folders()).get(project_id)
                if folder is None:
                    raise MissingError(_describe_missing(project_id))
        self._close(project_id)
        if folder:
            _remove_whole(folder)

    def _close(self, project_id: str) -> None:
        with self._lock:
            session = self._opened.pop(project_id, None)
        if session:
            session.events.send("removed", message=_describe_missing(project_id))
            session.close()

    def close(self) -> None:
        """Close every project."""
        with self._lock:
            sessions = list(self._opened.values())
            self._opened.clear()
        for session in sessions:
            session.close()

    def _folders(self) -> Iterator[tuple[str, Path]]:
        """Yield the name and the folder of every project."""
        yield from self._elsewhere.items()
        for folder in list_folder(self.folder):
            hidden = folder.name.startswith(".") or folder.is_symlink()
            if not hidden and folder.name not in self._elsewhere and seems_project(folder):
                yield folder.name, folder

    def _taken_names(self) -> set[str]:
        return {path.name for path in list_folder(self.folder)} | self._elsewhere.keys()


def _describe_missing(project_id: str) -> str:
    return _("there is no project '{name}'").format(name=project_id[:80])


def _inspect(project_id: str, folder: Path) -> ListedProject:
    try:
        require_openable(folder)
        files = [p for p in folder.iterdir() if p.is_file() and p.name != SUMMARY_FILE]
        changed = max(path.stat().st_mtime for path in files)
        return ListedProject(project_id, folder.name, changed, load_summary(folder))
    except SpeechcastError as exc:
        error = " ".join(str(exc).split())
    except OSError as exc:
        error = _("{path} cannot be read: {strerror}").format(
            path=folder, strerror=explain_os_error(exc)
        )
    return ListedProject(project_id, folder.name, _last_change(folder), error=error)


def _last_change(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0


def _remove_whole(folder: Path) -> None:
    """Remove a folder with all that is in it, or nothing.

    Raises:
        OSError: It cannot be removed: on Windows, as long as another program has a file of it open.
    """
    doomed = folder.with_name(f".removed-{secrets.token_hex(8)}")
    replace(folder, doomed)
    shutil.rmtree(doomed, ignore_errors=True)


def clean_name(name: str) -> str:
    """Return a name that a folder and its files can have anywhere.

    >>> clean_name("../在会上的讲话: 稿 1.")
    '在会上的讲话 稿 1'
    """
    return _clean(name) or _UNTITLED


def _clean(name: str) -> str:
    """Return a name that a folder can have; "" if nothing of it is left."""
    seen = "".join(" " if is_control(char) else char for char in name)
    cleaned = " ".join(_FORBIDDEN.sub(" ", seen).split()).strip(". ")
    data = cleaned.encode()[:_LONGEST_NAME]
    return to_allowed_name(data.decode(errors="ignore").strip(". "))


def _numbered(name: str, taken: set[str]) -> str:
    """Return a name that is not taken yet, with a number if need be."""
    folded = {other.casefold() for other in taken}
    candidates = (name if number == 1 else f"{name} {number}" for number in range(1, 100_000))
    return next(c for c in candidates if c.casefold() not in folded)
