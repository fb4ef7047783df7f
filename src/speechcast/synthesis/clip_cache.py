"""The clip cache: what was recorded once is not recorded again.

An entry is one file, `ab/abcd….clip`, named by its key; its modification time is when it was last
used. Its content shows whether it is complete and belongs to its key (see `clip_entry`). Nothing is
locked: files appear by a rename, and a reader that no longer finds an entry goes on without it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..errors import explain_os_error
from ..files import atomic_write
from ..messages import _
from ..model import Clip, Utterance, Voice
from .clip_entry import FORMAT, pack, unpack

LIMIT = 2_000_000_000  # bytes; about fifteen hours of speech
PRUNED_PART = 10  # pruning frees 1/PRUNED_PART of the limit, so that not every `put` prunes

_FOLDER = re.compile(r"[0-9a-f]{2}")
_FILE = re.compile(r"[0-9a-f]{64}\.(clip|\w+\.part)", re.ASCII)
_MARKER = Clip(np.zeros(0, np.int16), 1, ())  # the content of an entry that only marks its key


class CacheSummary(NamedTuple):
    """Several entries, summed up.

    Attributes:
        entries: How many there are.
        size: Their size, in bytes.
        oldest: When the least recently used one was last used, in seconds since the epoch; None
            where there are no entries.
    """

    entries: int
    size: int
    oldest: float | None


class ClipCache:
    """Clips in a folder, for several threads and processes at once.

    The folder never stays larger than `limit` bytes for long: the least recently used entries are
    removed. No method raises an exception for a problem with the disk; `write_error` says why a
    clip could not be stored.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        """Use the cache in `folder`, which the first stored clip creates."""
        self.folder = folder
        self.limit = limit
        self._free = 0  # bytes that may be stored until the size of the folder is computed again
        self._pruning = threading.Lock()
        self._write_error: str | None = None

    @property
    def write_error(self) -> str | None:
        """Why the first clip failed to be stored; None if none did."""
        return self._write_error

    @staticmethod
    def key(utterance: Utterance, voice: Voice, sound_version: str) -> str:
        """Return what decides the sound of an utterance, as 64 hexadecimal digits.

        Args:
            utterance: What is spoken.
            voice: The voice that speaks it. Its volume is not part of the key: the loudness of a
                production is set later.
            sound_version: The name and version of the engine, and of any model it uses.
        """
        spoken = [[token.spoken, *token.pinyin] for token in utterance.tokens]
        manner = [voice.engine, voice.voice, voice.rate, voice.pitch]
        content = [FORMAT, sound_version, manner, spoken]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    def get(self, key: str, token_count: int) -> Clip | None:
        """Return the clip stored under `key`, or None.

        A damaged entry is removed, and so is one whose spans are not `token_count`.
        """
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        clip = unpack(key, data)
        with contextlib.suppress(OSError):
            if clip is None or len(clip.spans) != token_count:
                path.unlink()
                return None
            os.utime(path)
        return clip

    def holds(self, key: str) -> bool:
        """Return whether there is an entry under `key`; it may turn out to be damaged."""
        # Asked of every sentence of a speech: building a path of parts takes longer than looking.
        path = f"{self.folder}{os.sep}{key[:2]}{os.sep}{key}.clip"
        return os.path.isfile(path)  # noqa: PTH113

    def put(self, key: str, clip: Clip) -> None:
        """Store the clip under `key`; where that fails, `write_error` says why."""
        data = pack(key, clip)
        try:
            _write(self._path(key), data)
        except OSError as exc:
            self._write_error = self._write_error or (
                _(
                    "clips cannot be kept in {folder} ({strerror}); make room there, or set "
                    "SPEECHCAST_CACHE to another folder"
                ).format(folder=self.folder, strerror=explain_os_error(exc))
            )
        else:
            self._prune_if_due(len(data))

    def discard(self, key: str) -> None:
        """Remove the clip under `key`, which turned out not to be its utterance."""
        with contextlib.suppress(OSError):
            self._path(key).unlink(missing_ok=True)

    def accept(self, key: str) -> None:
        """Note that the clip under `key` is accepted despite its length."""
        self.put(_acceptance_key(key), _MARKER)

    def is_accepted(self, key: str) -> bool:
        """Return whether `accept` was called for `key`, by any process."""
        return self.get(_acceptance_key(key), 0) is not None

    def summary(self) -> CacheSummary:
        """Return how much the cache holds."""
        return _summarize(list(self._entries()))

    def prune(self, limit: int) -> CacheSummary:
        """Remove the least recently used entries until `limit` bytes are left.

        Returns:
            What was removed.
        """
        entries = sorted(self._entries(), key=lambda entry: entry.last_used)
        excess = sum(entry.size for entry in entries) - limit
        doomed = []
        for entry in entries:
            if excess <= 0:
                break
            doomed.append(entry)
            excess -= entry.size
        return _remove(doomed)

    def clear(self) -> CacheSummary:
        """Remove every entry; keep the folders, which other processes may use.

        Returns:
            What was removed.
        """
        return _remove(self._entries())

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.clip"

    def _prune_if_due(self, stored: int) -> None:
        """Prune if the folder may be full, after `stored` more bytes.

        Other processes store clips as well, so the size of the folder is computed anew before long.
        """
        with self._pruning:
            self._free -= stored
            if self._free >= 0:
                return
            slack = self.limit // PRUNED_PART
            free = self.limit - self.summary().size
            if free < 0:
                self.prune(self.limit - slack)
                free = slack
            self._free = min(free, slack)

    def _entries(self) -> Iterator[_Entry]:
        """Yield every entry and every half-written file, but no other files."""
        for folder in self._folders():
            for file in _list_folder(folder):
                if not _FILE.fullmatch(file.name) or not file.name.startswith(folder.name):
                    continue
                with contextlib.suppress(OSError):
                    if file.is_file(follow_symlinks=False):
                        stat = file.stat(follow_symlinks=False)
                        yield _Entry(Path(file.path), stat.st_size, stat.st_mtime)

    def _folders(self) -> Iterator[Path]:
        for folder in _list_folder(self.folder):
            if _FOLDER.fullmatch(folder.name) and folder.is_dir(follow_symlinks=False):
                yield Path(folder.path)


def default_folder() -> Path:
    """Return the user's cache: `$SPEECHCAST_CACHE`, or `clips` in the user's cache folder."""
    if chosen := os.environ.get("SPEECHCAST_CACHE"):
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("speechcast") / "clips"


class _Entry(NamedTuple):
    path: Path
    size: int  # bytes
    last_used: float  # seconds since the epoch


def _list_folder(folder: Path) -> list[os.DirEntry[str]]:
    """Return the content of a folder; nothing if it cannot be read."""
    with contextlib.suppress(OSError), os.scandir(folder) as files:
        return list(files)
    return []


def _remove(entries: Iterable[_Entry]) -> CacheSummary:
    """Remove the entries; sum up those that this call removed."""
    removed = []
    for entry in entries:
        with contextlib.suppress(OSError):
            entry.path.unlink()
            removed.append(entry)
    return _summarize(removed)


def _summarize(entries: Sequence[_Entry]) -> CacheSummary:
    oldest = min((entry.last_used for entry in entries), default=None)
    return CacheSummary(len(entries), sum(entry.size for entry in entries), oldest)


def _write(path: Path, data: bytes) -> None:
    """Write the whole file under its name, or nothing.

    It is not flushed to the disk: a file damaged by a power cut is recognised by its digest.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):  # the folder was removed meanwhile
        atomic_write(path, data, durable=False, private=True)


def _acceptance_key(key: str) -> str:
    """Return the key of the entry that marks a clip as accepted."""
    return hashlib.sha256(f"{key} accepted".encode()).hexdigest()
