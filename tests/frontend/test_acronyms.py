"""Which acronyms of English text are spelled."""

from __future__ import annotations

import pytest

from speechcast.frontend.english.acronyms import is_unmistakable, spell_acronym


@pytest.mark.parametrize(
    ("word", "spelled"),
    [
        ("WTO", "W.T.O."),
        ("WHO", "W.H.O."),
        ("IOC", "I.O.C."),
        ("UNHCR", "U.N.H.C.R."),
        ("ICBMs", "I.C.B.M.'s"),
        ("IoT", "I.O.T."),
        # said as words
        ("NATO", ""),
        ("UNICEF", ""),
        ("UNCTAD", ""),
        ("JSON", ""),
        ("XIV", ""),
        # emphasis
        ("NEVER", ""),
        ("ALL", ""),
        ("ACT", ""),
        # no acronyms
        ("who", ""),
        ("A", ""),
        ("Smith", ""),
    ],
)
def test_spelling(word: str, spelled: str) -> None:
    assert spell_acronym(word) == spelled


@pytest.mark.parametrize(("word", "sure"), [("GDP", True), ("WHO", False), ("BANK", False)])
def test_in_a_headline(word: str, sure: bool) -> None:
    assert is_unmistakable(word) is sure
