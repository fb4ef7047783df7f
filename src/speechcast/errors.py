"""The exceptions of the package, as one family.

SpeechcastError            anything below; the text is one line: what is wrong, where, what to do
  UsageError               an option has a value that is not allowed
  SourceError              the document cannot be read (.path)
  TextError                the text cannot be spoken (.row, if one line of it is the cause)
    UnreadableError        the voice has no sound for some of it (.piece)
  PresetError              a voice preset is unknown or broken
  ModelError               the model of a local voice is missing and cannot be fetched
  EngineError              an engine did not return a whole clip (.sentence, .row)
    TransientError         another attempt may succeed
      InvalidResponse      the service answered, but the answer is not the whole utterance
      ServiceUnreachable   the service cannot be reached at all
      AccessDenied         the service refuses all requests from here
      RateLimited          the service asks for fewer requests (.retry_after)
  CheckError               a production failed its own check and was not delivered
  OutputError              the production cannot be written (.path)
"""

from __future__ import annotations

from pathlib import Path

from .units import Seconds


class SpeechcastError(Exception):
    """The base of every error that is shown to the user.

    `str()` of it is one line.
    """


class UsageError(SpeechcastError):
    """An option has a value that is not allowed."""


class SourceError(SpeechcastError):
    """The document cannot be read.

    Attributes:
        path: The document, if it is a file.
    """

    def __init__(self, message: str, path: Path | None = None) -> None:
        super().__init__(message)
        self.path = path


class TextError(SpeechcastError):
    """The text has nothing to speak, or something the voice cannot speak.

    Attributes:
        row: The line of the source that is the cause, counted from 1, or None.
    """

    def __init__(self, message: str, row: int | None = None) -> None:
        super().__init__(message)
        self.row = row


class UnreadableError(TextError):
    """The voice has no sound for a character or a word.

    Attributes:
        piece: The character or the word.
        instead: How it should be written: completes "write it …".
    """

    def __init__(self, message: str, row: int, piece: str, instead: str = "") -> None:
        super().__init__(message, row)
        self.piece = piece
        self.instead = instead


class PresetError(SpeechcastError):
    """A voice preset is unknown, or its file is broken."""


class ModelError(SpeechcastError):
    """A local voice's model is not installed and cannot be fetched."""


class EngineError(SpeechcastError):
    """An engine did not return a whole clip.

    Attributes:
        sentence: The sentence that is the cause, counted from 1 through the speech, or None.
        row: The line of the source it stands on, counted from 1, or None.
    """

    def __init__(self, message: str, sentence: int | None = None, row: int | None = None) -> None:
        super().__init__(message)
        self.sentence = sentence
        self.row = row


class TransientError(EngineError):
    """The utterance was not recorded, but another attempt may succeed."""


class InvalidResponse(TransientError):
    """The response ended normally, but is not the whole utterance."""


class ServiceUnreachable(TransientError):
    """The service behind an online voice cannot be reached at all."""


class AccessDenied(TransientError):
    """The service refuses all requests from this machine.

    The cause is a wrong clock, or a closed region.
    """


class RateLimited(TransientError):
    """The service asks for fewer requests.

    Attributes:
        retry_after: The seconds to wait before the next request; None if the service gave none.
    """

    def __init__(self, message: str, retry_after: Seconds | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class CheckError(SpeechcastError):
    """A production failed its own check and was not delivered.

    This is a bug of speechcast.
    """


class OutputError(SpeechcastError):
    """The production cannot be written.

    Attributes:
        path: The file or folder that cannot be written, if it is one of this machine.
    """

    def __init__(self, message: str, path: Path | None = None) -> None:
        super().__init__(message)
        self.path = path
