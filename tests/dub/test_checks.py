"""No dubbing is delivered that is not whole and on time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from speechcast.dub import dubbing as production
from speechcast.dub.checks import require_on_time
from speechcast.dub.dubbing import Dubbed
from speechcast.dub.request import read_subtitles
from speechcast.errors import CheckError, UsageError
from speechcast.subtitles.cue import CueToken
from tests.dub.test_dubbing import RATE, dub, write_srt
from tests.support.videos import write_sound

CUES = [(0, 1000, "今天"), (1100, 2000, "♪"), (2100, 4000, "开会。")]


@pytest.fixture
def dubbed(tmp_path: Path) -> Dubbed:
    return dub(write_srt(tmp_path / "a.srt", CUES))


def whole(dubbed: Dubbed) -> dict[str, Any]:
    return {
        "dubbing": dubbed.dubbing,
        "timeline": dubbed.timeline,
        "cues": dubbed.cues,
        "captions": production._compose_captions(dubbed.dubbing, dubbed.timeline),
        "sounds": dubbed.audio,
        "mixed": False,
    }


def with_cue(parts: dict[str, Any], **changes: Any) -> dict[str, Any]:
    captions = parts["captions"]
    first = replace(captions.cues[0], **changes)
    return {**parts, "captions": replace(captions, cues=(first, *captions.cues[1:]))}


def with_shown(parts: dict[str, Any]) -> dict[str, Any]:
    tokens = parts["captions"].cues[0].tokens
    return with_cue(parts, tokens=(CueToken("明天", tokens[0].span), *tokens[1:]))


def with_sound_lost(parts: dict[str, Any]) -> dict[str, Any]:
    return {**parts, "timeline": replace(parts["timeline"], clips=parts["timeline"].clips[1:])}


def with_late_cue(parts: dict[str, Any]) -> dict[str, Any]:
    first, *others = parts["cues"]
    return {**parts, "cues": (replace(first, late=first.late + 1), *others)}


def with_length(parts: dict[str, Any]) -> dict[str, Any]:
    return {**parts, "timeline": replace(parts["timeline"], length=parts["timeline"].length + 1)}


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (with_shown, "cue 1 does not show what it showed"),
        (with_sound_lost, "the sound does not have all of the cues"),
        (with_late_cue, "cue 1 is not heard on its time"),
        (lambda parts: with_cue(parts, start=1), "cue 1 is not heard on its time"),
        (lambda parts: {**parts, "cues": parts["cues"][1:]}, "a cue is heard that is none"),
        (with_length, r"a\.wav has \d+ samples, the timeline \d+"),
    ],
)
def test_a_dubbing_that_is_not_whole_is_not_delivered(
    dubbed: Dubbed, spoil: Callable[[dict[str, Any]], dict[str, Any]], fault: str
) -> None:
    parts = whole(dubbed)
    require_on_time(**parts)
    with pytest.raises(CheckError, match=fault):
        require_on_time(**spoil(parts))


@pytest.mark.parametrize(("more", "right"), [(0.099, True), (-0.099, True), (0.101, False)])
def test_a_mix_may_differ_by_a_tenth_of_a_second(
    dubbed: Dubbed, tmp_path: Path, more: float, right: bool
) -> None:
    seconds = dubbed.timeline.length / RATE + more
    silence = np.zeros((round(seconds * 48_000), 1), np.int16)
    parts = {**whole(dubbed), "mixed": True}
    parts["sounds"] = [write_sound(tmp_path / "mix.wav", silence)]
    if right:
        require_on_time(**parts)
    else:
        with pytest.raises(CheckError, match="mix.wav has another length than the dubbing"):
            require_on_time(**parts)


def test_a_mix_that_cannot_be_played_is_not_delivered(dubbed: Dubbed, tmp_path: Path) -> None:
    (tmp_path / "mix.wav").write_bytes(b"RIFF")
    parts = {**whole(dubbed), "mixed": True, "sounds": [tmp_path / "mix.wav"]}
    with pytest.raises(CheckError, match="mix.wav cannot be played"):
        require_on_time(**parts)


DAY = 24 * 3600 * 1000


@pytest.mark.parametrize(
    ("offset", "words"),
    [
        (-0.5, None),
        (1.0, None),
        (-0.501, "cue 1 begins after 0.5 seconds and would be spoken before the beginning"),
        (1.001, "which moves cue 2 to more than 24 hours after the start"),
        (86_400.0, "which moves cue 1 to more than 24 hours after the start"),
    ],
)
def test_an_offset_keeps_every_cue_within_a_day(
    tmp_path: Path, offset: float, words: str | None
) -> None:
    """Else hours of silence are written for a slip of the pen."""
    path = write_srt(tmp_path / "a.srt", [(500, 900, "甲"), (DAY - 1999, DAY - 1000, "乙")])
    if words is None:
        starts = [caption.start for caption in read_subtitles(path, offset).captions]
        assert starts == [500 + round(offset * 1000), DAY - 1999 + round(offset * 1000)]
    else:
        with pytest.raises(UsageError, match=f"^--offset is {offset:g}, .*{words}$"):
            read_subtitles(path, offset)
