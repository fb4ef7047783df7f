"""What a person is told of a dubbing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from speechcast.dub.dubbing import Dubbed
from speechcast.dub.original import Original
from speechcast.dub.report import (
    describe_borrowed,
    describe_cues,
    describe_late,
    describe_mix,
    describe_rates,
    describe_speakers,
    describe_unspoken,
    name_cue,
)
from speechcast.dub.soundtrack import Soundtrack, choose_level
from speechcast.request import AudioOptions
from tests.dub.test_dubbing import RATE, TOO_LONG, dub, write_srt


def made(folder: Path, cues: list[tuple[int, int, str]], *, overrun: bool = False) -> Dubbed:
    return dub(write_srt(folder / "a.srt", cues), overrun=overrun)


def test_late_cues_and_those_that_go_on_after_they_disappear(tmp_path: Path) -> None:
    result = made(tmp_path, TOO_LONG, overrun=True)
    late = describe_late(result.cues, result.dubbing, RATE)
    assert late == "1 cue begins late, by up to 1.16 s: the cue at 00:00:00.500 (line 6, “好。”)"
    borrowed = describe_borrowed(result.cues, result.dubbing, RATE)
    # The first goes on into the second, not into silence; the second ends 0.86 s too late.
    assert borrowed == (
        "1 cue goes on into the silence after, by up to 0.86 s: the cue at 00:00:00.500 (line 6, "
        "“好。”)"
    )
    assert describe_cues(result.cues, result.dubbing) == (
        "3 spoken, 2 of them from their first sample on"
    )


def test_nothing_is_said_of_what_is_as_it_should_be(tmp_path: Path) -> None:
    result = made(tmp_path, [(0, 400, "一二。"), (1000, 2000, "♪"), (3000, 4000, "三。")])
    assert describe_late(result.cues, result.dubbing, RATE) == ""
    assert describe_borrowed(result.cues, result.dubbing, RATE) == ""  # heard for 0.4 s exactly
    assert describe_cues(result.cues, result.dubbing) == (
        "2 spoken, 2 of them from their first sample on, 1 only shown"
    )
    assert describe_speakers(result.dubbing).startswith("tone (")


def test_the_name_of_a_cue(tmp_path: Path) -> None:
    result = made(tmp_path, [(0, 9000, "字" * 24), (10_000, 19_000, "一\n" + "二" * 23)])
    dubbing = result.dubbing
    assert name_cue(dubbing, 0) == f"the cue at 00:00:00.000 (line 2, “{'字' * 24}”)"
    assert name_cue(dubbing, 1) == f"the cue at 00:00:10.000 (line 6, “一 {'二' * 22}…”)"
    subtitles = dubbing.subtitles
    unnumbered = replace(subtitles, captions=tuple(replace(c, row=0) for c in subtitles.captions))
    assert name_cue(replace(dubbing, subtitles=unnumbered), 0) == (
        f"the cue at 00:00:00.000 (“{'字' * 24}”)"
    )


@pytest.mark.parametrize(("kinds", "end"), [(5, "[噪声4])"), (6, "[噪声4], …)")])
def test_five_of_the_texts_that_are_not_spoken_are_shown(
    tmp_path: Path, kinds: int, end: str
) -> None:
    cues = [(1000 * n, 1000 * n + 900, f"[噪声{n}]") for n in range(kinds)]
    result = made(tmp_path, [*cues, (9000, 9900, "[噪声0]\n好。")])
    line = describe_unspoken(result.dubbing)
    assert line.startswith(f"shown, not spoken: {kinds + 1} ([噪声0], [噪声1], ")
    assert line.endswith(end)


def test_voices_are_listed_with_what_they_say(tmp_path: Path) -> None:
    (tmp_path / "low.toml").write_text(
        'description = "low"\nengine = "tone"\nvoice = "sine"\nlanguage = "zh-CN"\n', "utf-8"
    )
    cues = [(0, 900, "好。"), (1000, 1900, "小李：开会。"), (3000, 3900, "小李：散会。")]
    result = dub(write_srt(tmp_path / "a.srt", cues), cast={"小李": str(tmp_path / "low.toml")})
    assert describe_speakers(result.dubbing) == ("low as 小李 (2 cues), tone as all others (1 cue)")


def test_rates_are_counted_by_how_they_differ_from_the_presets(tmp_path: Path) -> None:
    result = made(tmp_path, [(0, 900, "一。"), (1000, 1900, "二。"), (3000, 3900, "三。")])
    for rates, line in (
        ({1: 5, 2: -3, 3: 0}, "3 sentences, 1 faster, by up to 5 %, 1 slower, by up to 3 %"),
        ({1: 5, 2: 25, 3: 1}, "3 sentences, 3 faster, by up to 25 %"),
        ({1: -5, 2: -9, 3: 0}, "3 sentences, 2 slower, by up to 9 %"),
    ):
        assert describe_rates(rates, result.dubbing) == line


ORIGINAL = Original(Path("a.mp4"), 48_000, 2, 480_000, -20.25, video=True, sound=True)


def test_how_the_speech_was_mixed(tmp_path: Path) -> None:
    result = made(tmp_path, [(0, 900, "好。")])
    assert list(describe_mix(result)) == []
    track = Soundtrack((), ORIGINAL, -18.04, 12.5, ("data", "attachment"))
    lines = list(describe_mix(replace(result, soundtrack=track)))
    assert lines == [
        "-20.2 LUFS, 12.5 dB lower under speech (-18.0 LUFS): falls in 0.25 s, rises in 0.5 s, "
        "stays low in pauses up to 1 s",
        "not copied: data, attachment",
    ]
    (line,) = describe_mix(replace(result, soundtrack=Soundtrack((), ORIGINAL, None)))
    assert "(its own level)" in line
    silent = Soundtrack((), replace(ORIGINAL, sound=False), -16.0)
    assert list(describe_mix(replace(result, soundtrack=silent))) == [
        "it has no sound, so that the speech is heard alone"
    ]


@pytest.mark.parametrize(
    ("loudness", "lufs"),
    [
        (-20.26, -20.3),
        (-24.0, -24.0),
        (-24.1, -24.0),
        (-14.0, -14.0),
        (-10.0, -14.0),
        (-68.9, -24.0),
        (-69.0, -16.0),  # a hum, or nothing: then it is the request's
        (-70.0, -16.0),
    ],
)
def test_the_speech_is_as_loud_as_its_original_within_limits(
    tmp_path: Path, loudness: float, lufs: float
) -> None:
    request = made(tmp_path, [(0, 900, "好。")]).dubbing.prepared.request
    voice = replace(request.voice, loudness="podcast")
    request = replace(request, cast={"": voice}, audio=AudioOptions())
    original = replace(ORIGINAL, loudness=loudness)
    assert choose_level(original, request).lufs == lufs
    asked = replace(request, audio=AudioOptions(loudness="-18"))
    assert choose_level(original, asked) == asked.target
