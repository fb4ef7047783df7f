"""How English words sound: from the dictionary the embedded voices learnt from, or by guess.

The dictionary is misaki's (hexgrad, Apache-2.0), in its own phonemes: A is the vowel of day, I of
my, O of go, W of how, Y of boy; ˈ and ˌ stand before what is stressed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_SHORTEST_HALF = 3  # letters of a word inside of another: micro|soft
_HEAD = 2  # bytes a page's words have in common
_ENTRY = re.compile(rb'"([^"]+)":\s*("[^"]*"|\{[^}]*\})')  # a word and its sound, or sounds
_ENDINGS = (("'s", "z"), ("s", "z"), ("es", "ᵻz"), ("ed", "d"), ("ing", "ɪŋ"), ("er", "əɹ"))

# Letters to phonemes; of two that fit at a place the first.
_SPELLING = tuple(
    (re.compile(letters), sound)
    for letters, sound in (
        (r"tion\b", "ʃᵊn"), (r"sion\b", "ʒᵊn"), (r"ture\b", "ʧəɹ"), (r"age\b", "ɪʤ"),
        (r"igh", "I"), (r"eigh", "A"), (r"tch", "ʧ"), (r"ch", "ʧ"), (r"sch", "ʃ"), (r"sh", "ʃ"),
        (r"th", "θ"), (r"ph", "f"), (r"gh", "ɡ"), (r"wh", "w"), (r"ck", "k"), (r"qu", "kw"),
        (r"\bkn", "n"), (r"\bwr", "ɹ"), (r"\bps", "s"), (r"\bx", "z"), (r"ng(?![aeiouy])", "ŋ"),
        (r"ee|ea|ie(?!\b)", "i"), (r"oo|ou\b|ui|eu|ew", "u"), (r"ou|ow(?!\b)", "W"),
        (r"ow\b|oa|oe", "O"), (r"oi|oy", "Y"), (r"ai|ay|ei|ey(?!\b)", "A"), (r"au|aw", "ɔ"),
        (r"ey\b|ie\b", "i"), (r"le\b", "ᵊl"), (r"ia\b", "iə"), (r"er|ur|ir", "ɜɹ"),
        (r"ar", "ɑɹ"), (r"or", "ɔɹ"),
        (r"a(?=[bcdfgklmnpqrstvz]e\b)", "A"), (r"i(?=[bcdfgklmnpqrstvz]e\b)", "I"),
        (r"o(?=[bcdfgklmnpqrstvz]e\b)", "O"), (r"u(?=[bcdfgklmnpqrstvz]e\b)", "u"),
        (r"(?<=[aeiouy][b-df-hj-np-tv-z])e\b", ""), (r"a\b", "ə"), (r"a", "æ"), (r"e", "ɛ"),
        (r"i\b", "i"), (r"i", "ɪ"), (r"o\b", "O"), (r"o", "ɑ"), (r"u\b", "u"), (r"u", "ʌ"),
        (r"\by(?=[aeiou])", "j"), (r"y(?=[aeou])", "j"), (r"y\b", "i"), (r"y", "ɪ"),
        (r"c(?=[eiy])", "s"), (r"g(?=[iy]|e\b)", "ʤ"), (r"x", "ks"), (r"j", "ʤ"), (r"q", "k"),
        (r"c", "k"), (r"g", "ɡ"), (r"r", "ɹ"), (r"([a-z])\1", ""), (r"([bdfhklmnpstvwz])", r"\1"),
    )
)  # fmt: skip


def look_up_phonemes(word: str) -> str:
    """How the dictionary says the word, an inflected or a compound one included; else nothing."""
    return _find_entry(word) or _find_inflected(word) or _find_compound(word)


def guess_phonemes(word: str) -> str:
    """How a word spelled so would sound; the first vowel is stressed."""
    at, sound = 0, []
    while at < len(word):
        doubled = word[at : at + 2] == 2 * word[at] and word[at] not in "aeiou"
        at += doubled
        rule = next((r for r in _SPELLING if r[0].match(word, at)), None)
        found = rule and rule[0].match(word, at)
        if rule and found:
            sound.append(found.expand(rule[1]))
        at = found.end() if found else at + 1
    return re.sub(r"(?=[AIOWYæɑɔəɛɜɪiuʊʌᵊ])", "ˈ", "".join(sound), count=1)


def _find_entry(word: str) -> str:
    mixed = not word[1:].islower() and not word.isupper()  # iOS is not the island of Ios
    spellings = (word,) if mixed else (word, word.lower(), word.capitalize(), word.upper())
    found = (_said(d, s) for d in (_gold(), _silver()) for s in spellings)
    return next(filter(None, found), "")


def _find_inflected(word: str) -> str:
    for ending, sound in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_HALF and (found := _find_entry(stem)):
            return found + ("s" if sound == "z" and found[-1] in "ptkfθ" else sound)
    return ""


def _find_compound(word: str) -> str:
    """Two words of the dictionary that make this one; of several such pairs the most even."""
    middle = len(word) / 2
    cuts = range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1)
    for cut in sorted(cuts, key=lambda c: abs(c - middle)):
        first, second = _said(_gold(), word[:cut].lower()), _said(_gold(), word[cut:])
        if first and second:
            return first + second.replace("ˈ", "ˌ")
    return ""


def _said(dictionary: Mapping[bytes, bytearray], word: str) -> str:
    key = word.encode()
    page = dictionary.get(key[:_HEAD], b"")
    entry = page.partition(b"\n%s\t" % key)[2].partition(b"\n")[0]
    sound = json.loads(entry or '""')
    return (sound if isinstance(sound, str) else sound["DEFAULT"]) or ""


@cache
def _gold() -> Mapping[bytes, bytearray]:
    return _pages("us_gold.json")


@cache
def _silver() -> Mapping[bytes, bytearray]:
    return _pages("us_silver.json")


def _pages(file: str) -> Mapping[bytes, bytearray]:
    """The dictionary's lines by how their words begin: 3 MB, where an object a word takes 25."""
    pages: dict[bytes, bytearray] = {}
    for found in _ENTRY.finditer((files("misaki") / "data" / file).read_bytes()):
        word, sound = found.groups()
        page = pages.setdefault(word[:_HEAD], bytearray(b"\n"))
        page += b"%s\t%s\n" % (word, sound.replace(b"\n", b""))
    return pages
