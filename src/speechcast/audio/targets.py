"""Loudness targets, by the name of a platform or by number."""

from __future__ import annotations

import math
from dataclasses import KW_ONLY, dataclass, replace

from ..errors import UsageError
from ..messages import _
from ..model import Pauses
from ..units import Decibels, Hertz, Seconds

LOUDEST, SOFTEST = -8.0, -40.0  # LUFS


@dataclass(frozen=True, slots=True)
class Target:
    """How loud a production becomes, and what else the platform requires.

    Attributes:
        name: what `--loudness` calls it.
        lufs: the integrated loudness to reach, in LUFS.
        rms: the root mean square to reach instead, in dBFS.
        ceiling: the highest true peak allowed, in dBTP.
        sample_rate: of the files, unless the user requests another.
        bitrate: of the files, in bits a second, unless the user requests another.
        lead_in: the shortest and the longest silence before the first sound.
        tail: the shortest and the longest silence after the last.
        longest: the longest production allowed.
    """

    name: str
    lufs: Decibels | None = None
    _: KW_ONLY
    rms: Decibels | None = None
    ceiling: Decibels = -1.0
    sample_rate: Hertz | None = None
    bitrate: int | None = None
    lead_in: tuple[Seconds, Seconds] = (0.0, math.inf)
    tail: tuple[Seconds, Seconds] = (0.0, math.inf)
    longest: Seconds = math.inf

    @property
    def keeps_level(self) -> bool:
        """Return whether the target leaves the level unchanged."""
        return self.lufs is None and self.rms is None

    def with_edges(self, pauses: Pauses) -> Pauses:
        """Return the pauses with the lead-in and tail the target allows."""
        return replace(
            pauses,
            lead_in=_clamp(pauses.lead_in, self.lead_in),
            tail=_clamp(pauses.tail, self.tail),
        )


def _clamp(seconds: Seconds, bounds: tuple[Seconds, Seconds]) -> Seconds:
    return min(max(seconds, bounds[0]), bounds[1])


PODCAST = Target("podcast", -16.0)  # Apple, Podcasts for Creators: -16 LUFS ±1, -1 dBTP
TARGETS = {
    "podcast": PODCAST,
    "ebu-r128": Target("ebu-r128", -23.0),  # EBU R 128: -23 LUFS, -1 dBTP
    "online-cn": Target("online-cn", -15.0),  # GY/T 377-2023: -15 ±2 (or -24, as broadcast)
    # ACX audio submission requirements: RMS from -23 to -18 dB, peaks of at most -3 dB, a noise
    # floor of at most -60 dB, 44.1 kHz, MP3 at a constant 192 kbit/s or more, half a second to one
    # second before the first sound and one to five after the last, two hours at most.
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


def parse_target(text: str, name: str = "loudness") -> Target:
    """Parse a loudness target: a name, or a number of LUFS.

    Args:
        text: The target.
        name: What states it, for the message.

    Raises:
        UsageError: it is neither, or the number is out of range.

    >>> parse_target("acx").rms
    -20.5
    >>> parse_target("-18").lufs
    -18.0
    """
    if text in TARGETS:
        return TARGETS[text]
    try:
        lufs = float(text) if text.isascii() else math.nan
    except ValueError:
        lufs = math.nan
    if not SOFTEST <= lufs <= LOUDEST:
        raise UsageError(
            _(
                "{name} is '{text}'; allowed are {targets} and LUFS from {softest:g} to {loudest:g}"
            ).format(
                name=name, text=text, targets=", ".join(TARGETS), softest=SOFTEST, loudest=LOUDEST
            )
        )
    return Target(f"{lufs:g} LUFS", lufs)
