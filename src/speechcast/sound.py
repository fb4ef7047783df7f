"""A timeline to one piece of sound, and that to an MP3."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from .model import Clip, Timeline

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pydub import AudioSegment

BITRATE = 64_000  # bits a second; transparent for one voice at 24 kHz
BLOCK = 1 << 16  # samples handed to the encoder at a time
FADE = 0.004  # seconds, at a clip's two ends, inside the silence kept around the sound


def stitch(timeline: Timeline, volumes: Mapping[str, int]) -> AudioSegment:
    """The whole production as one pydub segment, each speaker `volumes` per cent louder.

    Clips and pauses become segments sample by sample (pydub's own silences, slices and fades count
    whole milliseconds, which adds up to a drift) and are joined once, so the time is linear.
    """
    raw = b"".join(segment.raw_data for segment in _segments(timeline, volumes))
    return _segment(raw, timeline.rate)


def encode(audio: AudioSegment, path: Path, bitrate: int = BITRATE) -> None:
    """Write the mono 16-bit segment as an MP3 whose decoded length is the segment's, exactly."""
    import av

    samples = np.frombuffer(audio.raw_data, np.int16)
    with av.open(str(path), "w", format="mp3") as container:
        stream: Any = container.add_stream("libmp3lame", rate=audio.frame_rate, layout="mono")
        stream.bit_rate = bitrate
        for start in range(0, len(samples), BLOCK):
            block = samples[start : start + BLOCK].reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(block, format="s16p", layout="mono")
            frame.sample_rate, frame.pts = audio.frame_rate, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


class Undecodable(Exception):
    """No sound could be had from it; the text says why."""


def decoded(
    file: Path | IO[bytes], kind: str | None = None
) -> Iterator[tuple[int, NDArray[np.int16]]]:
    """The rate of a file's sound and, block by block, its samples as a player has them, in mono.

    Raises Undecodable.
    """
    import av

    try:
        with av.open(str(file) if isinstance(file, Path) else file, "r", format=kind) as container:
            if not container.streams.audio:
                raise Undecodable("it has no sound")
            rate = container.streams.audio[0].rate
            resampler = av.AudioResampler("s16", "mono", rate)
            for frame in container.decode(audio=0):
                for block in resampler.resample(frame):
                    yield rate, block.to_ndarray()[0]
    except av.FFmpegError as exc:
        raise Undecodable(exc.strerror) from exc


def _segments(timeline: Timeline, volumes: Mapping[str, int]) -> Iterator[AudioSegment]:
    """Silence and clips in turn, without a gap, to the end of the timeline."""
    at = 0
    for placed in timeline.placed:
        yield _silence(placed.start - at, timeline.rate)
        volume = volumes.get(placed.line.speaker, 0)
        clip = _faded(placed.clip)
        yield clip.apply_gain(20 * math.log10(1 + volume / 100)) if volume else clip
        at = placed.start + len(placed.clip.samples)
    yield _silence(timeline.length - at, timeline.rate)


def _faded(clip: Clip) -> AudioSegment:
    """The clip rising from silence and falling back to it, so that no join clicks."""
    ramp = np.linspace(0, 1, min(round(FADE * clip.rate), len(clip.samples)), endpoint=False)
    samples = clip.samples.astype(np.float64)
    samples[: len(ramp)] *= ramp
    samples[len(samples) - len(ramp) :] *= ramp[::-1]
    return _segment(np.rint(samples).astype(np.int16).tobytes(), clip.rate)


def _silence(samples: int, rate: int) -> AudioSegment:
    return _segment(bytes(2 * samples), rate)


def _segment(raw: bytes, rate: int) -> AudioSegment:
    from pydub import AudioSegment

    return AudioSegment(data=raw, sample_width=2, frame_rate=rate, channels=1)
