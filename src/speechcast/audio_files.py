"""How the sound files of a request are encoded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .audio.encode import OutputFile
from .audio.formats import AUDIO_FORMATS
from .request import Request


def choose_encodings(files: Sequence[Path], request: Request) -> list[OutputFile]:
    """Return the encoding of each sound file.

    Each setting is the requested one, else the loudness target's, else the format's.
    """
    audio, target = request.audio, request.target
    return [
        OutputFile(
            path,
            AUDIO_FORMATS[name],
            sample_rate=audio.sample_rate or target.sample_rate,
            bitrate=audio.bitrate or target.bitrate,
        )
        for path, name in zip(files, audio.formats, strict=True)
    ]
