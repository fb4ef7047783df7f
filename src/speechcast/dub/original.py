"""The sound or video that is dubbed: how long and how loud it is, and its samples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..audio.formats import AUDIO_FORMATS
from ..audio.loudness import measure_level
from ..audio.resample import resampled_length
from ..errors import SourceError, explain_os_error
from ..files import require_file
from ..messages import _
from ..units import Decibels, Hertz, Samples, Seconds

if TYPE_CHECKING:
    from av import AudioStream, VideoStream
    from av.container import InputContainer
    from numpy.typing import NDArray

_VOICE_RATE: Hertz = 24_000
_MAX_HOURS = 24
_PICTURES = ("image2", "_pipe")  # how FFmpeg's names for formats of single pictures end
BLOCK = 1 << 15  # samples of a block, of each channel


@dataclass(frozen=True, slots=True)
class Original:
    """A sound or a video.

    Attributes:
        path: Its file.
        rate: The sample rate it is mixed at: its own, as far as files of sound have it.
        channels: 1 or 2, in which it is mixed; of more, the usual two are made.
        samples: How long it is, in samples of each channel at that rate.
        loudness: Of all of its sound, in LUFS.
        video: Whether it has pictures.
        sound: Whether it has sound.
    """

    path: Path
    rate: Hertz
    channels: int
    samples: Samples
    loudness: Decibels
    video: bool
    sound: bool

    @property
    def layout(self) -> str:
        """FFmpeg's name of its channels."""
        return "stereo" if self.channels == 2 else "mono"

    def length(self, rate: Hertz) -> Samples:
        """Return how long it is in samples at another rate."""
        return resampled_length(rate, self.samples, self.rate)


def read_original(path: Path) -> Original:
    """Measure a sound or a video.

    Raises:
        SourceError: It does not exist, or PyAV cannot play it.
    """
    import av

    require_file(path)
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            still = container.format.name.endswith(_PICTURES)
            video = any(not _is_cover(stream) for stream in container.streams.video)
            seconds = (container.duration or 0) / 1_000_000
            streams = container.streams.audio
            rate, channels = _form(streams[_choose_track(streams)]) if streams else (_VOICE_RATE, 1)
        if still:
            raise SourceError(_("{path} is a picture, no sound or video").format(path=path), path)
        if not streams and not video:
            raise SourceError(_("{path} has neither sound nor pictures").format(path=path), path)
        samples, loudness = _measure(path, rate, channels) if streams else (0, -70.0)
    except av.FFmpegError as exc:
        raise SourceError(
            _("{path} is no sound or video that PyAV can play ({reason})").format(
                path=path, reason=explain_os_error(exc)
            ),
            path,
        ) from exc
    _require_plausible(path, max(samples / rate, seconds))
    samples = max(samples, round(seconds * rate) if video else 0)
    return Original(path, rate, channels, samples, loudness, video, bool(streams))


def _choose_track(streams: Sequence[AudioStream]) -> int:
    """Return the number of the track that players play: the default one, or else the first."""
    from av.stream import Disposition

    defaults = (n for n, s in enumerate(streams) if s.disposition & Disposition.default)
    return next(defaults, 0)


def _is_cover(stream: VideoStream) -> bool:
    """Return whether a stream of pictures is only the cover of a sound."""
    from av.stream import Disposition

    return bool(stream.disposition & Disposition.attached_pic)


def _require_plausible(path: Path, seconds: Seconds) -> None:
    if seconds > _MAX_HOURS * 3600:
        raise SourceError(
            _("{path} lasts more than {max_hours} hours; divide it").format(
                path=path, max_hours=_MAX_HOURS
            ),
            path,
        )


def _form(stream: AudioStream) -> tuple[Hertz, int]:
    """Return the rate and the channels that a stream is mixed in."""
    rate = AUDIO_FORMATS["wav"].choose_rate(stream.rate or None, _VOICE_RATE)
    return rate, 1 if stream.layout.nb_channels == 1 else 2


def _measure(path: Path, rate: Hertz, channels: int) -> tuple[Samples, Decibels]:
    """Return the length of a sound, and its loudness."""
    length = 0

    def count() -> Iterator[NDArray[np.int16]]:
        nonlocal length
        for block in decode_channels(path, rate, channels):
            length += len(block) // channels
            yield block

    loudness = measure_level(count(), rate, channels).loudness
    return length, loudness


def decode_channels(path: Path, rate: Hertz, channels: int) -> Iterator[NDArray[np.int16]]:
    """Yield the sound of a file from the beginning of its pictures on.

    Yields:
        int16, shape (samples,); the samples of two channels alternate.
    """
    import av

    layout = "stereo" if channels == 2 else "mono"
    with av.open(str(path), metadata_errors="replace") as container:
        resampler = av.AudioResampler("s16", layout, rate)
        skip = None
        for frame in container.decode(audio=_choose_track(container.streams.audio)):
            if skip is None:
                skip = -round(_delay(container, frame) * rate) * channels
                if skip < 0:
                    yield np.zeros(-skip, np.int16)
            frame.pts = None
            for converted in resampler.resample(frame):
                block = converted.to_ndarray()[0]
                yield block[max(0, skip) :]
                skip -= min(len(block), max(0, skip))
        if skip is not None:
            for converted in resampler.resample(None):
                yield converted.to_ndarray()[0]


def _delay(container: InputContainer, frame: object) -> Seconds:
    """Return how much later than the file itself its sound begins."""
    pts, base = getattr(frame, "pts", None), getattr(frame, "time_base", None)
    if pts is None or base is None or not container.streams.video:
        return 0.0
    return float(pts * base) - (container.start_time or 0) / 1_000_000
