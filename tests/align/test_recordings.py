"""Recordings of a text that people have read, as people do."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from speechcast.align.aligner import find_passages
from speechcast.align.alignment import build_timeline, measure_confidence
from speechcast.align.placement import Placement, place_words
from speechcast.align.subtitling import require_same_text
from speechcast.align.tracks import Recording, build_reference, load_recording
from speechcast.errors import AlignmentError
from speechcast.subtitles import style
from speechcast.subtitles.segment import segment
from tests.support.toy_voice import RATE, Speaker, applause, join, speak, utterance

if TYPE_CHECKING:
    from speechcast.units import Mono16

TEXT = """
春眠不觉晓处闻啼鸟 夜来风雨声花落知多少 白日依山尽黄河入海流
欲穷千里目更上层楼高 床前明月光疑是地霜 举头望低思故乡人
"""
SENTENCES = [utterance(text, number) for number, text in enumerate(TEXT.split(), 1)]
READER, SPEAKER = Speaker(), Speaker(height=1.06, syllable=0.25, seed=1)
REFERENCE = build_reference(SENTENCES, [speak(u, READER) for u in SENTENCES], 7000)
SPOKEN = [speak(u, SPEAKER).samples for u in SENTENCES]
TOLERANCE = 0.03  # seconds


def write(path: Path, samples: Mono16) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return path


def place(folder: Path, samples: Mono16) -> tuple[Recording, Placement]:
    recording = load_recording(write(folder / "recording.wav", samples))
    return recording, place_words(recording, REFERENCE, find_passages(recording, REFERENCE))


def sentence_starts(placement: Placement) -> dict[int, float]:
    starts: dict[int, float] = {}
    for heard in placement.heard:
        starts.setdefault(heard.word.utterance, heard.span.start / RATE)
    return starts


def missing(placement: Placement) -> list[int]:
    return sorted({word.utterance for part in placement.unspoken for word in part.words})


def test_every_word_of_another_voice_is_heard_at_its_time(tmp_path: Path) -> None:
    samples, starts = join(SPOKEN)
    _, placement = place(tmp_path, samples)
    assert (placement.unspoken, placement.added) == ((), ())
    for heard in placement.heard:
        exact = starts[heard.word.utterance] / RATE + 0.01 + heard.word.token * SPEAKER.syllable
        assert heard.span.start / RATE == pytest.approx(exact, abs=TOLERANCE)


@pytest.mark.parametrize("number", [0, 2, 5])
def test_a_sentence_that_was_left_out_is_named(tmp_path: Path, number: int) -> None:
    order = [i for i in range(len(SPOKEN)) if i != number]
    samples, starts = join([SPOKEN[i] for i in order])
    _, placement = place(tmp_path, samples)
    assert missing(placement) == [number]
    assert placement.added == ()
    measured = sentence_starts(placement)
    assert [measured[i] for i in order] == pytest.approx(
        [start / RATE + 0.01 for start in starts], abs=TOLERANCE
    )


@pytest.mark.parametrize("position", [0, 3, 6])
@pytest.mark.parametrize("added", [applause(3), SPOKEN[2]], ids=["applause", "a sentence again"])
def test_sound_that_is_not_in_the_text_is_named(
    tmp_path: Path, position: int, added: Mono16
) -> None:
    samples, starts = join([*SPOKEN[:position], added, *SPOKEN[position:]])
    _, placement = place(tmp_path, samples)
    assert placement.unspoken == ()
    [span] = placement.added
    again = [2, 3] if added is SPOKEN[2] and position == 3 else [position]
    assert any(span.start == pytest.approx(starts[i], abs=0.05 * RATE) for i in again)
    assert span.end - span.start == pytest.approx(len(added), abs=0.1 * RATE)


def test_cues_show_what_is_heard_and_nothing_else(tmp_path: Path) -> None:
    samples, _ = join(SPOKEN[:2] + SPOKEN[3:])
    recording, placement = place(tmp_path, samples)
    timeline = build_timeline(recording, REFERENCE, placement)
    cues = segment(timeline, style.load("video"))
    shown = "".join("".join(cue.text.split()) for cue in cues)
    text = TEXT.split()
    assert shown == "".join(text[:2] + text[3:])
    assert all(0 <= sure <= 1 for sure in measure_confidence(cues, placement))


def test_noise_behind_the_speech_is_no_sound(tmp_path: Path) -> None:
    samples, starts = join(SPOKEN)
    noise = np.random.default_rng(5).normal(0, 500, len(samples))
    _, placement = place(tmp_path, np.asarray(samples * 0.9 + noise, np.int16))
    assert (placement.unspoken, placement.added) == ((), ())
    measured = sentence_starts(placement)
    assert [measured[i] for i in range(len(starts))] == pytest.approx(
        [start / RATE + 0.01 for start in starts], abs=0.06
    )


def test_a_recording_without_the_text_is_refused(tmp_path: Path) -> None:
    _, placement = place(tmp_path, applause(12))
    with pytest.raises(AlignmentError, match="recording.wav is no recording of this text"):
        require_same_text(tmp_path / "recording.wav", REFERENCE, placement)


def mean_lead(placement: Placement) -> float:
    return float(np.mean([heard.lead for heard in placement.heard]))


def test_another_text_has_little_of_a_lead_over_other_speech(tmp_path: Path) -> None:
    """Its likeness is learned from the recording, which is something like any text."""
    other = """
    红豆生南国春来发几枝 愿君多采撷此物最相思 空山不见人但闻人语响 返景入深林复照青苔上
    独坐幽篁里弹琴复长啸 深林人不知明月来相照 千山鸟飞绝万径人踪灭 孤舟蓑笠翁独钓寒江雪
    """
    spoken = [speak(utterance(t, n), SPEAKER).samples for n, t in enumerate(other.split(), 1)]
    _, right = place(tmp_path, join(SPOKEN)[0])
    _, wrong = place(tmp_path, join(spoken)[0])
    assert mean_lead(wrong) < mean_lead(right) / 5


def test_a_recording_of_the_text_is_not_refused(tmp_path: Path) -> None:
    samples, _ = join(SPOKEN)
    _, placement = place(tmp_path, samples)
    require_same_text(tmp_path / "recording.wav", REFERENCE, placement)


def test_a_sentence_that_is_begun_again_is_heard_as_a_whole(tmp_path: Path) -> None:
    """Of the first half of a sentence and then all of it, the half is not in the text."""
    half = SPOKEN[3][: len(SPOKEN[3]) // 2]
    samples, starts = join([*SPOKEN[:3], half, *SPOKEN[3:]])
    _, placement = place(tmp_path, samples)
    assert placement.unspoken == ()
    assert sentence_starts(placement)[3] == pytest.approx(starts[4] / RATE + 0.01, abs=TOLERANCE)
    [span] = placement.added
    assert span.start == pytest.approx(starts[3], abs=0.05 * RATE)


def test_a_sentence_that_is_interrupted_is_heard_on_both_sides(tmp_path: Path) -> None:
    middle = len(SPOKEN[3]) // 2
    broken = np.concatenate((SPOKEN[3][:middle], applause(2.5), SPOKEN[3][middle:]))
    samples, starts = join([*SPOKEN[:3], broken, *SPOKEN[4:]])
    _, placement = place(tmp_path, samples)
    assert placement.unspoken == ()
    [span] = placement.added
    assert span.start == pytest.approx(starts[3] + middle, abs=0.3 * RATE)
    assert span.end - span.start == pytest.approx(2.5 * RATE, abs=0.4 * RATE)


def test_noise_after_the_last_word_is_no_sound(tmp_path: Path) -> None:
    samples, _ = join(SPOKEN)
    longer = np.concatenate((samples, np.zeros(3 * RATE, np.int16)))
    noise = np.random.default_rng(6).normal(0, 500, len(longer))
    _, placement = place(tmp_path, np.asarray(longer * 0.9 + noise, np.int16))
    assert (placement.unspoken, placement.added) == ((), ())
