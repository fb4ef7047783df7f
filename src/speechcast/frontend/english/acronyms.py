"""Spell the acronyms of English text that are not said as a word: IMF, but not NATO."""

from __future__ import annotations

import re
from functools import cache

from .english_phonemes import is_listed
from .word_classes_en import classify

# Said as words, in English and in Chinese text: after Merriam-Webster's entries of acronyms.
ACRONYMS = frozenset(
    "AIDS APEC ASEAN ASCII COVID EXPO FEMA FIFA GIF HIFI INTERPOL LASER LOGO MERS NAFTA "
    "NASA NASDAQ NATO OPEC OPPO PISA RADAR RAM ROM SARS SIM SWIFT TOEFL UEFA UNESCO "
    "UNICEF VIVO WIFI ZIP ZOOM".split()
)
# Spelled, though they look like a word, or are one in small letters; by hand for this project.
_SPELLED = frozenset(
    "AI AQI BA CEO CFO CIO CIA COO CTO DOE EPA ETA EU EV FAO FAQ GPA ICU ID ILO IMO IOC "
    "IP IPO IQ IT LED MA NGO OA PE POW PR RNA SAT SCO UAE UAV UCLA UFO UN UPS US USA "
    "VAT VIP VOA WHO YMCA".split()
)
_AS_WORDS = frozenset(("JSON", "YAML"))
_WRITTEN = re.compile("(?![IVX]+$)[A-Z]{2,5}s?")  # no Roman numeral; longer capitals are words
_MIXED = {"IoT": "I.O.T.", "LaTeX": "laytek"}  # by hand for this project
_LONGEST_SPELLED = 3  # letters; a longer acronym is a word if it sounds like one
_ONSET = "(?:[bcdfghjklmnprstvwyz]|[bcfgp]l|[bcdfgpt]r|s[cklmnptw]|[cst]h|sch|str|qu|tw)"
_CODA = "(?:[bcdfgklmnprstxz]|[lrn][dkst]|[cfpst]t|[cknlprtd]s|ng|nch|ck|sh|th|[st]ch|ll|ss)"
_VOWEL = "(?:[aeiouy]|ai|ay|au|aw|ea|ee|ei|eu|ew|ey|ie|io|oa|oi|oo|ou|ow|oy)"
_PRONOUNCEABLE = re.compile(
    f"{_ONSET}?{_VOWEL}(?:(?:{_ONSET}|[lmnrst]{_ONSET}){_VOWEL}){{0,3}}{_CODA}?"
)


@cache
def spell_acronym(word: str) -> str:
    """Return an acronym as espeak-ng spells it; "" for one that is said as a word, or is none.

    >>> spell_acronym("IMF"), spell_acronym("NGOs"), spell_acronym("NATO"), spell_acronym("NEVER")
    ('I.M.F.', "N.G.O.'s", '', '')
    """
    if word in _MIXED:
        return _MIXED[word]
    if not _WRITTEN.fullmatch(word):
        return ""
    capitals = word.removesuffix("s")
    if not _is_spelled(capitals):
        return ""
    return "".join(f"{letter}." for letter in capitals) + ("'s" if capitals != word else "")


def is_unmistakable(word: str) -> bool:
    """Return whether a word can only be an acronym that is spelled, in a text all in capitals.

    >>> is_unmistakable("IMF"), is_unmistakable("WHO")
    (True, False)
    """
    return bool(spell_acronym(word)) and not _is_word(word.lower())


def _is_spelled(capitals: str) -> bool:
    if capitals in ACRONYMS or capitals in _AS_WORDS or len(capitals) < 2:
        return False
    if capitals in _SPELLED:
        return True
    if _is_word(capitals.lower()):
        return False  # emphasis: we must NEVER
    return len(capitals) <= _LONGEST_SPELLED or not _PRONOUNCEABLE.fullmatch(capitals.lower())


def _is_word(lower: str) -> bool:
    return classify(lower) not in {"noun", "plural"} or is_listed(lower)
