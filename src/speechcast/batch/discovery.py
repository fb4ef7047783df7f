"""Discover the speeches in a folder, and why other files are skipped."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from .. import windows
from ..documents import READABLE_SUFFIXES
from ..errors import SourceError, explain_os_error
from ..files import is_inside
from ..messages import _, mark
from ..output_files import is_listening_page
from ..printable import printable
from ..subtitles.formats import registry
from . import folder_settings, naming

STATE_FOLDER = ".speechcast"  # the batch's records and locks, in the output folder
WORK_FOLDER = "work"  # inside it, the productions in progress
LINK_OUT = mark("is a link that leads out of the folder; --follow-links takes what it leads to")
_TRANSCRIPT = registry.SUBTITLE_SUFFIXES["txt"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechJob:
    """A speech of the batch and where its production goes.

    Attributes:
        source: The document.
        path: The path of the document from the batch's folder.
        folder: The folder of the production, from the output folder.
        name: The name of the production's files, without a suffix.
        size: The size of the document in bytes.
        track: Its number among the speeches of its folder, from 1; 0 if it has none.
    """

    source: Path
    path: PurePosixPath
    folder: PurePosixPath
    name: str
    size: int = 0
    track: int = 0

    @property
    def key(self) -> str:
        """The identifier of the production in the output folder: 24 hexadecimal digits."""
        path = naming.fold_path(str(self.folder / self.name))
        return hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:24]

    @property
    def display_path(self) -> str:
        """The path of the document, safe to print."""
        return printable(str(self.path))


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that is not made into a production, and the reason."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """What a folder holds.

    Attributes:
        jobs: The speeches.
        left_out: The files and folders that are skipped by rule.
        unreadable: What should be a speech by its name but cannot be read at all.
    """

    jobs: tuple[SpeechJob, ...]
    left_out: tuple[SkippedFile, ...] = ()
    unreadable: tuple[SkippedFile, ...] = ()


def discover(
    root: Path, output: Path | None = None, *, recursive: bool = False, follow_links: bool = False
) -> Discovery:
    """Find the speeches in a folder, and name their productions.

    They are in the order of their paths.

    Args:
        root: The folder of the speeches.
        output: The output folder if it is on this machine; it is not searched.
        recursive: Also search the folders inside, to any depth.
        follow_links: Also take what links lead to outside the folder.

    Raises:
        SourceError: `root` is not a folder, or cannot be opened.
    """
    require_root(root)
    walk = _Walk(root, output, recursive, follow_links)
    walk.run()
    sources = sorted(walk.sources, key=str)
    names, tracks = naming.assign_names(sources), naming.assign_tracks(sources)
    jobs = (
        SpeechJob(
            source=root / path,
            path=path,
            folder=path.parent,
            name=names[path],
            size=walk.sources[path],
            track=tracks[path],
        )
        for path in sources
    )
    return Discovery(tuple(jobs), _sorted(walk.left_out), _sorted(walk.unreadable))


def require_root(root: Path) -> None:
    """Raise SourceError unless `root` is a folder."""
    if not root.is_dir():
        message = (
            _("{folder} is a file; make it with: speechcast make")
            if root.exists()
            else _("{folder} does not exist; check the name")
        )
        raise SourceError(message.format(folder=root), root)


def _sorted(files: list[SkippedFile]) -> tuple[SkippedFile, ...]:
    return tuple(sorted(files, key=lambda f: f.path))


@dataclass
class _Walk:
    """A walk that enters every folder once.

    Real folders come first, then those behind links.
    """

    root: Path
    output: Path | None
    recursive: bool
    follow_links: bool
    sources: dict[PurePosixPath, int] = field(default_factory=dict)
    left_out: list[SkippedFile] = field(default_factory=list)
    unreadable: list[SkippedFile] = field(default_factory=list)
    _output_identity: tuple[int, int] | None = None
    _visited: dict[tuple[int, int], PurePosixPath] = field(default_factory=dict)
    _folders: deque[PurePosixPath] = field(default_factory=deque)
    _links: deque[PurePosixPath] = field(default_factory=deque)

    def run(self) -> None:
        """Fill `sources` (with sizes in bytes), `left_out` and `unreadable`."""
        if self.output and self.output.is_dir():
            self._output_identity = _identify(self.output)
        self._folders.append(PurePosixPath())
        while self._folders or self._links:
            self._enter_folder((self._folders or self._links).popleft())

    def _enter_folder(self, path: PurePosixPath) -> None:
        folder = self.root / path
        try:
            identity = _identify(folder)
            if identity in self._visited:
                same = printable(str(self._visited[identity]))
                reason = _("a link to {folder}, which is searched there").format(folder=same)
                self._leave_out(path, reason)
                return
            self._visited[identity] = path
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda e: e.name)
        except OSError as exc:
            reason = explain_os_error(exc)
            if not path.parts:
                raise SourceError(
                    _("{folder} cannot be opened: {reason}").format(folder=folder, reason=reason),
                    folder,
                ) from exc
            self._report_unreadable(path, _("cannot be opened: {reason}").format(reason=reason))
            return
        in_output = identity == self._output_identity
        siblings = {entry.name for entry in entries}
        for entry in entries:
            reason = _reason_to_skip(entry.name, siblings, in_output=in_output)
            if reason or _is_hidden(entry):
                self._leave_out(path / entry.name, reason or _("hidden"))
            else:
                self._sort_entry(path / entry.name, entry)

    def _sort_entry(self, path: PurePosixPath, entry: os.DirEntry[str]) -> None:
        """Put a file into its list, or a folder into its queue."""
        readable = path.suffix.lower() in READABLE_SUFFIXES
        try:
            status = entry.stat()
        except OSError as exc:
            if readable or entry.is_dir(follow_symlinks=False):
                self._report_unreadable(path, _describe_read_error(entry, exc))
            elif entry.is_symlink():
                self._leave_out(path, _("a link to nothing"))
            else:
                self._leave_out(path, _("not a kind of document that can be read"))
            return
        if stat.S_ISDIR(status.st_mode):
            self._sort_folder(path, link=_is_link(entry))
        elif not readable:
            self._leave_out(path, _("not a kind of document that can be read"))
        elif entry.is_symlink() and self._leads_out(path):
            self._report_unreadable(path, _(LINK_OUT))
        elif not stat.S_ISREG(status.st_mode):
            self._report_unreadable(path, _("is a pipe, a socket or a device, not a file"))
        elif not status.st_size:
            self._leave_out(path, _("empty"))
        elif is_listening_page(self.root / path):
            self._leave_out(path, _("the page of a production"))
        else:
            self.sources[path] = status.st_size

    def _sort_folder(self, path: PurePosixPath, *, link: bool) -> None:
        if self._output_identity and _identify(self.root / path) == self._output_identity:
            self._leave_out(path, _("the output folder"))
        elif not self.recursive:
            self._leave_out(path, _("a folder; --recursive includes it"))
        elif link and self._leads_out(path):
            self._report_unreadable(path, _(LINK_OUT))
        else:
            (self._links if link else self._folders).append(path)

    def _leads_out(self, path: PurePosixPath) -> bool:
        """Return whether a link leads out of the folder although it must not."""
        return not (self.follow_links or is_inside(self.root / path, self.root))

    def _leave_out(self, path: PurePosixPath, reason: str) -> None:
        self.left_out.append(SkippedFile(printable(str(path)), reason))

    def _report_unreadable(self, path: PurePosixPath, reason: str) -> None:
        self.unreadable.append(SkippedFile(printable(str(path)), reason))


def _reason_to_skip(name: str, siblings: set[str], *, in_output: bool) -> str:
    """Return why a file of this name is skipped, or "".

    Args:
        siblings: The names of all files in its folder.
        in_output: Whether that folder is the output folder.
    """
    if name.startswith("."):
        return _("hidden")
    if name.startswith("~$"):
        return _("the lock file of a word processor")
    if name == folder_settings.SETTINGS_FILE:
        return _("the settings of the folder")
    if name in naming.REPORT_FILES:
        return _("the report of a batch")
    if name.endswith(_TRANSCRIPT) and (in_output or _has_audio(name, siblings)):
        return _("the subtitles of a production")
    return ""


def _has_audio(name: str, siblings: set[str]) -> bool:
    """Return whether audio of the same production lies beside a transcript."""
    stem = name.removesuffix(_TRANSCRIPT)
    return any(stem + suffix in siblings for suffix in naming.SOUND_SUFFIXES)


def _describe_read_error(entry: os.DirEntry[str], exc: OSError) -> str:
    if entry.is_symlink() and not isinstance(exc, PermissionError):
        return _("is a link to nothing")
    return _("cannot be read: {reason}").format(reason=explain_os_error(exc))


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    """Return whether the system hides a file, whatever its name; only Windows does."""
    try:
        return windows.has_hidden_flag(entry.stat(follow_symlinks=False))
    except OSError:
        return False


def _is_link(entry: os.DirEntry[str]) -> bool:
    """Return whether a folder is a link, or a junction of Windows, which leads elsewhere, too."""
    return entry.is_symlink() or windows.is_junction(entry.stat(follow_symlinks=False))


def _identify(folder: Path) -> tuple[int, int]:
    """Return the device and inode numbers that identify a folder.

    They are not those of `DirEntry.stat`, which are 0 on Windows.

    Raises:
        OSError: It cannot be looked at.
    """
    status = folder.stat()
    return status.st_dev, status.st_ino
