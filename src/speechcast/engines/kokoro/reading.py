"""Turn an utterance into the phonemes and the symbols that a voice's model takes."""

from __future__ import annotations

from collections.abc import Callable

from ...model import Utterance, Voice
from ..refusals import PhonemeGroup, too_long_error
from . import g2p_en, g2p_zh
from .families import family_of
from .files import MAX_SYMBOLS
from .mix import find_leading_voice
from .settings import language_of
from .vocabulary import Alphabet, Symbol


def choose_g2p(voice: Voice) -> Callable[[Utterance], list[PhonemeGroup]]:
    """Return the function that turns the voice's utterances into phonemes.

    Raises:
        EngineError: The extra for English is not installed.
    """
    if language_of(voice) == "en":
        return g2p_en.EnglishG2P(british=find_leading_voice(voice.voice).startswith("b")).phonemize
    return g2p_zh.MandarinG2P(family_of(voice.voice).alphabet).phonemize


def list_symbols(
    utterance: Utterance,
    phonemize: Callable[[Utterance], list[PhonemeGroup]],
    alphabet: Alphabet,
) -> list[Symbol]:
    """Return the utterance as symbols of the model's input.

    Raises:
        UnreadableError: The voice has no sound for a part of it.
        EngineError: It takes more symbols than the model does.
    """
    symbols = list(alphabet.write(phonemize(utterance)))
    if len(symbols) > MAX_SYMBOLS:
        raise too_long_error(utterance)
    return symbols
