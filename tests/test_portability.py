"""What would not even start on Windows: modules and functions that only POSIX systems have."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "speechcast"
WORKFLOW = ROOT / ".github" / "workflows" / "tests.yml"

POSIX_MODULES = {"curses", "fcntl", "grp", "posix", "pty", "pwd", "resource", "termios", "tty"}
POSIX_NAMES = {
    *("SIGHUP", "SIGKILL", "SIGUSR1", "SIGALRM", "SIGPIPE", "SIGCHLD", "alarm", "setitimer"),
    *("fork", "forkpty", "getuid", "geteuid", "getgid", "killpg", "mkfifo", "mknod", "nice"),
    *("sched_getaffinity", "sched_setaffinity", "setsid", "statvfs", "uname", "wait3", "sendfile"),
    *("fchmod", "chown", "getpgid", "setrlimit", "pread", "pwrite", "get_blocking"),
}
GUARDED = {"sched_getaffinity", "sched_setaffinity"}  # behind `hasattr`
FLOCK = ("delivery.py", "fcntl")  # inside a function that runs elsewhere only


def parse(paths: Iterator[Path]) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(paths):
        yield path.name, ast.parse(path.read_text("utf-8"))


def imported(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom) and not node.level:
        return {(node.module or "").partition(".")[0]}
    return set()


def test_the_program_imports_nothing_that_windows_does_not_have() -> None:
    found = {
        (name, module)
        for name, tree in parse(PACKAGE.rglob("*.py"))
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt)
        for module in imported(node) & POSIX_MODULES
    }
    assert found == {FLOCK}


def test_the_program_calls_nothing_that_windows_does_not_have() -> None:
    found = {
        (name, node.attr)
        for name, tree in parse(PACKAGE.rglob("*.py"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in {"os", "signal"}
        and node.attr in POSIX_NAMES
    }
    assert {attribute for _name, attribute in found} <= GUARDED


def list_text_calls(tree: ast.Module) -> Iterator[ast.Call]:
    """Yield the calls that read or write text without a word on its encoding."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        keywords = {keyword.arg: keyword.value for keyword in node.keywords}
        if keywords.keys() & {"encoding", "errors"}:
            continue
        if (
            (name == "read_text" and not node.args and isinstance(function, ast.Attribute))
            or name == "write_text"
            or (name in {"run", "Popen"} and "text" in keywords)
        ):
            yield node


def test_no_text_is_in_the_encoding_of_the_system() -> None:
    found = [
        f"{name}:{call.lineno}"
        for name, tree in parse(PACKAGE.rglob("*.py"))
        for call in list_text_calls(tree)
    ]
    assert found == []


def names_at_import(tree: ast.Module) -> Iterator[str]:
    """Yield the names that are looked up when a module of tests is imported."""
    for node in tree.body:
        parts: list[ast.AST] = [node]
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            parts = [*node.decorator_list, *node.args.defaults]
        elif isinstance(node, ast.ClassDef):
            parts = list(node.decorator_list)
        for part in parts:
            for inner in ast.walk(part):
                if isinstance(inner, ast.Attribute):
                    yield inner.attr


def is_skipped(tree: ast.Module) -> bool:
    """Return whether a module of tests skips itself before it imports what Windows lacks."""
    for node in tree.body:
        if isinstance(node, ast.If) and "allow_module_level" in ast.dump(node):
            return True
        if isinstance(node, ast.stmt) and imported(node) & POSIX_MODULES:
            return False
    return False


SKIPPED_WITH_THEIR_TESTS = {"faults.py"}


def test_every_module_of_tests_can_be_imported_on_windows() -> None:
    found = [
        (name, word)
        for name, tree in parse(path for path in (ROOT / "tests").rglob("*.py"))
        if not is_skipped(tree) and name not in SKIPPED_WITH_THEIR_TESTS
        for word in [
            *(module for node in tree.body for module in imported(node) & POSIX_MODULES),
            *(attribute for attribute in names_at_import(tree) if attribute in POSIX_NAMES),
        ]
    ]
    assert found == []


@pytest.fixture(scope="module")
def tests_job() -> dict[str, object]:
    jobs = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]
    job: dict[str, object] = jobs["tests"]
    return job


def test_the_workflow_has_every_system_and_every_python(tests_job: dict[str, object]) -> None:
    strategy = tests_job["strategy"]
    assert isinstance(strategy, dict)
    systems = {name.partition("-")[0] for name in strategy["matrix"]["system"]}
    assert systems == {"ubuntu", "macos", "windows"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    oldest = project["requires-python"].removeprefix(">=")
    assert strategy["matrix"]["python"] == [oldest, "3.12", "3.13", "3.14"]


def test_the_workflow_needs_nothing_that_windows_does_not_have(
    tests_job: dict[str, object],
) -> None:
    steps = tests_job["steps"]
    assert isinstance(steps, list)
    commands = [step["run"] for step in steps if "run" in step]
    assert all(command.startswith("python -m ") for command in commands)
    assert not any("\n" in command or "'" in command for command in commands)
    assert any("pytest" in command for command in commands)
    assert {"make", "check"} <= {
        command.split()[3] for command in commands if "speechcast" in command
    }
