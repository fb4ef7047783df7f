"""Bring a production to its loudness target and write its files.

The level is measured on the whole, set once, and checked on what a player plays. The constants
below were chosen by hand for this project.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from ..messages import _, mark
from ..model import Timeline, Voice
from ..progress import ProgressCallback, Step, ignore_progress
from .decode import decode_audio
from .encode import OutputFile, encode
from .loudness import SILENCE_LUFS, LoudnessLevel, measure_level
from .prefetch import prefetch
from .stitch import stitch, stitch_speakers
from .tags.model import Tags
from .tags.writers import write_tags
from .targets import Target

if TYPE_CHECKING:
    from ..units import Decibels, Mono16

HEADROOM = 1.0  # dB left below the target's ceiling, for a lossy codec overshoots
TOLERANCE = 0.2  # dB that the level may be off before it is set again
MARGIN = 0.25  # dB below a ceiling that was overshot: a second overshoot may differ
ROUNDS = 8  # times the files are written at most


@dataclass(frozen=True, slots=True)
class MasterSetting:
    """How the whole production is raised and limited.

    Attributes:
        gain: by which everything is raised.
        ceiling: the highest true peak allowed after that, in dBTP; None for no limit.
    """

    gain: Decibels = 0.0
    ceiling: Decibels | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """How files were written, and what was measured of each meanwhile, if anything."""

    setting: MasterSetting
    levels: tuple[LoudnessLevel | None, ...]


def master(  # noqa: PLR0913 each by its name
    timeline: Timeline,
    cast: Mapping[str, Voice],
    target: Target,
    files: Sequence[OutputFile],
    report: ProgressCallback = ignore_progress,
    written: Written | None = None,
) -> tuple[LoudnessLevel, ...]:
    """Write the production into every file at the target's level.

    All voices of the cast become equally loud, apart from their `volume`. One gain is set for the
    whole; a limiter lowers only what would exceed the ceiling then. The files are measured as they
    are decoded, and written again if a codec has overshot.

    Args:
        timeline: the production.
        cast: the voice of each speaker.
        target: the level to reach.
        files: what to write; at least one.
        report: called with each step of the encoding.
        written: how the files were written beside the recording; None if they were not.

    Returns:
        The measured level of each file.
    """
    balance = balance_speakers(timeline, cast, target)
    setting = written.setting if written else estimate_setting(timeline, balance, target)
    for attempt in range(ROUNDS):
        if attempt or not written:
            gains = {speaker: gain + setting.gain for speaker, gain in balance.items()}
            blocks = prefetch(stitch(timeline, gains, setting.ceiling))
            blocks = report_encoding(blocks, lambda: timeline, report)
            measured = encode(blocks, timeline.rate, *files, measure=True)
        else:
            measured = written.levels
        levels = _measure_files(files, measured)
        better = correct_setting(setting, target, levels)
        if better == setting:
            break
        setting = better
    return levels


def publish(  # noqa: PLR0913 what the files consist of
    timeline: Timeline,
    cast: Mapping[str, Voice],
    target: Target,
    files: Sequence[OutputFile],
    tags: Tags,
    report: ProgressCallback = ignore_progress,
    written: Written | None = None,
) -> tuple[LoudnessLevel, ...]:
    """Write the production as `master` does, with tags and chapters.

    Args:
        timeline: the production.
        cast: the voice of each speaker.
        target: the level to reach.
        files: what to write; at least one.
        tags: written into every file.
        report: called with each step of the encoding.
        written: how the files were written beside the recording; None if they were not.

    Returns:
        The measured level of each file.
    """
    files = [replace(file, chapters=tags.chapters) for file in files]
    levels = master(timeline, cast, target, files, report, written)
    for file in files:
        write_tags(file.path, file.format.name, tags)
    return levels


def balance_speakers(
    timeline: Timeline, cast: Mapping[str, Voice], target: Target
) -> Mapping[str, Decibels]:
    """Return the gains that make all speakers equally loud.

    Each voice's `volume` is added to its gain. If there is only one voice, or the target keeps the
    level, the gain is the `volume` alone.
    """
    volumes = speaker_volumes(cast, target)
    if volumes is not None:
        return volumes
    loudness: dict[str, Decibels] = {}
    for speakers in _group_speakers(cast):
        loudness |= dict.fromkeys(speakers, _measure_speakers(timeline, speakers))
    loudest = max(loudness.values())
    return {
        speaker: _volume(cast[speaker]) + (loudest - level if level > SILENCE_LUFS else 0.0)
        for speaker, level in loudness.items()
    }


def speaker_volumes(cast: Mapping[str, Voice], target: Target) -> Mapping[str, Decibels] | None:
    """Return each speaker's gain if it is the `volume` alone.

    It is None if it depends on how loud several voices are.
    """
    if len(_group_speakers(cast)) > 1 and not target.keeps_level:
        return None
    return {speaker: _volume(voice) for speaker, voice in cast.items()}


def _volume(voice: Voice) -> Decibels:
    return 20 * math.log10(1 + voice.volume / 100)


def _group_speakers(cast: Mapping[str, Voice]) -> list[set[str]]:
    """Return the speakers of each voice, whatever its volume and rate."""
    speakers_of: dict[Voice, set[str]] = {}
    for speaker, voice in cast.items():
        speakers_of.setdefault(replace(voice, volume=0, rate=0), set()).add(speaker)
    return list(speakers_of.values())


def correct_setting(
    setting: MasterSetting, target: Target, levels: Sequence[LoudnessLevel]
) -> MasterSetting:
    """Return the setting that brings all files to the target.

    No file is above the target's ceiling then. Codecs differ slightly in how loud they reproduce
    the same sound; the target is put in the middle of them.

    Args:
        setting: with which the files were written.
        target: the level to reach.
        levels: the measured level of each file.

    Returns:
        An equal setting if the files are good as they are.
    """
    if setting.ceiling is None:
        return setting
    missing = [_gain_to_target(target, level) for level in levels]
    offset = (min(missing) + max(missing)) / 2
    excess = max(level.true_peak for level in levels) - target.ceiling
    return MasterSetting(
        setting.gain + (offset if abs(offset) > TOLERANCE else 0.0),
        setting.ceiling - (excess + MARGIN if excess > 0 else 0.0),
    )


def estimate_setting(
    timeline: Timeline,
    balance: Mapping[str, Decibels],
    target: Target,
    *,
    whole: bool = True,
) -> MasterSetting:
    """Return the setting that the stitched sound needs before any codec.

    Args:
        timeline: the production, or the beginning of it.
        balance: the gain of each speaker.
        target: the level to reach.
        whole: whether it is all of the production, so that nothing louder will follow.
    """
    if target.keeps_level:
        return MasterSetting()
    level = measure_level(stitch(timeline, balance), timeline.rate, true_peak=whole)
    gain = _gain_to_target(target, level)
    ceiling = target.ceiling - HEADROOM
    return MasterSetting(gain, min(ceiling, level.true_peak + gain) if whole else ceiling)


def _gain_to_target(target: Target, level: LoudnessLevel) -> Decibels:
    """Return the gain from the level to the target; 0 for silence."""
    if level.loudness <= SILENCE_LUFS:
        return 0.0
    if target.rms is not None:
        return target.rms - level.rms
    assert target.lufs is not None
    return target.lufs - level.loudness


def _measure_speakers(timeline: Timeline, speakers: Set[str]) -> Decibels:
    """Return the loudness of what these speakers say, in LUFS."""
    sound = stitch_speakers(timeline, speakers)
    return measure_level(sound, timeline.rate, true_peak=False).loudness


def _measure_files(
    files: Sequence[OutputFile], measured: Sequence[LoudnessLevel | None]
) -> tuple[LoudnessLevel, ...]:
    """Return the levels of the files; measure side by side those that are not measured yet."""
    with ThreadPoolExecutor(len(files), "measure") as executor:
        return tuple(executor.map(_measure_file, files, measured))


def _measure_file(file: OutputFile, measured: LoudnessLevel | None) -> LoudnessLevel:
    if measured:
        return measured
    stream = prefetch(decode_audio(file.path))
    rate, first = next(stream)
    return measure_level(chain([first], (block for _, block in stream)), rate)


def report_encoding(
    blocks: Iterable[Mono16], timeline: Callable[[], Timeline | None], report: ProgressCallback
) -> Iterator[Mono16]:
    """Yield the blocks, and report each of them once it is encoded.

    Nothing is reported as long as `timeline` returns None.
    """
    done = 0
    for block in blocks:
        yield block
        done += len(block)
        if whole := timeline():
            seconds = round(whole.length / whole.rate)
            text = _("{seconds} s of audio").format(seconds=seconds)
            report(Step(mark("encoding"), done, whole.length, text))
