"""The level of a production: measured on the whole, set once, proved on what a player hears."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from ..model import Timeline, Voice
from ..progress import ProgressCallback, Step, ignore_progress
from .decode import decode_audio
from .encode import OutputFile, encode
from .loudness import SILENCE_LUFS, LoudnessLevel, measure_level
from .prefetch import prefetch
from .stitch import blocks, stitch, stitch_speakers
from .tags.model import Tags
from .tags.writers import write_tags
from .targets import Target

if TYPE_CHECKING:
    from pydub import AudioSegment

HEADROOM = 1.0  # dB left below the target's ceiling, for a lossy codec overshoots
TOLERANCE = 0.2  # dB that the level may be off before it is set again
MARGIN = 0.25  # dB below a ceiling that was overshot: codecs do not overshoot alike twice
ROUNDS = 8


@dataclass(frozen=True, slots=True)
class MasterSetting:
    """dB that everything is raised by, and the true peak (dBTP) nothing may then exceed."""

    gain: float = 0.0
    ceiling: float | None = None


def master(
    timeline: Timeline,
    cast: Mapping[str, Voice],
    target: Target,
    files: Sequence[OutputFile],
    report: ProgressCallback = ignore_progress,
) -> tuple[LoudnessLevel, ...]:
    """Write the production into every file, at the target's level; what each of them sounds like.

    All voices of the cast are equally loud, but for their own `volume`. One gain is set for the
    whole; a limiter holds down only what would still be above the ceiling then. The files are
    measured as they are decoded, and written anew where a codec has overshot.
    """
    balance = balance_speakers(timeline, cast, target)
    setting = _initial_setting(timeline, balance, target)
    for _ in range(ROUNDS):
        gains = {who: gain + setting.gain for who, gain in balance.items()}
        stream = prefetch(stitch(timeline, gains, setting.ceiling))
        encode(_report_encoding(stream, timeline, report), *files)
        heard = tuple(_measure_file(file) for file in files)
        better = correct_setting(setting, target, heard)
        if better == setting:
            break
        setting = better
    return heard


def publish(  # noqa: PLR0913 what a sound file is made of, each by its name
    timeline: Timeline,
    cast: Mapping[str, Voice],
    target: Target,
    files: Sequence[OutputFile],
    tags: Tags,
    report: ProgressCallback = ignore_progress,
) -> tuple[LoudnessLevel, ...]:
    """As `master`, and every file labelled."""
    files = [replace(file, chapters=tags.chapters) for file in files]
    levels = master(timeline, cast, target, files, report)
    for file in files:
        write_tags(file.path, file.format.name, tags)
    return levels


def balance_speakers(
    timeline: Timeline, cast: Mapping[str, Voice], target: Target
) -> Mapping[str, float]:
    """dB for each speaker that make them equally loud, and louder by their voice's `volume`."""
    volumes = {who: 20 * math.log10(1 + voice.volume / 100) for who, voice in cast.items()}
    same: dict[Voice, set[str]] = {}
    for who, voice in cast.items():
        same.setdefault(replace(voice, volume=0), set()).add(who)
    if len(same) == 1 or _keeps_level(target):
        return volumes
    loudness = {who: _measure_speakers(timeline, whos) for whos in same.values() for who in whos}
    reference = max(loudness.values())
    return {
        who: volumes[who] + (reference - own if own > SILENCE_LUFS else 0.0)
        for who, own in loudness.items()
    }


def correct_setting(
    setting: MasterSetting, target: Target, levels: Sequence[LoudnessLevel]
) -> MasterSetting:
    """The setting that brings the files to the target, and all of them below its ceiling.

    Codecs differ a little in how loud they give back the same sound; the target is in the middle.
    """
    if setting.ceiling is None:
        return setting
    missing = [_gain_to_target(target, level) for level in levels]
    off = (min(missing) + max(missing)) / 2
    over = max(level.true_peak for level in levels) - target.ceiling
    return MasterSetting(
        setting.gain + (off if abs(off) > TOLERANCE else 0.0),
        setting.ceiling - (over + MARGIN if over > 0 else 0.0),
    )


def _initial_setting(
    timeline: Timeline, balance: Mapping[str, float], target: Target
) -> MasterSetting:
    """What the sound itself asks for."""
    if _keeps_level(target):
        return MasterSetting()
    level = measure_level(blocks(stitch(timeline, balance)), timeline.rate)
    gain = _gain_to_target(target, level)
    return MasterSetting(gain, min(target.ceiling - HEADROOM, level.true_peak + gain))


def _keeps_level(target: Target) -> bool:
    return target.lufs is None and target.rms is None


def _gain_to_target(target: Target, level: LoudnessLevel) -> float:
    """dB from the level to the target; of silence nothing is asked."""
    if level.loudness <= SILENCE_LUFS:
        return 0.0
    if target.rms is not None:
        return target.rms - level.rms
    assert target.lufs is not None
    return target.lufs - level.loudness


def _measure_speakers(timeline: Timeline, speakers: set[str]) -> float:
    return measure_level(blocks(stitch_speakers(timeline, speakers)), timeline.rate).loudness


def _measure_file(file: OutputFile) -> LoudnessLevel:
    stream = prefetch(decode_audio(file.path))
    rate, first = next(stream)
    return measure_level(chain([first], (block for _, block in stream)), rate)


def _report_encoding(
    segments: Iterable[AudioSegment], timeline: Timeline, report: ProgressCallback
) -> Iterator[AudioSegment]:
    """The segments, and word of each as it passes."""
    done = 0
    for segment in segments:
        yield segment
        done += int(segment.frame_count())
        seconds = round(timeline.length / timeline.rate)
        report(Step("encoding", done, timeline.length, f"{seconds} s of sound"))
