"""`speechcast page`, `make --page` and `batch --page` as a user calls them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from mutagen.id3 import ID3
from typer.testing import CliRunner

from speechcast.cli.app import app
from tests.page.conftest import MadePage

TEXT = "同学们好。\n\n谢谢大家！\n"


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(map(str, arguments)))
    return result.exit_code, result.output


@pytest.fixture
def production(made: MadePage, tmp_path: Path) -> Path:
    for path in made.audio.parent.glob("speech.*"):
        if path.suffix != ".html":
            shutil.copy(path, tmp_path)
    return tmp_path / "speech.mp3"


def test_a_page_stands_beside_its_production(production: Path) -> None:
    code, output = run("page", production)
    assert (code, "word by word" in output) == (0, True)
    assert production.with_suffix(".html").read_text("utf-8").startswith("<!doctype html>")


def test_subtitles_without_words_are_said_to_have_none(production: Path) -> None:
    ID3(production).delete()  # which hold them, too
    code, output = run("page", production, "--subtitles", production.with_suffix(".srt"))
    assert (code, "cue by cue" in output, "no times of words" in output) == (0, True, True)


def test_the_folder_of_a_page_is_judged_before_the_sound_is_measured(tmp_path: Path) -> None:
    for name in ("speech.mp3", "file"):
        (tmp_path / name).write_bytes(b"no sound")
    (tmp_path / "speech.srt").write_text(
        "1\n00:00:00,000 --> 00:00:01,000\n大家好\n", encoding="utf-8"
    )
    code, output = run("page", tmp_path / "speech.mp3", "-o", tmp_path / "file" / "pages")
    assert (code, "file/pages cannot be written" in output) == (1, True)
    assert "cannot be played" not in output


def test_a_linked_page_is_small(production: Path, tmp_path: Path) -> None:
    assert run("page", production, "--link", "-o", tmp_path / "pages", "--name", "听")[0] == 0
    page = tmp_path / "pages" / "听.html"
    assert page.stat().st_size < 200_000
    assert 'src="../speech.mp3"' in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["missing.mp3"], "does not exist"),
        (["speech.srt"], "browsers do not play"),
        (["speech.mp3", "--subtitles", "missing.srt"], "does not exist"),
        (["speech.mp3", "--output", "s3://x/y"], "writes into a folder"),
    ],
)
def test_errors_are_one_line_and_nothing_is_written(
    production: Path, arguments: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(production.parent)
    before = sorted(production.parent.iterdir())
    code, output = run("page", *arguments)
    assert (code != 0, message in output, output.count("\n")) == (True, True, 1)
    assert sorted(production.parent.iterdir()) == before


def test_make_writes_the_page_with_the_other_files(tmp_path: Path) -> None:
    speech = tmp_path / "talk.txt"
    speech.write_text(TEXT, encoding="utf-8")
    code, output = run("make", speech, "-v", "tone", "-o", tmp_path / "out", "--page", "--link")
    assert (code, "page" in output) == (0, True)
    names = {"talk.mp3", "talk.srt", "talk.html"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == names


def test_make_writes_nothing_if_the_page_cannot_be_written(tmp_path: Path) -> None:
    speech = tmp_path / "talk.txt"
    speech.write_text(TEXT, encoding="utf-8")
    (tmp_path / "talk.html").mkdir()
    code, output = run("make", speech, "-v", "tone", "-o", tmp_path, "--page")
    assert (code, "a folder" in output) == (1, True)
    assert not (tmp_path / "talk.mp3").exists()


def test_link_alone_is_refused(tmp_path: Path) -> None:
    speech = tmp_path / "talk.txt"
    speech.write_text(TEXT, encoding="utf-8")
    assert run("make", speech, "--link") == (2, "error: --link is about the page; add --page\n")


def test_batch_makes_a_page_of_every_speech(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "talk.txt").write_text(TEXT, encoding="utf-8")
    arguments = ("batch", tmp_path / "in", "-v", "tone", "-o", tmp_path / "out")
    assert run(*arguments, "--jobs", "1")[0] == 0
    assert not (tmp_path / "out" / "talk.html").exists()
    assert run(*arguments, "--jobs", "1", "--page")[0] == 0
    assert (tmp_path / "out" / "talk.html").stat().st_size > 50_000
