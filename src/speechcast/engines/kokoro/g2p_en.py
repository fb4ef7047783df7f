"""Phonemize English for the embedded voices.

espeak-ng phonemizes each clause, and the phonemes are split into those of its words.

espeak-ng reads words in their clause (with the weak forms of a, the, to) and may run them together
(of the: ʌvðə). So the clause's phonemes are aligned with those of each word alone, and split where
the words meet.

espeak-ng and phonemizer are GPL-3.0: they are an extra, imported when an English voice speaks.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ... import windows
from ...errors import EngineError
from ...extras import compose_extra_command
from ...frontend.english.heteronyms_en import WordReading
from ...messages import _, mark
from ...model import Utterance
from ..marks import MARKS, find_breath
from ..refusals import PhonemeGroup, unreadable_error
from .english_readings import read_words, settle, spell, write_headline
from .phoneme_alignment import split_phonemes
from .vocabulary import BREATHS, VOCABULARY

if TYPE_CHECKING:
    from phonemizer.backend.espeak.wrapper import EspeakWrapper

PACKAGES = ("phonemizer", "espeakng_loader")

# Marks that are seen but not heard; by hand for this project.
_UNHEARD = "{}/\\|_*^~`´«»‹›„‚‐‑‒−′″©®™†‡¶¿¡←↑↓✓★℠\u00ad\u200b\u200d\ufeff"
_BREATHS = {**MARKS, **dict.fromkeys(_UNHEARD, "")}
_APOSTROPHES = str.maketrans("’‘ʼ＇", "''''")
# espeak-ng's IPA, with a tie inside a single sound → the model's symbols; replaced in this order.
# After the table of misaki 0.9.4 (espeak.py, EspeakFallback), the model's own G2P.
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
_LETTER = "A."  # the letter A as espeak-ng reads it; "A" alone is the article
_WORD = re.compile(
    r"(?:[^\W\d_]\.)+[^\W\d_]\b\.?"  # U.S.
    r"|[^\W_]+(?:(?:['-]|(?<=\d)[.,](?=\d))[^\W_]+)*"
)
_SYLLABIC = re.compile("(.)\u0329")  # n̩ in button
_LANGUAGE_FLAG = re.compile(r"\([a-z-]+\)")  # (fr): espeak-ng switches to another language
_PLURAL = re.compile(" z(?= |$)")  # of a spelled acronym: N.G.O.'s
_lock = threading.Lock()  # espeak-ng keeps its whole state in global variables


def is_installed() -> bool:
    """Return whether the extra for English is installed."""
    return all(find_spec(package) for package in PACKAGES)


def explain_missing_english() -> str:
    """Return what to do where the extra for English is not installed."""
    return _("English needs espeak-ng; run: {command}").format(
        command=compose_extra_command("english")
    )


class EnglishG2P:
    """A phonemizer of English utterances, with a British or an American accent."""

    def __init__(self, *, british: bool) -> None:
        """Choose the accent; raise EngineError if the extra is not installed."""
        if not is_installed():
            raise EngineError(explain_missing_english())
        self._language = "en-gb" if british else "en-us"

    def phonemize(self, utterance: Utterance) -> list[PhonemeGroup]:
        """Return the symbols of each token that makes phonemes or a breath.

        Raises:
            TextError: A character cannot be read.
            EngineError: espeak-ng failed.
        """
        words = {i: _split_words(utterance, i) for i, t in enumerate(utterance.tokens) if t.voiced}
        if _is_all_capitals(utterance):
            words = {i: [write_headline(w) for w in several] for i, several in words.items()}
        readings = read_words(utterance, words, british=self._language == "en-gb")
        groups: list[PhonemeGroup] = []
        clause: list[tuple[int, str]] = []
        for index, token in enumerate(utterance.tokens):
            if token.voiced:
                clause += [(index, word) for word in words[index]]
            elif breath := _find_breath(utterance, index):
                groups += self._phonemize_clause(clause, utterance, readings)
                clause = []
                if groups and groups[-1].symbols not in BREATHS:
                    groups.append(PhonemeGroup(index, breath))
        return [*groups, *self._phonemize_clause(clause, utterance, readings)]

    def _phonemize_clause(
        self,
        spoken: Sequence[tuple[int, str]],
        utterance: Utterance,
        readings: Mapping[int, WordReading],
    ) -> Iterator[PhonemeGroup]:
        """Yield the symbols of each word of a clause.

        The clause is made of the words of `spoken`, each with the index of its token.
        """
        run = partial(_run_espeak, language=self._language)
        first = spoken[:1]
        words = (_LETTER if w == "A" and (i, w) not in first else w for i, w in spoken)
        phonemes = _phonemize_words(tuple(spell(w, run) for w in words), self._language)
        for (index, word), symbols in zip(spoken, phonemes, strict=True):
            reading = readings.get(index)
            settled = settle(symbols, word, reading, run) if reading else symbols
            if not settled or any(s not in VOCABULARY for s in settled):
                raise unreadable_error(word, utterance, mark("in words"))
            yield PhonemeGroup(index, settled)


def _find_breath(utterance: Utterance, index: int) -> str:
    """Return the breath for an unvoiced token.

    A hyphen between spaces is a dash.
    """
    token = utterance.tokens[index]
    neighbours = utterance.tokens[max(0, index - 1) : index + 2]
    spaces = [t.shown.isspace() for t in neighbours]
    if token.spoken in {"-", "‐", "−"} and spaces == [True, False, True]:
        return _BREATHS["—"]
    return find_breath(token, utterance, _BREATHS)


def _split_words(utterance: Utterance, index: int) -> list[str]:
    """Return the words as which a token is spoken.

    A word has letters, digits, hyphens and apostrophes.
    """
    spoken = utterance.tokens[index].spoken
    text = unicodedata.normalize("NFKC", spoken).translate(_APOSTROPHES)
    unknown = next((c for c in text if c.isalnum() and not _is_readable(c)), None)
    if unknown:
        raise unreadable_error(unknown, utterance, mark("in Latin letters"))
    return _WORD.findall(text)


def _is_readable(char: str) -> bool:
    return char.isdigit() or unicodedata.name(char, "").startswith(("LATIN", "GREEK"))


def _is_all_capitals(utterance: Utterance) -> bool:
    """Return whether three or more words are all in capitals.

    Such words are not abbreviations.
    """
    words = [t.spoken for t in utterance.tokens if t.voiced and t.spoken.isalpha()]
    return len(words) > 2 and all(w.isupper() for w in words)


@lru_cache(maxsize=4096)
def _phonemize_words(words: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Return the phonemes of each word in the context of the others."""
    alone = [_run_espeak(word, language) for word in words]
    if len(words) < 2:
        return tuple(alone)
    together = split_phonemes(_run_espeak(" ".join(words), language), alone) or alone
    return tuple(a if w == _LETTER else t for w, a, t in zip(words, alone, together, strict=True))


def _run_espeak(text: str, language: str) -> str:
    """Return espeak-ng's phonemes of the text, in the model's symbols."""
    try:
        with _lock:
            ipa: str = _load_espeak(language).text_to_phonemes(text, tie=True)
    except RuntimeError as exc:
        message = _("espeak-ng failed: {exc}; reinstall speechcast[english]")
        if windows.HERE and not __file__.isascii():
            message = _(
                "espeak-ng failed: {exc}; on Windows it reads no folder whose path is not ASCII: "
                "install speechcast in one like C:\\speechcast"
            )
        raise EngineError(message.format(exc=exc)) from exc
    ipa = _PLURAL.sub("z", _LANGUAGE_FLAG.sub("", ipa))
    ipa = _SYLLABIC.sub(r"ᵊ\1", ipa).replace("\u0303", "")
    for sound, symbol in (*_BOTH, *(_BRITISH if language == "en-gb" else _AMERICAN)):
        ipa = ipa.replace(sound, symbol)
    return " ".join(ipa.replace("-", " ").split())


@cache
def _load_espeak(language: str) -> EspeakWrapper:
    import espeakng_loader
    from phonemizer.backend.espeak.wrapper import EspeakWrapper

    EspeakWrapper.set_library(espeakng_loader.get_library_path())
    EspeakWrapper.set_data_path(espeakng_loader.get_data_path())
    espeak = EspeakWrapper()
    espeak.set_voice(language)
    return espeak
