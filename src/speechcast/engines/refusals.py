"""Find the phonemes of an utterance and what a voice cannot read, before anything is spoken.

Both ask the function with which the engine reads an utterance, for all engines alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..errors import UnreadableError
from ..frontend.mandarin import g2p_zh
from ..messages import _
from ..model import Token, Utterance

_MAX_SHOWN = 20  # characters of an utterance that an error shows


class PhonemeGroup(NamedTuple):
    """The symbols for one token, or for a part of one: its phonemes, or a breath."""

    token: int  # index in the utterance
    symbols: str
    joined: bool = False  # to the group before it, as the suffix of 花儿


Read = Callable[[Utterance], object]
Phonemize = Callable[[Utterance], Sequence[PhonemeGroup]]


def list_refusals(utterance: Utterance, read: Read) -> list[UnreadableError]:
    """Return the errors of what `read` refuses, one for each character or word.

    Args:
        utterance: The utterance.
        read: Raises UnreadableError for an utterance that cannot be read.
    """
    whole = _try(utterance, read)
    if whole is None:
        return []
    return [e for token in utterance.tokens for e in _find_in_token(token, utterance, read)] or [
        whole
    ]


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
        return ["" if _try(u, phonemize) else list_phonemes(u, phonemize)[0] for u in alone]
    phonemes: list[list[str]] = [[] for _ in utterance.tokens]
    for group in groups:
        if utterance.tokens[group.token].voiced:
            phonemes[group.token].append(group.symbols)
    return [" ".join(symbols) for symbols in phonemes]


def unreadable_error(
    char: str, utterance: Utterance, instead: str = "in Chinese characters"
) -> UnreadableError:
    """Return the error for a text that no embedded voice can read.

    The voices meant are those of the utterance's language.

    Args:
        char: The character, or the word.
        utterance: Where it stands.
        instead: How it should be written: completes "write it …".
    """
    index = utterance.shown.find(char)
    context = utterance.shown[:17]
    if index >= 0:
        context = utterance.shown[max(0, index - 8) : index + 9].strip()
    return UnreadableError(
        _(
            "line {row}, sentence {sentence}: the voice cannot read '{char}' in “{context}”; "
            "write it {instead}, or choose an online voice"
        ).format(
            row=utterance.row,
            sentence=utterance.sentence,
            char=char,
            context=context,
            instead=instead,
        ),
        utterance.row,
        char,
        instead,
    )


def too_long_error(utterance: Utterance) -> UnreadableError:
    """Return the error for an utterance with more symbols than the model takes."""
    return UnreadableError(
        _(
            "line {row}, sentence {sentence}: it is too long for one breath and cannot be "
            "divided; put a comma into it"
        ).format(row=utterance.row, sentence=utterance.sentence),
        utterance.row,
        utterance.shown[:_MAX_SHOWN],
    )


def _find_in_token(token: Token, utterance: Utterance, read: Read) -> Iterator[UnreadableError]:
    """Yield the errors of a token, one for each of its characters that cannot be read."""
    whole = _try_token(token, utterance, read)
    if whole is None:
        return
    characters = g2p_zh.annotate([Token(c, c) for c in token.spoken]) if token.voiced else ()
    errors = [e for c in characters if (e := _try_token(c, utterance, read)) is not None]
    yield from errors or [whole]


def _try_token(token: Token, utterance: Utterance, read: Read) -> UnreadableError | None:
    """Return the error of a token, with the utterance around it."""
    error = _try(replace(utterance, tokens=(token,)), read)
    return error and unreadable_error(error.piece, utterance, error.instead)


def _try(utterance: Utterance, read: Read) -> UnreadableError | None:
    try:
        read(utterance)
    except UnreadableError as exc:
        return exc
    return None
