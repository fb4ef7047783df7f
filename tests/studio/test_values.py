"""The values in the bodies of requests: what is taken, and what is refused in one line."""

from __future__ import annotations

from typing import Any

import pytest

from speechcast.errors import UsageError
from speechcast.studio import values

HUGE = 10**400  # more than a float can hold; JSON takes it


def test_texts_and_numbers_as_they_are() -> None:
    assert values.read_text({"a": "好\ud800"}, "a") == "好?"
    assert values.read_version({}) is None
    assert values.read_version({"version": 3}) == 3
    assert values.read_offset({"a": 1}, "a") == 1
    assert [values.read_cut({"cut": cut}) for cut in (None, True, False)] == [None, True, False]


@pytest.mark.parametrize("value", [0, -1, True, 1.0, "1", None])
def test_a_number_that_is_not_counted_from_one(value: object) -> None:
    with pytest.raises(UsageError, match="a must be a number, from 1"):
        values.read_offset({"a": value}, "a")


@pytest.mark.parametrize(("value", "words"), [(1, "cut must be true"), ("yes", "cut must be true")])
def test_a_cut_that_is_none(value: object, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        values.read_cut({"cut": value})


@pytest.mark.parametrize("value", [True, 1.0, "1"])
def test_a_version_that_is_none(value: object) -> None:
    with pytest.raises(UsageError, match="version must be a number"):
        values.read_version({"version": value})


@pytest.mark.parametrize(
    ("content", "reading"),
    [
        ({"pinyin": "jia3", "spoken": "乙"}, "jia3"),
        ({"pinyin": None, "spoken": "乙"}, "乙"),
        ({"pinyin": None}, None),
        ({}, None),
    ],
)
def test_a_reading_is_pinyin_or_what_is_said(content: dict[str, Any], reading: str | None) -> None:
    assert values.read_reading({"word": "甲", **content}) == ("甲", reading)


def test_what_of_a_sentence_is_not_mentioned_does_not_change() -> None:
    assert values.read_adjustment({}) == {}
    nothing = {"rate": None, "pause_after": None, "voice": None}
    assert values.read_adjustment(nothing) == {"rate": 0, "pause_after": None, "voice": ""}
    assert values.read_adjustment({"rate": -5, "pause_after": 2, "voice": "a"}) == {
        "rate": -5,
        "pause_after": 2.0,
        "voice": "a",
    }


@pytest.mark.parametrize("rate", [1001, -1001, HUGE, -HUGE, True, 1.5, "5"])
def test_a_rate_that_is_none(rate: object) -> None:
    for read in (values.read_adjustment, values.read_settings):
        with pytest.raises(UsageError, match="rate must be a whole number of per cent"):
            read({"rate": rate})


@pytest.mark.parametrize("number", [HUGE, -HUGE, 10**9 + 1, float("inf"), float("nan"), True, "1"])
def test_a_number_that_is_none(number: object) -> None:
    with pytest.raises(UsageError, match="pause_after must be a number"):
        values.read_adjustment({"pause_after": number})
    if number != "1":
        with pytest.raises(UsageError, match="fit must be a number"):
            values.read_settings({"fit": number})


@pytest.mark.parametrize(
    ("content", "settings"),
    [
        ({"version": 3}, {}),
        ({"voice": None, "style": "video"}, {"voice": "", "style": "video"}),
        ({"rate": None}, {"rate": None}),
        ({"rate": 1000}, {"rate": 1000}),
        ({"loudness": ""}, {"loudness": ""}),
        ({"loudness": "podcast"}, {"loudness": "podcast"}),
        ({"formats": ["mp3", "wav", "mp3"]}, {"formats": ("mp3", "wav")}),
        ({"subtitles": "srt,vtt"}, {"subtitles": ("srt", "vtt")}),
        ({"fit": None}, {"fit": None}),
        ({"fit": ""}, {"fit": None}),
        ({"fit": 90}, {"fit": 90.0}),
        ({"fit": 90.1234}, {"fit": 90.123}),
        ({"fit": "1:30"}, {"fit": 90.0}),
        ({"pauses": None}, {"pauses": 1.0}),
        ({"sentence_pauses": 0.2}, {"sentence_pauses": 0.2}),
        ({"paragraph_pauses": 3}, {"paragraph_pauses": 3.0}),
        ({"cast": {" 甲 ": "tone", "乙": ""}}, {"cast": {"甲": "tone"}}),
    ],
)
def test_settings(content: dict[str, Any], settings: dict[str, Any]) -> None:
    assert values.read_settings(content) == settings


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"speed": 1}, "there is no setting 'speed'"),
        ({"x" * 50: 1}, f"there is no setting '{'x' * 40}'"),
        ({"pauses": 0.19}, "pauses: 0.19 times those of the voice; allowed are 0.2 to 3"),
        ({"sentence_pauses": 3.1}, "sentence_pauses: 3.1 times"),
        ({"formats": []}, "names no format"),
        ({"formats": ["exe"]}, "exe"),
        ({"subtitles": []}, "names no format"),
        ({"loudness": "loud"}, "loud"),
        ({"fit": "soon"}, "soon"),
        ({"fit": 86_401}, "no more than 24 hours"),
        ({"fit": 0}, "is not a length"),
        ({"cast": []}, "cast must be an object"),
        ({"voice": 3}, "a setting must be a text"),
    ],
)
def test_settings_that_are_none(content: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError) as caught:
        values.read_settings(content)
    assert words in str(caught.value)
