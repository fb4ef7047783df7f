"""Turn Latin and Greek letters into toned pinyin.

An abbreviation is spelled with the names that Mandarin speakers give its letters; a word becomes
the Mandarin syllables nearest to its English sound. The tables of names and of exceptions were
written by hand for this project.
"""

from __future__ import annotations

import re
import unicodedata

from ..english import english_phonemes
from ..english.acronyms import ACRONYMS
from . import phonemes_to_pinyin

_LETTER_NAMES = {
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
    "α": "a1 er3 fa3",
    "β": "bei4 ta3",
    "γ": "ga1 ma3",
    "δ": "de2 er3 ta3",
    "ε": "yi1 pu3 xi1 long2",
    "ζ": "zei1 ta3",
    "η": "yi1 ta3",
    "θ": "xi1 ta3",
    "ι": "yue1 ta3",
    "κ": "ka3 pa4",
    "λ": "lan2 mu3 da2",
    "μ": "miu4",
    "ν": "niu4",
    "ξ": "ke4 xi1",
    "ο": "ou1 mi3 ke4 rong2",
    "π": "pai4",
    "ρ": "rou1",
    "σ": "xi1 ge2 ma3",
    "ς": "xi1 ge2 ma3",
    "τ": "tao4",
    "υ": "yu3 pu3 xi1 long2",
    "φ": "fai4",
    "χ": "xi1",
    "ψ": "pu3 xi1",
    "ω": "ou1 mi3 ga1",
}
# Words whose usual pronunciation in China follows no rule.
_CUSTOMARY = {
    "app": "ei1 pi1 pi1",
    "apps": "ei1 pi1 pi1",
    "hello": "ha1 lou2",
    "ios": "ai4 ou1 ai2 si5",
    "iphone": "ai4 feng1",
    "ok": "ou1 kei4",
    "wifi": "wai4 fai4",
}
_LONGEST_SPELLED = 4  # letters; longer capitals may be an ordinary word
# Pieces of a word in mixed case: capitals, a capitalised or small word, a Greek letter.
_PART = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[A-Z]|[\u03b1-\u03c9]")
# Letters that Unicode does not decompose into a base letter and accents.
_TO_ASCII = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d",
                           "þ": "th", "ı": "i", "Æ": "Ae", "Œ": "Oe", "Ø": "O", "Ł": "L", "Đ": "D",
                           "Ð": "D", "Þ": "Th"})  # fmt: skip


def can_read(char: str) -> bool:
    """Return whether a character is a Latin or Greek letter.

    A Latin letter may have any accents.

    >>> can_read("é"), can_read("Ω"), can_read("Ж")
    (True, True, False)
    """
    return bool(folded(char)) and all(c in _LETTER_NAMES for c in folded(char).lower())


def folded(word: str) -> str:
    """Return a word without its accents, and with Greek in small letters.

    The letter Ω and the sign of the ohm become the same letter.

    >>> folded("Škoda"), folded("Ω")
    ('Skoda', 'ω')
    """
    plain = unicodedata.normalize("NFKD", word).translate(_TO_ASCII)
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return "".join(c.lower() if c > "\u0370" else c for c in bare)


def transcribe_word(word: str) -> tuple[str, ...]:
    """Return a word as toned pinyin.

    The word is spelled, or written in the syllables nearest to its sound.

    Every letter that `can_read` accepts is heard; marks and other characters are skipped.

    >>> transcribe_word("GDP"), transcribe_word("hello")
    (('ji4', 'di4', 'pi1'), ('ha1', 'lou2'))
    """
    plain = folded(word).replace("’", "'")
    whole = re.sub("[-']", "", plain).lower()
    if whole in _CUSTOMARY:
        return tuple(_CUSTOMARY[whole].split())
    parts = (part.strip("'") for part in re.split(r"[^\w']|_", plain))
    return tuple(syllable for part in parts for syllable in _transcribe_part(part))


def _transcribe_part(part: str) -> tuple[str, ...]:
    """Return the syllables of a part of a word between hyphens."""
    if _is_spelled(part):
        return _spell(part)
    if phonemes := english_phonemes.look_up_phonemes(part):
        return phonemes_to_pinyin.transcribe_phonemes(phonemes)
    pieces = _PART.findall(part)
    if len(pieces) > 1:
        return tuple(syllable for piece in pieces for syllable in transcribe_word(piece))
    return _transcribe_unknown(part.lower())


def _is_spelled(part: str) -> bool:
    """Return whether the letters are said one by one: GDP, WTO, Mb."""
    if part in ACRONYMS:
        return False
    if part.isupper() and not (len(part) > _LONGEST_SPELLED and _is_pronounceable(part.lower())):
        return True
    return not re.search("[aeiouy\u03b1-\u03c9]", part.lower()) or len(part) == 1


def _is_pronounceable(part: str) -> bool:
    return bool(english_phonemes.look_up_phonemes(part) or phonemes_to_pinyin.split_pinyin(part))


def _spell(part: str) -> tuple[str, ...]:
    """Return the names of the letters."""
    letters = (c for c in part.lower() if c in _LETTER_NAMES)
    return tuple(syllable for c in letters for syllable in _LETTER_NAMES[c].split())


def _transcribe_unknown(word: str) -> tuple[str, ...]:
    """Return a word that no dictionary has, as toned pinyin.

    It is read as pinyin if possible, else by English spelling.
    """
    if not word.isascii() or not word.isalpha():
        return _spell(word)
    return (
        phonemes_to_pinyin.split_pinyin(word)
        or phonemes_to_pinyin.transcribe_phonemes(english_phonemes.guess_phonemes(word))
        or _spell(word)
    )
