"""English words with several readings, by the words around them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.frontend.english import english_verbs
from speechcast.frontend.english.heteronyms_en import choose_readings
from speechcast.frontend.english.word_classes_en import classify


def split(text: str) -> list[str]:
    return re.findall(r"[\w'-]+|[^\w\s]", text)


def read(text: str, word: str) -> str:
    words = split(text)
    reading = choose_readings(words).get(words.index(word))
    return re.sub("[ˈˌ]", "", reading.phonemes) if reading else ""


@pytest.mark.parametrize(
    ("text", "word", "phonemes"),
    [
        # a noun or adjective, and a verb
        ("We live by the sea.", "live", "lɪv"),
        ("Three does grazed near the stag.", "does", "dOz"),
        ("He does it well.", "does", ""),
        ("They had a huge row about rent.", "row", "ɹW"),
        ("They sat in a long row.", "row", ""),
        ("This is a live report.", "live", "lIv"),
        ("Nine lives were lost.", "lives", "lIvz"),
        ("The owl lives in old barns.", "lives", "lɪvz"),
        ("Shops close at six.", "close", "klOz"),
        ("A close friend called.", "close", "klOs"),
        ("The year drew to a close.", "close", "klOz"),
        ("What is the use of it?", "use", "jus"),
        ("Can the pupils use it?", "use", "juz"),
        ("Did the two firms record a loss?", "record", "ɹəkɔɹd"),
        ("He set a record there.", "record", "ɹɛkəɹd"),
        ("Lawyers advocate a pause.", "advocate", "ædvəkAt"),
        ("A loud advocate of change spoke.", "advocate", "ædvəkət"),
        ("The forecasters project a dry winter.", "project", "pɹəʤɛkt"),
        ("The dam project failed.", "project", "pɹɑʤɛkt"),
        ("Those present nodded.", "present", "pɹɛzᵊnt"),
        ("It presents a problem.", "presents", "pɹizɛnts"),
        ("The words conflict with the deed.", "conflict", "kənflɪkt"),
        ("Buffer and data conflicts.", "conflicts", "kɑnflɪkts"),
        ("The rules of the game permit it.", "permit", "pəɹmɪt"),
        # tense
        ("Please read it.", "read", "ɹid"),
        ("She read it at once.", "read", "ɹɛd"),
        ("Had you read it before?", "read", "ɹɛd"),
        ("The minutes were read aloud.", "read", "ɹɛd"),
        ("They read a page every night.", "read", "ɹid"),
        ("They read a page last night.", "read", "ɹɛd"),
        ("He took the note and read it.", "read", "ɹɛd"),
        # sense
        ("The roof is of lead and tin.", "lead", "lɛd"),
        ("She took the lead.", "lead", ""),
        ("He caught a bass in the river.", "bass", "bæs"),
        ("He plays the bass.", "bass", ""),
        ("We used to swim here.", "used", "just"),
        ("It is used to cut wood.", "used", "juzd"),
        ("I am used to the cold.", "used", "just"),
        ("In Polish it rhymes.", "Polish", "pOlɪʃ"),
        ("Please polish it.", "polish", ""),
        ("They fly to Nice, then home.", "Nice", "nis"),
        ("Nice to hear.", "Nice", ""),
        ("Send your resume today.", "resume", "ɹɛzumA"),
        ("We resume at noon.", "resume", ""),
        ("The dust holds minute particles of iron.", "minute", "mInut"),
        ("Wait a minute.", "minute", ""),
        ("My learned colleague objects.", "learned", "lɜɹnᵻd"),
        ("We learned a song.", "learned", ""),
        ("Homes for the aged are full.", "aged", "Aʤᵻd"),
        ("A boy aged nine won.", "aged", "Aʤd"),
        # no evidence, and words that are no heteronyms
        ("The table is new.", "table", ""),
    ],
)
def test_readings(text: str, word: str, phonemes: str) -> None:
    assert read(text, word) == phonemes


def test_a_british_voice_has_british_readings() -> None:
    assert choose_readings(split("We record it."), british=True)[1].phonemes == "ɹɪkˈɔːd"
    assert choose_readings(split("In Polish it rhymes."), british=True)[1].phonemes == "pˈQlɪʃ"


@pytest.mark.parametrize(
    ("word", "name"),
    [("The", "det"), ("nation's", "poss"), ("7", "num"), ("Smith", "name"), (",", "comma"),
     ("quickly", "adv"), ("hopeless", "adj"), ("nations", "plural"), ("carries", "verbs"),
     ("glass", "noun"), ("well-known", "adj")],
)  # fmt: skip
def test_classes(word: str, name: str) -> None:
    assert classify(word) == name


_WORDS = "the to we record records of , and live read used it is will close that use ."


@given(st.lists(st.sampled_from(_WORDS.split()), min_size=1, max_size=12))
def test_any_sentence_is_weighed(words: list[str]) -> None:
    readings = choose_readings(words)
    assert all(0 <= i < len(words) and reading.phonemes for i, reading in readings.items())
    assert readings == choose_readings([w.upper() if w == "." else w for w in words])


def test_every_row_of_the_table_is_well_formed() -> None:
    from speechcast.frontend.english.heteronyms_en import _load_table

    table = _load_table()
    contexts = [c for rules in table.rules.values() for rule in rules for c in rule.contexts]
    assert all(context.count("_") == 1 for context in contexts)
    assert table.leanings
    assert not set(table.untouched) & set(table.leanings)


def test_the_weight_of_a_verb_is_above_that_of_a_noun() -> None:
    verb = english_verbs.weigh_verb(split("They increase the price."), 1)
    noun = english_verbs.weigh_verb(split("The increase was small."), 1)
    assert noun < 0 < verb
