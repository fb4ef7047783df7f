"""The whole story: a speech becomes two files that fit each other."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import mutagen
import pytest
import srt

from speechcast import SpeechcastError, make_speech
from speechcast.cli.make import _advice
from speechcast.documents import from_text
from speechcast.model import Voice
from speechcast.produce import produce
from speechcast.production import Production
from speechcast.request import Preferences, SubtitleOptions, resolve_request
from speechcast.subtitles import style
from speechcast.subtitles.formats.registry import SUBTITLE_SUFFIXES
from tests.support.speeches import EXAMPLES, heard, onsets

ALL = tuple(SUBTITLE_SUFFIXES)
SPEECH = "开学典礼\n\n同学们：\n早上好！银杏刚刚变黄。今天，中共*市委的同志也来了。\n"


@pytest.fixture(scope="session", params=["tone", "narrator"])
def production(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, narrator: Voice
) -> Production:
    del narrator  # its model is wanted
    folder = tmp_path_factory.mktemp(request.param)
    return make_speech(EXAMPLES / "kaixue.txt", voice=request.param, output=folder)


def cues_of(production: Production) -> list[srt.Subtitle]:
    return list(srt.parse(production.subtitles[0].read_text(encoding="utf-8")))


def test_every_character_stands_in_the_cues_in_order(production: Production) -> None:
    source = (EXAMPLES / "kaixue.txt").read_text(encoding="utf-8")
    shown = "".join(cue.content for cue in cues_of(production))
    assert re.sub(r"[\s，。、；：]", "", shown) == re.sub(r"[\s，。、；：]", "", source)


def test_the_cues_are_well_formed(production: Production) -> None:
    cues = cues_of(production)
    assert [cue.index for cue in cues] == list(range(1, len(cues) + 1))
    assert all(a.end <= b.start for a, b in pairwise(cues))
    assert all(cue.start < cue.end and cue.content.strip() for cue in cues)
    assert not production.subtitles[0].read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(cues) == len(production.cues)


def test_cues_begin_with_the_sound(production: Production) -> None:
    """Every cue after a pause begins within 40 ms of an onset in the decoded MP3."""
    samples, rate = heard(production.audio[0])
    assert len(samples) / rate == pytest.approx(production.duration, abs=1e-9)
    cues, begins = cues_of(production), onsets(samples, rate)
    after_a_pause = [cues[0], *(b for a, b in pairwise(cues) if a.end < b.start)]
    assert len(after_a_pause) > 5
    for cue in after_a_pause:
        start = cue.start.total_seconds()
        assert min(abs(start - onset) for onset in begins) <= 0.040


def test_the_last_cue_ends_with_the_sound(production: Production) -> None:
    samples, rate = heard(production.audio[0])
    last_sound = (abs(samples) > 0.01).nonzero()[0][-1] / rate
    assert 0 <= cues_of(production)[-1].end.total_seconds() - last_sound <= 0.5


def test_every_pause_between_sentences_is_shown_or_bridged(production: Production) -> None:
    """Wherever there is sound, there is a cue."""
    samples, rate = heard(production.audio[0])
    shown = [(c.start.total_seconds(), c.end.total_seconds()) for c in cues_of(production)]
    for second in (abs(samples) > 0.03).nonzero()[0][:: rate // 100] / rate:
        assert any(start - 0.05 <= second <= end + 0.05 for start, end in shown)


@pytest.mark.slow
def test_the_same_speech_gives_the_same_bytes(narrator: Voice, tmp_path: Path) -> None:
    source = tmp_path / "speech.txt"
    source.write_text(SPEECH, encoding="utf-8")
    first = make_speech(source, voice=narrator, output=tmp_path / "1")
    second = make_speech(source, voice=narrator, output=tmp_path / "2")
    assert first.audio[0].read_bytes() == second.audio[0].read_bytes()
    assert first.subtitles[0].read_bytes() == second.subtitles[0].read_bytes()
    assert (first.sentences, first.voice) == (5, narrator)


@pytest.mark.slow
def test_a_failure_leaves_nothing(narrator: Voice, tmp_path: Path) -> None:
    source = tmp_path / "speech.txt"
    source.write_text("先说一句。\n他写了ก。\n", encoding="utf-8")
    with pytest.raises(
        SpeechcastError, match="line 2, sentence 2: the voice cannot read 'ก' in “他写了ก。”"
    ):
        make_speech(source, voice=narrator, output=tmp_path / "out")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["speech.txt"]


@pytest.mark.parametrize(
    "name", ["", " ", "..", "a/b", "a\\b", "a\0b", "a\nb", "\x1b[31ma", "a\u202eb", "a\ufeff"]
)
def test_a_name_that_is_no_file_name_is_refused(tone: Voice, tmp_path: Path, name: str) -> None:
    source = tmp_path / "speech.txt"
    source.write_text(SPEECH, encoding="utf-8")
    if not name:
        assert make_speech(source, tone, tmp_path, name=name).audio[0].name == "speech.mp3"
        return
    with pytest.raises(SpeechcastError, match="cannot be the name of a file"):
        make_speech(source, tone, tmp_path, name=name)


def test_a_name_whose_bytes_are_no_text_is_kept_and_shown(tone: Voice, tmp_path: Path) -> None:
    source = tmp_path / os.fsdecode(b"caf\xe9.txt")
    try:
        source.write_text(SPEECH, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    production = make_speech(
        source, tone, tmp_path / os.fsdecode(b"o\xe9"), subtitles=SubtitleOptions(formats=ALL)
    )
    assert os.fsencode(production.audio[0].name) == b"caf\xe9.mp3"
    assert all(path.is_file() for path in production.files)


def test_half_a_character_in_a_title_is_replaced(tone: Voice, tmp_path: Path) -> None:
    source = tmp_path / "speech.txt"
    source.write_text(f'---\ntitle: "a\\ud800b"\n---\n{SPEECH}', encoding="utf-8")
    production = make_speech(source, tone, tmp_path / "out", subtitles=SubtitleOptions(formats=ALL))
    tags: Any = mutagen.File(production.audio[0])
    assert str(tags["TIT2"]) == "a\N{REPLACEMENT CHARACTER}b"


@pytest.mark.parametrize("rate", [100, 60])
def test_the_rate_advised_for_hasty_readers_is_the_fastest_that_helps(
    rate: int, tmp_path: Path
) -> None:
    calm = replace(style.load("netflix-zh"), speed=6)

    def advice(percent: int) -> str:
        request = resolve_request(
            from_text("今天我们大家在这里开会学习文件。" * 3),
            "speech",
            tmp_path,
            Preferences(voice="tone", rate=f"{percent:+}%"),
            SubtitleOptions(style=calm),
        )
        return _advice(produce(request))

    advised = re.search(r"allows 6; --rate ([+-][0-9]+)% would", advice(rate))
    assert advised
    assert advice(int(advised[1])) == ""
    assert advice(int(advised[1]) + 5) != ""
