"""What there is to choose from, as the page is told it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import platformdirs
import pytest

from speechcast.downloads import bundle
from tests.support.studio_client import Client


def voices_of(studio: Client) -> dict[str, Any]:
    return {voice["name"]: voice for voice in studio.get("/api/voices").json}


def test_an_online_voice_says_where_it_sends_a_text_and_needs_no_download(studio: Client) -> None:
    voice = voices_of(studio)["xiaoxiao"]
    assert voice["online"]
    assert voice["installed"]
    assert voice["address"].endswith("speech.platform.bing.com")
    assert (voice["download_bytes"], voice["language"]) == (0, "zh-CN")


def test_a_voice_of_this_machine_has_no_address(studio: Client) -> None:
    voice = voices_of(studio)["tone"]
    assert (voice["online"], voice["address"], voice["installed"]) == (False, "", True)
    assert voice["download_bytes"] == 0


def test_a_voice_whose_model_is_not_there_says_how_much_it_downloads(
    studio: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "models_folder", lambda: tmp_path)
    monkeypatch.setattr(bundle, "SHIPPED", tmp_path)
    voice = voices_of(studio)["draft"]
    assert not voice["installed"]
    assert 20e6 < voice["download_bytes"] < 60e6
    assert "Baker" in voice["licence"]


def test_a_broken_preset_is_listed_with_what_is_wrong(
    studio: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platformdirs, "user_config_path", lambda _name: tmp_path)
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices/mine.toml").write_text("engine = 5\n", "utf-8")
    voice = voices_of(studio)["mine"]
    assert "mine.toml" in voice["error"]
    assert not voice["installed"]


def test_the_options_are_what_the_settings_take(studio: Client) -> None:
    options = studio.get("/api/options").json
    path = studio.create("大家好。")
    for key in ("formats", "subtitles"):
        assert studio.patch(f"{path}/settings", {key: options[key]}).status == 200
    for loudness in options["loudness"]:
        assert studio.patch(f"{path}/settings", {"loudness": loudness}).status == 200
    for style in studio.get("/api/styles").json:
        assert studio.patch(f"{path}/settings", {"style": style}).status == 200
    assert options["styles"] == studio.get("/api/styles").json


@pytest.mark.parametrize(("key", "step"), [("rate", 1), ("pauses", 0.01)])
def test_the_limits_are_those_of_the_settings(studio: Client, key: str, step: float) -> None:
    limits = studio.get("/api/options").json[key]
    path = studio.create("大家好。")

    def is_taken(value: float) -> bool:
        return studio.patch(f"{path}/settings", {key: value}).status == 200

    assert is_taken(limits["least"])
    assert is_taken(limits["most"])
    assert not is_taken(limits["least"] - step)
    assert not is_taken(limits["most"] + step)
