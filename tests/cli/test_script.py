"""`speechcast script`: what it says would leave this machine, on the page and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from speechcast.cli.preview_json import to_document
from speechcast.cli.script import _transfers
from speechcast.documents import from_text
from speechcast.preferences import Preferences
from speechcast.preview import Preview, preview
from speechcast.request import resolve_request

TEXT = "今天开会。\n\n主持人：请讲。"


def preview_of(text: str, preferences: Preferences, *allow_online: str) -> Preview:
    request = resolve_request(
        from_text(text), "speech", Path(), preferences, allow_online=allow_online
    )
    return preview(request, with_phonemes=False)


@pytest.mark.parametrize(
    ("front_matter", "preferences", "allow_online", "allowed"),
    [
        ("", Preferences(voice="yunxi"), (), True),
        ("---\nvoice: yunxi\n---\n", Preferences(), (), False),
        ("---\nvoice: yunxi\n---\n", Preferences(), ("edge",), True),
    ],
)
def test_what_is_allowed_is_what_the_user_chose(
    front_matter: str, preferences: Preferences, allow_online: tuple[str, ...], allowed: bool
) -> None:
    result = preview_of(f"{front_matter}{TEXT}", preferences, *allow_online)
    (sending,) = json.loads(json.dumps(to_document(result)))["sending"]
    assert sending["allowed"] is allowed
    labels = [line.split()[0] for line in _transfers(result.transfers)]
    assert labels == ["sending", *([] if allowed else ["refused"]), "the"]


def test_a_speaker_whose_text_is_sent_is_named() -> None:
    cast = Preferences(voice="tone", cast={"主持人": "yunxi"})
    line, _mark = _transfers(preview_of(TEXT, cast).transfers)
    assert line.startswith("sending    3 characters (主持人) to ")
    line, _mark = _transfers(preview_of("今天开会。", Preferences(voice="yunxi")).transfers)
    assert line.startswith("sending    5 characters to ")
