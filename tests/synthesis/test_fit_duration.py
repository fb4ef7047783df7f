"""A speech fitted to a given length."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from speechcast.engines.tone import Tone
from speechcast.errors import UsageError
from speechcast.model import Clip, Pauses, Span
from speechcast.synthesis import fit_duration
from speechcast.synthesis.duration import estimate_seconds
from speechcast.synthesis.fit_duration import Cast, fit_to_duration, parse_duration
from speechcast.timeline import place
from speechcast.voices import presets
from tests.support.speeches import line, lines_of

TONE = presets.load("tone")
LINES = lines_of("开学典礼\n" + "同学们，早上好！银杏刚刚变黄。今天，我们开学了。\n" * 8, TONE, 200)


def record(cast: Cast) -> list[Clip]:
    return [Tone(cast[line.speaker]).synthesize(line) for line in LINES]


NATURAL_LENGTH = sum(len(clip.samples) for clip in record({"": TONE})) / 24_000


@pytest.mark.parametrize("factor", [0.8, 0.9, 1.0, 1.1, 1.3, 1.4])
def test_it_takes_the_time_asked_for(factor: float) -> None:
    seconds = factor * (NATURAL_LENGTH + 17)
    fitted = fit_to_duration(seconds, LINES, {"": TONE}, record)
    timeline = place(LINES, fitted.clips, {"": fitted.cast[""].pauses})
    assert timeline.length / timeline.rate == pytest.approx(seconds, rel=0.01)
    assert -30 <= fitted.cast[""].rate <= 50


@pytest.mark.parametrize(
    ("seconds", "how"),
    [(10.0, "a length of 0:10 .* too fast"), (600.0, "a length of 10:00 .* too slow")],
)
def test_what_no_person_could_do(seconds: float, how: str) -> None:
    with pytest.raises(UsageError, match=how + ".*; the nearest that works is"):
        fit_to_duration(seconds, LINES, {"": TONE}, record)


def test_without_a_length_nothing_changes() -> None:
    fitted = fit_to_duration(None, LINES, {"": TONE}, record)
    assert fitted.cast == {"": TONE}
    assert [len(c.samples) for c in fitted.clips] == [len(c.samples) for c in record({"": TONE})]


@pytest.mark.parametrize(
    ("text", "seconds"), [("8:00", 480), ("1:02:03", 3723), ("90", 90), ("0:07.5", 7.5)]
)
def test_a_length_as_people_write_it(text: str, seconds: float) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "0:00", "8m", "-8:00", "8:", "1:2:3:4"])
def test_no_length(text: str) -> None:
    with pytest.raises(
        UsageError, match="'.*' is not a length; write minutes and seconds, like 8:00"
    ):
        parse_duration(text)


@pytest.mark.parametrize(("seconds", "beyond"), [(10.0, -2), (600.0, 2)])
def test_the_nearest_length_that_works_does_work(seconds: float, beyond: int) -> None:
    with pytest.raises(UsageError) as caught:
        fit_to_duration(seconds, LINES, {"": TONE}, record)
    nearest = parse_duration(str(caught.value).rsplit(maxsplit=1)[-1])
    fitted = fit_to_duration(nearest, LINES, {"": TONE}, record)
    assert fitted.cast[""].rate == (50 if beyond < 0 else -30)
    scale = fitted.cast[""].pauses.sentence / TONE.pauses.sentence
    assert scale == pytest.approx(0.6 if beyond < 0 else 1.5, abs=0.05)
    with pytest.raises(UsageError, match="too fast" if beyond < 0 else "too slow"):
        fit_to_duration(nearest + beyond, LINES, {"": TONE}, record)


@pytest.mark.parametrize("factor", [0.75, 1.0, 1.25])
def test_voice_and_pauses_change_together(factor: float) -> None:
    casts: list[Cast] = []

    def count(cast: Cast) -> list[Clip]:
        casts.append(cast)
        return record(cast)

    estimate = estimate_seconds(LINES, {"": TONE})
    fitted = fit_to_duration(factor * estimate, LINES, {"": TONE}, count)
    assert 1 <= len(casts) <= 4
    assert fitted.cast[""].rate == casts[-1][""].rate
    scale = fitted.pauses[""].sentence / TONE.pauses.sentence
    speed = 1 + fitted.cast[""].rate / 100
    assert 0.9 <= scale * speed <= 1.12  # what a listener does not notice


def test_a_speech_without_pauses_inside_keeps_its_pauses() -> None:
    clips = record({"": TONE})[:1]
    seconds = TONE.pauses.lead_in + len(clips[0].samples) / 24_000 + TONE.pauses.tail
    fitted = fit_to_duration(seconds, LINES[:1], {"": TONE}, lambda cast: record(cast)[:1])
    assert fitted.cast[""] == TONE
    with pytest.raises(UsageError, match="too fast"):
        fit_to_duration(seconds / 3, LINES[:1], {"": TONE}, lambda cast: record(cast)[:1])


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("59", 59),
        ("1:59", 119),
        ("10:00:00", 36_000),
        ("0:0:1", 1),
        (" 8:00 ", 480),
        ("999:59", 59_999),
    ],
)
def test_hours_minutes_and_seconds(text: str, seconds: float) -> None:
    assert parse_duration(text) == seconds


def test_a_voice_that_is_fast_already_is_slowed_from_its_own_rate() -> None:
    fast = {"": replace(TONE, rate=20)}
    natural = place(LINES, record(fast), {"": TONE.pauses})
    fitted = fit_to_duration(natural.length / natural.rate, LINES, fast, record)
    assert fitted.cast[""].rate == pytest.approx(20, abs=2)
    assert fitted.cast[""].pauses.sentence == pytest.approx(TONE.pauses.sentence, rel=0.05)


def test_a_voice_that_does_not_change_its_pace_is_recorded_four_times_at_most() -> None:
    recordings = []

    def record_at_one_pace(cast: Cast) -> list[Clip]:
        recordings.append(cast)
        return record({"": TONE})

    with pytest.raises(UsageError):
        fit_to_duration(1.4 * (NATURAL_LENGTH + 17), LINES, {"": TONE}, record_at_one_pace)
    assert len(recordings) == 4


class RecordedAgain(Exception):
    """A second recording was asked for."""


def pauses_of(scale: float, pause: float) -> float | None:
    """The pause between two utterances, relative to the preset's, that fills a minute.

    The clips are as long as needed for a scale of the pauses; None if that needs a new recording.
    """
    pauses = Pauses(sentence=pause, lead_in=1, tail=0)
    cast = {"": replace(TONE, pace=50 / (59 - pause), pauses=pauses)}
    utterances = [line("字" * 50), line("。")]
    clips = [clip_of(59 - scale * pause), clip_of(1 / 24_000)]
    recordings: list[Cast] = []

    def record_once(cast: Cast) -> list[Clip]:
        if recordings:
            raise RecordedAgain
        recordings.append(cast)
        return clips

    try:
        fitted = fit_to_duration(60, utterances, cast, record_once)
    except RecordedAgain:
        return None
    assert recordings == [cast], "the estimate was right: the rate is the preset's"
    timeline = place(utterances, fitted.clips, fitted.pauses)
    assert timeline.length == pytest.approx(60 * 24_000, abs=2)
    return fitted.pauses[""].sentence / pause


@pytest.mark.parametrize(
    ("scale", "pause", "good"),
    [
        (0.91, 30, True),
        (0.89, 30, False),
        (1.11, 30, True),
        (1.13, 30, False),
        # A half of a per cent of the length, however much of the pause that is.
        (0.75, 1, True),
        (0.75, 2, False),
        (1.25, 1, True),
        (1.25, 2, False),
        (0.61, 0.5, True),
        (1.49, 0.5, True),
    ],
)
def test_what_is_near_enough_is_not_recorded_again(scale: float, pause: float, good: bool) -> None:
    assert pauses_of(scale, pause) == (pytest.approx(scale, abs=0.001) if good else None)


@pytest.mark.parametrize("scale", [0.59, 1.51])
def test_pauses_are_changed_to_six_tenths_or_one_and_a_half_of_the_presets(scale: float) -> None:
    with pytest.raises(UsageError):
        pauses_of(scale, 0.5)


@pytest.mark.parametrize(
    ("rate", "factor", "slowed"),
    [
        (0, 1.0, 0),
        (0, 1.25, -20),
        (0, 0.8, 25),
        (50, 1.25, 20),
        (0, 1.42, -30),
        (0, 1.44, -30),
        (0, 0.67, 49),
        (0, 0.5, 50),
        (20, 1.5, -20),
    ],
)
def test_a_voice_is_slowed_within_limits(rate: int, factor: float, slowed: int) -> None:
    cast = fit_duration._slowed({"": replace(TONE, rate=rate), "甲": TONE}, factor)
    assert cast[""].rate == slowed
    assert set(cast) == {"", "甲"}


@pytest.mark.parametrize(
    ("off", "fits"), [(0.0, True), (0.009, True), (-0.009, True), (0.011, False), (-0.011, False)]
)
def test_a_speech_of_one_utterance_fits_within_a_hundredth(off: float, fits: bool) -> None:
    scale = fit_duration._pause_scale(
        60.0, [line("字")], [clip_of(60 * (1 + off) - 0.8)], {"": TONE}
    )
    assert scale == (1.0 if fits else float("inf"))


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (59.4, "0:59"), (59.6, "1:00"), (61, "1:01"), (3600, "60:00")],
)
def test_a_length_is_written_as_minutes_and_seconds(seconds: float, text: str) -> None:
    assert fit_duration._minutes(seconds) == text


@pytest.mark.parametrize(
    ("wanted", "shown", "how", "nearest"),
    [
        # 50 s of sound, 1 s at the edges, and a pause of 10 s from 6 to 15.
        (56.9, "0:57", "fast", "0:57"),
        (40, "0:40", "fast", "0:57"),
        (90, "1:30", "slow", "1:06"),
    ],
)
def test_the_nearest_length_is_named(wanted: float, shown: str, how: str, nearest: str) -> None:
    cast = {"": replace(TONE, pauses=Pauses(sentence=10, lead_in=0.5, tail=0.5))}
    error = fit_duration._impossible_length(
        wanted, [line("字"), line("字")], [clip_of(25), clip_of(25)], cast
    )
    assert str(error) == (
        f"a length of {shown} would need a voice too {how} to listen to; "
        f"the nearest that works is {nearest}"
    )


def clip_of(seconds: float) -> Clip:
    samples = round(24_000 * seconds)
    return Clip(np.zeros(samples, np.int16), 24_000, (Span(0, samples),))
