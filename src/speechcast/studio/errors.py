"""What a page asked for and cannot have, and what nobody foresaw."""

from __future__ import annotations

from ..errors import SpeechcastError
from ..messages import _


class ConflictError(SpeechcastError):
    """The project changed since the page read it."""


class MissingError(SpeechcastError):
    """There is no such thing."""


def describe_bug(exc: Exception) -> str:
    """Return the line for an error that nobody foresaw."""
    text = _("this is a bug of speechcast, please report it: {name}: {exc}")
    return " ".join(text.format(name=type(exc).__name__, exc=exc).split())[:300]
