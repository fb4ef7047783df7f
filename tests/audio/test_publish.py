"""The audio options from end to end: files, level, tags, duration."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import mutagen
import pytest

from speechcast import UsageError, make_speech
from speechcast.audio.decode import read_played_length
from speechcast.audio.formats import AUDIO_FORMATS
from speechcast.audio.targets import TARGETS
from speechcast.production import Production
from speechcast.request import AudioOptions, Preferences
from speechcast.synthesis.fit_duration import parse_duration
from speechcast.voices import presets

SPEECH = """---
title: 在庆典上的讲话
speaker: 王小明
date: 2023-03-05
---
同志们，早上好！银杏刚刚变黄。

一、回顾过去

去年我们种了三千棵树。今天，我们来看一看它们。它们都长大了。

二、展望未来

明年我们再种三千棵。谢谢大家！
"""


def produce(folder: Path, options: AudioOptions, **arguments: Any) -> Production:
    source = folder / "speech.txt"
    source.write_text(SPEECH, encoding="utf-8")
    return make_speech(source, "tone", folder / "out", audio=options, **arguments)


@pytest.mark.slow
def test_one_speech_in_every_format(tmp_path: Path) -> None:
    done = produce(tmp_path, AudioOptions(formats=tuple(AUDIO_FORMATS)))
    suffixes = [path.suffix for path in done.files]
    assert suffixes == [".mp3", ".m4b", ".opus", ".flac", ".wav", ".srt"]
    assert (*done.audio, *done.subtitles) == done.files
    for sound, level in zip(done.audio, done.levels, strict=True):
        samples, rate = read_played_length(sound)
        assert samples / rate == pytest.approx(done.duration, abs=1 / rate)
        assert level.loudness == pytest.approx(-16, abs=0.5)
        assert level.true_peak <= -1


def test_what_a_player_shows(tmp_path: Path) -> None:
    frames: Any = mutagen.File(
        produce(tmp_path, AudioOptions(album="讲话", track=2, tracks=9)).audio[0]
    )
    texts = {name: frames[name].text[0] for name in ("TIT2", "TPE1", "TALB", "TRCK", "TLAN")}
    assert texts == {
        "TIT2": "在庆典上的讲话",
        "TPE1": "王小明",
        "TALB": "讲话",
        "TRCK": "2/9",
        "TLAN": "zho",
    }
    assert str(frames["TDRC"].text[0]) == "2023-03-05"
    assert frames["USLT::zho"].text.startswith("同志们，早上好！")


def test_the_lyrics_come_with_the_cues(tmp_path: Path) -> None:
    done = produce(tmp_path, AudioOptions())
    frames: Any = mutagen.File(done.audio[0])
    (timed,) = frames.tags.getall("SYLT")
    expected = [(cue.text, cue.start * 1000 // done.rate) for cue in done.cues]
    assert timed.text == expected


def test_the_chapters_are_the_headings(tmp_path: Path) -> None:
    done = produce(tmp_path, AudioOptions())
    frames: Any = mutagen.File(done.audio[0])
    chapters = sorted(frames.tags.getall("CHAP"), key=lambda chapter: chapter.start_time)
    titles = [chapter.sub_frames["TIT2"].text[0] for chapter in chapters]
    assert titles == ["在庆典上的讲话", "一、回顾过去", "二、展望未来"]
    assert chapters[0].start_time == 0
    assert chapters[-1].end_time == int(done.duration * 1000)
    (second,) = (cue for cue in done.cues if cue.text.startswith("二、"))
    assert chapters[2].start_time == pytest.approx(second.start * 1000 / done.rate, abs=50)


def test_another_rate_and_bitrate(tmp_path: Path) -> None:
    done = produce(tmp_path, AudioOptions(sample_rate=44_100, bitrate=128_000))
    info: Any = mutagen.File(done.audio[0])
    assert (info.info.sample_rate, info.info.bitrate) == (44_100, 128_000)
    samples, rate = read_played_length(done.audio[0])
    assert samples == -(-round(done.duration * 24_000) * 44_100 // 24_000)
    assert rate == 44_100


def test_acx_brings_its_rate_and_bitrate(tmp_path: Path) -> None:
    done = produce(tmp_path, AudioOptions(loudness="acx"))
    info: Any = mutagen.File(done.audio[0])
    assert (info.info.sample_rate, info.info.bitrate) == (44_100, 192_000)
    assert -23 <= done.levels[0].rms <= -18
    assert done.levels[0].peak <= -3
    assert done.levels[0].floor <= -60


@pytest.mark.slow
def test_acx_brings_its_edges(tmp_path: Path) -> None:
    usual, acx = (produce(tmp_path, AudioOptions(loudness=target)) for target in (None, "acx"))
    edges = [(d.voice.pauses.lead_in, d.voice.pauses.tail) for d in (usual, acx)]
    assert edges == [(0.3, 0.5), (0.5, 1.0)]
    assert acx.duration == pytest.approx(usual.duration + 0.7, abs=0.001)


def test_a_production_too_long_for_its_target_gives_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = replace(TARGETS["acx"], longest=0.5)
    monkeypatch.setitem(TARGETS, "acx", short)
    produce(tmp_path, AudioOptions(loudness="acx"))
    assert "the speech lasts 0 minutes, but acx takes no file of more than 0" in caplog.text


@pytest.mark.slow
def test_a_speech_fitted_to_a_duration(tmp_path: Path) -> None:
    usual = produce(tmp_path, AudioOptions()).duration
    fitted = produce(tmp_path, AudioOptions(duration=usual * 0.8))
    assert fitted.duration == pytest.approx(usual * 0.8, rel=0.01)
    assert fitted.voice.rate > 0
    with pytest.raises(UsageError, match="a length of 0:03 .* the nearest that works is"):
        produce(tmp_path, AudioOptions(duration=parse_duration("0:03")))


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (AudioOptions(loudness="loud"), "loudness is 'loud'"),
        (AudioOptions(sample_rate=96_000), "--sample-rate is 96000; mp3 allows"),
        (AudioOptions(bitrate=320_000, sample_rate=16_000), "320k; mp3 at 16000 Hz allows .* 160k"),
    ],
)
def test_an_impossible_option_fails_before_any_work(
    options: AudioOptions, why: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=why):
        produce(tmp_path, options)
    assert not (tmp_path / "out").exists()


def test_the_preset_has_a_target_and_edges(tmp_path: Path) -> None:
    preset = (presets.PRESETS.find_path("tone")).read_text(encoding="utf-8")
    preset_path = tmp_path / "own.toml"
    changed = preset.replace("[pauses]", "[pauses]\nlead_in = 2\ntail = 3\n")
    preset_path.write_text(f"loudness = -20\n{changed}", encoding="utf-8")
    voice = presets.read_preset(preset_path)
    source = tmp_path / "speech.txt"
    source.write_text("谢谢大家！", encoding="utf-8")
    done = make_speech(source, voice, tmp_path / "out")
    assert done.levels[0].loudness == pytest.approx(-20, abs=0.5)
    assert done.cues[0].start == 2 * done.rate
    plain = make_speech(source, replace(voice, pauses=presets.load("tone").pauses), tmp_path / "b")
    assert done.duration - plain.duration == pytest.approx(1.7 + 2.5, abs=0.001)


def test_the_speakers_of_a_cast_are_named_and_matched(tmp_path: Path) -> None:
    preset_path = tmp_path / "low.toml"
    preset_path.write_text(
        presets.PRESETS.find_path("tone").read_text(encoding="utf-8"), encoding="utf-8"
    )
    source = tmp_path / "speech.txt"
    source.write_text(
        "主持人：同志们好。现在开会。\n市长：谢谢大家！我们开始吧。\n", encoding="utf-8"
    )
    preferences = Preferences(cast={"市长": str(preset_path)})
    done = make_speech(source, "tone", tmp_path / "out", preferences=preferences)
    frames: Any = mutagen.File(done.audio[0])
    assert frames["TXXX:VOICE"].text == ["tone, low"]
