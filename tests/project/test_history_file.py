"""What a history file may bring back: nothing that the project's other files refuse."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from speechcast.project import edits
from speechcast.project.folder import open_project, save_project
from speechcast.project.history import History
from speechcast.project.history_file import format_history, parse_history
from tests.project.test_folder import PROJECT

Content = dict[str, Any]


def content_of(history: History) -> Content:
    content: Content = json.loads(format_history(history))
    return content


def parse(content: Content) -> History:
    return parse_history(json.dumps(content), lambda _: b"")


def spoil_past(key: str, value: Any) -> Callable[[Content], None]:
    return lambda content: content["past"][0].update({key: value})


def spoil_setting(key: str, value: Any) -> Callable[[Content], None]:
    return lambda content: content["past"][0]["settings"].update({key: value})


def spoil_adjustment(position: int, value: Any) -> Callable[[Content], None]:
    def spoil(content: Content) -> None:
        content["current"]["adjustments"][0][position] = value

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_past("speech", {"file": "../speech.txt", "start": 0, "removed": 0, "text": "x"}),
        spoil_past("speech", {"file": "/tmp/x.txt", "start": 0, "removed": 0, "text": "x"}),
        spoil_past("speech", {"file": "speech.toml", "start": 0, "removed": 0, "text": "x"}),
        spoil_past("speech", {"file": "speech.txt", "start": -1, "removed": 0, "text": "x"}),
        spoil_past("speech", {"file": "speech.txt", "start": 0, "removed": 10**9, "text": ""}),
        spoil_past("speech", {"file": "speech.txt", "start": 0, "removed": 0, "text": 5}),
        spoil_past("speech", {"file": "speech.txt", "start": 0, "removed": 0, "text": "\ud800"}),
        spoil_past("name", ""),
        spoil_past("readings", {"行": 5}),
        spoil_past("readings", {"行": ""}),
        spoil_past("readings", [["行", 1]]),
        spoil_past("unheard", "of"),
        spoil_setting("rate", "fast"),
        spoil_setting("rate", 10_000),
        spoil_setting("voice", 5),
        spoil_setting("fit", -3.0),
        spoil_setting("fit", float("nan")),
        spoil_setting("pauses", 99),
        spoil_setting("formats", ["exe"]),
        spoil_setting("subtitles", "srt,../x"),
        spoil_setting("loudness", "loud"),
        spoil_setting("cast", {"甲": 5}),
        spoil_setting("cast", ["甲"]),
        spoil_setting("unheard", "of"),
        spoil_adjustment(0, ""),
        spoil_adjustment(1, "second"),
        spoil_adjustment(2, 101),
        spoil_adjustment(2, "fast"),
        spoil_adjustment(3, -1),
        spoil_adjustment(3, 1e9),
        spoil_adjustment(4, 5),
        spoil_adjustment(5, [[-1, True]]),
        spoil_adjustment(5, [[1]]),
        lambda content: content.update(version=float("inf")),
        lambda content: content.update(version="many"),
        lambda content: content.update(past={"a": 1}),
    ],
)
def test_what_no_project_can_be_is_refused(spoil: Callable[[Content], None]) -> None:
    history = History(PROJECT).changed(edits.set_settings(PROJECT, {"rate": 3}))
    content = content_of(history)
    assert parse(content) == history
    spoil(content)
    with pytest.raises(ValueError):  # whatever it says
        parse(content)


def test_a_project_with_a_spoilt_history_opens_and_nothing_is_written_elsewhere(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "project"
    save_project(folder, History(PROJECT).changed(edits.set_settings(PROJECT, {"rate": 3})))
    file = folder / ".history.json"
    content = json.loads(file.read_text("utf-8"))
    spoil_past("speech", {"file": "../x.txt", "start": 0, "removed": 0, "text": "x"})(content)
    file.write_text(json.dumps(content), "utf-8")
    history = open_project(folder)
    assert history.current == edits.set_settings(PROJECT, {"rate": 3})
    assert history.undone() is history
    save_project(folder, history)
    assert [path.name for path in tmp_path.iterdir()] == ["project"]
