"""Who may have a model's files, and how to ask: each by its own well-known client.

A client honours its user's settings (index, registry, mirror, proxy), so no address stands here.
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
from pathlib import Path
from typing import IO, Protocol

from ..progress import ProgressCallback, Step

STALLED = 20.0  # seconds a source may bring nothing before it is given up
_LOOK = 0.1  # seconds between two looks at how far it is


class Source(Protocol):
    """Somebody who may have the files."""

    @property
    def name(self) -> str:
        """What to call it in a message."""

    @property
    def recipe(self) -> str:
        """The command a person would give to have the files in a folder."""

    def command(self, into: Path) -> list[str] | None:
        """The client's command that fetches into the folder; None if no client is installed."""


@dataclass(frozen=True, slots=True)
class PyPI:
    """Packages of the Python index the user's pip is set to."""

    packages: tuple[str, ...]

    @property
    def name(self) -> str:
        return "pip"

    @property
    def recipe(self) -> str:
        return f"pip download --no-deps {' '.join(self.packages)}"

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

    @property
    def recipe(self) -> str:
        return f"npm pack {self.package}"

    def command(self, into: Path) -> list[str] | None:
        client = shutil.which("npm") or shutil.which("npm", path=str(Path(sys.executable).parent))
        if client is None:
            return None
        options = "--loglevel=error --logs-max=0 --fetch-retries=0 --fetch-timeout=15000".split()
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

    @property
    def recipe(self) -> str:
        return f"hf download --local-dir . {self.repository} {' '.join(self.files)}"

    def command(self, into: Path) -> list[str] | None:
        client = [sys.executable, "-m", "huggingface_hub.cli.hf", "download", "--quiet"]
        return [*client, self.repository, *self.files, "--local-dir", str(into)]


def run_client(source: Source, into: Path, what: str, size: int, report: ProgressCallback) -> str | None:
    """Have the source's client fetch `what`, of about `size` bytes, into the folder.

    Returns None when it ended well, else what went wrong, in a few words.
    """
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
        step = Step(f"{what} by {source.name}", 0, size, format_megabytes(size))
        try:
            stalled = not _watch(process, into, step, report)
        finally:
            process.kill()
            process.wait()
        if stalled:
            return f"no answer for {STALLED:.0f} seconds"
        if process.returncode:
            return _complaint(log)
        report(replace(step, done=size))
        return None


def _watch(
    process: subprocess.Popen[bytes], into: Path, step: Step, report: ProgressCallback
) -> bool:
    """Report how much has come until the client ends; False if nothing came for too long."""
    seen, since = -1, time.monotonic()
    while process.poll() is None:
        here = sum(size for _, size in list_files(into))
        if here != seen:
            seen, since = here, time.monotonic()
            report(replace(step, done=min(here, step.total)))
        elif time.monotonic() - since > STALLED:
            return False
        time.sleep(_LOOK)
    return True


def _complaint(log: IO[bytes]) -> str:
    """What the client said last, in one short line."""
    log.seek(0)
    said = [line.strip() for line in log.read().decode(errors="replace").splitlines()]
    return next((line[:120] for line in reversed(said) if line), "failed without a word")


def _pip() -> list[str] | None:
    """The command of the pip at hand: this interpreter's, or one on the path."""
    from importlib.util import find_spec

    if find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    if found := shutil.which("pip3") or shutil.which("pip"):
        return [found]
    return [uvx, "pip"] if (uvx := shutil.which("uvx")) else None


def list_files(folder: Path) -> Iterator[tuple[Path, int]]:
    """Every file anywhere in the folder, with its size; what vanishes meanwhile is left out."""
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            if path.is_file():
                yield path, path.stat().st_size


def format_megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
