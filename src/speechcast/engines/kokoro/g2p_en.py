"""English for the embedded voices: a clause by espeak-ng, its phonemes shared out to its words.

espeak-ng reads words in their clause (the weak forms of a, the, to) and may run them together
(of the: ʌvðə). So the clause's phonemes are aligned with those of each word by itself, and cut
where the words meet.

espeak-ng and phonemizer are GPL-3.0: an extra, imported when an English voice speaks.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ...errors import EngineError
from ...model import Token, Utterance
from .phoneme_alignment import split_phonemes
from .vocabulary import BREATHS, MARKS, VOCABULARY, Word, find_breath, unreadable_error

if TYPE_CHECKING:
    from phonemizer.backend.espeak.wrapper import EspeakWrapper

PACKAGES = ("phonemizer", "espeakng_loader")
MISSING_EXTRA = "English needs espeak-ng; run: pip install 'speechcast[english]'"
_UNHEARD = "{}/\\|_*^~`´«»‹›„‚‐‑‒−′″©®™†‡¶¿¡←↑↓✓★\u00ad\u200b\u200d\ufeff"
_BREATHS = {**MARKS, **dict.fromkeys(_UNHEARD, "")}
_APOSTROPHES = str.maketrans("’‘ʼ＇", "''''")
# espeak-ng's IPA, a tie between what is one sound, in the model's symbols; in this order.
_BOTH = (
    ("a͡ɪ", "I"), ("a͡ʊ", "W"), ("e͡ɪ", "A"), ("ɔ͡ɪ", "Y"), ("d͡ʒ", "ʤ"), ("t͡ʃ", "ʧ"),
    ("ə͡l", "ᵊl"), ("ʲo", "jo"), ("ʲə", "jə"), ("ʲ", ""), ("ɚɹ", "əɹ"), ("ɚ", "əɹ"), ("r", "ɹ"),
    ("x", "k"), ("ç", "k"), ("ɐ", "ə"), ("ɬ", "l"), ("ʔ", "t"),
)  # fmt: skip
_AMERICAN = (
    ("o͡ʊ", "O"), ("\u0361", ""), ("e", "A"), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɪə", "iə"),
    ("ː", ""), ("o", "ɔ"), ("ɾ", "T"),
)  # fmt: skip
_BRITISH = (
    ("ə͡ʊ", "Q"), ("e͡ə", "ɛː"), ("i͡ə", "ɪə"), ("\u0361", ""), ("iə", "ɪə"), ("e", "A"),
    ("o", "ɔ"), ("ɾ", "T"),
)  # fmt: skip
_LETTER = "A."  # and not the article
_WORD = re.compile(
    r"(?:[^\W\d_]\.)+[^\W\d_]\b\.?"  # U.S.
    r"|[^\W_]+(?:(?:['-]|(?<=\d)[.,](?=\d))[^\W_]+)*"
)
_SYLLABIC = re.compile("(.)\u0329")  # n̩ in button
_FLAG = re.compile(r"\([a-z-]+\)")  # (fr): a word of another language
_lock = threading.Lock()  # espeak-ng keeps everything in global variables


def is_installed() -> bool:
    """Whether the extra is there."""
    return all(find_spec(package) for package in PACKAGES)


class EnglishG2P:
    """Reads English lines as an American or as a Briton."""

    def __init__(self, *, british: bool) -> None:
        if not is_installed():
            raise EngineError(MISSING_EXTRA)
        self._language = "en-gb" if british else "en-us"

    def phonemize(self, line: Utterance) -> list[Word]:
        """Each token that makes phonemes or a breath. Raises TextError naming the unreadable."""
        found: list[Word] = []
        clause: list[int] = []
        for place, token in enumerate(line.tokens):
            if token.voiced:
                clause.append(place)
            elif mark := _mark(line, place):
                found += self._clause(clause, line)
                clause = []
                if found and found[-1].symbols not in BREATHS:
                    found.append(Word(place, mark))
        return [*found, *self._clause(clause, line)]

    def _clause(self, places: Sequence[int], line: Utterance) -> Iterator[Word]:
        said = [(place, word) for place in places for word in _said(line.tokens[place], line)]
        first = said[:1]
        words = tuple(_LETTER if w == "A" and (p, w) not in first else w for p, w in said)
        sounds = _phonemes(words, self._language)
        for (place, word), sound in zip(said, sounds, strict=True):
            if not sound or any(p not in VOCABULARY for p in sound):
                raise unreadable_error(word, line, "in words")
            yield Word(place, sound)


def _mark(line: Utterance, place: int) -> str:
    """What the model breathes at for an unvoiced token: a dash also where it is but a hyphen."""
    token = line.tokens[place]
    around = [t.shown.isspace() for t in line.tokens[max(0, place - 1) : place + 2]]
    if token.spoken in {"-", "‐", "−"} and around == [True, False, True]:
        return _BREATHS["—"]
    return find_breath(token, line, _BREATHS)


def _said(token: Token, line: Utterance) -> list[str]:
    """What is spoken for the token, in words of letters, digits, hyphens and apostrophes."""
    text = unicodedata.normalize("NFKC", token.spoken).translate(_APOSTROPHES)
    unknown = next((c for c in text if c.isalnum() and not _is_readable(c)), None)
    if unknown:
        raise unreadable_error(unknown, line, "in Latin letters")
    words: list[str] = _WORD.findall(text)
    return [w.lower() for w in words] if _is_shouted(line) else words


def _is_readable(char: str) -> bool:
    return char.isdigit() or unicodedata.name(char, "").startswith(("LATIN", "GREEK"))


def _is_shouted(line: Utterance) -> bool:
    """Whether all of several words are in capitals, which then are no abbreviations."""
    words = [t.spoken for t in line.tokens if t.voiced and t.spoken.isalpha()]
    return len(words) > 2 and all(w.isupper() for w in words)


@lru_cache(maxsize=4096)
def _phonemes(words: tuple[str, ...], language: str) -> tuple[str, ...]:
    """The phonemes of each word as it is said among the others."""
    alone = [_spoken(word, language) for word in words]
    if len(words) < 2:
        return tuple(alone)
    among = split_phonemes(_spoken(" ".join(words), language), alone) or alone
    return tuple(a if w == _LETTER else s for w, a, s in zip(words, alone, among, strict=True))


def _spoken(text: str, language: str) -> str:
    """The text as espeak-ng says it, in the model's symbols."""
    try:
        with _lock:
            ipa: str = _espeak(language).text_to_phonemes(text, tie=True)
    except RuntimeError as exc:
        raise EngineError(f"espeak-ng failed: {exc}; reinstall speechcast[english]") from exc
    ipa = _SYLLABIC.sub(r"ᵊ\1", _FLAG.sub("", ipa)).replace("\u0303", "")
    for sound, symbol in (*_BOTH, *(_BRITISH if language == "en-gb" else _AMERICAN)):
        ipa = ipa.replace(sound, symbol)
    return " ".join(ipa.replace("-", " ").split())


@cache
def _espeak(language: str) -> EspeakWrapper:
    import espeakng_loader
    from phonemizer.backend.espeak.wrapper import EspeakWrapper

    EspeakWrapper.set_library(espeakng_loader.get_library_path())
    EspeakWrapper.set_data_path(espeakng_loader.get_data_path())
    espeak = EspeakWrapper()
    espeak.set_voice(language)
    return espeak
