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
        # of two to five capitals; a longer one is spelled unless it sounds like a word
        ("QX", "Q.X."),
        ("ABC", "A.B.C."),
        ("ABCs", "A.B.C.'s"),
        ("BOM", "B.O.M."),
        ("XQTR", "X.Q.T.R."),
        ("BLIX", ""),
        ("PLINK", ""),
        ("ABCDE", "A.B.C.D.E."),
        ("ABCDEF", ""),
        ("NASAs", ""),
        ("LaTeX", "laytek"),
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


@pytest.mark.parametrize(
    ("word", "sure"), [("GDP", True), ("WHO", False), ("LED", False), ("BANK", False)]
)
def test_in_a_headline(word: str, sure: bool) -> None:
    assert is_unmistakable(word) is sure
