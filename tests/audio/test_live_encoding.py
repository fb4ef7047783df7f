"""Sound files that are written while the production is still being recorded."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from speechcast.audio.decode import decode_audio, read_played_length
from speechcast.audio.encode import OutputFile
from speechcast.audio.formats import AUDIO_FORMATS
from speechcast.audio.live_encoding import OPENING, LiveEncoding
from speechcast.audio.loudness import measure_level
from speechcast.audio.master import TOLERANCE, Written, master
from speechcast.audio.targets import TARGETS, Target, parse_target
from speechcast.model import Clip, Pauses, Span, Timeline, Voice
from speechcast.progress import Step, ignore_progress
from speechcast.timeline import place
from tests.support.speeches import line

RATE = 24_000
PODCAST = TARGETS["podcast"]


def timeline_of(*peaks: float, seconds: float = 10.0) -> Timeline:
    """Return a production of one clip for each peak, as loud as that."""
    time = np.arange(round(seconds * RATE)) / RATE
    clips = [
        Clip(np.rint(peak * np.sin(2 * np.pi * 300 * time)).astype(np.int16), RATE, (Span(0, 9),))
        for peak in peaks
    ]
    return place([line("一")] * len(clips), clips, {"": Pauses()})


def sound(folder: Path, name: str = "wav") -> OutputFile:
    return OutputFile(folder / f"it.{name}", AUDIO_FORMATS[name])


def write(
    timeline: Timeline,
    tone: Voice,
    file: OutputFile,
    target: Target = PODCAST,
    steps: list[Step] | None = None,
) -> Written | None:
    report = ignore_progress if steps is None else steps.append
    with closing(LiveEncoding([file], {"": tone}, target, report)) as encoding:
        for placed in timeline.clips:
            encoding.add(placed)
        return encoding.finish(timeline)


@pytest.mark.parametrize("target", ["podcast", "acx", "none"])
def test_a_short_production_is_written_as_ever(tone: Voice, tmp_path: Path, target: str) -> None:
    timeline = timeline_of(3000, 9000, 3000, seconds=2)
    file = sound(tmp_path, "mp3")
    written = write(timeline, tone, file, parse_target(target))
    assert written
    live = file.path.read_bytes()
    levels = master(timeline, {"": tone}, parse_target(target), [file], written=written)
    assert file.path.read_bytes() == live
    assert master(timeline, {"": tone}, parse_target(target), [file]) == levels
    assert file.path.read_bytes() == live


def test_a_long_production_has_the_level_of_its_opening(tone: Voice, tmp_path: Path) -> None:
    timeline = timeline_of(*[3000.0] * 13)
    assert timeline.length > OPENING * RATE
    file, steps = sound(tmp_path), list[Step]()
    written = write(timeline, tone, file, steps=steps)
    blocks = [block for _, block in decode_audio(file.path)]
    assert sum(map(len, blocks)) == timeline.length
    assert abs(measure_level(blocks, RATE).loudness - -16) < TOLERANCE
    assert written
    assert written.setting.gain == pytest.approx(
        8.5, abs=0.3
    )  # a sine of -23.8 LUFS, softer at 300 Hz
    assert steps[-1].done == steps[-1].total == timeline.length


def test_what_becomes_louder_later_is_written_again(tone: Voice, tmp_path: Path) -> None:
    timeline = timeline_of(*[3000.0] * 13, *[9000.0] * 5)
    file = sound(tmp_path)
    written = write(timeline, tone, file)
    (level,) = master(timeline, {"": tone}, PODCAST, [file], written=written)
    assert level.loudness == pytest.approx(-16, abs=TOLERANCE)
    assert level.true_peak <= PODCAST.ceiling


def test_a_better_take_makes_what_was_written_worthless(tone: Voice, tmp_path: Path) -> None:
    before, after = timeline_of(3000, 3000), timeline_of(3000, 3000, seconds=9)
    with closing(LiveEncoding([sound(tmp_path)], {"": tone}, PODCAST, ignore_progress)) as encoding:
        for placed in before.clips:
            encoding.add(placed)
        assert encoding.finish(after) is None


@pytest.mark.parametrize(
    ("name", "label"),
    [("m4b", ""), ("mp3", "市长")],
    ids=["chapters before the sound", "several voices"],
)
def test_what_needs_the_whole_waits_for_it(
    tone: Voice, tmp_path: Path, name: str, label: str
) -> None:
    file = sound(tmp_path, name)
    timeline = timeline_of(3000)
    cast = {"": tone, **({label: replace(tone, voice="other")} if label else {})}
    with closing(LiveEncoding([file], cast, PODCAST, ignore_progress)) as encoding:
        encoding.add(timeline.clips[0])
        assert encoding.finish(timeline) is None
    assert not file.path.exists()


def test_a_file_that_cannot_be_written_ends_the_work(tone: Voice, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write(timeline_of(3000), tone, sound(tmp_path / "missing"))
    read_only = OutputFile(tmp_path, AUDIO_FORMATS["wav"])
    with pytest.raises(OSError, match="directory"):
        write(timeline_of(*[3000.0] * 13), tone, read_only)


def test_an_encoding_that_is_left_ends_at_once(tone: Voice, tmp_path: Path) -> None:
    """As when a sentence cannot be recorded, or the user interrupts."""
    file = sound(tmp_path)
    timeline = timeline_of(*[3000.0] * 13)
    with closing(LiveEncoding([file], {"": tone}, PODCAST, ignore_progress)) as encoding:
        for placed in timeline.clips:
            encoding.add(placed)
    if file.path.exists():
        assert read_played_length(file.path)[0] < timeline.length
