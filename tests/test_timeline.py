"""Clips at their samples."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from speechcast.model import Clip, Pause, Pauses, Span
from speechcast.timeline import gaps, length_of, place
from tests.support.speeches import line

RATE = 24_000


def clip(lead: int, sound: int, trail: int) -> Clip:
    return Clip(np.zeros(lead + sound + trail, np.int16), RATE, (Span(lead, lead + sound),))


def test_a_pause_is_heard_as_long_as_the_preset_says() -> None:
    lines = [replace(line("一"), pause=Pause.SENTENCE), replace(line("二"), sentence=2)]
    timeline = place(
        lines, [clip(240, 1000, 1440), clip(240, 2000, 1440)], {"": Pauses(sentence=0.5)}
    )
    (first,), (second,) = timeline.sentences()
    assert first.span == Span(7_200, 8_200)
    assert second.span
    assert second.span.start - first.span.end == 12_000
    assert timeline.length == second.span.end + 12_000


def test_before_the_first_sound_and_after_the_last() -> None:
    pauses = {"": Pauses(lead_in=1.0), "市长": Pauses(tail=2.0)}
    lines = [line("一"), replace(line("二"), sentence=2, speaker="市长")]
    timeline = place(lines, [clip(240, 1000, 1440), clip(240, 2000, 1440)], pauses)
    (first,), (second,) = timeline.sentences()
    assert first.span
    assert second.span
    assert first.span.start == RATE
    assert timeline.length == second.span.end + 2 * RATE


def test_a_pause_shorter_than_the_clips_own_silence_cuts_nothing() -> None:
    lines = [replace(line("一"), pause=Pause.JOIN), line("二")]
    timeline = place(lines, [clip(500, 1000, 5000), clip(500, 1000, 0)], {"": Pauses(join=0)})
    first, second = timeline.clips
    assert second.start == first.start + 6500


def test_the_lines_of_a_sentence_come_together() -> None:
    lines = [line("一"), line("二"), replace(line("三"), sentence=2)]
    timeline = place(lines, [clip(0, 10, 0)] * 3, {"": Pauses()})
    shown = [[s.token.shown for s in sentence] for sentence in timeline.sentences()]
    assert shown == [["一", "二"], ["三"]]


@given(st.lists(st.tuples(*[st.integers(0, 3000)] * 3), min_size=1, max_size=20), st.floats(0, 2))
def test_clips_never_overlap(shapes: list[tuple[int, int, int]], pause: float) -> None:
    clips = [clip(lead, sound + 1, trail) for lead, sound, trail in shapes]
    timeline = place([line("一")] * len(clips), clips, {"": Pauses(sentence=pause)})
    at = 0
    for placed in timeline.clips:
        assert placed.start >= at
        at = placed.start + len(placed.clip.samples)
    assert timeline.length >= at


@given(
    st.lists(st.tuples(*[st.integers(0, 3000)] * 3), min_size=1, max_size=20),
    st.floats(0, 2),
    st.floats(0, 2),
)
def test_the_length_is_that_of_the_timeline(
    shapes: list[tuple[int, int, int]], pause: float, tail: float
) -> None:
    lines = [replace(line("一"), pause_after=pause * (n % 2)) for n in range(len(shapes))]
    clips = [clip(*shape) for shape in shapes]
    pauses = {"": Pauses(sentence=pause, tail=tail)}
    assert length_of(lines, clips, pauses) == place(lines, clips, pauses).length


def test_a_pause_asked_for_adds_to_the_lead_in_and_the_tail_and_replaces_the_rest() -> None:
    pauses = {"": Pauses(lead_in=1.0, sentence=0.5, tail=2.0), "市长": Pauses(tail=3.0)}
    lines = [
        replace(line("一"), pause_before=0.25, pause_after=0.125),
        replace(line("二"), pause_before=0.5),
        replace(line("三"), pause_before=9.0, pause_after=0.75, speaker="市长"),
    ]
    assert list(gaps(lines, pauses)) == [1.25, 0.625, 9.0]
    assert list(gaps(lines[1:2] * 2, pauses)) == [1.5, 0.5]
    assert list(gaps([line("一")] * 2, pauses)) == [1.0, 0.5]
    timeline = place(lines, [clip(0, 100, 0)] * 3, pauses)
    assert [placed.start for placed in timeline.clips] == [30_000, 45_100, 261_200]
    assert timeline.length == 261_300 + round(3.75 * RATE)


def test_a_timeline_ends_no_earlier_than_its_last_clip() -> None:
    timeline = place([line("一")], [clip(0, 100, 9000)], {"": Pauses(lead_in=0, tail=0.25)})
    assert timeline.length == 9100
