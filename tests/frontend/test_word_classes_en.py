"""The classes of English words: listed, by their ending, by what stands before."""

from __future__ import annotations

import pytest

from speechcast.frontend.english.word_classes_en import classify, classify_all

CLASSES = {
    "det": "the a A",
    "poss": "Ann's my",
    "name": "Smith Keeps Afterwards",
    "num": "5 5th 1,000",
    "comma": ",",
    "stop": ". ! — $ ( “ 's",
    "adj": "well-known national blous",
    "adv": "quickly blorbly",
    "ing": "blring",
    "ed": "blored",
    "verbs": "keeps cries",
    "plural": "nations boxes glories flurbs xyzs",
    # an ending makes a word of five letters or more
    "noun": "quly ly ous sous zist blorb glass bus thesis xyzss xyzward",
}


@pytest.mark.parametrize(
    ("word", "name"), [(word, name) for name, words in CLASSES.items() for word in words.split()]
)
def test_the_class_of_a_word(word: str, name: str) -> None:
    assert classify(word) == name


@pytest.mark.parametrize(
    ("sentence", "classes"),
    [
        ("The changes . Changes come", "det plural stop plural verb"),
        ("He keeps keeps", "subj verbs verbs"),
        ("My walks are long", "poss plural be adj"),
        ("Smith walks", "noun verbs"),
        ("Many Smith . Smith", "quant name stop noun"),
    ],
)
def test_the_classes_of_a_sentence(sentence: str, classes: str) -> None:
    assert classify_all(sentence.split()) == classes.split()
