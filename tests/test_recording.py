"""What a listener hears while a speech is being recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast.documents import from_text
from speechcast.model import PlacedClip
from speechcast.prepare import prepare
from speechcast.progress import ignore_progress
from speechcast.recording import record
from speechcast.request import AudioOptions, resolve_request
from speechcast.synthesis.synthesizer import Resources
from speechcast.timeline import place
from speechcast.voices import presets

TEXT = "同志们，早上好！银杏刚刚变黄。（停顿）\n\n一、回顾过去\n\n去年我们种了三千棵树。谢谢大家！"


@pytest.mark.parametrize("seconds", [None, 9.0])
def test_the_clips_passed_on_are_the_timeline(seconds: float | None) -> None:
    audio = AudioOptions(duration=seconds)
    request = resolve_request(
        from_text(TEXT), "it", Path(), voice=presets.load("tone"), audio=audio
    )
    prepared = prepare(request)
    passed: list[PlacedClip] = []
    recorded = record(prepared, ignore_progress, Resources(), passed.append)
    timeline = place(prepared.utterances, recorded.clips, recorded.pauses)
    assert [(p.utterance, p.start) for p in passed] == [
        (p.utterance, p.start) for p in timeline.clips
    ]
    assert all(p.clip is q.clip for p, q in zip(passed, timeline.clips, strict=True))
    if seconds:
        assert timeline.length / timeline.rate == pytest.approx(seconds, rel=0.02)
