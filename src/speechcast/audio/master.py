"""The level of a production: measured on the whole, set once, proved on what a player hears."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from ..model import Timeline, Voice
from ..progress import ProgressCallback, Step, ignore_progress
from .decode import decode
from .encode import Encoding, encode
from .loudness import SILENT, LoudnessLevel, measure
from .prefetch import prefetch
from .stitch import alone, blocks, stitch
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
class Setting:
    """dB that everything is raised by, and the true peak (dBTP) nothing may then exceed."""

    gain: float = 0.0
    ceiling: float | None = None


def master(
    timeline: Timeline,
    cast: Mapping[str, Voice],
    target: Target,
    files: Sequence[Encoding],
    report: ProgressCallback = ignore_progress,
) -> tuple[LoudnessLevel, ...]:
    """Write the production into every file, at the target's level; what each of them sounds like.

    All voices of the cast are equally loud, but for their own `volume`. One gain is set for the
    whole; a limiter holds down only what would still be above the ceiling then. The files are
    measured as they are decoded, and written anew where a codec has overshot.
    """
    balance = balanced(timeline, cast, target)
    setting = _setting(timeline, balance, target)
    for _ in range(ROUNDS):
        gains = {who: gain + setting.gain for who, gain in balance.items()}
        stream = prefetch(stitch(timeline, gains, setting.ceiling))
        encode(_told(stream, timeline, report), *files)
        heard = tuple(_heard(file) for file in files)
        better = corrected(setting, target, heard)
        if better == setting:
            break
        setting = better
    return heard


def publish(  # noqa: PLR0913 what a sound file is made of, each by its name
    timeline: Timeline,
    cast: Mapping[str, Voice],
    target: Target,
    files: Sequence[Encoding],
    tags: Tags,
    report: ProgressCallback = ignore_progress,
) -> tuple[LoudnessLevel, ...]:
    """As `master`, and every file labelled."""
    files = [replace(file, chapters=tags.chapters) for file in files]
    levels = master(timeline, cast, target, files, report)
    for file in files:
        write_tags(file.path, file.format.name, tags)
    return levels


def balanced(timeline: Timeline, cast: Mapping[str, Voice], target: Target) -> Mapping[str, float]:
    """DB for each speaker that make them equally loud, and louder by their voice's `volume`."""
    volumes = {who: 20 * math.log10(1 + voice.volume / 100) for who, voice in cast.items()}
    same: dict[Voice, set[str]] = {}
    for who, voice in cast.items():
        same.setdefault(replace(voice, volume=0), set()).add(who)
    if len(same) == 1 or _as_it_is(target):
        return volumes
    loudness = {who: _loudness(timeline, whos) for whos in same.values() for who in whos}
    reference = max(loudness.values())
    return {
        who: volumes[who] + (reference - own if own > SILENT else 0.0)
        for who, own in loudness.items()
    }


def corrected(setting: Setting, target: Target, heard: Sequence[LoudnessLevel]) -> Setting:
    """The setting that brings the files to the target, and all of them below its ceiling.

    Codecs differ a little in how loud they give back the same sound; the target is in the middle.
    """
    if setting.ceiling is None:
        return setting
    missing = [_missing(target, level) for level in heard]
    off = (min(missing) + max(missing)) / 2
    over = max(level.true_peak for level in heard) - target.ceiling
    return Setting(
        setting.gain + (off if abs(off) > TOLERANCE else 0.0),
        setting.ceiling - (over + MARGIN if over > 0 else 0.0),
    )


def _setting(timeline: Timeline, balance: Mapping[str, float], target: Target) -> Setting:
    """What the sound itself asks for."""
    if _as_it_is(target):
        return Setting()
    level = measure(blocks(stitch(timeline, balance)), timeline.rate)
    gain = _missing(target, level)
    return Setting(gain, min(target.ceiling - HEADROOM, level.true_peak + gain))


def _as_it_is(target: Target) -> bool:
    return target.lufs is None and target.rms is None


def _missing(target: Target, level: LoudnessLevel) -> float:
    """DB from the level to the target; of silence nothing is asked."""
    if level.loudness <= SILENT:
        return 0.0
    if target.rms is not None:
        return target.rms - level.rms
    assert target.lufs is not None
    return target.lufs - level.loudness


def _loudness(timeline: Timeline, speakers: set[str]) -> float:
    return measure(blocks(alone(timeline, speakers)), timeline.rate).loudness


def _heard(file: Encoding) -> LoudnessLevel:
    stream = prefetch(decode(file.path))
    rate, first = next(stream)
    return measure(chain([first], (block for _, block in stream)), rate)


def _told(
    segments: Iterable[AudioSegment], timeline: Timeline, report: ProgressCallback
) -> Iterator[AudioSegment]:
    """The segments, and word of each as it passes."""
    done = 0
    for segment in segments:
        yield segment
        done += int(segment.frame_count())
        seconds = round(timeline.length / timeline.rate)
        report(Step("encoding", done, timeline.length, f"{seconds} s of sound"))
