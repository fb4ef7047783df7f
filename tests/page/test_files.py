"""The transcript of files: the text of the tags or the subtitles, the times of words or cues."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
import srt

from speechcast.audio.file_activity import measure_activity
from speechcast.errors import SourceError
from speechcast.model import BlockKind
from speechcast.page.files import find_subtitles, read_transcript
from speechcast.page.matching import find_cues
from speechcast.page.transcript import Transcript
from speechcast.subtitles.caption import Caption, CaptionWord
from speechcast.subtitles.read import read_captions
from tests.page.conftest import MadePage, copy_without_word_times

LATE = timedelta(seconds=0.9)


def read(made: MadePage, suffix: str) -> Transcript:
    subtitles = made.audio.with_suffix(suffix)
    return read_transcript(made.audio, subtitles, measure_activity(made.audio))


def timed_words(shown: Transcript) -> list[tuple[float, str]]:
    return [
        (word.time / 1000, passage.text[word.start : word.end])
        for passage in shown.passages
        for word in passage.ranges
    ]


@pytest.mark.parametrize(
    ("suffix", "tolerance"), [(".json", 0.001), (".vtt", 0.001), (".lrc", 0.01)]
)
def test_words_have_the_times_of_the_production(
    made: MadePage, suffix: str, tolerance: float
) -> None:
    shown = read(made, suffix)
    assert shown.by_word
    words = timed_words(shown)
    assert len(words) >= 0.95 * len(made.words)  # LRC writes signs in other characters
    for time, word in words:
        expected = {token for start, token in made.words if abs(start - time) <= tolerance}
        assert any(word.endswith(token) for token in expected), (time, word, expected)


def test_a_stage_direction_is_not_lit(made: MadePage) -> None:
    last = read(made, ".json").passages[-1]
    assert last.text[last.ranges[0].start : last.ranges[0].end] == "谢谢"


def test_the_tags_of_an_mp3_have_the_times_of_words(made: MadePage) -> None:
    shown = read(made, ".srt")
    assert shown.by_word
    assert [word for _, word in timed_words(shown)] == [word for _, word in made.words]
    times = [time for time, _ in timed_words(shown)]
    assert times == pytest.approx([start for start, _ in made.words], abs=0.002)


def test_times_of_words_that_do_not_fit_the_subtitles_are_not_taken(
    made: MadePage, tmp_path: Path
) -> None:
    late = tmp_path / "late.srt"
    cues = list(srt.parse(made.audio.with_suffix(".srt").read_text("utf-8")))
    for cue in cues:
        cue.start, cue.end = cue.start + LATE, cue.end + LATE
    late.write_text(srt.compose(cues), "utf-8")
    shown = read_transcript(made.audio, late, measure_activity(made.audio))
    assert not shown.by_word
    assert timed_words(shown)[0][0] == cues[0].start.total_seconds()


def test_srt_beside_a_sound_without_our_tags_has_the_times_of_its_cues(
    made: MadePage, tmp_path: Path
) -> None:
    sound = copy_without_word_times(made.audio, tmp_path)
    shown = read_transcript(sound, made.audio.with_suffix(".srt"), measure_activity(sound))
    assert not shown.by_word
    starts = [
        cue["start"]["samples"] * 1000 // made.content["rate"] for cue in made.content["cues"]
    ]
    assert [round(time * 1000) for time, _ in timed_words(shown)] == starts


@pytest.mark.parametrize("suffix", [".json", ".vtt", ".lrc", ".srt"])
def test_paragraphs_headings_and_chapters_are_those_of_the_speech(
    made: MadePage, suffix: str
) -> None:
    shown = read(made, suffix)
    assert shown.passages[0].text == "秋天的第一堂课"
    headings = [p.text.strip() for p in shown.passages if p.kind is BlockKind.HEADING]
    assert headings == ["先说时间", "再说问题"]
    assert [title for title, _ in shown.chapters][1:] == headings
    assert len(shown.passages) == 9
    assert shown.language == "zh"


def test_edited_subtitles_show_their_own_text(made: MadePage, tmp_path: Path) -> None:
    edited = tmp_path / "edited.srt"
    text = made.audio.with_suffix(".srt").read_text("utf-8")
    edited.write_text(text.replace("谢谢大家", "谢谢各位"), encoding="utf-8")
    shown = read_transcript(made.audio, edited, measure_activity(made.audio))
    assert "谢谢各位" in shown.passages[-1].text
    assert "。" not in shown.passages[-1].text
    assert len(timed_words(shown)) == len(shown.cues)


def test_the_subtitles_that_tell_the_most_are_taken(tmp_path: Path) -> None:
    sound = tmp_path / "speech.mp3"
    with pytest.raises(SourceError, match="no subtitles beside"):
        find_subtitles(sound)
    for suffix in (".srt", ".lrc", ".vtt", ".json"):
        sound.with_suffix(suffix).touch()
        assert find_subtitles(sound).suffix == suffix


@pytest.mark.parametrize("samples", ["NaN", '"1"', "1.5", "null", "{}"])
def test_a_json_of_others_is_refused(made: MadePage, tmp_path: Path, samples: str) -> None:
    other = tmp_path / "other.json"
    content = {**made.content, "sentences": [{"text": "x", "tokens": [], "start": {"samples": 0}}]}
    text = json.dumps(content).replace('{"samples": 0}}]', f'{{"samples": {samples}}}}}]')
    other.write_text(text.replace('"tokens": []', '"tokens": [], "end": {"samples": 1}'))
    with pytest.raises(SourceError, match="not the JSON that speechcast writes"):
        read_transcript(made.audio, other, measure_activity(made.audio))


def test_subtitles_of_another_sound_are_refused(made: MadePage, tmp_path: Path) -> None:
    activity = measure_activity(made.audio)
    longer, shorter = tmp_path / "longer.srt", tmp_path / "shorter.srt"
    longer.write_text("1\n00:00:01,000 --> 01:00:02,000\n一\n", encoding="utf-8")
    shorter.write_text("1\n00:00:01,000 --> 00:00:02,000\n一\n", encoding="utf-8")
    with pytest.raises(SourceError, match="ends at"):
        read_transcript(made.audio, longer, activity)
    with pytest.raises(SourceError, match="shows only"):
        read_transcript(made.audio, shorter, activity)


def test_a_direction_between_cues_is_passed_over() -> None:
    captions = [Caption(0, 9, "你好 世界"), Caption(9, 20, "谢谢")]
    ranges = find_cues("你好，世界！（掌声）谢谢。", captions)
    assert ranges is not None
    assert [(r.start, r.end, r.time) for r in ranges] == [(0, 5, 0), (10, 12, 9)]


def test_another_text_is_not_taken_for_the_cues() -> None:
    assert find_cues("你好，世界！", [Caption(0, 9, "你好"), Caption(9, 20, "再见")]) is None


def test_times_never_go_back_and_words_of_another_text_do_not_count() -> None:
    words = (CaptionWord(5, "你"), CaptionWord(3, "好"))
    ranges = find_cues("你好世界", [Caption(5, 9, "你好", words), Caption(9, 12, "世界", words)])
    assert ranges is not None
    assert [(r.start, r.time) for r in ranges] == [(0, 5), (1, 5), (2, 9)]


def test_words_of_vtt_and_lrc(tmp_path: Path) -> None:
    vtt, lrc = tmp_path / "a.vtt", tmp_path / "a.lrc"
    vtt.write_text(
        "WEBVTT\n\n00:01.000 --> 00:03.000\n我&lt;们<00:02.000>都在<b>\n", encoding="utf-8"
    )
    lrc.write_text("[length:00:05.00]\n[00:01.00]<00:01.00>我们<00:02.50>都在\n", encoding="utf-8")
    assert read_captions(vtt)[0][0].words == ((1000, "我<们"), (2000, "都在"))
    assert read_captions(lrc)[0][0].words == ((1000, "我们"), (2500, "都在"))
