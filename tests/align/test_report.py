"""What of a text was heard, as a person and a program are given it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from speechcast.align.placement import HeardWord, Placement, Unspoken
from speechcast.align.report import (
    compose_report,
    describe_timing,
    draw,
    heard_share,
    list_findings,
    print_lines,
)
from speechcast.align.subtitling import Subtitled, require_same_text
from speechcast.align.tracks import Reference, Word
from speechcast.check.plot import PlotData
from speechcast.check.timing import OnsetOffset, measure_timing
from speechcast.errors import AlignmentError
from speechcast.model import Pause, Span, Timeline, Token, Utterance
from speechcast.prepare import Prepared
from speechcast.subtitles.captions import Captions
from speechcast.subtitles.cue import Cue, CueToken
from tests.align.test_placement import recording, track

UTTERANCES = tuple(
    Utterance(
        tokens=tuple(Token(c, "" if c in "，。" else c) for c in text),
        sentence=n,
        row=10 * n,
        pause=Pause.SENTENCE,
    )
    for n, text in enumerate(["甲乙，丙丁。", "戊己庚。"], 1)
)


def word(utterance: int, token: int) -> Word:
    return Word(utterance, token, 0, 1)


def result(
    *confidence: float,
    unspoken: tuple[Unspoken, ...] = (),
    added: tuple[Span, ...] = (),
    heard: int = 0,
) -> Subtitled:
    """Return a recording of 20 s at 1 kHz with a cue a second."""
    sound = recording(2000)
    timeline = Timeline((), 1000, 20_000)
    words = tuple(HeardWord(word(0, n), Span(n, n + 1), 1.0) for n in range(heard))
    cues = tuple(
        Cue(1000 * n, 1000 * n + 900, (CueToken(f"第{n}条\n字幕", Span(0, 1)),))
        for n in range(len(confidence))
    )
    return Subtitled(
        prepared=cast("Prepared", SimpleNamespace(utterances=UTTERANCES)),
        recording=sound,
        placement=Placement(words, unspoken, added),
        timeline=timeline,
        captions=Captions(cues, timeline, "a", "zh-CN"),
        confidence=confidence,
        timing=None,
        files=(),
        took=0.0,
    )


def test_what_is_missing_is_the_text_from_its_first_word_to_its_last() -> None:
    over_two = (word(0, 1), word(0, 3), word(1, 0), word(1, 1))
    parts = (Unspoken(over_two, 2500, 1.25), Unspoken((word(1, 2),), 9000, 0.04))
    report = compose_report(result(unspoken=parts, heard=15), "a.mp3", "a.txt")
    assert report["not_spoken"] == [
        {"text": "乙，丙 戊己", "line": 10, "position": 2500, "seconds": 1.2},
        {"text": "庚", "line": 20, "position": 9000, "seconds": 0.0},
    ]
    assert (report["recording"], report["text"], report["duration"]) == ("a.mp3", "a.txt", 20_000)
    assert report["heard"] == 0.75  # 15 of 20 words
    lines = [str(f) for f in list_findings(result(unspoken=parts))]
    assert lines == [
        "not spoken: 00:00:02.500: “乙，丙 戊己” (line 10)",
        "not spoken: 00:00:09.000: “庚” (line 20)",
    ]


def test_a_text_of_no_words_is_not_heard() -> None:
    assert heard_share(result()) == 0
    assert heard_share(result(heard=3)) == 1


def test_sound_that_is_not_in_the_text_and_doubtful_cues() -> None:
    subtitled = result(0.25, 0.24, 1.0, 0.0, added=(Span(4000, 5260),))
    lines = [str(f) for f in list_findings(subtitled)]
    assert lines == [
        "not in the text: 00:00:04.000: 1.3 s of sound, left without a cue",
        "doubtful: cue 2, 00:00:01.000: “第1条 字幕” is hardly like the sound; listen to it",
        "doubtful: cue 4, 00:00:03.000: “第3条 字幕” is hardly like the sound; listen to it",
    ]
    assert [f.note for f in list_findings(subtitled)] == [False, True, True]
    report = compose_report(subtitled, "a", "b")
    assert report["not_in_the_text"] == [{"start": 4000, "end": 5260}]
    assert report["doubtful"] == [2, 4]
    assert report["cues"][1] == {
        "number": 2,
        "start": 1000,
        "end": 1900,
        "text": "第1条\n字幕",
        "confidence": 0.24,
    }


def test_eight_of_a_kind_are_printed_and_the_others_counted() -> None:
    assert len(list(print_lines(result(*[0.0] * 8)))) == 8
    lines = list(print_lines(result(*[0.0] * 10, added=(Span(0, 2000),))))
    assert len(lines) == 10
    assert lines[0].startswith("not in the text: ")
    assert lines[-1] == "doubtful: and 2 more; --report lists them"


def test_doubtful_cues_are_astray_in_the_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[PlotData] = []
    monkeypatch.setattr("speechcast.align.report.draw_plot", lambda _, data: drawn.append(data))
    draw(result(1.0, 0.1, 0.2, added=(Span(4000, 5260),)), tmp_path / "a.png")
    (data,) = drawn
    assert data.astray == {2, 3}
    assert [caption.start for caption in data.captions] == [0, 1000, 2000]
    assert len(data.findings) == 3


@pytest.mark.parametrize(("length", "shown"), [(24, "字" * 24), (25, "字" * 24 + "…")])
def test_a_long_text_is_cut(length: int, shown: str) -> None:
    subtitled = result(0.0)
    cue = Cue(0, 900, (CueToken("字" * length, Span(0, 1)),))
    subtitled = replace(subtitled, captions=replace(subtitled.captions, cues=(cue,)))
    (finding,) = list_findings(subtitled)
    assert finding.message.startswith(f"“{shown}” is")


def test_the_timing_in_a_line() -> None:
    assert describe_timing(result()) == "no cue follows a pause"
    timing = measure_timing([OnsetOffset(n, n, error) for n, error in enumerate((1, -4, 9), 1)])
    assert describe_timing(replace(result(), timing=timing)) == (
        "cues after a pause start 4 ms from the sound in the median, 9 ms at the worst"
    )


def heard_words(count: int, lead: float, seconds: float = 10.0) -> Placement:
    words = (
        HeardWord(Word(0, n, 0, 100 * seconds / max(1, count)), Span(n, n + 1), lead)
        for n in range(count)
    )
    return Placement(tuple(words), (), ())


@pytest.mark.parametrize(
    ("placement", "same"),
    [
        (heard_words(3, 0.36), True),
        (heard_words(3, 0.34), False),
        (heard_words(3, 0.34, 20), True),  # a longer recording proves more
        (heard_words(3, 0.46, 4.0), False),
        (heard_words(3, 2.0, 2.9), False),  # 29 % of the text
        (heard_words(0, 2.0), False),
    ],
)
def test_three_tenths_of_a_text_that_sound_like_it_are_enough(
    placement: Placement, same: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    words = tuple(Word(0, n, 100 * n, 100 * (n + 1)) for n in range(10))
    reference = Reference((), track(10), words)
    sound = tmp_path_factory.getbasetemp() / "a.mp3"
    if same:
        require_same_text(sound, reference, placement)
    else:
        with pytest.raises(AlignmentError, match=r"^a\.mp3 is no recording of this text"):
            require_same_text(sound, reference, placement)


def test_a_text_without_words_is_that_of_no_recording(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with pytest.raises(AlignmentError):
        require_same_text(
            tmp_path_factory.getbasetemp() / "a", Reference((), track(1), ()), heard_words(0, 2)
        )
