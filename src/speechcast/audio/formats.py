"""The audio formats, and what each of them can hold.

To add one: an entry in `AUDIO_FORMATS`, and in `tags/writers.py` the function that writes its tags.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..errors import UsageError
from ..messages import _
from ..units import Hertz

# kbit/s of MPEG audio layer III, by the sample rates of MPEG-1, MPEG-2 and MPEG-2.5
# (ISO/IEC 11172-3, ISO/IEC 13818-3, and Fraunhofer's extension to lower rates).
_LAYER_III_BITRATES = {
    (32_000, 44_100, 48_000): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (16_000, 22_050, 24_000): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (8_000, 11_025, 12_000): (8, 16, 24, 32, 40, 48, 56, 64),
}
_VOICE_RATE = 24_000  # Hertz; the sample rate of the engines' clips
# Tables differ on where the 19th scale factor band of layer III begins at this rate: at line 332
# for LAME, mpg123 and FFmpeg since 6.1, at line 330 for FFmpeg 5.1. A decoder with the other table
# turns one frame in ten into noise.
_DISPUTED_RATE = 24_000
_COMMON_RATES = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
_FULL_BITRATE_RATE = 36_000  # Hertz; a higher sample rate gets no higher default bitrate


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioFormat:
    """An audio format: its container, its codec, and what they allow.

    Attributes:
        name: what `--format` calls it.
        suffix: of its files.
        muxer: FFmpeg's name of the container.
        codec: FFmpeg's name of the codec.
        sample_format: FFmpeg's name of the samples that the codec takes.
        rates: the sample rates it allows, in Hertz, ascending.
        default_rate: its sample rate unless another is requested; None for the source's.
        bits_per_sample: bits a second and Hertz that are transparent for one voice; None if
            lossless.
        bitrate_range: the lowest and the highest bitrate, in bits a second.
        chapters: whether its muxer writes chapters; otherwise they are written as tags.
        options: FFmpeg's options of the muxer; `{rate}` stands for the sample rate.
        packet_decoder: FFmpeg's name of the decoder that plays the encoder's packets as a player
            plays the file; "" where the file alone tells what is played.
    """

    name: str
    suffix: str
    muxer: str
    codec: str
    sample_format: str
    rates: tuple[Hertz, ...] = _COMMON_RATES
    default_rate: Hertz | None = None
    bits_per_sample: float | None = None
    bitrate_range: tuple[int, int] = (0, 0)
    chapters: bool = False
    options: Mapping[str, str] = field(default_factory=dict)
    packet_decoder: str = ""

    def choose_rate(self, requested: Hertz | None, source_rate: Hertz) -> Hertz:
        """Return the lowest allowed sample rate that is high enough.

        It is at least the requested rate, or else the format's default, or else the source's. If
        all allowed rates are lower, it is the highest of them.
        """
        wanted = requested or self.default_rate or source_rate
        return min((r for r in self.rates if r >= wanted), default=self.rates[-1])

    def choose_bitrate(self, rate: Hertz, requested: int | None = None) -> int | None:
        """Return the allowed bitrate nearest to the requested or the default one.

        Args:
            rate: the sample rate of the file.
            requested: in bits a second, as is the result; None for the default.

        Returns:
            None for a lossless format.
        """
        if self.bits_per_sample is None:
            return None
        wanted = requested or self.bits_per_sample * min(rate, _FULL_BITRATE_RATE)
        return min(self._allowed_bitrates(rate), key=lambda bitrate: abs(bitrate - wanted))

    def validate(
        self, rate: Hertz | None, bitrate: int | None, target_rate: Hertz | None = None
    ) -> None:
        """Check that the format allows the requested sample rate and bitrate.

        Args:
            rate: None if none is requested.
            bitrate: in bits a second; None if none is requested.
            target_rate: the sample rate that the loudness target prescribes, if any.

        Raises:
            UsageError: it does not; the message lists what it allows.
        """
        if rate is not None and rate not in self.rates:
            listed = ", ".join(map(str, self.rates))
            raise UsageError(
                _("--sample-rate is {rate}; {name} allows {listed}").format(
                    rate=rate, name=self.name, listed=listed
                )
            )
        if bitrate is None or self.bits_per_sample is None:
            return
        chosen = self.choose_rate(rate or target_rate, _VOICE_RATE)
        allowed = self._allowed_bitrates(chosen)
        if bitrate not in allowed:
            raise UsageError(
                _("--bitrate is {bitrate:g}k; {name} at {chosen} Hz allows {bitrates}").format(
                    bitrate=bitrate / 1000,
                    name=self.name,
                    chosen=chosen,
                    bitrates=_list_bitrates(allowed),
                )
            )

    def _allowed_bitrates(self, rate: Hertz) -> range | tuple[int, ...]:
        if self.name == "mp3":
            (kbits,) = (kbits for rates, kbits in _LAYER_III_BITRATES.items() if rate in rates)
            return tuple(1000 * kbit for kbit in kbits)
        return range(self.bitrate_range[0], self.bitrate_range[1] + 1, 1000)


# The default bitrates were chosen by hand for this project, for one voice in mono.
AUDIO_FORMATS = {
    f.name: f
    for f in (
        AudioFormat(
            name="mp3",
            suffix=".mp3",
            muxer="mp3",
            codec="libmp3lame",
            sample_format="fltp",
            rates=tuple(rate for rate in _COMMON_RATES if rate != _DISPUTED_RATE),
            default_rate=48_000,  # the usual rate of video
            bits_per_sample=64 / 24,
            packet_decoder="mp3float",
        ),
        AudioFormat(
            name="m4b",
            suffix=".m4b",
            muxer="ipod",
            codec="aac",
            sample_format="fltp",
            bits_per_sample=64 / 24,
            bitrate_range=(16_000, 288_000),
            chapters=True,
            options={"movie_timescale": "{rate}"},  # so that its length is exact to the sample
        ),
        AudioFormat(
            name="opus",
            suffix=".opus",
            muxer="ogg",
            codec="libopus",
            sample_format="s16",
            rates=(8_000, 12_000, 16_000, 24_000, 48_000),
            bits_per_sample=40 / 24,
            bitrate_range=(6_000, 256_000),
        ),
        AudioFormat(name="flac", suffix=".flac", muxer="flac", codec="flac", sample_format="s16"),
        AudioFormat(
            name="wav",
            suffix=".wav",
            muxer="wav",
            codec="pcm_s16le",
            sample_format="s16",
            options={"rf64": "auto"},
        ),
    )
}


def parse_audio_formats(text: str) -> tuple[AudioFormat, ...]:
    """Parse a list of formats, as `--format` takes it.

    Raises:
        UsageError: the list is empty or names an unknown format.

    >>> [audio_format.name for audio_format in parse_audio_formats("mp3, M4B,mp3")]
    ['mp3', 'm4b']
    """
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in AUDIO_FORMATS:
            raise UsageError(
                _("--format is '{name}'; allowed are {audio_formats}").format(
                    name=name, audio_formats=", ".join(AUDIO_FORMATS)
                )
            )
    if not names:
        raise UsageError(
            _("--format names no format; allowed are {audio_formats}").format(
                audio_formats=", ".join(AUDIO_FORMATS)
            )
        )
    return tuple(AUDIO_FORMATS[name] for name in dict.fromkeys(names))


def parse_bitrate(text: str) -> int:
    """Parse a bitrate, as `--bitrate` takes it, to bits a second.

    Raises:
        UsageError: the text is not a number of bits or kilobits.

    >>> parse_bitrate("96k"), parse_bitrate("96000")
    (96000, 96000)
    """
    match = re.fullmatch(r"([0-9]{1,7})(k?)", text.strip().lower())
    if not match:
        raise UsageError(_("--bitrate is '{text}'; it must be like 96k").format(text=text))
    return int(match[1]) * (1000 if match[2] else 1)


def _list_bitrates(allowed: range | tuple[int, ...]) -> str:
    if isinstance(allowed, range):
        return f"{allowed[0] // 1000}k to {allowed[-1] // 1000}k"
    return ", ".join(f"{bits // 1000}k" for bits in allowed)
