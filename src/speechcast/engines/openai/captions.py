"""Read the answers of servers that say when their words are spoken.

Kokoro-FastAPI does, under a path of its own: sound in base64, and the words of it with their times.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING, Any

from ...errors import InvalidResponse
from ...messages import _
from ...model import Span
from ..base import SAMPLE_RATE
from ..online.boundaries import Boundary

if TYPE_CHECKING:
    from ...units import Samples

PATH = "/dev/captioned_speech"
DESCRIPTION = "/openapi.json"  # where such a server lists its paths
MAX_DESCRIPTION = 2_000_000  # bytes
TIMEOUT = 5.0  # seconds, of asking for it
BODY = {"stream": False, "return_timestamps": True}
MAX_SECONDS = 100_000  # of a time; no sound is as long
ENCODED = 2  # how much longer the answer may be than its sound; base64 alone takes 4/3


def is_captioned(response: bytes) -> bool:
    """Return whether an answer is sound with words, and not a sound file."""
    return response[:1] == b"{"


def read_timed_speech(response: bytes) -> tuple[bytes, list[Boundary]]:
    """Return the sound file of an answer, and its words; none if they are not usable.

    Raises:
        InvalidResponse: There is no sound in it.
    """
    try:
        answer = json.loads(response)
        sound = base64.b64decode(answer["audio"], validate=True)
    except (ValueError, LookupError, TypeError, RecursionError, binascii.Error) as exc:
        raise InvalidResponse(_("the server's answer has no sound in it")) from exc
    return sound, _read_words(answer.get("timestamps"))


def _read_words(entries: Any) -> list[Boundary]:
    """Return the words in order of their times; none if any of them cannot be read."""
    words = [_read_word(entry) for entry in entries] if isinstance(entries, list) else []
    read = [word for word in words if word]
    return sorted(read, key=lambda word: word.span) if len(read) == len(words) else []


def _read_word(entry: Any) -> Boundary | None:
    if not isinstance(entry, dict):
        return None
    text = entry.get("word")
    start, end = _read_time(entry.get("start_time")), _read_time(entry.get("end_time"))
    if not isinstance(text, str) or start is None or end is None:
        return None
    return Boundary(text, Span(start, max(start + 1, end)))


def _read_time(seconds: Any) -> Samples | None:
    if isinstance(seconds, int | float) and 0 <= seconds < MAX_SECONDS:
        return round(seconds * SAMPLE_RATE)
    return None
