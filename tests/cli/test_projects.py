"""`speechcast make` of a project's folder: an option that is stated holds before its settings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from speechcast.cli.projects import Wanted, names_project, resolve_project
from speechcast.errors import OutputError
from speechcast.preferences import Preferences
from speechcast.project.folder import save_project
from speechcast.project.history import History
from speechcast.project.project import Project, Settings, open_speech
from speechcast.request import AudioOptions, SubtitleOptions
from tests.support.batches import SPEECH, write_files

SETTINGS = Settings(
    voice="tone", loudness="ebu-r128", formats=("wav",), subtitles=("vtt",), fit=90.5
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    project = Project(
        name="年会", speech=open_speech("speech.txt", SPEECH.encode()), settings=SETTINGS
    )
    save_project(tmp_path / "p", History(project))
    return tmp_path / "p"


def wanted(audio: AudioOptions = AudioOptions(), name: str | None = None) -> Wanted:
    return Wanted(
        name=name,
        output=Path("out"),
        preferences=Preferences(),
        subtitles=SubtitleOptions(),
        audio=audio,
        force=False,
        allow_online=(),
    )


def test_the_settings_of_a_project_hold(folder: Path) -> None:
    request = resolve_project(str(folder), wanted(), stated=())
    assert (request.voice.name, request.name) == ("tone", "年会")
    assert (request.audio.formats, request.subtitles.formats) == (("wav",), ("vtt",))
    assert (request.audio.loudness, request.audio.duration) == ("ebu-r128", 90.5)
    assert request.output == folder / "output"


def test_options_hold_before_them(folder: Path) -> None:
    audio = AudioOptions(formats=("opus",), loudness="podcast", duration=60.0)
    stated = {"audio", "subtitles", "output"}
    request = resolve_project(str(folder), wanted(audio, name="b"), stated)
    assert (request.output, request.name) == (Path("out"), "b")
    assert (request.audio.formats, request.subtitles.formats) == (("opus",), ("srt",))
    assert (request.audio.loudness, request.audio.duration) == ("podcast", 60.0)


def test_a_project_is_not_written_over(folder: Path) -> None:
    (folder / "speech.wav").symlink_to("speech.txt")
    with pytest.raises(OutputError, match="would replace"):
        resolve_project(str(folder), replace(wanted(name="speech"), output=folder), {"output"})


def test_what_is_a_project(folder: Path) -> None:
    write_files(folder.parent, "speeches/a.txt")
    assert names_project(str(folder))
    for other in ("-", str(folder.parent / "speeches"), str(folder / "speech.txt"), "none", "a\0b"):
        assert not names_project(other)
