"""The exceptions of the package, as one family.

SpeechcastError            anything below; the text is one line: what is wrong, where, what to do
  UsageError               an option has a value that is not allowed
  SourceError              the document cannot be read (.path)
  TextError                the text cannot be spoken (.row, if one line of it is the cause)
    UnreadableError        the voice has no sound for some of it (.piece)
  PresetError              a voice preset is unknown or broken
  ConsentError             the text would leave this machine without the user's word
  ModelError               the model of a local voice is missing and cannot be fetched
  EngineError              an engine did not return a whole clip (.sentence, .row)
    TransientError         another attempt may succeed
      InvalidResponse      the service answered, but the answer is not the whole utterance
      ServiceUnreachable   the service cannot be reached at all
      AccessDenied         the service refuses all requests from here
      RateLimited          the service asks for fewer requests (.retry_after)
  AlignmentError           a recording is not one of the text (.share)
  MisfitError              cues are too short for what they say (.misfits)
  CheckError               a production failed its own check and was not delivered
  OutputError              the production cannot be written (.path)
  PlaybackError            the sound cannot be played on this machine
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from .messages import _, mark
from .reasons import NO_SUCH_NAME, OPEN_ELSEWHERE, SYSTEM, TOO_LONG, explain_reason
from .redaction import redact
from .units import Seconds
from .windows import LONGEST_PATH

if TYPE_CHECKING:
    from av import FFmpegError


class SpeechcastError(Exception):
    """The base of every error that is shown to the user.

    `str()` of it is one line, without passwords and keys.
    """

    def __str__(self) -> str:
        return redact(super().__str__())


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


class ConsentError(SpeechcastError):
    """The text would leave this machine without the user's own word.

    Nothing was sent.
    """


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
    """The utterance was not recorded, but another attempt may succeed.

    Attributes:
        brief: What is wrong with the service, in a few words; to be translated.
    """

    brief: str = mark("its answers break off")


class InvalidResponse(TransientError):
    """The response ended normally, but is not the whole utterance."""

    brief = mark("its answers are not whole")


class ServiceUnreachable(TransientError):
    """The service behind an online voice cannot be reached at all."""

    brief = mark("it cannot be reached")


class AccessDenied(TransientError):
    """The service refuses all requests from this machine.

    The cause is a wrong clock, or a closed region.
    """

    brief = mark("it denies access")


class RateLimited(TransientError):
    """The service asks for fewer requests.

    Attributes:
        retry_after: The seconds to wait before the next request; None if the service gave none.
        status: The HTTP status of the refusal.
    """

    def __init__(self, message: str, retry_after: Seconds | None = None, status: int = 429) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.status = status
        self.brief = _("it asks for fewer requests (HTTP {status})").format(status=status)


class AlignmentError(SpeechcastError):
    """A recording is not one of the text.

    Attributes:
        share: How much of the text seems to be heard in it, from 0 to 1.
    """

    def __init__(self, message: str, share: float) -> None:
        super().__init__(message)
        self.share = share


class MisfitError(SpeechcastError):
    """Cues are too short for what they say, even at the fastest rate allowed.

    Attributes:
        misfits: Each of these cues in a line: where it is, by how much it is too long.
    """

    def __init__(self, message: str, misfits: tuple[str, ...]) -> None:
        super().__init__(message)
        self.misfits = misfits


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


class PlaybackError(SpeechcastError):
    """The sound cannot be played on this machine."""


# Windows' own numbers of errors ("System Error Codes", Microsoft).
_WINDOWS_REASONS = {
    32: OPEN_ELSEWHERE,
    33: OPEN_ELSEWHERE,
    39: mark("No space left on device"),
    112: mark("No space left on device"),
    123: NO_SUCH_NAME,
    206: TOO_LONG,
    1225: mark("Connection refused"),
    1231: mark("Network is unreachable"),
    1232: mark("No route to host"),
    10051: mark("Network is unreachable"),
    10053: mark("Software caused connection abort"),
    10054: mark("Connection reset by peer"),
    10060: mark("Connection timed out"),
    10061: mark("Connection refused"),
    10065: mark("No route to host"),
    11001: mark("Name or service not known"),
}
_NOT_FOUND = frozenset({2, 3})  # which Windows says of a path that is too long, too
_VAGUE = {"Invalid argument"}  # what the C library says of every error that it has no number for


def explain_os_error(exc: OSError | FFmpegError) -> str:
    """Return what the system or FFmpeg says of an error, in the language in use."""
    return explain_reason(_find_windows_reason(exc) or exc.strerror or str(exc))


def explain_error_number(exc: OSError) -> str:
    """Return what the system says of an error's number, in the language in use.

    A client of a service may have put words of its own in place of it, such as aiohttp's "Connect
    call failed". The numbers of what finds addresses are negative, and its words are its own; so
    are those of Windows, which the client's error holds as its cause.
    """
    cause: OSError = getattr(exc, "os_error", exc)
    if getattr(cause, "winerror", None):
        return explain_os_error(cause)
    number = exc.errno or 0
    return explain_os_error(OSError(number, os.strerror(number)) if number > 0 else exc)


def _find_windows_reason(exc: OSError | FFmpegError) -> str:
    """Return what an error of Windows means, which it says in its own language; "" for others."""
    number: int | None = getattr(exc, "winerror", None)
    if number is None:
        return ""
    if number in _NOT_FOUND and len(str(exc.filename or "")) > LONGEST_PATH:
        return TOO_LONG
    general = os.strerror(exc.errno or 0)
    is_clear = general in SYSTEM and general not in _VAGUE
    return _WINDOWS_REASONS.get(number) or (general if is_clear else "")
