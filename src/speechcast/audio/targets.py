"""How loud a production is to be: by a number, or by the name of who asks for it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from ..errors import UsageError
from ..model import Pauses

LOUDEST, SOFTEST = -8.0, -40.0  # LUFS


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked for. `lufs` or `rms` (dB) is met; neither: the sound stays as it is.

    No true peak is above `ceiling` (dBTP). `sample_rate` and `bitrate` are for who does not ask
    for another himself. `lead_in` and `tail` are the seconds they may last, at least and at most,
    `longest` those of the whole.
    """

    name: str
    lufs: float | None = None
    rms: float | None = None
    ceiling: float = -1.0
    sample_rate: int | None = None
    bitrate: int | None = None
    lead_in: tuple[float, float] = (0.0, math.inf)
    tail: tuple[float, float] = (0.0, math.inf)
    longest: float = math.inf

    def with_edges(self, pauses: Pauses) -> Pauses:
        """The pauses, with a lead-in and a tail as they may be."""
        return replace(
            pauses,
            lead_in=_clamp(pauses.lead_in, self.lead_in),
            tail=_clamp(pauses.tail, self.tail),
        )


def _clamp(seconds: float, bounds: tuple[float, float]) -> float:
    return min(max(seconds, bounds[0]), bounds[1])


PODCAST = Target("podcast", -16.0)  # Apple, Podcasts for Creators: -16 LUFS +-1, -1 dBTP
TARGETS = {
    "podcast": PODCAST,
    "ebu-r128": Target("ebu-r128", -23.0),  # EBU R 128: -23 LUFS, -1 dBTP
    "online-cn": Target("online-cn", -15.0),  # GY/T 377-2023: -15 +-2 (or -24, as broadcast)
    # ACX audio submission requirements: rms -23 to -18 dB, peaks at most -3 dB, noise floor at
    # most -60 dB, 44.1 kHz, MP3 of a constant 192 kbit/s or more, half a second to one second
    # before the first sound and one to five after the last, two hours at the most.
    "acx": Target(
        "acx",
        rms=-20.5,
        ceiling=-3.0,
        sample_rate=44_100,
        bitrate=192_000,
        lead_in=(0.5, 1.0),
        tail=(1.0, 5.0),
        longest=7200.0,
    ),
    "none": Target("none", ceiling=math.inf),
}


def parse_target(text: str) -> Target:
    """The target of that name, or of that many LUFS. Raises UsageError."""
    if text in TARGETS:
        return TARGETS[text]
    try:
        lufs = float(text)
    except ValueError:
        lufs = math.nan
    if not SOFTEST <= lufs <= LOUDEST:
        raise UsageError(
            f"loudness is '{text}', allowed are {', '.join(TARGETS)} "
            f"and LUFS from {SOFTEST:g} to {LOUDEST:g}"
        )
    return Target(f"{lufs:g} LUFS", lufs)
