"""Find the phonemes of an utterance and what a voice cannot read, before anything is spoken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ...errors import UnreadableError
from ...frontend.mandarin import g2p_zh
from ...model import Token, Utterance
from .files import MAX_SYMBOLS
from .vocabulary import PhonemeGroup, to_symbols, unreadable_error

Phonemize = Callable[[Utterance], Sequence[PhonemeGroup]]

_MAX_SHOWN = 20  # characters of an utterance that an error shows


def list_refusals(utterance: Utterance, phonemize: Phonemize) -> Iterator[UnreadableError]:
    """Yield the error of each character or word that `phonemize` refuses.

    Args:
        utterance: The utterance.
        phonemize: Returns its symbols, or raises UnreadableError.
    """
    try:
        groups = phonemize(utterance)
    except UnreadableError:
        for token in utterance.tokens:
            yield from _find_in_token(token, utterance, phonemize)
        return
    if sum(1 for _ in to_symbols(groups)) > MAX_SYMBOLS:
        yield too_long_error(utterance)


def list_phonemes(utterance: Utterance, phonemize: Phonemize) -> list[str]:
    """Return the phonemes of each token; "" for one that is silent or cannot be read.

    Args:
        utterance: The utterance.
        phonemize: Returns its symbols, or raises UnreadableError.
    """
    try:
        groups = phonemize(utterance)
    except UnreadableError:
        alone = (replace(utterance, tokens=(token,)) for token in utterance.tokens)
        return [list_phonemes(u, phonemize)[0] if _is_readable(u, phonemize) else "" for u in alone]
    phonemes: list[list[str]] = [[] for _ in utterance.tokens]
    for group in groups:
        if utterance.tokens[group.token].voiced:
            phonemes[group.token].append(group.symbols)
    return [" ".join(symbols) for symbols in phonemes]


def too_long_error(utterance: Utterance) -> UnreadableError:
    """Return the error for an utterance with more symbols than the model takes."""
    return UnreadableError(
        f"line {utterance.row}, sentence {utterance.sentence}: it is too long for one breath and "
        f"cannot be divided; put a comma into it",
        utterance.row,
        utterance.shown[:_MAX_SHOWN],
    )


def _find_in_token(
    token: Token, utterance: Utterance, phonemize: Phonemize
) -> Iterator[UnreadableError]:
    """Yield the errors of a token, one for each of its characters that cannot be read."""
    whole = _try(token, utterance, phonemize)
    if whole is None:
        return
    characters = g2p_zh.annotate([Token(c, c) for c in token.spoken]) if token.voiced else ()
    errors = [e for c in characters if (e := _try(c, utterance, phonemize)) is not None]
    yield from errors or [whole]


def _is_readable(utterance: Utterance, phonemize: Phonemize) -> bool:
    return _try(utterance.tokens[0], utterance, phonemize) is None


def _try(token: Token, utterance: Utterance, phonemize: Phonemize) -> UnreadableError | None:
    try:
        phonemize(replace(utterance, tokens=(token,)))
    except UnreadableError as exc:
        return unreadable_error(exc.piece, utterance, exc.instead)
    return None
