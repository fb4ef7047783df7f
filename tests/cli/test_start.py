"""The language of a command, and consoles that cannot show every language."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from speechcast.cli.start import can_print_chinese, take_language
from tests.cli.test_command_line import run


@pytest.mark.parametrize(
    ("typed", "rest", "wish"),
    [
        ("make a", "make a", None),
        ("--lang zh make a", "make a", "zh"),
        ("make a --lang=en", "make a", "en"),
        ("make --lang en a --lang zh", "make a", "zh"),
        ("make --lang", "make", ""),
        ("say -- --lang zh", "say -- --lang zh", None),
    ],
)
def test_the_option_may_stand_anywhere(typed: str, rest: str, wish: str | None) -> None:
    assert take_language(typed.split()) == (rest.split(), wish)


def test_a_language_that_there_is_not(tmp_path: Path) -> None:
    done = run("--lang", "fr", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: --lang is 'fr'; there are zh and en\n"


@pytest.mark.parametrize(
    ("encoding", "chinese"),
    [("utf-8", True), ("cp936", True), ("gb18030", True), ("cp437", False), ("ascii", False)],
)
def test_which_consoles_show_chinese(encoding: str, chinese: bool) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding)
    assert can_print_chinese(stream) == chinese
    assert can_print_chinese(None)


@pytest.mark.parametrize("encoding", ["cp936", "cp437", "ascii", "utf-8"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_help_is_readable_on_every_console(
    tmp_path: Path, encoding: str, language: str
) -> None:
    """Code pages 936 and 437, a C locale without UTF-8, and UTF-8 (65001)."""
    done = subprocess.run(
        [sys.executable, "-m", "speechcast", "make", "--help", "--lang", language],
        env={"PYTHONIOENCODING": encoding, "PATH": ""} | _python_path(),
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    # Typer takes ASCII for a locale that is set wrongly, and writes UTF-8
    text = done.stdout.decode("utf-8" if encoding == "ascii" else encoding)
    assert done.returncode == 0
    assert "\\u" not in text.replace('"\\u91cd\\u9633\\u6751"', "")  # an example of a reading
    assert ("cannot hold Chinese" in done.stderr.decode(encoding)) == (
        language == "zh" and encoding in {"cp437", "ascii"}
    )


def _python_path() -> dict[str, str]:
    return {name: os.environ[name] for name in ("PYTHONPATH", "SYSTEMROOT") if name in os.environ}


def test_a_package_of_the_program_is_missing(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['typer'] = None; sys.argv = ['speechcast', '--help']\n"
        "from speechcast.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("error: speechcast is not installed whole (")
    assert done.stderr.count("\n") == 1


def test_processes_that_a_command_starts_speak_its_language() -> None:
    code = (
        "import os, sys; sys.argv = ['speechcast', '--lang', 'zh', '--version']\n"
        "from speechcast.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(os.environ['SPEECHCAST_LANG'])"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "zh"


def test_the_library_speaks_english(tmp_path: Path) -> None:
    code = (
        "import os; os.environ['SPEECHCAST_LANG'] = 'zh'\n"
        "import speechcast\n"
        "try:\n    speechcast.make_speech('none.txt')\n"
        "except speechcast.SpeechcastError as exc:\n    print(exc)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("none.txt does not exist")


def test_a_command_runs_without_a_single_variable(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("今天开会。", encoding="utf-8")
    needed = ("PYTHONPATH", "SYSTEMROOT", "SPEECHCAST_CACHE")  # by Python, Windows, this test
    done = subprocess.run(
        [sys.executable, "-m", "speechcast", "make", "a.txt", "--voice", "tone", "-o", "."],
        cwd=tmp_path,
        env={name: os.environ[name] for name in needed if name in os.environ},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.mp3").exists()
