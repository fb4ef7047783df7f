"""What a page asked for and cannot have."""

from __future__ import annotations

from ..errors import SpeechcastError


class ConflictError(SpeechcastError):
    """The project changed since the page read it."""


class MissingError(SpeechcastError):
    """There is no such thing."""
