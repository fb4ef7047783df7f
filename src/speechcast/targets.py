"""How loud a production is to be: by a number, or by the name of who asks for it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .errors import UsageError

LOUDEST, SOFTEST = -8.0, -40.0  # LUFS


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked for. `lufs` or `rms` (dB) is met; neither: the sound stays as it is.

    No true peak is above `ceiling` (dBTP). `sample_rate` and `bitrate` are for who does not ask
    for another himself.
    """

    name: str
    lufs: float | None = None
    rms: float | None = None
    ceiling: float = -1.0
    sample_rate: int | None = None
    bitrate: int | None = None


PODCAST = Target("podcast", -16.0)  # Apple, Podcasts for Creators: -16 LUFS +-1, -1 dBTP
TARGETS = {
    "podcast": PODCAST,
    "ebu-r128": Target("ebu-r128", -23.0),  # EBU R 128: -23 LUFS, -1 dBTP
    "online-cn": Target("online-cn", -15.0),  # GY/T 377-2023: -15 +-2 (or -24, as broadcast)
    # ACX audio submission requirements: rms -23 to -18 dB, peaks at most -3 dB, noise floor at
    # most -60 dB, 44.1 kHz, MP3 of a constant 192 kbit/s or more.
    "acx": Target("acx", rms=-20.5, ceiling=-3.0, sample_rate=44_100, bitrate=192_000),
    "none": Target("none", ceiling=math.inf),
}


def target(asked: str) -> Target:
    """The target of that name, or of that many LUFS. Raises UsageError."""
    if asked in TARGETS:
        return TARGETS[asked]
    try:
        lufs = float(asked)
    except ValueError:
        lufs = math.nan
    if not SOFTEST <= lufs <= LOUDEST:
        raise UsageError(
            f"loudness is '{asked}', allowed are {', '.join(TARGETS)} "
            f"and LUFS from {SOFTEST:g} to {LOUDEST:g}"
        )
    return Target(f"{lufs:g} LUFS", lufs)
