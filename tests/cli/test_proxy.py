"""`--proxy`: which voices of a request it reaches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from speechcast.cli.common import with_proxy
from speechcast.documents import from_text
from speechcast.model import Voice
from speechcast.request import Request
from speechcast.voices import presets

PROXY = "http://127.0.0.1:7890"
OTHER = "http://127.0.0.1:9"


def request_with(voice: Voice) -> Request:
    return Request(document=from_text("大家好。"), name="speech", cast={"": voice}, output=Path())


@pytest.mark.parametrize(
    ("preset", "options", "expected"),
    [
        ("xiaoxiao", {}, {"proxy": PROXY}),
        ("xiaoxiao", {"limit": "4"}, {"limit": "4", "proxy": PROXY}),
        ("xiaoxiao", {"proxy": OTHER}, {"proxy": PROXY}),
        ("tone", {}, {}),
    ],
)
def test_every_online_voice_is_reached_through_it(
    preset: str, options: dict[str, str], expected: dict[str, str]
) -> None:
    request = request_with(replace(presets.load(preset), options=options))
    assert with_proxy(request, PROXY).voice.options == expected


def test_without_a_proxy_the_request_is_unchanged() -> None:
    request = request_with(presets.load("xiaoxiao"))
    assert with_proxy(request, None) is request
