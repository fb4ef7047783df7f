"""Whole productions under the rules that Windows has for open files (see support/windows_files)."""

from __future__ import annotations

import mimetypes
import os
import re
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from speechcast import windows
from speechcast.batch.discovery import discover
from speechcast.batch.remote_source import fetch_folder
from speechcast.cli import command
from speechcast.cli.app import run
from speechcast.frontend.mandarin.sharded_tables import load_table
from speechcast.project.folder import list_folder
from speechcast.studio.server import _choose_reuse, listen
from tests.support.batches import SPEECH, list_files, produce_folder, states, write_files
from tests.support.studio_client import run_studio
from tests.support.videos import noise, write_sound
from tests.support.windows_files import windows_error, windows_files

__all__ = ["windows_files"]

pytestmark = pytest.mark.usefixtures("windows_files")
SRT = "1\n00:00:03,000 --> 00:00:04,000\n一二三四五\n\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_files(tmp_path, "讲稿.txt")


def listed(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_production_in_every_format_twice(folder: Path) -> None:
    formats = ("--format", "mp3,wav,m4b", "--subtitles", "srt,vtt,ass,lrc,json,txt")
    for _time in range(2):
        assert run(["make", "讲稿.txt", "-v", "tone", *formats, "--page"]) == 0
    assert len(listed(folder / "output")) == 10
    assert run(["check", "output/讲稿.mp3", "output/讲稿.srt", "--source", "讲稿.txt"]) == 0


def test_a_batch_twice(folder: Path) -> None:
    write_files(folder, "speeches/a.txt", "speeches/b.txt", "speeches/more/c.txt")
    report = produce_folder(folder / "speeches", folder / "out")
    assert (report.exit_code, len(list_files(folder / "out"))) == (0, 6)
    (folder / "speeches" / "a.txt").write_text(SPEECH * 2, encoding="utf-8")
    report = produce_folder(folder / "speeches", folder / "out")
    assert states(report) == {"a.txt": "made", "b.txt": "up to date", "more/c.txt": "up to date"}


def test_a_batch_says_which_file_is_open_and_makes_the_others(folder: Path) -> None:
    write_files(folder, "speeches/a.txt", "speeches/b.txt")
    produce_folder(folder / "speeches", folder / "out")
    for name in "ab":
        (folder / "speeches" / f"{name}.txt").write_text(SPEECH * 2, encoding="utf-8")
    with (folder / "out" / "a.mp3").open("rb"):
        report = produce_folder(folder / "speeches", folder / "out")
    assert states(report) == {"a.txt": "failed", "b.txt": "made"}
    reason = next(result.reason for result in report.results if result.source == "a.txt")
    assert "a.mp3 cannot be replaced; if it is open in another program, close it there" in reason


def test_speech_over_a_sound(folder: Path) -> None:
    write_sound(folder / "noise.wav", noise(2))
    (folder / "lines.srt").write_text(SRT, "utf-8")
    assert run(["dub", "lines.srt", "--over", "noise.wav", "-v", "tone"]) == 0
    assert listed(folder / "output") == ["lines.mp3", "lines.srt"]


def test_a_studio_while_its_sound_is_played_and_a_project_is_removed(tmp_path: Path) -> None:
    with run_studio(tmp_path / "projects", tmp_path / "clips") as client:
        path = client.create("大家好。今天开会。")
        client.record(path)
        assert client.get(f"{path}/sound").status == 200
        client.put(f"{path}/text", {"text": "大家好。今天不开会。"})
        client.record(path)
        assert client.get(f"{path}/sound").status == 200
        assert client.post(f"{path}/publish").status == 200
        sound = next((tmp_path / "projects").rglob("*.mp3"))
        with sound.open("rb"):
            assert client.send("DELETE", path).status == 500
            assert sound.exists()
            assert client.get(path).status == 200
        assert client.send("DELETE", path).status in {200, 204}
    assert list_folder(tmp_path / "projects") == []


def test_the_page_of_a_studio_runs_whatever_the_registry_says(tmp_path: Path) -> None:
    mimetypes.add_type("text/plain", ".js")  # as programs leave it in Windows' registry
    with run_studio(tmp_path / "projects", tmp_path / "clips") as client:
        answer = client.get("/static/app.js")
    assert (answer.status, answer.headers["content-type"]) == (
        200,
        "text/javascript; charset=utf-8",
    )


@pytest.mark.parametrize(
    ("system", "option"),
    [(SimpleNamespace(SO_EXCLUSIVEADDRUSE=-5), -5), (SimpleNamespace(), socket.SO_REUSEADDR)],
)
def test_a_port_is_for_one_server_alone(system: object, option: int) -> None:
    assert _choose_reuse(system) == option
    with listen("127.0.0.1", 0) as server:
        assert server.getsockname()[1]


class WindowsEntry:
    """A stand-in for what `os.scandir` yields on Windows: no numbers, but attributes."""

    def __init__(self, entry: os.DirEntry[str], *, hidden: bool, junction: bool) -> None:
        self._entry = entry
        self.name, self.path = entry.name, entry.path
        self._attributes = 0x2 if hidden else 0x80
        self._tag = 0xA0000003 if junction else 0

    def is_symlink(self) -> bool:
        return self._entry.is_symlink() and not self._tag

    def stat(self, *, follow_symlinks: bool = True) -> SimpleNamespace:
        status = self._entry.stat(follow_symlinks=follow_symlinks)
        return SimpleNamespace(
            st_mode=status.st_mode,
            st_size=status.st_size,
            st_ino=0,
            st_dev=0,
            st_file_attributes=self._attributes,
            st_reparse_tag=self._tag,
        )


@pytest.fixture
def windows_listing(monkeypatch: pytest.MonkeyPatch) -> None:
    """List folders as Windows does: names with "hidden" and "junction" are."""
    scan = os.scandir

    class Listing:
        def __init__(self, folder: Path) -> None:
            self._folder = folder

        def __enter__(self) -> Iterator[WindowsEntry]:
            for_entry = [
                WindowsEntry(e, hidden="hidden" in e.name, junction="junction" in e.name)
                for e in scan(self._folder)
            ]
            return iter(for_entry)

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(os, "scandir", Listing)


@pytest.mark.usefixtures("windows_listing")
def test_a_folder_is_searched_as_elsewhere(folder: Path) -> None:
    write_files(folder, "in/a.txt", "in/out/b.txt", "in/c/d.txt", "in/hidden.txt", "away/e.txt")
    (folder / "in" / "junction").symlink_to(folder / "away")
    found = discover(folder / "in", folder / "in" / "out", recursive=True)
    assert [str(job.path) for job in found.jobs] == ["a.txt", "c/d.txt"]
    assert {(file.path, file.reason) for file in found.left_out} == {
        ("hidden.txt", "hidden"),
        ("out", "the output folder"),
    }
    assert [file.path for file in found.unreadable] == ["junction"]
    everything = discover(folder / "in", recursive=True, follow_links=True)
    assert "junction/e.txt" in {str(job.path) for job in everything.jobs}


def test_names_of_an_address_lead_out_of_no_folder() -> None:
    from fsspec import filesystem

    store = filesystem("memory")
    for name in ("a.txt", "C:\\Users\\x.txt", "..\\x.txt", "nul.txt", "b: c.txt"):
        store.pipe_file(f"/names/{name}", SPEECH.encode())
    with fetch_folder("memory://names", recursive=True) as (copies, lost):
        assert listed(copies) == ["a.txt"]
    assert {file.reason for file in lost} == {"has a name that Windows does not allow"}
    assert len(lost) == 4


def test_a_path_of_windows_is_no_name_that_is_too_long(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setattr(command, "_SEPARATOR", re.compile(r"[/\\]"))
    path = "C:\\" + "\\".join(["第十四届全国人民代表大会"] * 8) + "\\讲话.txt"
    assert len(path.encode()) > 255
    assert run(["make", path, "-v", "tone"]) == 1  # there is no such file, which is said
    assert not (folder / "output").exists()


def test_a_table_of_an_earlier_version_is_replaced_although_it_is_mapped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    built = []

    def load(version: str) -> None:
        def build() -> tuple[int, dict[str, int]]:
            built.append(version)
            return 0, {"行长": 3}

        assert load_table("words", version, build).load("行") == {"行长": 3}

    for version in ("1", "2", "2"):
        load(version)
    assert built == ["1", "2"]


def test_the_stand_in_holds_what_is_open(tmp_path: Path) -> None:
    """Else nothing above would be tried."""
    file = tmp_path / "a"
    with file.open("w"), pytest.raises(PermissionError):
        file.unlink()
    with file.open("w"), pytest.raises(PermissionError):
        file.replace(tmp_path / "b")
    with file.open("r"), pytest.raises(OSError, match="Bad file descriptor"):
        os.fsync(os.open(file, os.O_RDONLY))
    assert windows.is_held(windows_error(32, file))
    assert sys.platform.startswith("linux")
