"""Every audio format: as long as the timeline and in step with it, at every sample rate."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from speechcast.audio.decode import DecodeError, decode_audio, read_played_length
from speechcast.audio.encode import OutputFile, encode
from speechcast.audio.formats import AUDIO_FORMATS, parse_audio_formats
from speechcast.audio.loudness import measure_level
from speechcast.audio.played_level import AHEAD, PlayedLevel
from speechcast.audio.resample import resampled_length
from speechcast.audio.stitch import BLOCK, stitch
from speechcast.engines.tone import Tone
from speechcast.errors import UsageError
from speechcast.model import Clip, Pauses, Span, Timeline, Voice
from speechcast.timeline import place
from tests.support.speeches import heard, line

RATE = 24_000
EXACT = ("mp3", "flac", "wav")
RATES = {name: [r for r in f.rates if r >= 16_000] for name, f in AUDIO_FORMATS.items()}
EVERY = [(name, rate) for name, rates in RATES.items() for rate in rates]


def clicks(count: int) -> Timeline:
    """Return short bursts, 0.6 seconds and an odd number of samples apart."""
    time = np.arange(480)
    burst = np.rint(12_000 * np.hanning(480) * np.sin(2 * np.pi * 1000 * time / RATE))
    clip = Clip(burst.astype(np.int16), RATE, (Span(0, 480),))
    return place([line("一")] * count, [clip] * count, {"": Pauses(sentence=0.60007)})


def write(timeline: Timeline, *files: OutputFile) -> None:
    encode(stitch(timeline, {}), timeline.rate, *files)


def middles(samples: NDArray[np.float64], rate: int) -> list[float]:
    """Return the times of the middle of each burst, in seconds."""
    power = np.square(samples)
    loud = np.flatnonzero(power > power.max() / 100)
    bursts = np.split(loud, np.flatnonzero(np.diff(loud) > rate / 10) + 1)
    return [float(np.average(b, weights=power[b])) / rate for b in bursts]


@pytest.mark.parametrize(("name", "rate"), EVERY)
def test_every_sound_is_at_its_time(name: str, rate: int, tmp_path: Path) -> None:
    timeline = clicks(40)
    path = tmp_path / "a"
    encode(
        stitch(timeline, {}), timeline.rate, OutputFile(path, AUDIO_FORMATS[name], sample_rate=rate)
    )
    decoded, played_at = heard(path)
    expected = [(p.start + 239.5) / RATE for p in timeline.clips]
    assert middles(decoded, played_at) == pytest.approx(expected, abs=0.0005)
    length = resampled_length(played_at, timeline.length, RATE)
    assert read_played_length(path) == (length, played_at)
    if name in EXACT:
        assert len(decoded) == length


@pytest.mark.parametrize("name", AUDIO_FORMATS)
@pytest.mark.parametrize("length", [600, 1153, 2 * BLOCK, 2 * BLOCK + 1])
def test_any_length_is_preserved(name: str, length: int, tmp_path: Path) -> None:
    timeline = Timeline((), RATE, length)
    path = tmp_path / "a"
    write(timeline, OutputFile(path, AUDIO_FORMATS[name]))
    samples, rate = read_played_length(path)
    assert samples == resampled_length(rate, length, RATE)


@pytest.mark.parametrize("over", [0, 1, 20, 46, 47, 48, 300, 575, 1151])
@pytest.mark.parametrize(("rate", "frame"), [(48_000, 1152), (22_050, 576)])
def test_an_mp3_ends_in_any_part_of_a_frame(
    rate: int, frame: int, over: int, tmp_path: Path
) -> None:
    """FFmpeg's own command turns 1 to 46 samples beyond a frame into 47."""
    path = tmp_path / "a.mp3"
    timeline = Timeline((), rate, 100 * frame + over)
    encode(
        stitch(timeline, {}),
        timeline.rate,
        OutputFile(path, AUDIO_FORMATS["mp3"], sample_rate=rate),
    )
    assert len(heard(path)[0]) == timeline.length


@pytest.mark.parametrize("name", ["flac", "wav"])
def test_a_lossless_format_loses_nothing(name: str, tone: Voice, tmp_path: Path) -> None:
    utterance = line("你", "好")
    timeline = place([utterance], [Tone(tone).synthesize(utterance)], {"": Pauses()})
    path = tmp_path / "a"
    write(timeline, OutputFile(path, AUDIO_FORMATS[name]))
    original = np.concatenate(list(stitch(timeline, {})))
    assert (np.concatenate([b for _, b in decode_audio(path)]) == original).all()


def test_another_rate_keeps_the_sound(tmp_path: Path) -> None:
    """A tone of 9 kHz survives at 44.1 kHz; at 16 kHz, which cannot hold it, it vanishes."""
    time = np.arange(2 * RATE) / RATE
    tone = np.rint(10_000 * np.sin(2 * np.pi * 9000 * time)).astype(np.int16)
    timeline = place([line("一")], [Clip(tone, RATE, (Span(0, len(tone)),))], {"": Pauses()})
    levels = {}
    for rate in (16_000, 44_100):
        path = tmp_path / str(rate)
        encode(
            stitch(timeline, {}),
            timeline.rate,
            OutputFile(path, AUDIO_FORMATS["wav"], sample_rate=rate),
        )
        levels[rate] = heard(path)[0][rate : 2 * rate].std() / (tone / 32768)[RATE:].std()
    assert levels[44_100] == pytest.approx(1, abs=0.01)
    assert levels[16_000] < 0.001


def test_several_files_are_written_at_once(tone: Voice, tmp_path: Path) -> None:
    utterance = line("你", "好")
    timeline = place([utterance], [Tone(tone).synthesize(utterance)], {"": Pauses()})
    apart, together = tmp_path / "apart", tmp_path / "together"
    for name in AUDIO_FORMATS:
        encode(
            stitch(timeline, {}),
            timeline.rate,
            OutputFile(file_in(apart, name), AUDIO_FORMATS[name]),
        )
    every = [OutputFile(file_in(together, name), AUDIO_FORMATS[name]) for name in AUDIO_FORMATS]
    write(timeline, *every)
    for name in AUDIO_FORMATS:
        assert file_in(apart, name).read_bytes() == file_in(together, name).read_bytes()


def file_in(folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    return folder / name


@pytest.mark.parametrize("bitrate", [64_000, 128_000, 192_000])
def test_an_mp3_is_of_a_constant_bitrate(bitrate: int, tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    timeline = clicks(20)
    encode(
        stitch(timeline, {}),
        timeline.rate,
        OutputFile(path, AUDIO_FORMATS["mp3"], sample_rate=44_100, bitrate=bitrate),
    )
    seconds = timeline.length / RATE
    assert path.stat().st_size * 8 / seconds == pytest.approx(bitrate, rel=0.02)


def test_formats_by_their_names() -> None:
    assert [f.name for f in parse_audio_formats("mp3, FLAC,mp3")] == ["mp3", "flac"]
    for wrong in ("ogg", "mp3,aiff", ""):
        with pytest.raises(UsageError, match="mp3, m4b, opus, flac, wav"):
            parse_audio_formats(wrong)


@pytest.mark.parametrize(
    ("name", "rate", "bitrate", "why"),
    [
        ("mp3", 96_000, None, "--sample-rate is 96000; mp3 allows 8000, .* 48000"),
        ("opus", 44_100, None, "--sample-rate is 44100; opus allows 8000, .* 48000"),
        ("mp3", 24_000, None, "--sample-rate is 24000; mp3 allows .* 22050, 32000,"),
        ("mp3", 22_050, 192_000, "--bitrate is 192k; mp3 at 22050 Hz allows .* 160k$"),
        ("mp3", 44_100, 100_000, "--bitrate is 100k; mp3 at 44100 Hz allows .* 320k$"),
        ("m4b", None, 1_000_000, "--bitrate is 1000k; m4b at 24000 Hz allows 16k to 288k"),
    ],
)
def test_options_that_a_format_does_not_allow(
    name: str, rate: int | None, bitrate: int | None, why: str
) -> None:
    with pytest.raises(UsageError, match=why):
        AUDIO_FORMATS[name].validate(rate, bitrate)


def test_an_mp3_has_no_rate_that_decoders_disagree_on() -> None:
    """At 24 kHz FFmpeg 5.1 decodes one frame in ten of LAME's as noise, its own included."""
    assert 24_000 not in AUDIO_FORMATS["mp3"].rates
    assert AUDIO_FORMATS["mp3"].choose_rate(None, 24_000) == 48_000
    assert AUDIO_FORMATS["mp3"].choose_rate(16_000, 24_000) == 16_000


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
@pytest.mark.parametrize("length", [700, 30_001, 5 * RATE])
def test_the_level_is_measured_meanwhile_as_on_the_file(
    rate: int, length: int, tmp_path: Path
) -> None:
    """Exactly: of an mp3 the same samples are decoded, those of both ends included."""
    samples = np.random.default_rng(length).normal(0, 4000, length).astype(np.int16)
    files = [OutputFile(tmp_path / n, AUDIO_FORMATS[n], sample_rate=rate) for n in ("mp3", "wav")]
    mp3, wav = encode([samples], RATE, *files, measure=True)
    decoded = list(decode_audio(files[0].path))
    assert mp3 == measure_level((block for _, block in decoded), decoded[0][0])
    assert wav is None
    assert encode([samples], RATE, files[0]) == (None,)


def test_what_cannot_be_decoded_ends_the_encoding() -> None:
    import av

    with closing(PlayedLevel("flac", RATE)) as played:
        with pytest.raises(DecodeError):  # at the latest at the end
            for _ in range(3):
                played.add([av.Packet(b"nonsense" * 9)])
            played.finish()
        with pytest.raises(DecodeError):  # nobody takes it any more: it must not wait
            for _ in range(AHEAD + 2):
                played.add([])


def test_a_level_that_nobody_wants_any_more_ends() -> None:
    played = PlayedLevel("mp3float", RATE)
    played.close()
    assert played._level.done()
