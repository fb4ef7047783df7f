"""`--device`: which voices it reaches, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast import documents
from speechcast.cli.common import with_device
from speechcast.request import resolve_request
from speechcast.voices import presets


@pytest.mark.parametrize(
    ("voice", "device", "options"),
    [
        ("narrator", "cpu", {"device": "cpu"}),
        ("narrator", "auto", {}),
        ("mandarin-hd", "cpu", {"device": "cpu"}),
        ("tone", "cpu", {}),
        ("xiaoxiao", "cpu", {}),
    ],
)
def test_the_option_reaches_the_embedded_voices_alone(
    voice: str, device: str, options: dict[str, str], tmp_path: Path
) -> None:
    request = resolve_request(
        documents.from_text("大家好。"), "speech", tmp_path, voice=presets.load(voice)
    )
    assert with_device(request, device).voice.options == options


def test_a_preset_can_keep_its_voice_on_the_processor(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'description = "d"\nengine = "kokoro"\nvoice = "zf_xiaoxiao"\nlanguage = "zh-CN"\n'
        '[options]\ndevice = "cpu"\n'
    )
    assert presets.load(str(path)).options == {"device": "cpu"}
