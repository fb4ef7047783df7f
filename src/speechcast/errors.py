"""What can go wrong, as one family.

SpeechcastError            anything below; the text is one line: what is wrong, where, what to do
  UsageError               an option has a value that is not allowed
  SourceError              the document cannot be read (.path)
  TextError                the text cannot be spoken (.row, where a line of it is to blame)
  PresetError              a voice preset is unknown or broken
  ModelError               a local voice's model is missing and cannot be had
  EngineError              an engine did not record a line (.sentence, .row)
    PassingError           it may, if it is asked again
      SpoiltAnswer         the service answered, but not with the whole line
      ServiceUnreachable   the service cannot be reached at all
      Forbidden            the service lets nobody in who comes as we do
      Throttled            the service wants to be asked less (.after)
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
    """An engine did not deliver a whole clip.

    `sentence` and `row` (both from 1) say of which line, where one is to blame.
    """

    def __init__(self, message: str, sentence: int | None = None, row: int | None = None) -> None:
        super().__init__(message)
        self.sentence = sentence
        self.row = row


class TransientError(EngineError):
    """The same line may well be recorded if it is asked for again."""


class InvalidResponse(TransientError):
    """The service's answer came to its end and is not the whole line, soundly."""


class ServiceUnreachable(TransientError):
    """The service behind an online voice cannot be reached at all."""


class AccessDenied(TransientError):
    """The service does not let us in: our clock may be wrong, or our region."""


class RateLimited(TransientError):
    """The service wants to be asked less; `after` is for how many seconds, if it said so."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class CheckError(SpeechcastError):
    """A production failed its own check and was not delivered: a bug of ours."""


class OutputError(SpeechcastError):
    """The production cannot be written."""

    def __init__(self, message: str, path: Path | None = None) -> None:
        super().__init__(message)
        self.path = path
