"""MP3 by LAME itself.

FFmpeg's libmp3lame is the same encoder, but PyAV's wheels hold it built without optimisation, three
times as slow. So the frames are lameenc's, and FFmpeg's muxer writes them, as it would its own.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from av import Packet
    from numpy.typing import NDArray

QUALITY = 3  # of 2, the best, to 9: LAME's own default, which the `ffmpeg` command has too
DELAY = 576 + 529  # samples of LAME's, and of any decoder's, before the first of the sound

_SKIPPED = struct.Struct("<IIBB")  # AV_PKT_DATA_SKIP_SAMPLES: at the start, at the end, two reasons


class LameEncoder:
    """Mono samples to the packets of an MP3 stream that is open for encoding.

    They tell the muxer what its gapless tag is to say, so that a player hears the samples alone.
    """

    def __init__(self, stream: Any, rate: int, bitrate: int) -> None:
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

    def encode(self, samples: NDArray[np.int16]) -> list[Packet[Any]]:
        """The packets that these samples complete."""
        self._samples_in += len(samples)
        frames = self._lame.encode(samples.astype("<i2", copy=False).tobytes())
        return self._parse_packets(frames) if frames else []  # of nothing the parser makes an end

    def flush(self) -> list[Packet[Any]]:
        """What is left, without packets that hold nothing of the sound.

        LAME looks ahead so far that there is some of it in what is left, always.
        """
        packets = self._parse_packets(self._lame.flush()) + self._parse_packets(b"")
        excess = self._frames_out * self._frame_size - DELAY - self._samples_in
        needless, silent = divmod(excess, self._frame_size)
        packets = packets[: len(packets) - needless]
        _mark_skipped(packets[-1], end=silent)
        return packets

    def _parse_packets(self, frames: bytes) -> list[Packet[Any]]:
        return [self._stamp(packet) for packet in self._parser.parse(bytes(frames))]

    def _stamp(self, packet: Packet[Any]) -> Packet[Any]:
        packet.stream, packet.time_base = self._stream, self._stream.codec_context.time_base
        packet.pts = packet.dts = self._frames_out * self._frame_size - DELAY
        packet.duration = self._frame_size
        if not self._frames_out:
            _mark_skipped(packet, start=DELAY)
        self._frames_out += 1
        return packet


def _mark_skipped(packet: Packet[Any], start: int = 0, end: int = 0) -> None:
    from av.packet import PacketSideData, packet_sidedata_type_from_literal

    kind = packet_sidedata_type_from_literal("skip_samples")
    told = PacketSideData(kind, _SKIPPED.size)  # type: ignore[call-arg]  # its stub has no arguments
    told.update(_SKIPPED.pack(start, end, 0, 0))
    packet.set_sidedata(told)
