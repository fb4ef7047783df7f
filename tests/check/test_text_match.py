"""What the cues show, compared with the speech."""

from __future__ import annotations

import pytest

from speechcast.check.text_match import compare_text, keep_letters
from speechcast.documents import from_text
from speechcast.subtitles.caption import Caption


def compared(speech: str, *cues: str) -> list[str]:
    """Return the findings for cues a second long each."""
    captions = [Caption(1000 * n, 1000 * n + 900, text) for n, text in enumerate(cues)]
    return [str(finding) for finding in compare_text(captions, from_text(speech))]


SPEECH = "今天我们开会。明天大家休息。"


@pytest.mark.parametrize(
    ("cues", "findings"),
    [
        (["今天我们开会", "明天大家休息"], []),
        (["今天 我们开会！", "明天\n大家休息。"], []),  # punctuation does not count
        (["今天我们", "开会明天", "大家休息"], []),
        (
            ["今天我们开会", "大家休息"],
            ["text missing: cue 2, 00:00:01.000: “明天” is not shown"],
        ),
        (
            ["今天我们", "明天大家休息"],
            ["text missing: cue 2, 00:00:01.000: “开会” is not shown"],
        ),
        (["今天我们开会"], ["text missing: cue 1, 00:00:00.000: “明天大家休息” is not shown"]),
        (
            ["今天我们开会", "明天大家都休息"],
            ["text added: cue 2, 00:00:01.000: “都” is not in the speech"],
        ),
        (
            ["今天我们散会", "明天大家休息"],
            [
                "text missing: cue 1, 00:00:00.000: “开” is not shown",
                "text added: cue 1, 00:00:00.000: “散” is not in the speech",
            ],
        ),
        (
            ["今", "天我们开会明天大", "家休息"],
            [
                "word cut: cue 2, 00:00:01.000: a word is cut: …今 | 天我们开…",
                "word cut: cue 3, 00:00:02.000: a word is cut: …会明天大 | 家休息…",
            ],
        ),
    ],
)
def test_differences(cues: list[str], findings: list[str]) -> None:
    assert compared(SPEECH, *cues) == findings


def test_without_cues_everything_is_missing() -> None:
    assert compared(SPEECH) == ["text missing: “今天我们开会明天大家休息” is not shown"]


def test_a_long_piece_is_shortened_to_its_ends() -> None:
    long = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
    assert len(long) == 30
    assert compared(f"{SPEECH}{long}。", "今天我们开会明天大家休息") == [
        f"text missing: cue 1, 00:00:00.000: “{long}” is not shown"
    ]
    assert compared(f"{SPEECH}{long}戌。", "今天我们开会明天大家休息") == [
        f"text missing: cue 1, 00:00:00.000: “{long[:14]}…{(long + '戌')[-14:]}” is not shown"
    ]


@pytest.mark.parametrize("shown", ["（掌声）", ""])
def test_a_direction_may_be_shown_or_hidden(shown: str) -> None:
    speech = "今天我们开会。（掌声）明天大家休息。"
    assert compared(speech, f"今天我们开会{shown}", "明天大家休息") == []
    assert compared(speech, f"今天我们开会{shown}", "明天大家") == [
        "text missing: cue 2, 00:00:01.000: “休息” is not shown"
    ]


def test_what_is_there_twice_and_shown_once() -> None:
    (finding,) = compared("大家好好学习。", "大家好学习")
    assert finding.endswith("“好” is not shown")
    (finding,) = compared("大家好学习。", "大家好好学习")
    assert finding.endswith("“好” is not in the speech")


def test_a_word_cut_beside_a_direction_is_found() -> None:
    speech = "今天我们开会。（掌声）明天大家休息。"
    for shown in ("（掌声）", ""):
        (finding,) = compared(speech, f"今天我们开会{shown}明", "天大家休息")
        assert finding.startswith("word cut: cue 2")


def test_letters_that_no_cue_may_leave_out() -> None:
    assert keep_letters("增长5.2%，Ａ*＊é “好”…-+") == "增长52%Ａ*＊é好"
