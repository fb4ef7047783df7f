"""The service's own list of voices, from a server on loopback that answers as the service does."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from speechcast.errors import PresetError, ServiceUnreachable
from speechcast.voices import online_catalog, presets

HSIAOYU = {
    "Name": "Microsoft Server Speech Text to Speech Voice (zh-TW, HsiaoYuNeural)",
    "ShortName": "zh-TW-HsiaoYuNeural",
    "Gender": "Female",
    "Locale": "zh-TW",
    "VoiceTag": {"ContentCategories": ["General"], "VoicePersonalities": ["Friendly", "Positive"]},
}
RYAN = {
    "Name": "Microsoft Server Speech Text to Speech Voice (en-GB, RyanNeural)",
    "ShortName": "en-GB-RyanNeural",
    "Gender": "Male",
    "Locale": "en-GB",
    "VoiceTag": {},
}


class _List(BaseHTTPRequestHandler):
    body = json.dumps([HSIAOYU, RYAN]).encode()

    def do_GET(self) -> None:
        body = self.body
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """A test's output stays quiet."""


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _List)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/list?key=none"
    monkeypatch.setattr("edge_tts.voices.VOICE_LIST", address)
    yield
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("service")
@pytest.mark.parametrize(
    ("language", "names"),
    [
        (None, ["zh-TW-HsiaoYuNeural", "en-GB-RyanNeural"]),
        ("zh", ["zh-TW-HsiaoYuNeural"]),
        ("zh-tw", ["zh-TW-HsiaoYuNeural"]),
        ("z", []),
        ("en-US", []),
    ],
)
def test_what_is_offered(language: str | None, names: list[str]) -> None:
    assert [voice.name for voice in online_catalog.list_voices(language)] == names


@pytest.mark.usefixtures("service")
def test_a_preset_for_what_is_offered(tmp_path: Path) -> None:
    voice = online_catalog.find_voice("zh-TW-HsiaoYuNeural")
    path = online_catalog.write_preset(voice, "hsiaoyu", tmp_path / "voices", force=False)
    preset = presets.load(str(path))
    assert (preset.engine, preset.voice, preset.language) == (
        "edge",
        "zh-TW-HsiaoYuNeural",
        "zh-TW",
    )
    assert preset.description == "Female, Friendly, Positive, General (online)"
    with pytest.raises(PresetError, match="exists; choose another name with --as"):
        online_catalog.write_preset(voice, "hsiaoyu", tmp_path / "voices", force=False)
    online_catalog.write_preset(voice, "hsiaoyu", tmp_path / "voices", force=True)


@pytest.mark.usefixtures("service")
def test_a_voice_nobody_offers() -> None:
    with pytest.raises(PresetError, match="did you mean zh-TW-HsiaoYuNeural"):
        online_catalog.find_voice("zh-TW-HsiaoYoNeural")


@pytest.mark.parametrize("name", ["", "../evil", "a/b", "a b", ".hidden"])
def test_what_can_be_no_name(name: str, tmp_path: Path) -> None:
    with pytest.raises(PresetError, match="cannot be a preset's name"):
        online_catalog.write_preset(
            online_catalog.OnlineVoice("x", "zh-CN", "", ""), name, tmp_path, force=False
        )


def test_no_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edge_tts.voices.VOICE_LIST", "http://127.0.0.1:9/list?key=none")
    with pytest.raises(
        ServiceUnreachable, match="list of voices cannot be fetched .Connection refused.; check"
    ):
        online_catalog.list_voices()


@pytest.mark.usefixtures("service")
@pytest.mark.parametrize(
    "answer",
    [
        b"<html>log in</html>",
        b"null",
        b"[1]",
        b'[{"ShortName": "a"}]',
        b'[{"VoiceTag": 5}]',
        b"[" * 100_000,
    ],
)
def test_an_answer_that_is_no_list_is_named(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_List, "body", answer)
    message = "^the service's list of voices cannot be fetched .the answer is no list of voices.;"
    with pytest.raises(ServiceUnreachable, match=message):
        online_catalog.list_voices()


@pytest.mark.parametrize("name", ["narrator", "xiaoxiao", "Narrator"])
def test_a_shipped_name_is_not_taken_without_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    voice = online_catalog.OnlineVoice("zh-TW-HsiaoYuNeural", "zh-TW", "Female", "")
    folder = presets.PRESETS.users_folder
    with pytest.raises(PresetError, match="comes with speechcast.*--as, or insist with --force"):
        online_catalog.write_preset(voice, name, folder, force=False)
    assert presets.PRESETS.list_shadowed() == {}
    path = online_catalog.write_preset(voice, "narrator", folder, force=True)
    assert presets.PRESETS.list_shadowed() == {"narrator": path}


@pytest.mark.parametrize("name", ["auto", "a" * 61, "a/b", "../a", "a.b", "", "a b"])
def test_what_cannot_name_a_preset_even_with_force(tmp_path: Path, name: str) -> None:
    voice = online_catalog.OnlineVoice("zh-TW-HsiaoYuNeural", "zh-TW", "Female", "")
    with pytest.raises(PresetError, match="cannot be a preset's name"):
        online_catalog.write_preset(voice, name, tmp_path, force=True)
    assert list(tmp_path.iterdir()) == []
