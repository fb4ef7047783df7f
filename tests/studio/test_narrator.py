"""The default voice in the studio: its clips are kept in the clip cache."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from speechcast.model import Voice
from tests.support.studio_client import run_studio

TEXT = "大家好。今天开会。谢谢！"


def digests(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*.clip")
    }


@pytest.mark.slow
def test_a_retake_records_one_clip_and_a_restart_none(narrator: Voice, tmp_path: Path) -> None:
    clips = tmp_path / "clips"
    with run_studio(tmp_path / "projects", clips) as studio:
        path = studio.create(TEXT, voice=narrator.name)
        studio.record(path)
        before = digests(clips)
        studio.patch(f"{path}/sentences/2", {"text": "明天开会。"})
        studio.get(f"{path}/sentences/2/sound")
        after = digests(clips)
        assert len(after) == len(before) + 1
        assert before.items() <= after.items()
        state = studio.get(path).json
    with run_studio(tmp_path / "projects", clips) as studio:
        again = studio.get(path).json
        assert again["recorded"] == 3
        assert again["cues"] == state["cues"]
        assert again["seconds"] == state["seconds"]
    assert digests(clips) == after
