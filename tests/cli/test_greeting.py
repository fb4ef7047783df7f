"""What `speechcast` alone says: on a terminal, and elsewhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from speechcast.cli import greeting
from speechcast.cli.greeting import greet, suggest
from speechcast.output_files import PAGE_MARK
from tests.cli.test_command_line import run
from tests.support.batches import write_files
from tests.support.terminals import read_terminal


def commands(folder: Path) -> list[tuple[str, bool]]:
    return [(s.command, s.ready) for s in suggest(folder)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path()


def test_an_empty_folder_gives_examples(folder: Path) -> None:
    assert commands(folder) == [
        ("speechcast make speech.txt", False),
        ("speechcast batch speeches", False),
        ("speechcast check output/speech.mp3 output/speech.srt", False),
    ]


@pytest.mark.skipif(os.name == "nt", reason="words are quoted otherwise")
def test_the_users_own_files_are_the_examples(folder: Path) -> None:
    write_files(
        folder, "讲稿/1.docx", "讲稿/2.docx", "开学 讲话.txt", "README.md", "out.mp3", "out.vtt"
    )
    assert commands(folder) == [
        ("speechcast make '开学 讲话.txt'", True),
        ("speechcast batch 讲稿", True),
        ("speechcast check out.mp3 out.vtt", True),
    ]


def test_speeches_side_by_side_and_what_was_made_of_them(folder: Path) -> None:
    write_files(folder, "-a.txt", "b.txt", "output/b.mp3", "output/b.srt", "output/c.mp3")
    assert commands(folder) == [
        ("speechcast make ./-a.txt", True),
        ("speechcast batch .", True),
        (f"speechcast check {Path('output/b.mp3')} {Path('output/b.srt')}", True),
    ]


def test_what_was_made_is_no_speech(folder: Path) -> None:
    files = ("b.mp3", "b.srt", "b.transcript.txt", "c.transcript.txt")
    write_files(folder, *files, *(f"output/{name}" for name in files), "readme.txt")
    write_files(folder, "b.html", "output/b.html", text=f"<!doctype html>{PAGE_MARK}")
    assert [ready for _command, ready in commands(folder)] == [False, False, True]


@pytest.mark.parametrize(
    ("typed", "ran"),
    [
        ("\n", []),
        ("", []),  # the end of the input
        ("7\nx\n\n", []),
        ("1\n", [["make", "a.txt"]]),
        ("１\n", [["make", "a.txt"]]),
        ("2\n\n", []),  # an example alone: there is no such folder
    ],
)
def test_only_what_is_chosen_runs(
    folder: Path, typed: str, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(folder, "a.txt")
    answers = iter(typed.splitlines())

    def answer() -> str:
        try:
            return next(answers)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr(greeting, "input", answer, raising=False)
    calls: list[list[str]] = []

    def remember(arguments: list[str]) -> int:
        calls.append(arguments)
        return 5

    assert greet(remember, folder) == (5 if ran else 0)
    assert calls == ran


def test_without_a_terminal_it_is_the_help_page(tmp_path: Path) -> None:
    done = run(folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: ")


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_the_conversation_on_a_terminal(tmp_path: Path) -> None:
    """Enter runs nothing; a number runs that command, with its exit code."""
    (tmp_path / "a.mp3").write_bytes(b"no sound")
    (tmp_path / "a.srt").write_text("no cues")
    first, code = converse(tmp_path, b"\n")
    assert code == 0
    assert "Three things to begin with:" in first
    assert "speechcast check a.mp3 a.srt" in first
    assert "Run one of them? 3, or Enter for none:" in first
    second, code = converse(tmp_path, b"1\n3\n")
    assert code == 1
    assert "> speechcast check a.mp3 a.srt" in second
    assert "error: a.mp3" in second


def converse(folder: Path, typed: bytes) -> tuple[str, int]:
    """Return what a terminal shows of the program, and its exit code."""
    import pty

    child, terminal = pty.fork()
    if not child:
        os.chdir(folder)
        os.execv(sys.executable, [sys.executable, "-m", "speechcast"])
    os.write(terminal, typed)
    shown = read_terminal(terminal)
    _child, status = os.waitpid(child, 0)
    return shown.decode().replace("\r\n", "\n"), os.waitstatus_to_exitcode(status)
