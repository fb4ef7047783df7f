"""Which files of a folder are speeches to be made, and why the others are not."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ..documents import READABLE_SUFFIXES
from ..errors import SourceError
from ..subtitles.formats import registry
from . import folder_settings, naming

STATE = ".speechcast"  # the batch's own folder in the output folder
WORK = "work"  # the folder in it for what is being made
_TRANSCRIPT = registry.SUBTITLE_SUFFIXES["txt"]


@dataclass(frozen=True, slots=True)
class SpeechJob:
    """A speech to be made: the file at `source`, to files called `name` in the output's `folder`.

    `path` leads from the batch's folder to the source.
    """

    source: Path
    path: PurePosixPath
    folder: PurePosixPath
    name: str
    size: int = 0  # the source's bytes
    track: int = 0  # its number among the speeches beside it; 0: none

    @property
    def key(self) -> str:
        """What tells the production from every other in the output folder."""
        return hashlib.sha256(naming.fold(str(self.folder / self.name)).encode()).hexdigest()[:24]

    @property
    def shown(self) -> str:
        """The source, as it may be printed."""
        return naming.shown(str(self.path))


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that is not made, and why."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """What a folder holds: speeches, what is left out by rule, and what should be a speech but
    cannot be read at all.
    """

    jobs: tuple[SpeechJob, ...]
    left_out: tuple[SkippedFile, ...] = ()
    unreadable: tuple[SkippedFile, ...] = ()


def discover(root: Path, output: Path | None = None, *, recursive: bool = False) -> Discovery:
    """The speeches in `root`, in the order of their paths, and how each production is called.

    Raises SourceError if `root` is no folder that can be looked into.
    """
    if not root.is_dir():
        what = "is a file; make it with: speechcast make" if root.exists() else "does not exist"
        raise SourceError(f"{root} {what}", root)
    walk = _Walk(root, output, recursive)
    walk.all()
    sources = sorted(walk.sources, key=str)
    called, tracks = naming.names(sources), naming.tracks(sources)
    jobs = (
        SpeechJob(root / path, path, path.parent, called[path], walk.sources[path], tracks[path])
        for path in sources
    )
    return Discovery(tuple(jobs), _sorted(walk.left_out), _sorted(walk.unreadable))


def _sorted(files: list[SkippedFile]) -> tuple[SkippedFile, ...]:
    return tuple(sorted(files, key=lambda f: f.path))


@dataclass
class _Walk:
    """Through every folder once: the real ones first, then those that links lead to."""

    root: Path
    output: Path | None
    recursive: bool
    _output: tuple[int, int] | None = None
    sources: dict[PurePosixPath, int] = field(default_factory=dict)
    left_out: list[SkippedFile] = field(default_factory=list)
    unreadable: list[SkippedFile] = field(default_factory=list)
    _seen: dict[tuple[int, int], PurePosixPath] = field(default_factory=dict)
    _folders: deque[PurePosixPath] = field(default_factory=deque)
    _links: deque[PurePosixPath] = field(default_factory=deque)

    def all(self) -> None:
        if self.output and self.output.is_dir():
            self._output = _identity(self.output.stat())
        self._folders.append(PurePosixPath())
        while self._folders or self._links:
            self._enter((self._folders or self._links).popleft())

    def _enter(self, path: PurePosixPath) -> None:
        folder = self.root / path
        try:
            identity = _identity(folder.stat())
            if identity in self._seen:
                same = self._seen[identity]
                self._leave(path, f"a link to {naming.shown(str(same))}, which is done there")
                return
            self._seen[identity] = path
            in_output = identity == self._output
            with os.scandir(folder) as listed:
                entries = sorted(listed, key=lambda e: e.name)
        except OSError as exc:
            if not path.parts:
                why = exc.strerror or exc
                raise SourceError(f"{folder} cannot be looked into: {why}", folder) from exc
            self._refuse(path, f"cannot be looked into: {exc.strerror or exc}")
            return
        beside = {entry.name for entry in entries}
        for entry in entries:
            if why := _by_name(entry.name, beside, in_output=in_output):
                self._leave(path / entry.name, why)
            else:
                self._look(path / entry.name, entry)

    def _look(self, path: PurePosixPath, entry: os.DirEntry[str]) -> None:
        readable = path.suffix.lower() in READABLE_SUFFIXES
        try:
            status = entry.stat()
        except OSError as exc:
            if readable:
                self._refuse(path, _unreadable(entry, exc))
            else:
                self._leave(path, "a link that leads nowhere")
            return
        if stat.S_ISDIR(status.st_mode):
            self._folder(path, status, link=entry.is_symlink())
        elif not readable:
            self._leave(path, "of no kind that can be read")
        elif not stat.S_ISREG(status.st_mode):
            self._refuse(path, "is no file but a pipe, a socket or a device")
        elif not status.st_size:
            self._leave(path, "empty")
        else:
            self.sources[path] = status.st_size

    def _folder(self, path: PurePosixPath, status: os.stat_result, *, link: bool) -> None:
        if _identity(status) == self._output:
            self._leave(path, "the output folder")
        elif not self.recursive:
            self._leave(path, "a folder; --recursive looks into it")
        else:
            (self._links if link else self._folders).append(path)

    def _leave(self, path: PurePosixPath, why: str) -> None:
        self.left_out.append(SkippedFile(naming.shown(str(path)), why))

    def _refuse(self, path: PurePosixPath, why: str) -> None:
        self.unreadable.append(SkippedFile(naming.shown(str(path)), why))


def _by_name(name: str, beside: set[str], *, in_output: bool) -> str:
    """Why a file of this name is no speech; empty if it may be one."""
    if name.startswith("."):
        return "hidden"
    if name.startswith("~$"):
        return "the lock of a word processor"
    if name == folder_settings.NAME:
        return "the folder's settings"
    if name in {f"{naming.REPORT}.json", f"{naming.REPORT}.csv"}:
        return "the report of a batch"
    if name.endswith(_TRANSCRIPT) and (in_output or _has_audio(name, beside)):
        return "the subtitles of a production"
    return ""


def _has_audio(name: str, beside: set[str]) -> bool:
    return any(name.removesuffix(_TRANSCRIPT) + suffix in beside for suffix in naming.SOUNDS)


def _unreadable(entry: os.DirEntry[str], exc: OSError) -> str:
    if entry.is_symlink():
        return "is a link that leads nowhere"
    return f"cannot be read: {exc.strerror or exc}"


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino
