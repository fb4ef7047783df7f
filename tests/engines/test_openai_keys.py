"""A key goes only to the address that the user's environment or configuration names for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from speechcast.engines.openai.keys import find_key
from speechcast.errors import PresetError
from speechcast.model import Voice
from speechcast.voices import presets
from tests.support.users import preset_at

OURS = "http://10.0.0.5:8880"
OFFICIAL = "https://api.openai.com"
VARIABLES = {
    "SPEECHCAST_OPENAI_KEY": "key-ours-0123",
    "OPENAI_API_KEY": "key-official-0123",
    "CLOUD_SECRET": "key-cloud-0123",
}


@pytest.fixture(autouse=True)
def configuration(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "configuration"))
    for name in ("SPEECHCAST_OPENAI_ADDRESS", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, key in VARIABLES.items():
        monkeypatch.setenv(name, key)
    folder = tmp_path / "configuration" / "speechcast"
    folder.mkdir(parents=True)
    return folder


def preset_beside(folder: Path, address: str, **options: str) -> Voice:
    (folder / "theirs.toml").write_text(preset_at(address, **options), encoding="utf-8")
    return presets.load(str(folder / "theirs.toml"))


def preset_of_user(folder: Path, address: str, **options: str) -> Voice:
    (folder / "voices").mkdir()
    (folder / "voices" / "ours.toml").write_text(preset_at(address, **options), encoding="utf-8")
    return presets.load("ours")


@pytest.mark.parametrize(
    ("environment", "address", "key"),
    [
        ({}, OURS, ""),
        ({}, OFFICIAL, "key-official-0123"),
        ({}, "http://api.openai.com", ""),
        ({}, "https://api.openai.com.evil.example", ""),
        ({}, "https://api.openai.com:444", ""),
        ({"OPENAI_BASE_URL": f"{OURS}/v1"}, OURS, "key-official-0123"),
        ({"OPENAI_BASE_URL": f"{OURS}/v1"}, OFFICIAL, ""),
        ({"SPEECHCAST_OPENAI_ADDRESS": OURS}, OURS, "key-ours-0123"),
        ({"SPEECHCAST_OPENAI_ADDRESS": OURS}, "http://10.0.0.5:8881", ""),
    ],
)
def test_a_preset_from_anywhere_decides_on_no_key(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    environment: dict[str, str],
    address: str,
    key: str,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert find_key(preset_beside(tmp_path, address), address) == key


@pytest.mark.parametrize("name", VARIABLES)
def test_a_preset_from_anywhere_cannot_name_a_key(tmp_path: Path, name: str) -> None:
    voice = preset_beside(tmp_path, OURS, key_variable=name)
    with pytest.raises(PresetError, match=rf'write "{OURS}" = "{name}" under \[keys\]'):
        find_key(voice, OURS)


def test_the_users_own_presets_name_address_and_key_together(configuration: Path) -> None:
    voice = preset_of_user(configuration, OURS, key_variable="CLOUD_SECRET")
    assert find_key(voice, OURS) == "key-cloud-0123"
    assert find_key(replace(voice, options={"address": OURS}), OURS) == "key-ours-0123"


def test_our_key_is_for_the_address_beside_it(
    configuration: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPEECHCAST_OPENAI_ADDRESS", "http://other:1")
    assert find_key(preset_of_user(configuration, OURS), OURS) == ""


def test_the_configuration_names_a_key_for_an_address(configuration: Path, tmp_path: Path) -> None:
    text = f'[keys]\n"{OURS}" = "CLOUD_SECRET"\n'
    (configuration / "online.toml").write_text(text, encoding="utf-8")
    assert find_key(preset_beside(tmp_path, OURS), OURS) == "key-cloud-0123"
    named = preset_beside(tmp_path, OURS, key_variable="CLOUD_SECRET")
    assert find_key(named, OURS) == "key-cloud-0123"
    assert find_key(preset_beside(tmp_path, "http://10.0.0.6"), "http://10.0.0.6") == ""


@pytest.mark.parametrize("text", ["allow = 1", "allow = ['']", "[keys]\n'a b' = 'X'", "deny = []"])
def test_broken_settings_are_refused(configuration: Path, text: str) -> None:
    (configuration / "online.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PresetError, match="online.toml: "):
        find_key(Voice(name="a", description="", engine="openai", voice="x", language="zh"), OURS)
