"""Encode MP3 with LAME itself.

FFmpeg's libmp3lame is the same encoder, but PyAV's wheels contain a build without optimisation that
takes three times as long. So lameenc makes the frames, and FFmpeg's muxer writes them as it would
its own.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from av import Packet

    from ..units import Hertz, Mono16, Samples

QUALITY = 3  # from 2, the best, to 9: the default of LAME and of the `ffmpeg` command
DELAY = 576 + 529  # samples before the sound: the delay of LAME's encoder and of any decoder

# AV_PKT_DATA_SKIP_SAMPLES: samples to skip at the start and at the end, and two reasons
_SKIP_SAMPLES = struct.Struct("<IIBB")


class LameEncoder:
    """Encode mono samples to the packets of an MP3 stream.

    The packets tell the muxer what to write into the gapless tag, so that a player plays only the
    samples that went in.
    """

    def __init__(self, stream: Any, rate: Hertz, bitrate: int) -> None:
        """Set up LAME.

        Args:
            stream: PyAV's output stream, open for encoding.
            rate: the sample rate of the sound and of the stream.
            bitrate: in bits a second.
        """
        import av
        import lameenc

        self._stream = stream
        self._frame_size = stream.codec_context.frame_size
        self._parser = av.CodecContext.create("mp3", "r")
        self._lame = lameenc.Encoder()
        self._lame.silence()
        self._lame.set_channels(1)
        self._lame.set_in_sample_rate(rate)
        self._lame.set_out_sample_rate(rate)
        self._lame.set_bit_rate(bitrate // 1000)
        self._lame.set_quality(QUALITY)
        self._samples_in = self._frames_out = 0

    def encode(self, samples: Mono16) -> list[Packet[Any]]:
        """Return the packets completed by these samples, int16, shape (samples,), mono."""
        self._samples_in += len(samples)
        frames = self._lame.encode(samples.astype("<i2", copy=False).tobytes())
        # The parser would take an empty input for the end of the stream.
        return self._parse_packets(frames) if frames else []

    def flush(self) -> list[Packet[Any]]:
        """Return the packets that are left and hold some sound.

        LAME's look-ahead is so long that the first of them always holds some of it.
        """
        packets = self._parse_packets(self._lame.flush()) + self._parse_packets(b"")
        excess = self._frames_out * self._frame_size - DELAY - self._samples_in
        superfluous, padding = divmod(excess, self._frame_size)
        packets = packets[: len(packets) - superfluous]
        _mark_skipped(packets[-1], end=padding)
        return packets

    def _parse_packets(self, frames: bytes) -> list[Packet[Any]]:
        return [self._stamp(packet) for packet in self._parser.parse(bytes(frames))]

    def _stamp(self, packet: Packet[Any]) -> Packet[Any]:
        """Give the packet its stream and its times."""
        packet.stream, packet.time_base = self._stream, self._stream.codec_context.time_base
        packet.pts = packet.dts = self._frames_out * self._frame_size - DELAY
        packet.duration = self._frame_size
        if not self._frames_out:
            _mark_skipped(packet, start=DELAY)
        self._frames_out += 1
        return packet


def _mark_skipped(packet: Packet[Any], start: Samples = 0, end: Samples = 0) -> None:
    """Mark the samples that a player skips at either end."""
    from av.packet import PacketSideData, packet_sidedata_type_from_literal

    kind = packet_sidedata_type_from_literal("skip_samples")
    skip = PacketSideData(kind, _SKIP_SAMPLES.size)  # type: ignore[call-arg]  # absent in its stub
    skip.update(_SKIP_SAMPLES.pack(start, end, 0, 0))
    packet.set_sidedata(skip)
