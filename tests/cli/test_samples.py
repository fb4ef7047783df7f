"""The samples of `speechcast voices preview`, before they are spoken."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast.cli.preview import _request_sample
from speechcast.prepare import prepare
from speechcast.voices import presets


@pytest.mark.parametrize(
    ("voice", "text", "begins"),
    [
        ("tone", None, "各位来宾"),
        ("xiaoxiao", None, "各位来宾"),
        ("emma", None, "Good morning"),
        ("tone", "Any text, in any language.", "Any text"),
    ],
)
def test_a_sample_is_in_the_language_of_its_voice(
    voice: str, text: str | None, begins: str
) -> None:
    request = _request_sample(presets.load(voice), text, Path("out"))
    assert prepare(request).request.document.text.startswith(begins)
    assert request.outputs.audio == (Path("out", f"preview-{voice}.mp3"),)


def test_the_sample_of_a_mix_has_a_name_that_a_file_may_have() -> None:
    request = _request_sample(presets.load("zf_xiaoxiao*0.7 + zf_xiaoyi*0.3"), None, Path("out"))
    assert set("/\\:*?<>|\"' +") & set(request.name) == set()
