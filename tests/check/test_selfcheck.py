"""What every production is checked for before it is delivered, at its limits."""

from __future__ import annotations

import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from speechcast.check.selfcheck import require_whole
from speechcast.errors import CheckError
from speechcast.model import Clip, PlacedClip, Timeline, Utterance
from speechcast.subtitles.cue import Cue, CueToken
from tests.support.speeches import line

TEXT = "今天我们开会讨论三项议题，然后休息。"  # sixteen characters that must be shown


def placed(utterance: Utterance) -> PlacedClip:
    return PlacedClip(utterance, Clip(np.zeros(1, np.int16), 24_000, (None,)), 0)


TIMELINE = Timeline((placed(line(TEXT)), placed(line("再见。"))), 24_000, 48_000)


def cue(start: int, end: int, text: str) -> Cue:
    return Cue(start, end, (CueToken(text, None),))


WHOLE = [cue(0, 24_000, TEXT), cue(24_000, 48_000, "再见")]


def test_cues_from_the_first_sample_to_the_last_are_whole() -> None:
    require_whole(WHOLE, TIMELINE)
    require_whole([cue(0, 1, TEXT[:7]), cue(1, 2, TEXT[7:] + "，再见！")], TIMELINE)


@pytest.mark.parametrize(
    ("cues", "fault"),
    [
        ([WHOLE[0]], "the cues do not show the text as it is at “再见”"),
        ([], "the cues do not show the text as it is at “今天我们开会讨论三项议题”"),
        ([*WHOLE, cue(48_000, 48_001, "好")], "the cues do not show the text as it is at “”"),
        ([cue(0, 9, TEXT.replace("讨", "议")), WHOLE[1]], "at “讨论三项议题然后休息再见”"),
        ([cue(0, 9, "今" + TEXT), WHOLE[1]], "at “天我们开会讨论三项议题然”"),
        ([WHOLE[0], replace(WHOLE[1], end=48_001)], "cue 2 is empty or outside the sound"),
        ([replace(WHOLE[0], start=-1), WHOLE[1]], "cue 1 is empty or outside the sound"),
        ([WHOLE[0], replace(WHOLE[1], end=24_000)], "cue 2 is empty or outside the sound"),
        ([WHOLE[0], cue(24_000, 24_001, " \n"), WHOLE[1]], "cue 2 is empty or outside"),
        ([WHOLE[0], replace(WHOLE[1], start=23_999)], "cue 2 overlaps the one before it"),
    ],
)
def test_what_is_not_whole(cues: list[Cue], fault: str) -> None:
    with pytest.raises(CheckError) as failed:
        require_whole(cues, TIMELINE)
    assert fault in str(failed.value)


def sound(path: Path, length: int, rate: int) -> Path:
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, rate, 0, "NONE", ""))
        out.writeframes(b"\0\0" * length)
    return path


@pytest.mark.parametrize(("length", "rate"), [(48_000, 24_000), (96_000, 48_000), (16_000, 8_000)])
def test_a_sound_is_as_long_as_the_timeline_at_any_rate(
    tmp_path: Path, length: int, rate: int
) -> None:
    right = sound(tmp_path / "right.wav", length, rate)
    require_whole(WHOLE, TIMELINE, right)
    for wrong in (length - 1, length + 1):
        with pytest.raises(CheckError, match=f"{wrong} samples, the timeline {length}"):
            require_whole(WHOLE, TIMELINE, right, sound(tmp_path / "wrong.wav", wrong, rate))
    (tmp_path / "none.wav").write_bytes(b"RIFF")
    with pytest.raises(CheckError, match=r"none\.wav cannot be played"):
        require_whole(WHOLE, TIMELINE, tmp_path / "none.wav")
