"""Whether a clip is speech, as long as its text takes.

A damaged model, or a service in trouble, gives sound that is well-formed and says nothing: silence,
a constant, noise, or half of the sentence. No such clip is used, be it new or from the cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..engines.base import Engine
from ..errors import EngineError, InvalidResponse
from ..messages import _
from ..model import Clip, Utterance
from ..printable import quote
from ..units import Seconds
from .speaking_rate import count_syllable_range, expected_rate

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Chosen here. Measured on the embedded voices at rates from -50% to +100%: a syllable has 0.09 s of
# sound at the least, at most one sample in a thousand is at full scale, and 0.05 to 0.25 of the
# samples change the sign; white noise changes it at every other sample.
FRAME: Seconds = 0.010
LOWEST_LEVEL = 58.0  # -55 dBFS on the scale of int16: what the product takes for silence
SHORTEST_SYLLABLE: Seconds = 0.05  # at rate +0%
FULL_SCALE = 32_700
MOST_AT_FULL_SCALE = 0.10
MOST_SIGN_CHANGES = 0.40


def require_speech(utterance: Utterance, clip: Clip, engine: Engine) -> None:
    """Raise an error unless the clip sounds like its utterance.

    Raises:
        InvalidResponse: A service sent it; another answer may be right.
        EngineError: A local voice made it; its model is damaged.
    """
    flaw = find_flaw(utterance, clip, engine)
    if not flaw:
        return
    if engine.online:
        raise InvalidResponse(_("the sound that the service sent {flaw}").format(flaw=flaw))
    name = engine.voice.name
    raise EngineError(
        _(
            "the sound of the voice '{voice}' {flaw}; its model may be damaged: choose "
            "another voice, or delete the model and run: speechcast voices install {name}"
        ).format(voice=name, flaw=flaw, name=quote(name))
    )


def find_flaw(utterance: Utterance, clip: Clip, engine: Engine) -> str:
    """Return why the clip cannot be its utterance, to follow "the sound"; "" if it can."""
    words = _cut_to_words(clip)
    deviations = _measure_frames(words, round(FRAME * clip.rate))
    heard: Seconds = FRAME * np.count_nonzero(deviations > LOWEST_LEVEL)
    if heard < _shortest_sound(utterance, engine):
        return _("is silent where words are")
    if np.mean(np.abs(words.astype(np.int32)) >= FULL_SCALE) > MOST_AT_FULL_SCALE:
        return _("is clipped noise where words are")
    if np.mean(np.diff(np.signbit(words))) > MOST_SIGN_CHANGES:
        return _("is noise where words are")
    return _find_wrong_length(utterance, clip, engine) if engine.online else ""


def _shortest_sound(utterance: Utterance, engine: Engine) -> Seconds:
    """Return how much sound the utterance has at the least."""
    syllables = sum(count_syllable_range(token)[0] for token in utterance.tokens)
    return SHORTEST_SYLLABLE * max(1.0, syllables) / max(1.0, 1 + engine.voice.rate / 100)


def _find_wrong_length(utterance: Utterance, clip: Clip, engine: Engine) -> str:
    ratio = expected_rate(engine.voice).implausible_ratio(utterance, clip)
    if not ratio:
        return ""
    flaw = (
        _(
            "lasts {ratio:.2f} times as long as its text takes, so words are missing; if the voice "
            "is that fast, set its pace in the preset '{voice}'"
        )
        if ratio < 1
        else _(
            "lasts {ratio:.2f} times as long as its text takes, so something was added; if the "
            "voice is that slow, set its pace in the preset '{voice}'"
        )
    )
    rate = _(", or leave out the rate if the server does not heed it") if engine.voice.rate else ""
    return flaw.format(ratio=ratio, voice=engine.voice.name) + rate


def _cut_to_words(clip: Clip) -> NDArray[np.int16]:
    """Return the samples from the first word to the last, int16, shape (samples,)."""
    start, end = clip.speech_span
    return clip.samples[max(0, start) : end]


def _measure_frames(samples: NDArray[np.int16], length: int) -> NDArray[np.float64]:
    """Return each frame's standard deviation, float64, shape (frames,); at least one frame."""
    whole = samples[: max(1, len(samples) // length) * length]
    frames = whole.reshape(-1, min(length, max(1, len(whole))))
    return np.asarray(frames.std(axis=1, dtype=np.float64))
