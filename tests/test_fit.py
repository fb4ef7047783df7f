"""A speech spoken in a given time."""

from __future__ import annotations

import pytest

from conftest import lines_of
from speechcast import voices
from speechcast.engines.tone import Tone
from speechcast.errors import UsageError
from speechcast.fit import Cast, fitted
from speechcast.model import Clip
from speechcast.timeline import place

TONE = voices.load("tone")
LINES = lines_of("开学典礼\n" + "同学们，早上好！银杏刚刚变黄。今天，我们开学了。\n" * 8, TONE, 200)


def record(cast: Cast) -> list[Clip]:
    return [Tone(cast[line.speaker]).record(line) for line in LINES]


OWN = sum(len(clip.samples) for clip in record({"": TONE})) / 24_000


@pytest.mark.parametrize("factor", [0.8, 0.9, 1.0, 1.1, 1.3, 1.4])
def test_it_takes_the_time_asked_for(factor: float) -> None:
    asked = factor * (OWN + 17)
    made = fitted(asked, LINES, {"": TONE}, record)
    placed = place(LINES, made.clips, {"": made.cast[""].pauses})
    assert placed.length / placed.rate == pytest.approx(asked, rel=0.01)
    assert -30 <= made.cast[""].rate <= 50


@pytest.mark.parametrize(
    ("seconds", "how"),
    [(10.0, "--fit 0:10 would need a voice too fast"), (600.0, "--fit 10:00 .* too slow")],
)
def test_what_no_person_could_do(seconds: float, how: str) -> None:
    with pytest.raises(UsageError, match=how + ".*; the nearest that works is"):
        fitted(seconds, LINES, {"": TONE}, record)
