"""The clip store: what was recorded once is not recorded again.

An entry is one file, `ab/abcd….clip`, named by its key; a file's time of change is when it was
last used. It holds

    magic      with the format's number
    digest     SHA-256 of the key and all that follows
    header     one line of JSON: the rate, and each token's span
    samples    the steps from one to the next, low bytes before high ones, deflated

so an entry is whole and the one asked for, or it counts for nothing. Nobody locks anything: files
appear by a rename, and whoever finds one gone does without.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import Clip, Span, Utterance, Voice

FORMAT = 1  # to be raised when the same key would stand for another sound, or an entry changes
LIMIT = 2_000_000_000  # bytes; about fifteen hours of speech
SLACK = 10  # the store is pruned to its limit less one part in so many, and not at every put

_MAGIC = f"speechcast clip {FORMAT}\n".encode()
_DIGEST = hashlib.sha256().digest_size
_FOLDER = re.compile(r"[0-9a-f]{2}")
_FILE = re.compile(r"[0-9a-f]{64}\.(clip|\w+\.part)", re.ASCII)


class CacheSummary(NamedTuple):
    """Entries, together: how many, how many bytes, when the oldest was last used.

    `oldest` is in seconds since the epoch, None where there are no entries.
    """

    entries: int
    size: int
    oldest: float | None


class ClipCache:
    """Clips in a folder, for any number of threads and processes at once.

    It never grows beyond `limit` bytes for long: the least recently used entries go. No method
    raises for what is wrong on the disk; `trouble` says why a clip could not be kept.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self.folder = folder
        self.limit = limit
        self._room = 0  # bytes that may be put until the folder is looked through again
        self._pruning = threading.Lock()
        self._trouble: str | None = None

    @property
    def write_error(self) -> str | None:
        """Why the first clip that could not be kept was not, in one line; None if all were."""
        return self._trouble

    @staticmethod
    def key(line: Utterance, voice: Voice, maker: str) -> str:
        """What decides the sound of the line in this voice, as 64 hexadecimal digits.

        `maker` is the engine's name and version, and those of any model it speaks with.
        """
        spoken = [[token.spoken, *token.pinyin] for token in line.tokens]
        manner = [voice.engine, voice.voice, voice.rate, voice.pitch]  # the volume is set later
        return hashlib.sha256(json.dumps([FORMAT, maker, manner, spoken]).encode()).hexdigest()

    def get(self, key: str, tokens: int) -> Clip | None:
        """The clip kept under `key`, with a span for each of so many tokens, or None.

        A damaged entry is removed.
        """
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        clip = _unpacked(key, data)
        with contextlib.suppress(OSError):
            if clip is None or len(clip.spans) != tokens:
                path.unlink()
                return None
            os.utime(path)
        return clip

    def put(self, key: str, clip: Clip) -> None:
        """Keep the clip under `key`; where that cannot be, `trouble` says why."""
        data = _packed(key, clip)
        try:
            _write(self._path(key), data)
        except OSError as exc:
            self._trouble = self._trouble or (
                f"clips cannot be kept in {self.folder} ({exc.strerror or exc}); "
                f"make room there, or set SPEECHCAST_CACHE to another folder"
            )
        else:
            self._make_room(len(data))

    def summary(self) -> CacheSummary:
        """What the store holds."""
        return _summary(list(self._entries()))

    def prune(self, limit: int) -> CacheSummary:
        """Remove the least recently used entries until `limit` bytes are left; what went."""
        entries = sorted(self._entries(), key=lambda e: e.last_used)
        excess = sum(e.size for e in entries) - limit
        doomed = []
        for entry in entries:
            if excess <= 0:
                break
            doomed.append(entry)
            excess -= entry.size
        return _remove(doomed)

    def clear(self) -> CacheSummary:
        """Remove every entry; what went.

        Its folders stay, for another process may just now be writing into one.
        """
        return _remove(self._entries())

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.clip"

    def _make_room(self, put: int) -> None:
        """Prune if it is time to: so many bytes more were put, others put theirs as well."""
        with self._pruning:
            self._room -= put
            if self._room >= 0:
                return
            slack = self.limit // SLACK
            free = self.limit - self.summary().size
            if free < 0:
                self.prune(self.limit - slack)
                free = slack
            self._room = min(free, slack)

    def _entries(self) -> Iterator[_Entry]:
        """Every entry, and what a killed process left half-written; nothing of anyone else's."""
        for folder in self._folders():
            for file in _listed(folder):
                if not _FILE.fullmatch(file.name) or not file.name.startswith(folder.name):
                    continue
                with contextlib.suppress(OSError):
                    if file.is_file(follow_symlinks=False):
                        stat = file.stat(follow_symlinks=False)
                        yield _Entry(Path(file.path), stat.st_size, stat.st_mtime)

    def _folders(self) -> Iterator[Path]:
        for folder in _listed(self.folder):
            if _FOLDER.fullmatch(folder.name) and folder.is_dir(follow_symlinks=False):
                yield Path(folder.path)


def default_folder() -> Path:
    """Where clips are kept: `$SPEECHCAST_CACHE`, or `clips` in the user's cache folder."""
    if chosen := os.environ.get("SPEECHCAST_CACHE"):
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("speechcast") / "clips"


class _Entry(NamedTuple):
    path: Path
    size: int
    last_used: float


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    """What is in the folder; nothing, if it is none or cannot be looked into."""
    try:
        with os.scandir(folder) as files:
            return list(files)
    except OSError:
        return []


def _remove(entries: Iterable[_Entry]) -> CacheSummary:
    """Remove the entries; those that went by our hand."""
    removed = []
    for entry in entries:
        with contextlib.suppress(OSError):
            entry.path.unlink()
            removed.append(entry)
    return _summary(removed)


def _summary(entries: Sequence[_Entry]) -> CacheSummary:
    oldest = min((e.last_used for e in entries), default=None)
    return CacheSummary(len(entries), sum(e.size for e in entries), oldest)


def _write(path: Path, data: bytes) -> None:
    """The whole file under its name, or none. Raises OSError.

    It is not flushed to the disk: what a power cut spoils, the digest tells.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):  # the store was cleared meanwhile
        handle, name = tempfile.mkstemp(".part", f"{path.stem}.", path.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _packed(key: str, clip: Clip) -> bytes:
    """The clip as an entry."""
    # `default`: an engine may count in numpy's integers
    header = json.dumps({"rate": clip.rate, "spans": clip.spans}, default=int)
    content = header.encode() + b"\n" + _deflated(clip.samples)
    return _MAGIC + _digest(key, content) + content


def _unpacked(key: str, data: bytes) -> Clip | None:
    """The clip of an entry, None if it is damaged or another's."""
    content = data[len(_MAGIC) + _DIGEST :]
    if data != _MAGIC + _digest(key, content) + content:
        return None
    head, _, body = content.partition(b"\n")
    try:
        header = json.loads(head)
        spans = tuple(None if s is None else Span(*s) for s in header["spans"])
        return Clip(_inflated(body), header["rate"], spans)
    except (ValueError, TypeError, LookupError, zlib.error):
        return None


def _digest(key: str, content: bytes) -> bytes:
    return hashlib.sha256(key.encode() + content).digest()


def _deflated(samples: NDArray[np.int16]) -> bytes:
    """Speech moves in small steps, so the high bytes of the steps are nearly all alike.

    Runs are all the repetition there is to find: to look for more takes longer and finds none.
    """
    steps = np.diff(samples, prepend=np.int16(0))
    planes = steps.astype("<i2").view(np.uint8).reshape(-1, 2).T
    deflate = zlib.compressobj(strategy=zlib.Z_RLE)
    return deflate.compress(planes.tobytes()) + deflate.flush()


def _inflated(data: bytes) -> NDArray[np.int16]:
    planes = np.frombuffer(zlib.decompress(data), np.uint8).reshape(2, -1)
    steps = planes.T.copy().view("<i2").ravel()
    return np.cumsum(steps, dtype=np.int16)
