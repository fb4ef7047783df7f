"""What a program that uses the package may send: its own choices, and no document's."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast import ConsentError, Preferences, make_speech
from speechcast.documents import from_text
from speechcast.engines.online.addresses import covers, is_http_address
from speechcast.errors import UsageError
from speechcast.preferences import Chooser
from speechcast.prepare import prepare
from speechcast.request import resolve_request
from speechcast.sending import list_transfers
from speechcast.voices import presets

TEXT = "---\nvoice: yunyang\ncast: {甲: xiaoxiao, 乙: aria}\n---\n大家好。\n\n甲：请讲。\n"


def test_a_documents_online_voice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(ConsentError, match="chooses the voice 'yunyang'"):
        make_speech(tmp_path / "a.txt", output=tmp_path / "out")
    with pytest.raises(ConsentError, match="chooses the voice 'xiaoxiao' for 甲"):
        make_speech(tmp_path / "a.txt", voice="tone", output=tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("preferences", "allowed", "missing"),
    [
        (Preferences(), (), ["edge", "edge"]),
        (Preferences(), ("edge",), ["", ""]),
        (Preferences(voice="yunxi"), (), ["", "edge"]),
        (Preferences(voice="yunxi", cast={"甲": "xiaoyi"}), (), ["", ""]),
        (Preferences(cast={"甲": "tone"}), (), ["edge"]),
        (Preferences(), ("https://speech.platform.bing.com",), ["", ""]),
        (Preferences(), ("bing.com", "http://speech.platform.bing.com"), ["edge", "edge"]),
    ],
)
def test_who_has_a_say(
    preferences: Preferences,
    allowed: tuple[str, ...],
    missing: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("edge_tts.communicate.WSS_URL", "wss://speech.platform.bing.com/edge")
    request = resolve_request(from_text(TEXT), "it", Path(), preferences, allow_online=allowed)
    assert [t.missing for t in list_transfers(prepare(request))] == missing


def test_a_voice_by_code_is_the_programs_choice() -> None:
    """A speaker who says nothing sends nothing: 乙."""
    voice = presets.load("yunjian")
    request = resolve_request(from_text(TEXT), "it", Path(), voice=voice, allow_online=["edge"])
    main, labelled = list_transfers(prepare(request))
    assert (main.chooser, labelled.chooser) == (Chooser.USER, Chooser.DOCUMENT)
    assert (main.characters, labelled.characters) == (4, 3)


def test_the_main_voice_is_no_part_of_a_cast() -> None:
    with pytest.raises(UsageError, match="the main voice is no part of it"):
        resolve_request(from_text("今天"), "it", Path(), Preferences(cast={"": "tone"}))


@pytest.mark.parametrize(
    ("allowance", "address", "expected"),
    [
        ("http://a:80", "http://a/v1", True),
        ("HTTP://A/other", "http://a", True),
        ("a", "https://a:8443", True),
        ("a:8880", "http://a:8880", True),
        ("a:8880", "http://a:8881", False),
        ("https://a", "http://a", False),
        ("a", "http://b.a", False),
        ("a", "http://a.b", False),
        ("a", "http://a@b", False),
        ("[::1]:80", "http://[::1]", True),
        ("127.0.0.1", "http://2130706433", False),
    ],
)
def test_what_an_allowance_covers(allowance: str, address: str, expected: bool) -> None:
    assert covers(allowance, address) is expected


@pytest.mark.parametrize(
    "address",
    ["http://evil\\@127.0.0.1", "http://a b", "http://a\tb", "http://a:0", "http://", "http://a:x"],
)
def test_what_clients_could_read_differently_is_no_address(address: str) -> None:
    assert not is_http_address(address)
