"""What a recording is like: clean, with noise, in a hall, at another pace, with other sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from speechcast.units import Hertz, Mono16, Mono64

    Chance = np.random.Generator

CHORDS = ((262, 330, 392), (220, 262, 330), (175, 220, 262), (196, 247, 294))  # C, a, F, G; Hz
CLAPS = 90  # a second


def add_noise(decibels: float) -> Callable[[Mono64, Hertz, Chance], Mono64]:
    """Return a function that adds noise `decibels` below the speech.

    The noise is white, or pink like that of rooms.
    """

    def add(samples: Mono64, _: Hertz, chance: Chance) -> Mono64:
        noise = chance.normal(0, 1, len(samples))
        if chance.random() < 0.5:
            noise = _pink(noise)
        noise *= _level(samples) / noise.std() / 10 ** (decibels / 20)
        return np.asarray(samples + noise)

    return add


def _level(samples: Mono64) -> float:
    """Return the root mean square of what sounds."""
    return float(np.sqrt(np.mean(np.square(samples[np.abs(samples) > 200]))))


def _pink(noise: Mono64) -> Mono64:
    spectrum = np.fft.rfft(noise)
    spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))
    return np.fft.irfft(spectrum, len(noise))


def add_hall(samples: Mono64, rate: Hertz, chance: Chance) -> Mono64:
    """Return sound in a hall: noise that dies away in 0.4 to 1.2 s, 0 to 6 dB below the voice."""
    seconds, below = chance.uniform(0.4, 1.2), chance.uniform(0, 6)
    times = np.arange(round(seconds * rate)) / rate
    tail = chance.normal(0, 1, len(times)) * 10 ** (-3 * times / seconds)
    tail[: rate // 200] = 0  # the way to the first wall
    tail /= np.sqrt(np.square(tail).sum()) * 10 ** (below / 20)
    tail[0] = 1
    size = len(samples) + len(tail) - 1
    heard = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(tail, size), size)
    return np.asarray(heard[: len(samples)] * 0.7, np.float64)


def add_music(samples: Mono64, rate: Hertz, chance: Chance) -> Mono64:
    """Return sound with music under it, 10 to 16 dB below the voice."""
    music = play_music(len(samples) / rate + 1, rate, chance)[: len(samples)].astype(np.float64)
    music *= _level(samples) / music.std() / 10 ** (chance.uniform(10, 16) / 20)
    return np.asarray(samples + music)


def play_music(seconds: float, rate: Hertz, chance: Chance) -> Mono16:
    """Return chords that change every second, with a melody over them and a beat."""
    times = np.arange(round(seconds * rate)) / rate
    sound = np.zeros(len(times))
    chord, notes = (times % 4).astype(np.intp), chance.integers(0, 3, len(times) * 2 // rate + 2)
    table = np.array(CHORDS, np.float64)
    since = (times * 2) % 1 / 2  # seconds since the last note
    melody = table[chord, notes[(times * 2).astype(np.intp)]] * 2
    for pitch, loud in (*((table[chord, n], 0.5) for n in range(3)), (melody, 1.0)):
        phase = 2 * np.pi * np.cumsum(pitch) / rate
        for harmonic in (1, 2, 3):
            sound += loud * np.sin(harmonic * phase) / harmonic**1.5 * np.exp(-3 * since)
    sound += chance.normal(0, 1, len(times)) * np.exp(-60 * since)
    return np.asarray(1500 * sound / sound.std(), np.int16)


def clap(seconds: float, rate: Hertz, chance: Chance) -> Mono16:
    """Return the applause of a hall: claps of many hands, which swell and ebb."""
    count = round(seconds * rate)
    hits = np.zeros(count)
    hits[chance.integers(0, count, round(CLAPS * seconds))] = chance.uniform(0.3, 1)
    times = np.arange(round(0.02 * rate)) / rate
    shape = chance.normal(0, 1, len(times)) * np.exp(-200 * times)
    size = count + len(shape) - 1
    claps = np.fft.irfft(np.fft.rfft(hits, size) * np.fft.rfft(shape, size), size)[:count]
    claps += chance.normal(0, claps.std() / 2, count)
    swell = np.minimum(1, np.minimum(np.arange(count), np.arange(count)[::-1]) / (0.4 * rate))
    return np.asarray(1800 * claps / claps.std() * swell, np.int16)


CONDITIONS: dict[str, Callable[[Mono64, Hertz, Chance], Mono64] | None] = {
    "clean": None,
    "noise 20 dB": add_noise(20),
    "noise 10 dB": add_noise(10),
    "a hall": add_hall,
    "pace 0.8": None,
    "pace 1.25": None,
    "music under it": add_music,
    "applause": None,
}
PACES = {"pace 0.8": 0.8, "pace 1.25": 1.25}
