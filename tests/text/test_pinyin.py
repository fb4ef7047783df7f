"""Pinyin as people write it."""

from __future__ import annotations

import pytest

from speechcast.text.pinyin import has_tones, parse_pinyin


@pytest.mark.parametrize(
    ("text", "syllables"),
    [
        ("chóng", ("chong2",)),
        ("chong2", ("chong2",)),
        ("Chóng Qìng", ("chong2", "qing4")),
        ("chong2qing4", ("chong2", "qing4")),
        ("xi1'an1", ("xi1", "an1")),
        ("xī’ān", ("xi1", "an1")),
        ("hú-nán", ("hu2", "nan2")),
        ("mǎ màn mā", ("ma3", "man4", "ma1")),
        ("lǜ", ("lv4",)),
        ("lv4", ("lv4",)),
        ("lu4", ("lu4",)),
        ("nü3", ("nv3",)),
        ("de", ("de5",)),
        (" de5 ", ("de5",)),
        ("hello", ()),
        ("ma6", ()),
        ("chong2 hello", ()),
        ("2", ()),
        ("中", ()),
    ],
)
def test_syllables(text: str, syllables: tuple[str, ...]) -> None:
    assert parse_pinyin(text) == syllables


@pytest.mark.parametrize(
    ("text", "toned"),
    [
        ("chong2 qing4", True),
        ("chóng qìng", True),
        ("nǐ hǎo mā", True),
        ("lǜ", True),
        ("chong2 qing", False),
        ("de", False),
        ("", False),
        ("hello2", False),
    ],
)
def test_whether_every_tone_is_written(text: str, toned: bool) -> None:
    assert has_tones(text) is toned
