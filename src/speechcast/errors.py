"""What can go wrong, as one family.

SpeechcastError            anything below; the text is one line: what is wrong, where, what to do
  UsageError               an option has a value that is not allowed
  SourceError              the document cannot be read (.path)
  TextError                the text cannot be spoken (.row, where a line of it is to blame)
  PresetError              a voice preset is unknown or broken
  ModelError               a local voice's model is missing and cannot be had
  EngineError              an engine did not record a line
    ServiceUnreachable     an online voice's service cannot be reached at all
  CheckError               a production failed its own check and was not delivered
  OutputError              the production cannot be written (.path)
"""

from __future__ import annotations

from pathlib import Path


class SpeechcastError(Exception):
    """The base of every error a user is told about; `str()` is one line."""


class UsageError(SpeechcastError):
    """An option has a value that is not allowed."""


class SourceError(SpeechcastError):
    """The document cannot be read."""

    def __init__(self, message: str, path: Path | None = None) -> None:
        super().__init__(message)
        self.path = path


class TextError(SpeechcastError):
    """The text holds nothing to say, or something this voice cannot say.

    `row` is the line of the source, counted from 1, where one is to blame.
    """

    def __init__(self, message: str, row: int | None = None) -> None:
        super().__init__(message)
        self.row = row


class PresetError(SpeechcastError):
    """A voice preset is unknown, or its file is broken."""


class ModelError(SpeechcastError):
    """A local voice's model is not on this machine and could not be fetched."""


class EngineError(SpeechcastError):
    """An engine did not deliver a whole clip."""


class ServiceUnreachable(EngineError):
    """The service behind an online voice cannot be reached at all."""


class CheckError(SpeechcastError):
    """A production failed its own check and was not delivered: a bug of ours."""


class OutputError(SpeechcastError):
    """The production cannot be written."""

    def __init__(self, message: str, path: Path | None = None) -> None:
        super().__init__(message)
        self.path = path
