"""Bounds on a response, by the text it was requested for.

A response is somebody else's: without a bound, a small file that says it lasts for hours, or a
stream without end, would fill the memory.
"""

from __future__ import annotations

from ...model import Voice
from ...units import Seconds

# The slowest of speech: a character takes 0.2 s in Chinese and 0.07 s in English, a figure such as
# 7,000,000 less than 0.5 s for each. Chosen here so that nothing a voice may say comes near it.
SECONDS_PER_CHARACTER: Seconds = 1.0
EXTRA_SECONDS: Seconds = 10.0  # for the silence around a short utterance
BYTES_PER_SECOND = 192_000  # of a sound file: 48 kHz, two channels, 16 bits
LOWEST_RATE, HIGHEST_RATE = 8_000, 192_000  # Hertz; those of telephones and of studios


def longest_sound(text: str, voice: Voice) -> Seconds:
    """Return how long the sound of `text` may last.

    >>> longest_sound("大家好", Voice(name="a", description="", engine="", voice="", language=""))
    13.0
    """
    speed = min(1.0, 1 + voice.rate / 100)
    return (EXTRA_SECONDS + SECONDS_PER_CHARACTER * len(text)) / speed


def most_bytes(text: str, voice: Voice) -> int:
    """Return how many bytes the sound file of `text` may have."""
    return round(BYTES_PER_SECOND * longest_sound(text, voice))
