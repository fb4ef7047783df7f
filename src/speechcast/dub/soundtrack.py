"""Write the sound of a dubbing: the speech alone, or mixed with an original."""

from __future__ import annotations

import contextlib
import math
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from ..audio.decode import decode_audio
from ..audio.encode import OutputFile
from ..audio.formats import AUDIO_FORMATS
from ..audio.loudness import SILENCE_LUFS, LoudnessLevel, measure_level
from ..audio.master import master, publish
from ..audio.tags.model import Tags
from ..audio.tags.writers import write_tags
from ..audio.targets import Target
from ..audio_files import choose_encodings
from ..messages import _, mark
from ..model import Timeline
from ..output_files import name_files
from ..prepare import Prepared
from ..progress import ProgressCallback, Step
from ..request import Request
from ..units import Decibels
from .mixing import DUCKING, find_speech, mix
from .original import Original, decode_channels
from .tracks import MixWriter, SoundWriter, VideoWriter, require_container

# Of speech that is as loud as its original: no softer than a broadcast, no louder than a podcast
# that is heard beside others. Chosen by hand for this project.
_SOFTEST: Decibels = -24.0
_LOUDEST: Decibels = -14.0
_TWO_CHANNELS: Decibels = 10 * math.log10(2)  # by which the same sound in two is louder: BS.1770


@dataclass(frozen=True, slots=True)
class Soundtrack:
    """What was written.

    Attributes:
        levels: The loudness of each sound file.
        original: What the speech was mixed with; None for the speech alone.
        speech: The loudness of the speech in the mix, in LUFS; None where its level was kept.
        ducking: By which the original is lowered under the speech, in dB.
        left_out: The kinds of the video's streams that could not be copied.
    """

    levels: tuple[LoudnessLevel, ...]
    original: Original | None = None
    speech: Decibels | None = None
    ducking: Decibels = DUCKING
    left_out: tuple[str, ...] = ()


def name_video(request: Request, original: Original | None) -> Path | None:
    """Return the file of the video with the new track; None without a video.

    Raises:
        UsageError: The video's kind of file takes no further track.
    """
    if original is None or not original.video:
        return None
    require_container(original)
    (path,) = name_files(request.output, request.name, [original.path.suffix.lower()], []).audio
    return path


def write_soundtrack(  # noqa: PLR0913 what the files consist of
    timeline: Timeline,
    prepared: Prepared,
    files: Sequence[Path],
    tags: Tags,
    original: Original | None,
    ducking: Decibels,
    video: Path | None,
    progress: ProgressCallback,
) -> Soundtrack:
    """Write the sound files, and the video.

    Args:
        timeline: The speech.
        prepared: Its request and voices.
        files: The sound files.
        tags: Written into every one of them.
        original: What the speech is mixed with; None for the speech alone.
        ducking: By which the original is lowered under the speech.
        video: The video with the new track; None to write none.
        progress: Called with every step of the work.
    """
    outputs = choose_encodings(files, prepared.request)
    cast, target = prepared.cast, prepared.request.target
    if original is None:
        return Soundtrack(publish(timeline, cast, target, outputs, tags, progress))
    wanted = choose_level(original, prepared.request)
    mono = replace(wanted, lufs=None if wanted.lufs is None else wanted.lufs - _gain_of(original))
    outputs = [replace(output, chapters=tags.chapters) for output in outputs]
    with tempfile.TemporaryDirectory(dir=files[0].parent, ignore_cleanup_errors=True) as folder:
        speech = Path(folder) / "speech.wav"
        wav = OutputFile(speech, AUDIO_FORMATS["wav"], sample_rate=original.rate)
        master(timeline, cast, mono, [wav], progress)
        left_out = _write_mix(
            timeline, speech, original, ducking, outputs, video, tags.language_code, progress
        )
    for output in outputs:
        write_tags(output.path, output.format.name, tags)
    levels = _measure_files([output.path for output in outputs], original)
    return Soundtrack(levels, original, wanted.lufs, ducking, tuple(left_out))


def choose_level(original: Original, request: Request) -> Target:
    """Return the level of the speech: the one requested, or that of the original."""
    if request.audio.loudness or original.loudness <= SILENCE_LUFS + 1:
        return request.target
    lufs = round(min(max(original.loudness, _SOFTEST), _LOUDEST), 1)
    return Target(f"{lufs:g} LUFS", lufs)


def _gain_of(original: Original) -> Decibels:
    return _TWO_CHANNELS if original.channels == 2 else 0.0


def _write_mix(  # noqa: PLR0913 what the files consist of
    timeline: Timeline,
    speech: Path,
    original: Original,
    ducking: Decibels,
    outputs: Sequence[OutputFile],
    video: Path | None,
    language: str,
    progress: ProgressCallback,
) -> list[str]:
    """Write the mix into every file; return the kinds of streams that are not copied."""
    rate = original.rate
    length = -(-timeline.length * rate // timeline.rate)
    left_out: list[str] = []
    with contextlib.ExitStack() as stack:
        writers: list[MixWriter] = []
        for output in outputs:
            writers.append(stack.enter_context(contextlib.closing(SoundWriter(output, original))))
        if video:
            copy = stack.enter_context(contextlib.closing(VideoWriter(video, original, language)))
            left_out = copy.left_out
            writers.append(copy)
        done = 0
        for block in mix(original, speech, find_speech(timeline, rate), length, ducking):
            for writer in writers:
                writer.write(block)
            done += len(block) // original.channels
            text = _("{seconds} s of audio").format(seconds=round(length / rate))
            progress(Step(mark("mixing"), done, length, text))
        for writer in writers:
            writer.finish()
    return left_out


def _measure_files(files: Sequence[Path], original: Original) -> tuple[LoudnessLevel, ...]:
    """Measure the files side by side, with all their channels."""

    def measure(path: Path) -> LoudnessLevel:
        rate, _block = next(decode_audio(path))
        return measure_level(
            decode_channels(path, rate, original.channels), rate, original.channels
        )

    with ThreadPoolExecutor(max(1, len(files)), "measure") as executor:
        return tuple(executor.map(measure, files))
