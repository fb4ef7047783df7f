"""A sentence that a reading leaves without words is named, with its line: none could speak it."""

from __future__ import annotations

import pytest

from speechcast.errors import TextError
from speechcast.frontend.lexicon import Lexicon
from speechcast.frontend.utterances import Reader, to_utterances
from speechcast.model import Token, Utterance
from speechcast.voices import presets
from tests.support.speeches import speech_of

TONE, NARRATOR = presets.load("tone"), presets.load("narrator")


def utterances(text: str, *, phonetic: bool, lexicon: Lexicon = Lexicon()) -> list[Utterance]:
    voice = NARRATOR if phonetic else TONE
    return to_utterances(speech_of(text), {"": Reader(voice, 45, phonetic, lexicon)})


@pytest.mark.parametrize("phonetic", [True, False])
@pytest.mark.parametrize("text", ["{WTO|}", "{WTO|……}", "{WTO|*}", "{号|，}。", "“{景市|—}”！"])
def test_a_sentence_that_a_mark_makes_mute_is_refused(text: str, phonetic: bool) -> None:
    with pytest.raises(TextError, match="^line 3: “.*” is read as “.*”, which has no words") as exc:
        utterances(f"大家好。\n\n{text}\n\n再见。", phonetic=phonetic)
    assert exc.value.row == 3


@pytest.mark.parametrize("reading", ["……", "—", "*"])
def test_a_sentence_that_the_lexicon_makes_mute_is_refused(reading: str) -> None:
    lexicon = Lexicon({"WTO": Token("WTO", reading)})
    with pytest.raises(TextError, match=r"^line 2: “WTO。” is read as “.*”, which has no words"):
        utterances("加入WTO以后。\nWTO。", phonetic=False, lexicon=lexicon)


@pytest.mark.parametrize("phonetic", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "WTO",
        "A",
        "123",
        "（WTO）",
        "——WTO——",
        "第1、A。2)B",
        "加入{WTO|}吧",
        "你好{WTO|，}再见",
        "x²",
    ],
)
def test_latin_letters_and_figures_alone_are_words(text: str, phonetic: bool) -> None:
    assert all(any(t.voiced for t in one.tokens) for one in utterances(text, phonetic=phonetic))
