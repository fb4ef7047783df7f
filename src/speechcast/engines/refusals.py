"""Find what a voice cannot read, with the function by which its engine reads an utterance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ..errors import UnreadableError
from ..frontend.mandarin import g2p_zh
from ..model import Token, Utterance
from .kokoro.vocabulary import unreadable_error

Read = Callable[[Utterance], object]


def list_unreadable(utterance: Utterance, read: Read) -> list[UnreadableError]:
    """Return the errors of what `read` refuses, one for each character or word.

    Args:
        utterance: The utterance.
        read: Raises UnreadableError for an utterance that cannot be read.
    """
    whole = _try(utterance, read)
    if whole is None:
        return []
    errors = [e for token in utterance.tokens for e in _find_in_token(token, utterance, read)]
    return errors or [whole]


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
