"""Let the n-th step of a command on the disk fail, or the process die there.

A step is a call that changes something below one folder: the opening of a file for writing, a
write, a flush to the disk, a rename, the creation or removal of a file or folder. Only Python's
own calls are counted. What FFmpeg writes is met by a limit to the size of files instead.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from speechcast.cli import main

KILLED = 137  # the exit code of a child that a fault killed
_BY_PATH = ("mkdir", "remove", "rename", "replace", "rmdir", "unlink")


class Fault(NamedTuple):
    """What happens at which step, counted from 1: an `errno`, or None to kill the process."""

    step: int
    error: int | None


class Outcome(NamedTuple):
    """How a command ended.

    Attributes:
        code: Its exit code; KILLED if the fault killed it.
        errors: What it wrote to standard error.
        steps: How many steps it took, or would have taken up to the fault.
    """

    code: int
    errors: str
    steps: int


def run_with_fault(arguments: list[str], folder: Path, fault: Fault) -> Outcome:
    """Run a command in a forked child whose steps below `folder` meet the fault."""
    return _run_forked(arguments, lambda: _Steps(folder, fault))


def run_with_size_limit(arguments: list[str], limit: int) -> Outcome:
    """Run a command in a forked child that cannot write files of more than `limit` bytes."""

    def set_limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

    return _run_forked(arguments, set_limit)


def _run_forked(arguments: list[str], prepare: Callable[[], _Steps | None]) -> Outcome:
    reader, writer = os.pipe()  # a file could be met by the fault itself
    with tempfile.TemporaryFile("w+b") as count, os.fdopen(reader, encoding="utf-8") as errors:
        child = os.fork()
        if not child:
            _be_the_child(arguments, prepare, writer, count)
        os.close(writer)
        text = errors.read()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        count.seek(0)
        return Outcome(code, text, len(count.read()))


def _be_the_child(
    arguments: list[str],
    prepare: Callable[[], _Steps | None],
    errors: int,
    count: IO[bytes],
) -> None:
    """Run the command, and never return."""
    code = 99
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(errors, 2)
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False)))
        sys.stderr = io.TextIOWrapper(io.BufferedWriter(io.FileIO(2, "w", closefd=False)))
        sys.argv = ["speechcast", *arguments]
        steps = prepare()
        if steps:
            steps.watch(count.fileno())
        main()
    except SystemExit as exc:
        code = exc.code if isinstance(exc.code, int) else 98
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.flush()
        os._exit(code)


class _Steps:
    """Counts the steps below a folder, and lets one of them fail."""

    def __init__(self, folder: Path, fault: Fault) -> None:
        self._folder = os.fspath(folder)
        self._fault = fault
        self._count = 0
        self._report = -1

    def watch(self, report: int) -> None:
        """Begin to count; every step adds a byte to the file with the handle `report`."""
        self._report = report
        for name in _BY_PATH:
            self._wrap(name, lambda args, options: self._is_inside(args[0], options))
        self._wrap("fsync", lambda _, __: True)
        self._wrap("open", lambda args, _: self._is_inside(args[0]) and _writes(args[1]))
        builtins.open = io.open = self._open(io.open)

    def take(self) -> None:
        """Count a step; it fails if its turn has come."""
        self._count += 1
        os.write(self._report, b".")
        if self._count != self._fault.step:
            return
        if self._fault.error is None:
            os._exit(KILLED)
        raise OSError(self._fault.error, os.strerror(self._fault.error))

    def _wrap(self, name: str, counts: Callable[[Any, Any], bool]) -> None:
        function = getattr(os, name)

        def counted(*args: Any, **kwargs: Any) -> Any:
            if counts(args, kwargs):
                self.take()
            return function(*args, **kwargs)

        setattr(os, name, counted)

    def _open(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
            if not self._is_inside(file) or mode not in {"wb", "w+b", "xb", "ab"}:
                return function(file, mode, *args, **kwargs)
            self.take()
            raw = _CountedFile(file, mode.replace("b", ""), opener=kwargs.get("opener"))
            raw.take = self.take
            return io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)

        return counted

    def _is_inside(self, file: Any, options: dict[str, Any] | None = None) -> bool:
        """Return whether a path is below the folder; one relative to a handle always is."""
        if isinstance(file, int):
            file = Path(f"/proc/self/fd/{file}").readlink()
        return bool(options and options.get("dir_fd")) or os.fspath(file).startswith(self._folder)


class _CountedFile(io.FileIO):
    """A file of which every write is a step."""

    take: Callable[[], None]

    def write(self, data: Any) -> int:
        self.take()
        return super().write(data)


def _writes(flags: int) -> bool:
    return bool(flags & (os.O_WRONLY | os.O_RDWR))


def every_fault(
    arguments: list[str], folder: Path, error: int | None, reset: Callable[[], None]
) -> Iterator[Outcome]:
    """Run a command again and again, and let one step more succeed each time.

    Args:
        arguments: The command.
        folder: Where the steps are counted.
        error: What the fault is; see `Fault`.
        reset: Called before each run.

    Yields:
        How each run ended; the last one meets no fault.
    """
    step = 0
    while True:
        step += 1
        reset()
        outcome = run_with_fault(arguments, folder, Fault(step, error))
        yield outcome
        if outcome.steps < step:
            return


def copy_tree(source: Path, target: Path) -> None:
    """Make `target` a copy of `source`, which may be missing."""
    shutil.rmtree(target, ignore_errors=True)
    if source.exists():
        shutil.copytree(source, target)


def warm_up(arguments: list[str]) -> None:
    """Run a command here, so that the children find everything imported and cached."""
    with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
        sys.argv = ["speechcast", *arguments]
        with contextlib.suppress(SystemExit):
            main()
