"""The small faults of `make mutants`: what is changed, and that a test which notices is heard."""

from __future__ import annotations

import doctest
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

if os.name == "nt":
    pytest.skip("mutmut runs on POSIX alone", allow_module_level=True)
from benchmarks.mutants import modules, mutations
from benchmarks.mutants.modules import TESTS
from benchmarks.mutants.mutations import find_mutations

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("line", "changes"),
    [
        ("n = a - 1", ["n = a + 1", "n = a - 2", "n = a - 0"]),
        ("n = a // b", ["n = a / b"]),
        ("n = -a", ["n = +a"]),
        ("n = 0.5", ["n = 1.5", "n = (-0.5)"]),
        ("n += a", ["n = a", "n -= a"]),
        ("n = a < b", ["n = a <= b"]),
        (
            "n = a in b and True",
            ["n = a in b or True", "n = a not in b and True", "n = a in b and False"],
        ),
        ("n = not a", ["n = a"]),
        ("n = a if b else c", ["n = a if not (b) else c"]),
        ("n = [a for a in b if c]", ["n = [a for a in b if not (c)]"]),
        ("n = a.lstrip()", ["n = a.rstrip()"]),
        # What no one would notice, or only a reader.
        ("n = 'text'", []),
        ("def f(a: int | None) -> int | None: ...", []),
        ("n = zip(a, b, strict=True)", []),
    ],
)
def test_a_line_and_its_mutants(line: str, changes: list[str]) -> None:
    codes = [mutation.code() for mutation in find_mutations(line)]
    assert [code for code in codes if code in changes] == codes
    assert set(changes) <= set(codes)


@pytest.mark.parametrize("module", [modules, mutations])
def test_examples(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def test_every_listed_test_is_there() -> None:
    files = {file for files in TESTS.values() for file in files}
    assert [file for file in files if not (ROOT / "tests" / file).exists()] == []


@pytest.mark.slow
def test_the_command_counts_what_the_tests_catch() -> None:
    options = ["--seed", "1", "--count", "4", "--modules", "text/language"]
    command = [sys.executable, "-m", "benchmarks.mutants", *options]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    module, mutants, caught, rate = run.stdout.splitlines()[-2].split()
    assert (module, mutants) == ("text/language", "4")
    assert run.stdout.count("text/language: lived") == 4 - int(caught)
    assert int(caught) >= 1
    assert rate == f"{int(caught) / 4:.0%}"
