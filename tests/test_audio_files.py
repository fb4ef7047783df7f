"""How loud the sound files of a request became, as the summary says it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from speechcast.audio.loudness import LoudnessLevel
from speechcast.audio.targets import TARGETS
from speechcast.audio_files import describe_levels

LEVEL = LoudnessLevel(loudness=-16.04, true_peak=-1.26, peak=-3.1, rms=-20.54, floor=-61.7)
OTHER = replace(LEVEL, loudness=-16.2)
ACX = "rms -20.5 dB (ACX: -23 to -18), peak -3.1 dB (at most -3), noise floor -62 dB (at most -60)"


@pytest.mark.parametrize(
    ("target", "levels", "lines"),
    [
        ("podcast", [LEVEL, LEVEL], ["-16.0 LUFS, true peak -1.3 dBTP"]),
        (
            "podcast",
            [LEVEL, OTHER],
            [
                "-16.0 LUFS, true peak -1.3 dBTP (mp3)",
                "-16.2 LUFS, true peak -1.3 dBTP (wav)",
            ],
        ),
        ("acx", [LEVEL, OTHER], [ACX]),
    ],
)
def test_the_level_is_said_once_where_all_files_have_it(
    target: str, levels: list[LoudnessLevel], lines: list[str]
) -> None:
    assert describe_levels(levels, [Path("a.mp3"), Path("a.wav")], TARGETS[target]) == lines
