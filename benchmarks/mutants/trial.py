"""Run the tests of a module in a copy of the tree, in a fork of this process.

This process has imported what the tests import of other people's packages, but nothing of ours: a
fork imports our modules from the copy, mutant and all, in a fraction of a new interpreter's time.
"""

from __future__ import annotations

import importlib
import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from enum import Enum
from importlib.util import cache_from_source
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).parents[2]
PROFILE = "mutants"
EXAMPLES = 40  # of a property; four in ten of what the tests draw
# Of a mutant: a loop that never ends may also collect, which must not take the machine along.
MEMORY_LIMIT = 4 << 30
_POLL = 0.02
_NOT_COPIED = (".git", ".venv", ".mypy_cache", ".ruff_cache", ".hypothesis", "build", "dist")


class Outcome(Enum):
    """How the tests of a mutant ended."""

    CAUGHT = "caught"
    TIMED_OUT = "did not end"
    LIVED = "lived"


class Copy:
    """A copy of the tree in which modules may be changed.

    Args:
        folder: Where the copy is made.
    """

    def __init__(self, folder: Path) -> None:
        self.tree = folder / "tree"
        self.log = folder / "log"
        self.imports = folder / "imports"
        self.store = folder / "clips"
        shutil.copytree(ROOT, self.tree, ignore=shutil.ignore_patterns(*_NOT_COPIED))

    def try_mutant(self, path: str, code: str, tests: Sequence[str], limit: float) -> Outcome:
        """Return how the tests end while a file holds `code`; they have `limit` seconds."""
        file = self.tree / path
        source = file.read_bytes()
        file.write_text(code, "utf-8")
        # It is named after the second of the last change; two mutants may share one.
        Path(cache_from_source(str(file))).unlink(missing_ok=True)
        try:
            return self.run_tests(tests, limit)
        finally:
            file.write_bytes(source)

    def run_tests(self, tests: Sequence[str], limit: float) -> Outcome:
        """Return how the tests of the tree as it is end; they have `limit` seconds."""
        pid = os.fork()
        if not pid:
            self._become_the_tests(tests)
        status = _wait(pid, limit)
        if status is None:
            return Outcome.TIMED_OUT
        return Outcome.LIVED if status == 0 else Outcome.CAUGHT

    def _become_the_tests(self, tests: Sequence[str]) -> None:
        """Run the tests in the process that calls this, and end it."""
        code = 1
        try:
            os.setsid()
            resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_LIMIT, MEMORY_LIMIT))
            with self.log.open("wb") as log:
                os.dup2(log.fileno(), 1)
                os.dup2(log.fileno(), 2)
            os.chdir(self.tree)
            source = str(self.tree / "src")
            sys.path[:0] = [source, str(self.tree)]
            os.environ |= {"PYTHONPATH": source, "SPEECHCAST_CACHE": str(self.store)}
            options = ["-x", "--doctest-modules", "-m", "not slow", "-p", "no:cacheprovider"]
            options += ["--assert=plain"]  # nobody reads why one fails
            code = pytest.main([*options, f"--hypothesis-profile={PROFILE}", *tests])
            self.imports.write_text("\n".join(self._foreign_modules()), "utf-8")
        finally:
            os._exit(code)

    def _foreign_modules(self) -> Iterable[str]:
        """Yield the names of the modules that are not in the copy."""
        for name, module in list(sys.modules.items()):
            file = getattr(module, "__file__", None) or ""
            if file and not file.startswith((str(self.tree), str(ROOT))):
                yield name

    def preload(self) -> None:
        """Import what the last tests imported of other packages, with jieba its dictionary."""
        names = self.imports.read_text("utf-8").splitlines()
        for name in names:
            with suppress(Exception):
                importlib.import_module(name)
        if "jieba" in names:
            importlib.import_module("jieba").initialize()


def prepare_forks() -> None:
    """Settle what every fork of this process shares.

    A property draws the same few examples every time, none is kept for the next mutant, and a
    failing one is not made smaller.
    """
    sys.dont_write_bytecode = True
    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    hypothesis.settings.register_profile(
        PROFILE,
        derandomize=True,
        database=None,
        deadline=None,
        phases=phases,
        max_examples=EXAMPLES,
    )


def _wait(pid: int, limit: float) -> int | None:
    """Return a process's exit status; end it and all it started after `limit` seconds."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            _end_group(pid)
            return os.waitstatus_to_exitcode(status)
        time.sleep(_POLL)
    _end_group(pid)
    os.waitpid(pid, 0)
    return None


def _end_group(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
