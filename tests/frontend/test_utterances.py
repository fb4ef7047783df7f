"""Sentences to utterances: where they are cut, their pauses, and the writer's marks in them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from speechcast.frontend.lexicon import Lexicon
from speechcast.frontend.utterances import Reader, to_utterances
from speechcast.model import Pause, Token, Utterance, Voice
from speechcast.voices import presets
from tests.support.speeches import speech_of

ONLINE, NARRATOR = presets.load("xiaoxiao"), presets.load("narrator")


def utterances(
    text: str, most: int = 200, voice: Voice = ONLINE, *, phonetic: bool = False
) -> list[Utterance]:
    return to_utterances(speech_of(text), {"": Reader(voice, most, phonetic)})


LONG = "一段很长的话，没有停顿的地方，[停顿 1秒]还有很长的一段话，要分开来说。"


@pytest.mark.parametrize(
    ("text", "most", "parts"),
    [
        (
            "今天开会。[停顿 2秒]明天休息。",
            200,
            [("今天开会。", "sentence", 0, 2), ("明天休息。", "paragraph", 0, 0)],
        ),
        (
            "[停顿 1秒]今天[停顿 0.5秒]我们，[停顿 2秒]开会[停顿 3秒]。",
            200,
            [("今天", "join", 1, 0.5), ("我们，", "clause", 0, 2), ("开会。", "paragraph", 0, 3)],
        ),
        (
            "今天开会，[停顿 1秒][停顿 2秒]好。",
            200,
            [("今天开会，", "clause", 0, 1), ("好。", "paragraph", 2, 0)],
        ),
        (
            "[停顿 1秒][停顿 0.5秒]今天开会。[停顿 1秒][停顿 3秒]",
            200,
            [("今天开会。", "paragraph", 1.5, 4)],
        ),
        # A part that is divided has its pauses at its ends.
        (
            "[停顿 2秒]" + LONG,
            12,
            [
                ("一段很长的话，", "clause", 2, 0),
                ("没有停顿的地方，", "clause", 0, 1),
                ("还有很长的一段话，", "clause", 0, 0),
                ("要分开来说。", "paragraph", 0, 0),
            ],
        ),
        # Whole as long as it fits, divided from one character more on.
        ("今天我们开会。", 7, [("今天我们开会。", "paragraph", 0, 0)]),
        (
            "今天我们开会。",
            6,
            [("今天我们", "join", 0, 0), ("开会。", "paragraph", 0, 0)],
        ),
    ],
)
def test_parts_and_their_pauses(
    text: str, most: int, parts: list[tuple[str, str, float, float]]
) -> None:
    assert [
        (u.shown, str(u.pause), u.pause_before, u.pause_after) for u in utterances(text, most)
    ] == parts


def test_a_line_of_verse_continues_in_the_next() -> None:
    lines = utterances("题目\n\n白日依山尽，\n\n黄河入海流。\n\n欲穷千里目、\n\n更上一层楼。\n")
    assert [line.pause for line in lines] == [
        Pause.TITLE,
        Pause.SENTENCE,
        Pause.PARAGRAPH,
        Pause.SENTENCE,
        Pause.PARAGRAPH,
    ]


def test_every_part_of_a_sentence_has_its_number_and_row() -> None:
    lines = utterances("今天开会。\n" + LONG, 12)
    assert [(line.sentence, line.row) for line in lines] == [(1, 1), *[(2, 2)] * 4]


def test_equal_tokens_are_one_object() -> None:
    first, second = utterances("我们开会。我们休息。")
    assert first.tokens[0] is second.tokens[0]


@pytest.mark.parametrize(
    ("text", "shown", "spoken"),
    [
        ("我们在重{chong2}庆开会。", "我们在重庆开会。", "我们在崇庆开会。"),
        ("银行的行{hang2}长来了。", "银行的行长来了。", "银行的航长来了。"),
        ("重庆{chong2 qing4}的行长{hang2 zhang3}。", "重庆的行长。", "崇庆的航掌。"),
        ("今天（掌声）我们。", "今天（掌声）我们。", "今天我们。"),
        ("重{chong2}庆（掌声）到了。", "重庆（掌声）到了。", "崇庆到了。"),
        ("今天{GDP|生产总值}好，重{chong2}庆。", "今天GDP好，重庆。", "今天生产总值好，崇庆。"),
        ("增长5%，重{chong2}庆。", "增长5%，重庆。", "增长百分之五，崇庆。"),
    ],
)
def test_readings_for_a_voice_that_reads_characters(text: str, shown: str, spoken: str) -> None:
    (line,) = utterances(text)
    assert (line.shown, line.spoken) == (shown, spoken)
    assert all(token.pinyin == () for token in line.tokens)


def test_readings_for_a_voice_that_reads_pinyin() -> None:
    (line,) = utterances("增长5%，行{xing2}长好。", voice=NARRATOR, phonetic=True)
    assert [token.pinyin for token in line.tokens if token.voiced] == [
        ("zeng1", "zhang3"),
        ("bai3", "fen1", "zhi1", "wu3"),
        ("xing2", "zhang2"),  # before 好
        ("hao3",),
    ]


def test_readings_of_a_lexicon_keep_their_tones() -> None:
    mine = Lexicon({"展览": Token("展览", "展览", ("zhan3", "lan3"))})
    reader = Reader(NARRATOR, 200, phonetic=True, lexicon=mine)
    (line,) = to_utterances(speech_of("展览，领导，展览。"), {"": reader})
    assert [token.pinyin for token in line.tokens if token.voiced] == [
        ("zhan3", "lan3"),
        ("ling2", "dao3"),
        ("zhan3", "lan3"),
    ]


@pytest.mark.parametrize(
    ("directions", "labels", "shown"),
    [
        (True, True, "今天（掌声）我们。"),
        (False, True, "今天我们。"),
        (True, False, "今天（掌声）我们。"),
    ],
)
def test_a_voice_may_hide_directions(directions: bool, labels: bool, shown: str) -> None:
    voice = replace(ONLINE, directions=directions, labels=labels)
    (line,) = utterances("今天（掌声）我们。", voice=voice)
    assert line.shown == shown
