"""The sound files there are, and what each of them can hold.

To add one: an entry here, and in `tags.py` how it is labelled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..errors import UsageError

_LAYER_III_BITRATES = {  # kbit/s of layer III, by the sample rates of MPEG-1, MPEG-2 and MPEG-2.5
    (32_000, 44_100, 48_000): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (16_000, 22_050, 24_000): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (8_000, 11_025, 12_000): (8, 16, 24, 32, 40, 48, 56, 64),
}
_VOICE_RATE = 24_000  # Hertz
# Where the 19th scale factor band of Layer III begins at this rate, tables differ: at line 332 for
# LAME, mpg123 and FFmpeg from 6.1 on, at 330 for FFmpeg 5.1. One frame in ten would be
# heard as noise by who has the other.
_DISPUTED_RATE = 24_000
_COMMON_RATES = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)


@dataclass(frozen=True, slots=True)
class AudioFormat:
    """A kind of sound file. `muxer`, `codec` and `options` are FFmpeg's; `{rate}` is filled in."""

    name: str
    suffix: str
    muxer: str
    codec: str
    sample_format: str
    rates: tuple[int, ...] = _COMMON_RATES
    default_rate: int | None = (
        None  # its sample rate where nobody asks for another; None: the sound's
    )
    bits_per_sample: float | None = (
        None  # a second and a sample, transparent for one voice; None: lossless
    )
    bitrate_range: tuple[int, int] = (0, 0)  # lowest and highest
    chapters: bool = False  # does its muxer write them? Else they are tags
    options: Mapping[str, str] = field(default_factory=dict)

    def choose_rate(self, requested: int | None, source_rate: int) -> int:
        """The sample rate that is asked for, or its usual one, or the nearest above the sound's."""
        wanted = requested or self.default_rate or source_rate
        return min((r for r in self.rates if r >= wanted), default=self.rates[-1])

    def choose_bitrate(self, rate: int, requested: int | None = None) -> int | None:
        """Bits a second at this rate, nearest to the wanted or good enough; None: lossless."""
        if self.bits_per_sample is None:
            return None
        allowed = self._allowed_bitrates(rate)
        return min(allowed, key=lambda b: abs(b - (requested or self._default_bitrate(rate))))

    def validate(
        self, rate: int | None, bitrate: int | None, target_rate: int | None = None
    ) -> None:
        """Raise UsageError unless it can be had at this rate and bitrate, where they are asked.

        `target` is the rate it is to have otherwise, if any.
        """
        if rate and rate not in self.rates:
            listed = ", ".join(map(str, self.rates))
            raise UsageError(f"--sample-rate is {rate}, {self.name} allows {listed}")
        if bitrate is None or self.bits_per_sample is None:
            return
        has = self.choose_rate(rate or target_rate, _VOICE_RATE)
        allowed = self._allowed_bitrates(has)
        if bitrate not in allowed:
            raise UsageError(
                f"--bitrate is {bitrate / 1000:g}k, {self.name} at {has} Hz allows {_list_bitrates(allowed)}"
            )

    def _default_bitrate(self, rate: int) -> float:
        assert self.bits_per_sample is not None
        return self.bits_per_sample * min(rate, 36_000)

    def _allowed_bitrates(self, rate: int) -> range | tuple[int, ...]:
        if self.name == "mp3":
            return next(
                tuple(1000 * k for k in ks)
                for rates, ks in _LAYER_III_BITRATES.items()
                if rate in rates
            )
        return range(self.bitrate_range[0], self.bitrate_range[1] + 1, 1000)


AUDIO_FORMATS = {
    f.name: f
    for f in (
        AudioFormat(
            "mp3",
            ".mp3",
            "mp3",
            "libmp3lame",
            "fltp",
            rates=tuple(rate for rate in _COMMON_RATES if rate != _DISPUTED_RATE),
            default_rate=48_000,  # as videos have it
            bits_per_sample=64 / 24,
        ),
        AudioFormat(
            "m4b",
            ".m4b",
            "ipod",
            "aac",
            "fltp",
            bits_per_sample=64 / 24,
            bitrate_range=(16_000, 288_000),
            chapters=True,
            options={"movie_timescale": "{rate}"},  # its length is told in these: to the sample
        ),
        AudioFormat(
            "opus",
            ".opus",
            "ogg",
            "libopus",
            "s16",
            rates=(8_000, 12_000, 16_000, 24_000, 48_000),
            bits_per_sample=40 / 24,
            bitrate_range=(6_000, 256_000),
        ),
        AudioFormat("flac", ".flac", "flac", "flac", "s16"),
        AudioFormat("wav", ".wav", "wav", "pcm_s16le", "s16", options={"rf64": "auto"}),
    )
}


def parse_audio_formats(names: str) -> tuple[AudioFormat, ...]:
    """The formats of a list like `mp3,m4b`. Raises UsageError for one there is not."""
    found = [name.strip().lower() for name in names.split(",") if name.strip()]
    for name in found:
        if name not in AUDIO_FORMATS:
            raise UsageError(f"--format is '{name}', allowed are {', '.join(AUDIO_FORMATS)}")
    if not found:
        raise UsageError(f"--format names none, allowed are {', '.join(AUDIO_FORMATS)}")
    return tuple(AUDIO_FORMATS[name] for name in dict.fromkeys(found))


def parse_bitrate(bitrate: str) -> int:
    """The bits a second of `96k` or `96000`. Raises UsageError."""
    match = re.fullmatch(r"(\d{1,7})(k?)", bitrate.strip().lower())
    if not match:
        raise UsageError(f"--bitrate is '{bitrate}', it must be like 96k")
    return int(match[1]) * (1000 if match[2] else 1)


def _list_bitrates(allowed: range | tuple[int, ...]) -> str:
    if isinstance(allowed, range):
        return f"{allowed[0] // 1000}k to {allowed[-1] // 1000}k"
    return ", ".join(f"{bits // 1000}k" for bits in allowed)
