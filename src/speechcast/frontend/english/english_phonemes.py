"""Turn English words into phonemes.

They are looked up in misaki's dictionary, or guessed from the spelling.

The dictionary is the American English one of misaki (hexgrad, Apache-2.0), the same the embedded
Kokoro voices were trained with. The phonemes are misaki's: A is the vowel of day, I of my, O of go,
W of how, Y of boy; ˈ stands before a stressed vowel, ˌ before one with secondary stress.
"""

from __future__ import annotations

import gzip
import json
import re
from functools import cache
from importlib.resources import files

_SHORTEST_PART = 3  # letters of a word inside a compound: micro|soft
_PREFIX_BYTES = 2  # the words of one page begin with the same two bytes
_ENTRY = re.compile(
    rb'"([^"]+)":\s*("[^"]*"|\{[^}]*\})'
)  # a word and its phonemes, by use if several
# Endings and how they sound, by the rules of English; written by hand for this project.
_ENDINGS = (("'s", "z"), ("s", "z"), ("es", "ᵻz"), ("ed", "d"), ("ing", "ɪŋ"), ("er", "əɹ"))

# American sounds → British ones, after misaki's table for espeak-ng; replaced in this order.
_BRITISH = (
    ("O", "Q"), ("ɛɹ", "ɛː"), ("ɪɹ", "ɪə"), ("ɜɹ", "ɜː"), ("ɔɹ", "ɔː"), ("ɑɹ?(?!ː)", "ɑː"),
    ("əɹ(?![ˈˌæɑɛɪɔəuiAIOWY])", "ə"), ("([iu])(?![ːəˈˌɑɛ])", r"\1ː"),
)  # fmt: skip
# Letters to phonemes; the first rule that matches at a position applies. Written by hand for this
# project, for words that no dictionary has.
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


class PhonemeDictionary:
    """One of misaki's dictionaries, from word to phonemes.

    The entries stay bytes, grouped by the first two bytes of their words: 3 MB, where a Python
    object for each word takes 25 MB.

    Attributes:
        longest: The length of the longest word, in bytes of UTF-8.
    """

    def __init__(self, file_name: str) -> None:
        """Load a dictionary.

        Args:
            file_name: `us_gold.json`, or `us_silver.json` for the words that it lacks.
        """
        self._pages: dict[bytes, bytearray] = {}
        self.longest = 0
        for entry in _ENTRY.finditer(read_dictionary(file_name)):
            word, value = entry.groups()
            self.longest = max(self.longest, len(word))
            page = self._pages.setdefault(word[:_PREFIX_BYTES], bytearray(b"\n"))
            page += b"%s\t%s\n" % (word, value.replace(b"\n", b""))

    def get(self, word: str) -> str:
        """Return the word's phonemes, or "" if it is not listed.

        >>> PhonemeDictionary("us_gold.json").get("day")
        'dˈA'
        """
        if len(word) > self.longest:
            return ""
        key = word.encode()
        page = self._pages.get(key[:_PREFIX_BYTES], b"")
        entry = page.partition(b"\n%s\t" % key)[2].partition(b"\n")[0]
        value = json.loads(entry or '""')
        return (value if isinstance(value, str) else value["DEFAULT"]) or ""


def read_dictionary(file_name: str) -> bytes:
    """Return one of misaki's dictionaries, as JSON; it came with this package."""
    return gzip.decompress((files("speechcast.shipped") / f"{file_name}.gz").read_bytes())


def look_up_phonemes(word: str) -> str:
    """Return a word's phonemes from the dictionary, or an empty string.

    Inflected forms and compounds of two words in the dictionary are looked up by their parts.

    >>> look_up_phonemes("speech")
    'spˈiʧ'
    """
    return _find_entry(word) or _find_inflected(word) or _find_compound(word)


def is_listed(word: str) -> bool:
    """Return whether the dictionary has a word in small letters, or as a name.

    >>> is_listed("canada"), is_listed("jinping")
    (True, False)
    """
    return bool(_find_entry(word))


def look_up_acronym(word: str) -> str:
    """Return how an acronym in capitals is said as a word; "" if the dictionary has none.

    >>> look_up_acronym("UNESCO"), look_up_acronym("IMF")
    ('junˈɛskO', '')
    """
    return _load_gold().get(word).replace("ɾ", "T") if word.isupper() else ""


def to_british(phonemes: str) -> str:
    """Return American phonemes as a British voice has them.

    >>> to_british("tˈɛɹ"), to_british("ʤˈO")
    ('tˈɛː', 'ʤˈQ')
    """
    for american, british in _BRITISH:
        phonemes = re.sub(american, british, phonemes)
    return phonemes


def guess_phonemes(word: str) -> str:
    """Return the phonemes that a lower-case word's spelling suggests.

    The first vowel is stressed.

    >>> guess_phonemes("twit")
    'twˈɪt'
    """
    index, phonemes = 0, []
    while index < len(word):
        doubled = word[index : index + 2] == 2 * word[index] and word[index] not in "aeiou"
        index += doubled
        matches = ((pattern.match(word, index), sound) for pattern, sound in _SPELLING)
        match, sound = next(((m, sound) for m, sound in matches if m), (None, ""))
        if match:
            phonemes.append(match.expand(sound))
        index = match.end() if match else index + 1
    return re.sub(r"(?=[AIOWYæɑɔəɛɜɪiuʊʌᵊ])", "ˈ", "".join(phonemes), count=1)


def _find_entry(word: str) -> str:
    """Return the phonemes of the word itself, in this or another capitalisation."""
    mixed = not word[1:].islower() and not word.isupper()  # iOS is not the island of Ios
    spellings = (word,) if mixed else (word, word.lower(), word.capitalize(), word.upper())
    entries = (d.get(spelling) for d in (_load_gold(), _load_silver()) for spelling in spellings)
    return next(filter(None, entries), "")


def _find_inflected(word: str) -> str:
    """Return the phonemes of a stem in the dictionary and its ending."""
    for ending, sound in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_PART and (phonemes := _find_entry(stem)):
            return phonemes + ("s" if sound == "z" and phonemes[-1] in "ptkfθ" else sound)
    return ""


def _find_compound(word: str) -> str:
    """Return the phonemes of the two words that form this one.

    The word is cut as evenly as possible.
    """
    middle, longest = len(word) / 2, _load_gold().longest
    cuts = range(
        max(_SHORTEST_PART, len(word) - longest), min(len(word) - _SHORTEST_PART, longest) + 1
    )
    for cut in sorted(cuts, key=lambda c: abs(c - middle)):
        first, second = _load_gold().get(word[:cut].lower()), _load_gold().get(word[cut:])
        if first and second:
            return first + second.replace("ˈ", "ˌ")
    return ""


@cache
def _load_gold() -> PhonemeDictionary:
    return PhonemeDictionary("us_gold.json")


@cache
def _load_silver() -> PhonemeDictionary:
    return PhonemeDictionary("us_silver.json")
