"""Sound and videos that tests dub over."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

RATE = 48_000
SECONDS = 6


def noise(channels: int, seconds: float = SECONDS) -> NDArray[np.int16]:
    """Return steady noise at about -30 dB."""
    values = np.random.default_rng(1).normal(0, 1000, (round(seconds * RATE), channels))
    return np.rint(values).astype(np.int16)


def write_sound(path: Path, samples: NDArray[np.int16], codec: str = "pcm_s16le") -> Path:
    with av.open(str(path), "w") as container:
        _add_sound(container, samples, codec)
    return path


def _add_sound(container: Any, samples: NDArray[np.int16], codec: str) -> None:
    layout = "stereo" if samples.shape[1] == 2 else "mono"
    stream = container.add_stream(codec, rate=RATE, layout=layout)
    frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout=layout)
    frame.sample_rate, frame.pts = RATE, 0
    container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def write_video(path: Path, *, sound: bool = True) -> Path:
    """Write a video of a moving square, with its sound and chapters."""
    video, audio = ("libvpx-vp9", "libopus") if path.suffix == ".webm" else ("mpeg4", "aac")
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(video, rate=25, width=64, height=48, pix_fmt="yuv420p")
        container.metadata["title"] = "Original"
        if path.suffix == ".mkv":
            container.add_attachment("font.ttf", "application/x-truetype-font", b"a font")
        if sound:
            _add_sound(container, noise(2), audio)
        for number in range(25 * SECONDS):
            picture = np.zeros((48, 64, 3), np.uint8)
            picture[10:30, number % 40 : number % 40 + 20] = 255
            image = av.VideoFrame.from_ndarray(picture)
            image.pts, image.time_base = number, Fraction(1, 25)
            container.mux(stream.encode(image))
        container.mux(stream.encode(None))
    return path
