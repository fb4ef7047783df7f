"""The sound files of a request: how they are encoded, and how loud they became."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .audio.encode import OutputFile
from .audio.formats import AUDIO_FORMATS
from .audio.loudness import LoudnessLevel
from .audio.targets import Target
from .messages import _
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


def describe_levels(
    levels: Sequence[LoudnessLevel], files: Sequence[Path], target: Target
) -> list[str]:
    """Return each sound file's measurements; once if all are equal.

    For the ACX target they are set against all that ACX requires.
    """
    if target.rms is None:
        message = _("{loudness:.1f} LUFS, true peak {true_peak:.1f} dBTP")
        lines = [message.format(loudness=v.loudness, true_peak=v.true_peak) for v in levels]
    else:
        message = _(
            "rms {rms:.1f} dB (ACX: -23 to -18), peak {peak:.1f} dB (at most -3), "
            "noise floor {floor:.0f} dB (at most -60)"
        )
        lines = [message.format(rms=v.rms, peak=v.peak, floor=v.floor) for v in levels]
    if len(set(lines)) == 1:
        return lines[:1]
    named = _("{line} ({file_type})")
    return [
        named.format(line=line, file_type=path.suffix[1:])
        for line, path in zip(lines, files, strict=True)
    ]
