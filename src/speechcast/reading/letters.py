"""Latin letters for a voice that reads pinyin: their names, as Mandarin speakers say them."""

from __future__ import annotations

import re

LATIN = re.compile(r"[A-Za-z]")

_NAMES = {
    "a": "ei1",
    "b": "bi4",
    "c": "xi1",
    "d": "di4",
    "e": "yi4",
    "f": "ai2 fu5",
    "g": "ji4",
    "h": "ei1 chi5",
    "i": "ai4",
    "j": "zhei4",
    "k": "kei4",
    "l": "ai2 ou5",
    "m": "ai2 mu5",
    "n": "en1",
    "o": "ou1",
    "p": "pi1",
    "q": "kiu1",
    "r": "a4 er5",
    "s": "ai2 si5",
    "t": "ti4",
    "u": "you1",
    "v": "wei4",
    "w": "da2 bu5 liu5",
    "x": "ai2 ke5 si5",
    "y": "wai4",
    "z": "zei4",
}


def syllables(word: str) -> tuple[str, ...]:
    """The word spelled, as toned pinyin."""
    return tuple(s for c in word.lower() if c in _NAMES for s in _NAMES[c].split())
