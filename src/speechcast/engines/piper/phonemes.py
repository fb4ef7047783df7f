"""Turn utterances into the phonemes of a Piper voice, each with its token.

espeak-ng reads a clause as a whole, and its phonemes are split into those of the words.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from ...errors import EngineError, UnreadableError
from ...extras import compose_extra_command
from ...frontend.mandarin import g2p_zh, tone_sandhi
from ...messages import _, mark
from ...model import Utterance
from ...text.han import HAN
from ..kokoro.phoneme_alignment import split_phonemes
from ..marks import MARKS, find_breath
from ..refusals import PhonemeGroup, unreadable_error
from .files import PiperConfig

if TYPE_CHECKING:
    from piper.phonemize_espeak import EspeakPhonemizer

PACKAGES = ("piper", "onnx")
SPACE = " "

_PINYIN_VOICE = "cmn-latn-pinyin"  # espeak-ng's Mandarin, as toned pinyin
_HAN_LANGUAGES = frozenset(("zh", "ja", "ko"))  # whose texts have Chinese characters
_MANDARIN = frozenset(("cmn", "zh", _PINYIN_VOICE))
_APOSTROPHES = str.maketrans("’‘ʼ＇", "''''")
_SYLLABLE = re.compile("([zcs]h|[bpmfdtnlgkhjqxrzcsyw]?)([a-z]+)([1-5])")
_NO_INITIAL = "Ø"
_MARKS = ".,;:!?"  # which espeak-ng keeps at the end of a text: U.S.
_lock = threading.Lock()  # espeak-ng keeps its whole state in global variables


def has_piper() -> bool:
    """Return whether the extra for Piper voices is installed."""
    return all(find_spec(package) for package in PACKAGES)


def explain_missing_piper() -> str:
    """Return what to do where the extra for Piper voices is not installed."""
    return _("Piper voices need piper-tts; run: {command}").format(
        command=compose_extra_command("piper")
    )


def list_groups(utterance: Utterance, config: PiperConfig) -> list[PhonemeGroup]:
    """Return the phonemes of each word, and the breaths between them.

    Raises:
        UnreadableError: A character cannot be read.
        EngineError: espeak-ng failed.
    """
    if HAN.search(utterance.spoken) and config.language.startswith("zh"):
        utterance = _with_pinyin(utterance)
    groups: list[PhonemeGroup] = []
    clause: list[tuple[int, str]] = []
    for index, token in enumerate(utterance.tokens):
        if token.voiced:
            clause.append((index, _spell(utterance, index, config)))
            continue
        breath, word = _read_mark(utterance, index, config)
        if word:
            clause.append((index, word))
        elif breath:
            groups += _read_clause(clause, utterance, config)
            clause = []
            if groups and not is_mark(groups[-1]):
                groups.append(PhonemeGroup(index, breath))
    groups += _read_clause(clause, utterance, config)
    return groups


def _with_pinyin(utterance: Utterance) -> Utterance:
    """Return an utterance with the pinyin in the tones in which it is spoken."""
    tokens = g2p_zh.annotate([replace(token, pinyin=()) for token in utterance.tokens])
    return replace(utterance, tokens=tone_sandhi.apply_tone_sandhi(tokens, frozenset()))


def _spell(utterance: Utterance, index: int, config: PiperConfig) -> str:
    """Return what the phonemizer reads for a voiced token: its pinyin, or its text."""
    token = utterance.tokens[index]
    foreign = HAN.search(token.spoken)
    if foreign and config.language.split("-")[0] not in _HAN_LANGUAGES:
        raise unreadable_error(
            foreign[0], utterance, mark("in the letters of the voice's language")
        )
    if not token.pinyin:
        return unicodedata.normalize("NFKC", token.spoken).translate(_APOSTROPHES)
    if len(HAN.findall(token.spoken)) > len(token.pinyin):
        raise unreadable_error(token.spoken, utterance)
    return SPACE.join("er5" if syllable == "r5" else syllable for syllable in token.pinyin)


def _read_mark(utterance: Utterance, index: int, config: PiperConfig) -> tuple[str, str]:
    """Return the breath of an unvoiced token, and the word that it is read as; "" for none.

    A sign such as % is a word in some languages.
    """
    token = utterance.tokens[index]
    try:
        breath = find_breath(token, utterance)
    except UnreadableError:
        if config.kind == "espeak" and _run_espeak(token.spoken, config.espeak_voice).strip():
            return "", token.spoken
        raise
    return breath if breath in config.ids else "," if breath and "," in config.ids else "", ""


def is_mark(group: PhonemeGroup) -> bool:
    """Return whether a group is a breath, no word."""
    return group.symbols in MARKS.values()


def _read_clause(
    words: Sequence[tuple[int, str]], utterance: Utterance, config: PiperConfig
) -> Iterator[PhonemeGroup]:
    """Yield the phonemes of the words of a clause, each with the index of its token."""
    texts = tuple(text for _, text in words)
    voiced = [index for index, _ in words if utterance.tokens[index].voiced]
    for (index, text), symbols in zip(words, _phonemize_clause(texts, config), strict=True):
        if not _to_phonemes(symbols, config):
            raise unreadable_error(text, utterance, mark("in words"))
        token = index if index in voiced else max((i for i in voiced if i < index), default=index)
        yield PhonemeGroup(token, symbols)


def _phonemize_clause(words: tuple[str, ...], config: PiperConfig) -> Sequence[str]:
    """Return the phonemes of each word of a clause."""
    if config.kind != "espeak":
        return words
    voice = config.espeak_voice
    chinese = voice in _MANDARIN and any(re.search("[1-5]", word) for word in words)
    return _phonemize_words(words, _PINYIN_VOICE if chinese else voice)


@lru_cache(maxsize=4096)
def _phonemize_words(words: tuple[str, ...], voice: str) -> tuple[str, ...]:
    """Return espeak-ng's phonemes of each word in the context of the others."""
    alone = [_run_espeak(word, voice) for word in words]
    if len(words) < 2 or not all(alone):
        return tuple(alone)
    together = _run_espeak(SPACE.join(words), voice)
    pieces = together.split(SPACE)
    if len(pieces) == len(words) and not any(SPACE in word for word in alone):
        return tuple(pieces)
    return tuple(split_phonemes(together, alone) or alone)


def _run_espeak(text: str, voice: str) -> str:
    """Return espeak-ng's phonemes of a text, with spaces between words."""
    try:
        with _lock:
            sentences = _load_espeak().phonemize(voice, text)
    except RuntimeError as exc:
        raise EngineError(
            _("espeak-ng cannot read '{voice}': {exc}").format(voice=voice, exc=exc)
        ) from exc
    phonemes = SPACE.join("".join("".join(sentence) for sentence in sentences).split())
    return phonemes.rstrip(_MARKS) if text.endswith(tuple(_MARKS)) else phonemes


@cache
def _load_espeak() -> EspeakPhonemizer:
    from piper.phonemize_espeak import EspeakPhonemizer

    return EspeakPhonemizer()


def _to_phonemes(symbols: str, config: PiperConfig) -> list[str]:
    """Return the phonemes of a word that the voice has."""
    if config.kind == "pinyin" and symbols not in MARKS.values():
        phonemes = [p for m in _SYLLABLE.finditer(symbols) for p in _split_pinyin(m)]
    else:
        units = "|".join(map(re.escape, sorted(config.clusters, key=len, reverse=True)))
        pattern = f"{units}|." if units else "."
        phonemes = re.findall(pattern, unicodedata.normalize("NFD", symbols), re.DOTALL)
        return [phoneme for phoneme in phonemes if phoneme in config.ids]  # as Piper does
    return phonemes if all(phoneme in config.ids for phoneme in phonemes) else []


def _split_pinyin(syllable: re.Match[str]) -> tuple[str, str, str]:
    return syllable[1] or _NO_INITIAL, syllable[2], syllable[3]


class Number(NamedTuple):
    """One number of the model's input, and its token; None for what is not part of a word."""

    id: int
    token: int | None


def number_phonemes(groups: Sequence[PhonemeGroup], config: PiperConfig) -> list[Number]:
    """Return the model's input: the phonemes' numbers between its marks of start, end and padding.

    As Piper does, there is padding after each phoneme, but in pinyin after each syllable.
    """
    syllabic = config.kind == "pinyin"
    padding = config.ids["_"]
    numbers = [Number(n, None) for n in (*config.ids["^"], *(() if syllabic else padding))]
    for index, group in enumerate(groups):
        token = None if is_mark(group) else group.token
        for phoneme in _to_phonemes(group.symbols, config):
            ends = not syllabic or phoneme.isdigit() or token is None
            ids = (*config.ids[phoneme], *(padding if ends else ()))
            numbers += (Number(n, token) for n in ids)
        if not syllabic and SPACE in config.ids and _needs_space(groups, index):
            numbers += (Number(n, None) for n in (*config.ids[SPACE], *padding))
    return [*numbers, *(Number(n, None) for n in config.ids["$"])]


def _needs_space(groups: Sequence[PhonemeGroup], index: int) -> bool:
    """Return whether a space follows a group: before a word."""
    return index + 1 < len(groups) and not is_mark(groups[index + 1])
