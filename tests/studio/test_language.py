"""What the studio says is in the language of the page that asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from speechcast import messages
from speechcast.prepare import Remark
from tests.support.studio_client import Client, run_studio

CHINESE = {
    "there is no project '{name}'": "没有“{name}”这个项目",
    "not every sentence is recorded yet": "还有句子没有录",
}


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """Yield a studio with a catalogue of its own, which speaks English at first."""
    catalogue = Catalog("zh_CN")
    for message, text in CHINESE.items():
        catalogue.add(message, text)
    folder = tmp_path / "locale" / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "speechcast.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(messages, "CATALOGUES", tmp_path / "locale")
    with run_studio(tmp_path / "projects", tmp_path / "clips") as client:
        yield client


def refuse(studio: Client, language: str | None) -> str:
    error: str = studio.get("/api/projects/x", Page_Language=language).json["error"]
    return error


def test_an_error_is_in_the_language_of_the_page(studio: Client) -> None:
    assert refuse(studio, "zh") == "没有“x”这个项目"
    assert refuse(studio, None) == "没有“x”这个项目"  # no page says otherwise
    assert refuse(studio, "en") == "there is no project 'x'"


@pytest.mark.parametrize("wish", ["", "fr", "../en", "zh, en", "ZH"])
def test_what_is_no_language_of_ours_changes_nothing(studio: Client, wish: str) -> None:
    refuse(studio, "zh")
    assert refuse(studio, wish) == "没有“x”这个项目"


def test_a_request_without_the_token_changes_no_language(studio: Client) -> None:
    assert studio.get("/api/projects", Authorization=None, Page_Language="zh").status == 401
    assert messages.language() == "en"


def test_a_project_is_described_anew_in_another_language(
    studio: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = studio.create("大家好。")
    monkeypatch.setattr(
        "speechcast.preview.find_remarks", lambda _: iter([Remark(1, messages.language())])
    )
    assert studio.get(path, Page_Language="zh").json["remarks"] == [{"row": 1, "text": "zh"}]
    assert studio.get(path, Page_Language="en").json["remarks"] == [{"row": 1, "text": "en"}]
