"""`speechcast align` as a user calls it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from speechcast import documents
from speechcast.align.report import draw, heard_share
from speechcast.align.subtitling import subtitle_recording
from speechcast.cli.align import _tagged_format
from speechcast.preferences import Preferences
from speechcast.prepare import prepare
from speechcast.progress import Step
from speechcast.request import AudioOptions, resolve_request
from speechcast.synthesis.resources import NO_CACHE

TEXT = """春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。
白日依山尽，黄河入海流。欲穷千里目，更上一层楼。
"""
LINE = "欲穷千里目，更上一层楼。"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "speechcast", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a text, and its sound and subtitles as `make` writes them."""
    folder = tmp_path_factory.mktemp("align")
    (folder / "talk.txt").write_text(TEXT, encoding="utf-8")
    made = run(folder, "make", "talk.txt", "--voice", "tone", "-o", ".")
    assert made.returncode == 0, made.stderr
    return folder


def starts(subtitles: Path) -> list[float]:
    times = re.findall(r"(\d+):(\d+):(\d+),(\d+) -->", subtitles.read_text(encoding="utf-8"))
    return [int(h) * 3600 + int(m) * 60 + int(s) + int(ms) / 1000 for h, m, s, ms in times]


def align(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "align", *arguments, "--voice", "tone", "-o", "out")


def test_the_subtitles_are_those_of_make(folder: Path) -> None:
    result = align(folder, "talk.mp3", "talk.txt", "--subtitles", "srt,vtt,json")
    assert (result.returncode, "100 % of the words" in result.stdout) == (0, True), result.stderr
    assert starts(folder / "out/talk.srt") == pytest.approx(starts(folder / "talk.srt"), abs=0.03)
    assert (folder / "out/talk.vtt").is_file()
    assert (folder / "out/talk.json").is_file()


def test_what_was_not_spoken_is_named_and_not_shown(folder: Path) -> None:
    longer = TEXT.replace(LINE, "此处另有一句话，录音里没有。" + LINE)
    (folder / "longer.txt").write_text(longer, encoding="utf-8")
    result = align(folder, "talk.mp3", "longer.txt", "--name", "b", "--report", "report.json")
    assert result.returncode == 0, result.stderr
    assert "not spoken" in result.stdout
    assert "此处" not in (folder / "out/b.srt").read_text(encoding="utf-8")
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert [part["line"] for part in report["not_spoken"]] == [2]
    assert "此处" in report["not_spoken"][0]["text"]
    assert report["not_in_the_text"] == []


def test_the_steps_of_the_work_are_passed_on(folder: Path, tmp_path: Path) -> None:
    text = documents.read(folder / "talk.txt")
    request = resolve_request(
        text,
        "talk",
        tmp_path,
        Preferences(voice="tone"),
        audio=AudioOptions(formats=()),
    )
    steps: list[Step] = []
    result = subtitle_recording(folder / "talk.mp3", prepare(request), steps.append, NO_CACHE)
    first = [step for step in steps if step.stage == "listening"]
    assert [(step.done, step.total) for step in first] == [(1, 1)]
    assert steps[-1].text == "4 of 4 sentences"
    assert result.files == (tmp_path / "talk.srt",)
    assert heard_share(result) == 1
    draw(result, tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_a_copy_gets_the_tags(folder: Path) -> None:
    import mutagen

    result = align(folder, "talk.mp3", "talk.txt", "--tag", "--name", "tagged")
    assert result.returncode == 0, result.stderr
    tags = mutagen.File(folder / "out/tagged.mp3").tags
    assert tags["TIT2"].text == ["tagged"]
    assert mutagen.File(folder / "talk.mp3").tags["TIT2"].text == ["talk"]


def test_the_suffix_of_a_recording_may_be_in_capitals() -> None:
    assert _tagged_format(Path("TALK.MP3")) == "mp3"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("none.mp3", "talk.txt"), "none.mp3 does not exist"),
        (("talk.txt", "talk.txt"), "not an audio file"),
        (("talk.mp3", "none.txt"), "none.txt"),
        (("talk.aac", "talk.txt", "--tag"), "cannot hold tags"),
        (("talk.mp3", "talk.txt", "--report", "no/r.json"), "--report"),
        (("talk.mp3", "talk.txt", "-o", ".", "--report", "./talk.srt"), "would be written twice"),
        (
            ("talk.mp3", "talk.txt", "--report", "a.png", "--plot", "a.png"),
            "would be written twice",
        ),
        (("talk.mp3", "talk.txt", "--plot", "plot.doc"), "--plot"),
        (("talk.mp3", "talk.txt", "--plot", "fixed.png"), "fixed.png is a read-only file there"),
        (("talk.mp3", "talk.txt", "--report", "fixed.png"), "fixed.png is a read-only file there"),
        (("talk.mp3", "talk.txt", "--tag", "-o", "."), "would replace"),
    ],
)
def test_an_error_is_one_line(folder: Path, arguments: tuple[str, ...], error: str) -> None:
    (folder / "fixed.png").touch(mode=0o444)
    result = run(folder, "align", "--voice", "tone", *arguments)
    assert result.returncode != 0
    [line] = result.stderr.splitlines()
    assert line.startswith("error: ")
    assert error in line
