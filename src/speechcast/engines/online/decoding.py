"""Decode the sound file of a response into a clip's samples."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from ...errors import InvalidResponse
from ...messages import _
from ...units import Seconds
from ..base import SAMPLE_RATE
from .bounds import HIGHEST_RATE, LOWEST_RATE

if TYPE_CHECKING:
    from ...units import Hertz, Mono16


def decode_response(audio: bytes, container: str, sender: str, longest: Seconds) -> Mono16:
    """Return the whole sound file as mono samples at `SAMPLE_RATE`.

    No more than `longest` seconds are ever decoded, however long the file says it is.

    Args:
        audio: The file's content, of any usual sample rate and any number of channels.
        container: The format to decode it as: "wav", "flac" or "mp3".
        sender: What to call the other side in the error: "service" or "server".
        longest: How long the sound may last.

    Returns:
        int16, shape (samples,), mono.

    Raises:
        InvalidResponse: The sound cannot be decoded, or is longer than `longest`.
    """
    from ...audio.decode import DecodeError

    try:
        pieces = list(_decode(audio, container, sender, longest))
    except DecodeError as exc:
        raise InvalidResponse(
            _("the {sender}'s sound cannot be decoded").format(sender=sender)
        ) from exc
    return np.concatenate([np.zeros(0, np.int16), *pieces])


def _decode(audio: bytes, container: str, sender: str, longest: Seconds) -> Iterator[Mono16]:
    """Yield the sound at `SAMPLE_RATE`, until it is longer than `longest`."""
    from ...audio.decode import decode_audio
    from ...audio.resample import Resampler

    seconds, resampler = 0.0, None
    for rate, block in decode_audio(io.BytesIO(audio), container):
        _require_usual_rate(rate, sender)
        seconds += len(block) / rate
        if seconds > longest:
            raise InvalidResponse(
                _(
                    "the {sender}'s sound lasts more than {longest:.0f} seconds, longer than "
                    "its text can take"
                ).format(sender=sender, longest=longest)
            )
        if rate == SAMPLE_RATE:
            yield block
            continue
        resampler = resampler or Resampler(rate, SAMPLE_RATE)
        yield from resampler.resample(block)
    if resampler:
        yield from resampler.flush()


def _require_usual_rate(rate: Hertz, sender: str) -> None:
    if not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise InvalidResponse(
            _(
                "the {sender}'s sound has {rate} samples a second; {lowest_rate} to "
                "{highest_rate} are usual"
            ).format(sender=sender, rate=rate, lowest_rate=LOWEST_RATE, highest_rate=HIGHEST_RATE)
        )
