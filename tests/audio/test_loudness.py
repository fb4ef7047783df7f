"""The level of a production: measured on the whole, set once, limited to its ceiling."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from speechcast.audio.decode import decode_audio, read_played_length
from speechcast.audio.encode import OutputFile, encode
from speechcast.audio.formats import AUDIO_FORMATS
from speechcast.audio.limiter import limit_peaks
from speechcast.audio.loudness import SILENCE_DB, LevelMeter, LoudnessLevel, measure_level
from speechcast.audio.master import MasterSetting, balance_speakers, correct_setting, master
from speechcast.audio.stitch import stitch
from speechcast.audio.targets import TARGETS, parse_target
from speechcast.audio.true_peaks import measure_true_peaks
from speechcast.engines.tone import Tone
from speechcast.errors import UsageError
from speechcast.model import Clip, Pauses, Span, Timeline, Voice
from speechcast.progress import Step
from speechcast.timeline import place
from tests.support.speeches import line

RATE = 24_000


def sine(hertz: float, peak: float, seconds: float, phase: float = 0.0) -> NDArray[np.int16]:
    time = np.arange(round(seconds * RATE)) / RATE
    return np.rint(32768 * peak * np.sin(2 * np.pi * hertz * time + phase)).astype(np.int16)


def level(samples: NDArray[np.int16]) -> LoudnessLevel:
    return measure_level([samples], RATE)


def spiky(rng: np.random.Generator, loud: float = 1.0) -> Clip:
    """Return noise with peaks far above it, as in speech."""
    noise = np.convolve(rng.standard_normal(2 * RATE), np.hanning(12), "same") * 700 * loud
    noise[:: RATE // 10] = 20_000 * loud
    return Clip(np.rint(noise).clip(-32768, 32767).astype(np.int16), RATE, (Span(0, 2 * RATE),))


def timeline_of(clips: list[Clip], speakers: list[str] | None = None) -> Timeline:
    names = speakers or [""] * len(clips)
    lines = [replace(line("一"), sentence=n, speaker=s) for n, s in enumerate(names, 1)]
    return place(lines, clips, {s: Pauses() for s in names})


def test_a_sine_of_full_scale_is_at_minus_three_lufs() -> None:
    """ITU-R BS.1770-5, annex 1: 997 Hz at 0 dBFS in one channel reads -3.01 LKFS."""
    assert level(sine(997, 1.0, 5)).loudness == pytest.approx(-3.01, abs=0.2)


def test_a_pause_does_not_make_it_softer() -> None:
    loud = sine(997, 0.1, 5)
    paused = np.concatenate((loud, np.zeros(20 * RATE, np.int16), loud))
    assert level(paused).loudness == pytest.approx(level(loud).loudness, abs=0.3)


def test_the_levels_of_a_computed_sound() -> None:
    measured = level(np.concatenate((np.zeros(RATE, np.int16), sine(1000, 0.5, 1))))
    assert measured.peak == pytest.approx(-6.02, abs=0.01)
    assert measured.rms == pytest.approx(-12.04, abs=0.01)
    assert measured.floor == SILENCE_DB


def test_a_true_peak_lies_between_the_samples() -> None:
    """At a quarter of the rate and an eighth of a period off, no sample is above -3 dB."""
    rising = np.minimum(1, np.arange(RATE) / 1000)
    between = np.rint(sine(RATE / 4, 0.5, 1, np.pi / 4) * rising).astype(np.int16)
    measured = level(between)
    assert measured.peak == pytest.approx(-9.03, abs=0.01)
    assert measured.true_peak == pytest.approx(-6.02, abs=0.2)
    ours = measure_true_peaks(between.astype(np.float64), RATE)[:-1000].max() / 32768
    assert ours == pytest.approx(0.5, rel=0.01)


def test_without_sound_every_level_is_the_lowest() -> None:
    assert measure_level([], RATE) == LoudnessLevel(
        loudness=-70.0, true_peak=-120.0, peak=-120.0, rms=-120.0, floor=-120.0
    )
    assert level(np.zeros(RATE, np.int16)) == measure_level([], RATE)


def meter_of(window: int, *blocks: list[int]) -> LevelMeter:
    meter = LevelMeter(window)
    for block in blocks:
        meter.add(np.array(block, np.int16))
    return meter


def test_a_square_wave_of_full_scale_has_every_level_at_zero() -> None:
    meter = meter_of(4, [-32768] * 8)
    assert (meter.peak, meter.rms, meter.floor) == (0.0, 0.0, 0.0)


def test_the_meter_counts_across_blocks() -> None:
    """The quietest window of four begins in one block and ends in the next."""
    meter = meter_of(4, [8, 8, -8, 8, 2, -2], [], [2, 2, 1, 1, 1])
    assert meter.peak == pytest.approx(20 * np.log10(8 / 32768))
    assert meter.rms == pytest.approx(10 * np.log10((4 * 64 + 4 * 4 + 3) / 11 / 32768**2))
    assert meter.floor == pytest.approx(20 * np.log10(2 / 32768))


def test_what_is_shorter_than_a_window_has_no_floor() -> None:
    assert meter_of(4, [8, 8, 8]).floor == -120.0
    assert meter_of(4, [1]).peak == pytest.approx(-90.3, abs=0.01)


def test_the_noise_floor_is_that_of_half_a_second() -> None:
    loud, soft = sine(1000, 0.5, 0.5), sine(1000, 0.05, 0.5)
    measured = level(np.concatenate((loud, soft, loud)))
    assert measured.floor == pytest.approx(-29.03, abs=0.02)


@pytest.mark.parametrize("ceiling", [-1.0, -6.0])
def test_the_limiter_holds_the_ceiling(ceiling: float) -> None:
    loud = spiky(np.random.default_rng(1)).samples.astype(np.float64) * 1.5
    held = limit_peaks(loud, RATE, ceiling)
    assert level(np.rint(held).astype(np.int16)).true_peak <= ceiling + 0.05


def test_the_limiter_leaves_softer_sound_unchanged() -> None:
    soft = sine(300, 0.5, 1).astype(np.float64)
    assert (limit_peaks(soft, RATE, -3.0) == soft).all()


def test_the_limiter_bends_the_sound_smoothly() -> None:
    """The gain around one peak in a quiet tone has no step."""
    tone = sine(300, 0.1, 1).astype(np.float64)
    tone[12_000] = 32_000
    gain = limit_peaks(tone, RATE, -6.0) / np.where(tone == 0, 1, tone)
    gain = gain[tone != 0]
    assert gain.min() == pytest.approx(10 ** (-6 / 20) * 32768 / 32_000, abs=0.03)
    assert np.abs(np.diff(gain)).max() < 0.01


def test_true_peaks_of_a_high_tone_are_exact() -> None:
    """At 0.43 of the rate hardly a sample is near a peak."""
    time = np.arange(4000)
    for phase in np.linspace(0, np.pi, 7):
        peaks = measure_true_peaks(np.sin(2 * np.pi * 0.43 * time + phase), RATE)
        assert peaks[200:-200].max() == pytest.approx(1.0, abs=0.001)


def test_true_peaks_of_a_level_are_that_level() -> None:
    peaks = measure_true_peaks(np.full(200, -1000.0), RATE)
    assert len(peaks) == 200
    assert peaks[50:-50] == pytest.approx(np.full(100, 1000.0))


def test_a_true_peak_belongs_to_the_samples_on_both_sides_of_it() -> None:
    samples = np.zeros(100)
    samples[[50, 51]] = 1000.0
    peaks = measure_true_peaks(samples, RATE)
    assert peaks[50] == peaks[51] == peaks.max() > 1100
    assert (peaks[:49] < 400).all()


def test_the_limiter_reaches_thirty_milliseconds_and_no_further() -> None:
    """A gain that averages twice over a reach of 15 ms is whole again after two of them."""
    samples = np.full(9_600, 1000.0)
    samples[4_800] = 30_000.0
    gain = limit_peaks(samples, RATE, -6.0) / samples
    needed = 32768 * 10 ** (-6 / 20) / measure_true_peaks(samples, RATE)[4_800]
    assert gain[4_800] == pytest.approx(needed)
    assert gain[1:] == pytest.approx(gain[:0:-1])  # before it as after it
    assert (np.diff(gain[4_800:5_600]) >= -1e-9).all()
    assert gain[4_800 + 2 * 360 + 2 :] == pytest.approx(1.0)
    assert (gain[4_800 : 4_800 + 700] < 1).all()


def test_sound_at_the_ceiling_is_left_as_it_is() -> None:
    samples = sine(300, 1.0, 0.1).astype(np.float64)
    highest = measure_true_peaks(samples, RATE).max()
    ceiling = 20 * np.log10(highest / 32768)
    assert limit_peaks(samples, RATE, ceiling + 1e-9) is samples
    assert limit_peaks(samples, RATE, ceiling - 0.1) is not samples
    assert len(limit_peaks(np.zeros(0), RATE, -1.0)) == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["podcast", "ebu-r128", "online-cn", "-20"])
def test_a_production_is_at_its_target(name: str, tone: Voice, tmp_path: Path) -> None:
    timeline = timeline_of([spiky(np.random.default_rng(n)) for n in range(5)])
    files = [OutputFile(tmp_path / f.name, f) for f in AUDIO_FORMATS.values()]
    target = parse_target(name)
    levels = master(timeline, {"": tone}, target, files)
    for file, claimed in zip(files, levels, strict=True):
        measured = level_of(file.path)
        assert target.lufs is not None
        assert measured.loudness == pytest.approx(target.lufs, abs=0.5)
        assert measured.true_peak <= -1.0
        assert measured == claimed


def test_acx_requirements_are_met(tone: Voice, tmp_path: Path) -> None:
    timeline = timeline_of([spiky(np.random.default_rng(n), 0.2) for n in range(5)])
    target = parse_target("acx")
    file = OutputFile(
        tmp_path / "a.mp3",
        AUDIO_FORMATS["mp3"],
        sample_rate=target.sample_rate,
        bitrate=target.bitrate,
    )
    (mastered,) = master(timeline, {"": tone}, target, [file])
    assert -23 <= mastered.rms <= -18
    assert mastered.peak <= -3
    assert read_played_length(file.path)[1] == 44_100
    seconds = timeline.length / RATE
    assert file.path.stat().st_size * 8 / seconds == pytest.approx(192_000, rel=0.02)


def test_none_leaves_the_sound_as_it_is_but_for_the_volume(tone: Voice, tmp_path: Path) -> None:
    timeline = timeline_of([Tone(tone).synthesize(line("你", "好"))])
    file = OutputFile(tmp_path / "a.wav", AUDIO_FORMATS["wav"])
    for volume, times in ((0, 1.0), (50, 1.5)):
        master(timeline, {"": replace(tone, volume=volume)}, parse_target("none"), [file])
        highest = np.abs(np.concatenate([b for _, b in decode_audio(file.path)])).max()
        assert highest == pytest.approx(times * timeline.clips[0].clip.samples.max(), rel=0.01)


def test_the_voices_of_a_cast_are_equally_loud(tone: Voice) -> None:
    rng = np.random.default_rng(0)
    timeline = timeline_of([spiky(rng), spiky(rng, 0.3)] * 3, ["", "市长"] * 3)
    cast = {"": tone, "市长": replace(tone, voice="other")}
    gains = balance_speakers(timeline, cast, TARGETS["podcast"])
    assert gains["市长"] - gains[""] == pytest.approx(20 * np.log10(1 / 0.3), abs=0.2)
    louder = {**cast, "市长": replace(cast["市长"], volume=41)}
    assert balance_speakers(timeline, louder, TARGETS["podcast"])["市长"] - gains[
        "市长"
    ] == pytest.approx(3, abs=0.05)


def test_one_gain_for_the_whole_so_that_no_level_pumps(tone: Voice, tmp_path: Path) -> None:
    """The difference between a soft and a loud passage stays as recorded."""
    quiet, loud = sine(300, 0.02, 2), sine(300, 0.2, 2)
    clips = [Clip(s, RATE, (Span(0, len(s)),)) for s in (quiet, loud, quiet)]
    timeline = timeline_of(clips)
    file = OutputFile(tmp_path / "a.wav", AUDIO_FORMATS["wav"])
    master(timeline, {"": tone}, parse_target("podcast"), [file])
    whole = np.concatenate([b for _, b in decode_audio(file.path)])
    heard = [np.abs(whole[p.start + 1000 : p.start + RATE]).max() for p in timeline.clips]
    assert heard[1] / heard[0] == pytest.approx(10, rel=0.01)
    assert heard[2] == heard[0]


def test_an_overshoot_lowers_the_ceiling() -> None:
    setting = MasterSetting(3.0, -2.0)
    quiet = LoudnessLevel(loudness=-16.1, true_peak=-1.2, peak=-4, rms=-20, floor=-90)
    loud = replace(quiet, true_peak=-0.6)
    assert correct_setting(setting, TARGETS["podcast"], [quiet, quiet]) == setting
    lower = correct_setting(setting, TARGETS["podcast"], [quiet, loud])
    assert lower.gain == 3.0
    assert lower.ceiling == pytest.approx(-2.65)


def measured(loudness: float, true_peak: float = -5.0, rms: float = -20.0) -> LoudnessLevel:
    return LoudnessLevel(loudness=loudness, true_peak=true_peak, peak=-6, rms=rms, floor=-90)


@pytest.mark.parametrize(
    ("target", "levels", "gain", "ceiling"),
    [
        ("podcast", [measured(-16.2)], 3.0, -2.0),  # within 0.2 dB
        ("podcast", [measured(-16.3)], 3.3, -2.0),
        ("podcast", [measured(-15.5)], 2.5, -2.0),
        ("podcast", [measured(-16.4), measured(-15.9)], 3.0, -2.0),  # one softer, one louder
        ("podcast", [measured(-17.0), measured(-16.0)], 3.5, -2.0),
        ("podcast", [measured(-70.0)], 3.0, -2.0),  # silence has no level
        ("podcast", [measured(-69.9)], 56.9, -2.0),
        ("podcast", [measured(-16.0, true_peak=-1.0)], 3.0, -2.0),  # at the ceiling
        ("podcast", [measured(-16.0, true_peak=-0.5)], 3.0, -2.75),
        ("acx", [measured(-16.0, rms=-21.5)], 4.0, -2.0),
    ],
)
def test_how_a_setting_is_corrected(
    target: str, levels: list[LoudnessLevel], gain: float, ceiling: float
) -> None:
    corrected = correct_setting(MasterSetting(3.0, -2.0), TARGETS[target], levels)
    assert corrected.gain == pytest.approx(gain)
    assert corrected.ceiling == pytest.approx(ceiling)


def test_what_keeps_its_level_is_never_corrected() -> None:
    setting = MasterSetting()
    assert setting == MasterSetting(0.0, None)
    assert correct_setting(setting, TARGETS["none"], [measured(-9.0, true_peak=2.0)]) is setting


def test_one_voice_under_two_labels_is_one_voice(tone: Voice) -> None:
    rng = np.random.default_rng(0)
    timeline = timeline_of([spiky(rng), spiky(rng, 0.3)], ["", "市长"])
    cast = {"": tone, "市长": replace(tone, volume=100)}
    gains = balance_speakers(timeline, cast, TARGETS["podcast"])
    assert gains == {"": 0.0, "市长": pytest.approx(6.02, abs=0.01)}


def test_a_speaker_who_is_silent_is_not_raised(tone: Voice) -> None:
    silent = Clip(np.zeros(RATE, np.int16), RATE, (Span(0, RATE),))
    timeline = timeline_of([spiky(np.random.default_rng(0)), silent], ["", "市长"])
    cast = {"": tone, "市长": replace(tone, voice="other", volume=-50)}
    gains = balance_speakers(timeline, cast, TARGETS["podcast"])
    assert gains == {"": 0.0, "市长": pytest.approx(-6.02, abs=0.01)}
    kept_level = balance_speakers(timeline, {**cast, "": replace(tone, volume=41)}, TARGETS["none"])
    assert kept_level == {
        "": pytest.approx(2.98, abs=0.01),
        "市长": pytest.approx(-6.02, abs=0.01),
    }


def test_the_encoding_is_reported_to_its_end(tone: Voice, tmp_path: Path) -> None:
    steps: list[Step] = []
    timeline = timeline_of([Tone(tone).synthesize(line("你", "好"))])
    timeline = replace(timeline, length=3 * RATE + 100)
    file = OutputFile(tmp_path / "a.wav", AUDIO_FORMATS["wav"])
    master(timeline, {"": tone}, parse_target("none"), [file], steps.append)
    assert [step.done for step in steps] == [65_536, 72_100]
    assert {(step.total, step.text) for step in steps} == {(72_100, "3 s of audio")}


@pytest.mark.parametrize(
    ("name", "lufs", "rms", "ceiling"),
    [
        ("podcast", -16.0, None, -1.0),
        ("ebu-r128", -23.0, None, -1.0),
        ("online-cn", -15.0, None, -1.0),
        ("acx", None, -20.5, -3.0),
        ("none", None, None, np.inf),
        ("-8", -8.0, None, -1.0),
        ("-40", -40.0, None, -1.0),
    ],
)
def test_what_the_targets_require(
    name: str, lufs: float | None, rms: float | None, ceiling: float
) -> None:
    target = parse_target(name)
    assert (target.lufs, target.rms, target.ceiling) == (lufs, rms, ceiling)
    assert target.keeps_level == (name == "none")


@pytest.mark.parametrize(
    ("lead_in", "tail", "as_required"),
    [(0.3, 0.5, (0.5, 1.0)), (0.75, 3.0, (0.75, 3.0)), (2.0, 9.0, (1.0, 5.0))],
)
def test_acx_wants_silence_at_both_ends_but_not_too_much(
    lead_in: float, tail: float, as_required: tuple[float, float]
) -> None:
    acx = TARGETS["acx"]
    pauses = acx.with_edges(Pauses(lead_in=lead_in, tail=tail))
    assert (pauses.lead_in, pauses.tail) == as_required
    assert (acx.sample_rate, acx.bitrate, acx.longest) == (44_100, 192_000, 7200.0)
    free = TARGETS["podcast"].with_edges(Pauses(lead_in=0.0, tail=99.0))
    assert (free.lead_in, free.tail) == (0.0, 99.0)


@pytest.mark.parametrize("name", ["loud", "-3", "-7.9", "-40.1", "-60", "nan", ""])
def test_an_unknown_target(name: str) -> None:
    with pytest.raises(UsageError, match="loudness is .*podcast, ebu-r128, online-cn, acx, none"):
        parse_target(name)


def level_of(path: Path) -> LoudnessLevel:
    decoded = list(decode_audio(path))
    return measure_level([block for _, block in decoded], decoded[0][0])


def test_an_mp3_of_full_scale_sound_is_as_loud_as_it_was(tmp_path: Path) -> None:
    """The writer makes up for the 5 % that LAME takes off."""
    samples = np.rint(32767 * np.sin(np.arange(48_000) / 7)).astype(np.int16)
    clip = Clip(samples, 24_000, (Span(0, len(samples)),))
    timeline = place([line("一")], [clip], {"": Pauses()})
    path = tmp_path / "a.mp3"
    encode(stitch(timeline, {}), timeline.rate, path)
    before = measure_level(stitch(timeline, {}), 24_000)
    after = measure_level((block for _, block in decode_audio(path)), 24_000)
    assert after.loudness == pytest.approx(before.loudness, abs=0.2)
