"""An online voice asks before anything leaves, and says to whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from speechcast.cli.app import app
from speechcast.studio.speech_api import create_speech_app
from speechcast.studio.speech_service import SpeechService
from speechcast.synthesis.resources import NO_CACHE
from tests.support.studio_client import Client, run_studio, serve_app

TEXT = "各位代表，大家好。今天开会。"
PRESET = """
description = "A server of our own"
engine = "openai"
voice = "tone"
language = "zh-CN"
[options]
address = "{address}"
"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Yield the address of our own voices, served to other programs."""
    with serve_app(create_speech_app(SpeechService(NO_CACHE), None)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def online(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: str) -> Iterator[Client]:
    """Yield a studio whose user has a preset for that server."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = tmp_path / "speechcast" / "voices"
    folder.mkdir(parents=True)
    (folder / "remote.toml").write_text(PRESET.format(address=server))
    with run_studio(tmp_path / "projects", tmp_path / "clips") as client:
        yield client


def test_a_click_on_an_online_voice_sends_nothing(online: Client, server: str) -> None:
    path = online.create(TEXT)
    state = online.patch(f"{path}/settings", {"voice": "remote"}).json
    (transfer,) = state["transfers"]
    assert transfer["address"] == server
    assert transfer["characters"] == len(TEXT)
    assert not transfer["allowed"]
    for answer in (
        online.get(f"{path}/sentences/1/sound"),
        online.post(f"{path}/record"),
        online.post(f"{path}/publish"),
        online.post("/api/voices/remote/sample", {"project": "a"}),
    ):
        assert answer.status == 409
        assert answer.json["transfers"][0]["address"] == server
        assert server in answer.json["error"]


def test_after_a_yes_the_text_is_sent_and_spoken_by_our_own_server(online: Client) -> None:
    path = online.create(TEXT)
    online.patch(f"{path}/settings", {"voice": "remote"})
    asked = online.post(f"{path}/record").json["transfers"]
    answer = online.post(f"{path}/allow", {"allow": [t["allow"] for t in asked]})
    assert answer.json["transfers"][0]["allowed"]
    state = online.record(path)
    assert state["recorded"] == 2
    assert "".join(c["text"] for c in state["cues"]).startswith("各位代表")


def test_a_voice_of_one_sentence_asks_for_what_is_its_own(online: Client) -> None:
    path = online.create(TEXT)
    state = online.patch(f"{path}/sentences/2", {"voice": "remote"}).json
    assert [t["characters"] for t in state["transfers"]] == [len("今天开会。")]
    assert online.get(f"{path}/sentences/1/sound").status == 200
    answer = online.get(f"{path}/sentences/2/sound")
    assert answer.status == 409
    assert "adjustments.toml" in answer.json["error"]


def test_the_yes_is_never_stored(online: Client, tmp_path: Path) -> None:
    path = online.create(TEXT, voice="remote")
    transfers = online.post(f"{path}/publish").json["transfers"]
    online.post(f"{path}/allow", {"allow": [t["allow"] for t in transfers]})
    online.record(path)
    with run_studio(tmp_path / "projects", tmp_path / "other-clips") as again:
        assert again.post(f"{path}/publish").status == 409


def test_make_does_not_take_a_project_for_the_users_own_word(tmp_path: Path) -> None:
    with run_studio(tmp_path / "projects", tmp_path / "clips") as client:
        client.create(TEXT, voice="yunxi")
    folder = str(tmp_path / "projects" / "a")
    result = CliRunner().invoke(app, ["make", folder, "-o", str(tmp_path)])
    assert result.exit_code == 1
    assert "nothing was sent" in result.output
    assert "--allow-online edge" in result.output
