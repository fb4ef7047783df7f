"""Speech over an original sound, and in a video, with real encoders."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import av
import numpy as np
import pytest
from av.stream import Disposition
from mutagen.id3 import APIC, ID3
from numpy.typing import NDArray

from speechcast.audio.encode import OutputFile
from speechcast.audio.formats import AUDIO_FORMATS
from speechcast.dub.dubbing import Dubbed, dub_subtitles
from speechcast.dub.mixing import DUCKING, FALL, HOLD, RISE, Envelope
from speechcast.dub.original import Original, decode_channels, read_original
from speechcast.dub.request import prepare_dubbing, read_subtitles
from speechcast.dub.tracks import SoundWriter
from speechcast.errors import SourceError, UsageError
from speechcast.model import Span
from speechcast.preferences import Preferences
from speechcast.request import AudioOptions, resolve_request
from speechcast.synthesis.resources import NO_CACHE
from tests.support.videos import RATE, SECONDS, noise, write_sound, write_video

SRT = "1\n00:00:03,000 --> 00:00:04,000\n一二三四五\n\n"  # a second of tones

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f0"
    "1f0005000101a5f645400000000049454e44ae426082"
)


def packets(path: Path, stream: int) -> list[tuple[bytes, float]]:
    """Return the bytes and the time of each packet of a stream."""
    with av.open(str(path)) as container:
        start = (container.start_time or 0) / 1_000_000
        return [
            (bytes(p), round(float(p.pts * p.time_base) - start, 2))
            for p in container.demux(container.streams[stream])
            if p.dts is not None and p.pts is not None and p.time_base
        ]


def dub(folder: Path, over: Path, *, loudness: str | None = "-16", formats: str = "wav") -> Dubbed:
    lines = folder / "lines.srt"
    lines.write_text(SRT, "utf-8")
    subtitles = read_subtitles(lines)
    request = resolve_request(
        subtitles.document,
        "lines",
        folder / "out",
        Preferences(voice="tone"),
        audio=AudioOptions(formats=tuple(formats.split(",")), loudness=loudness),
    )
    dubbing = prepare_dubbing(request, subtitles)
    return dub_subtitles(dubbing, read_original(over), resources=NO_CACHE)


def level(samples: NDArray[np.int16], start: float, end: float) -> float:
    """Return the level of mono samples between two times, in dB."""
    part = samples[round(start * RATE) : round(end * RATE)].astype(np.float64)
    return float(20 * np.log10(np.sqrt(np.square(part).mean()) / 32768))


def test_the_envelope_falls_before_the_speech_and_rises_after_it() -> None:
    envelope = Envelope([Span(3 * RATE, 4 * RATE)], RATE, 15.0)
    db = 20 * np.log10(envelope.gains(0, 6 * RATE))
    times = {
        0.0: 0.0,
        3.0 - FALL: 0.0,
        3.0 - FALL / 2: -7.5,
        3.0: -15.0,
        3.5: -15.0,
        4.0: -15.0,
        4.0 + RISE / 2: -7.5,
        4.0 + RISE: 0.0,
        5.9: 0.0,
    }
    for time, expected in times.items():
        assert db[round(time * RATE)] == pytest.approx(expected, abs=0.01)


def test_a_pause_in_the_speech_is_longer_than_a_fall_and_a_rise() -> None:
    assert HOLD >= FALL + RISE


def test_speech_at_the_very_beginning_is_over_a_low_original() -> None:
    gains = Envelope([Span(0, RATE)], RATE, 20.0).gains(0, 100)
    assert gains == pytest.approx(0.1, abs=0.001)


@pytest.mark.parametrize("channels", [1, 2])
def test_the_original_is_lowered_under_the_speech(tmp_path: Path, channels: int) -> None:
    samples = noise(channels)
    result = dub(tmp_path, write_sound(tmp_path / "original.wav", samples))
    (path,) = result.audio
    mixed = np.concatenate(list(decode_channels(path, RATE, channels))).reshape(-1, channels)
    assert len(mixed) == len(samples)
    quiet = samples[:, 0]
    untouched = mixed[: 2 * RATE, 0].astype(int) - quiet[: 2 * RATE]
    assert np.abs(untouched).max() <= 1
    assert level(mixed[:, 0], 5, 6) == pytest.approx(level(quiet, 5, 6), abs=0.05)
    speech = mixed[:, 0] - 10 ** (-DUCKING / 20) * quiet
    loudness = -16 - 10 * np.log10(channels)  # two channels of the same are as loud as twice one
    assert level(speech, 3.1, 3.9) == pytest.approx(loudness, abs=3)  # LUFS of a tone and dB differ
    # Just before the tones begin the original has nearly fallen.
    assert level(mixed[:, 0], 2.98, 2.999) == pytest.approx(level(quiet, 2.98, 2.999) - 14.4, abs=1)


def test_the_speech_is_as_loud_as_the_original_unless_told_otherwise(tmp_path: Path) -> None:
    original = write_sound(tmp_path / "original.wav", noise(1))
    result = dub(tmp_path, original, loudness=None)
    assert result.soundtrack is not None
    assert result.soundtrack.original is not None
    loudness = result.soundtrack.original.loudness
    assert result.soundtrack.speech == pytest.approx(max(-24.0, loudness), abs=0.06)


def test_a_mix_that_would_clip_is_limited(tmp_path: Path) -> None:
    loud = (noise(2).astype(np.int32) * 12).clip(-32768, 32767).astype(np.int16)
    result = dub(tmp_path, write_sound(tmp_path / "original.wav", loud), loudness="-10")
    assert result.levels[0].peak <= -1.9


def test_files_of_every_format_are_of_the_originals_length(tmp_path: Path) -> None:
    original = write_sound(tmp_path / "original.flac", noise(2), "flac")
    result = dub(tmp_path, original, formats="mp3,m4b,opus,flac,wav")
    for path in result.audio:
        length = sum(len(block) for block in decode_channels(path, RATE, 2)) / 2 / RATE
        assert length == pytest.approx(SECONDS, abs=0.03), path


@pytest.mark.parametrize(
    "suffix",
    [".mp4", *(pytest.param(s, marks=pytest.mark.slow) for s in (".mkv", ".mov", ".webm"))],
)
def test_a_video_gets_a_further_track_and_keeps_all_others(tmp_path: Path, suffix: str) -> None:
    original = write_video(tmp_path / f"film{suffix}")
    result = dub(tmp_path, original)
    assert result.video == tmp_path / f"out/lines{suffix}"
    with av.open(str(result.video)) as container:
        kinds = [stream.type for stream in container.streams]
        assert container.metadata["title"] == "Original"
        if suffix != ".mov":  # whose list of languages is another
            assert container.streams.audio[1].metadata["language"] == "zho"
        fonts = [stream.data for stream in container.streams.attachments]
    assert [kind for kind in kinds if kind != "attachment"] == ["video", "audio", "audio"]
    assert fonts == ([b"a font"] if suffix == ".mkv" else [])
    assert result.soundtrack
    assert result.soundtrack.left_out == ()
    with av.open(str(original)) as container:
        copied = [s.index for s in container.streams if s.type in {"video", "audio"}]
    for stream in copied:
        before, after = packets(original, stream), packets(result.video, stream)
        assert [data for data, _ in after] == [data for data, _ in before]
        shifts = {round(b - a, 2) for (_, a), (_, b) in zip(before, after, strict=True)}
        assert max(shifts) - min(shifts) <= 0.02


def test_the_new_track_is_in_step_with_the_pictures(tmp_path: Path) -> None:
    result = dub(tmp_path, write_video(tmp_path / "film.mp4"))
    with av.open(str(result.video)) as container:
        frames = [
            (float(f.pts * f.time_base), f.to_ndarray()) for f in container.decode(audio=1)
            if f.pts is not None and f.time_base
        ]  # fmt: skip
    loud = [time for time, block in frames if block.std() > 0.07]  # the noise has 0.03
    assert loud[0] == pytest.approx(3.0, abs=0.03)  # a frame of the encoder
    assert loud[-1] == pytest.approx(4.0, abs=0.03)


@pytest.mark.parametrize(("channels", "times"), [(1, 1), (2, 1.5)])
def test_two_channels_get_half_as_many_bits_again(
    tmp_path: Path, channels: int, times: float
) -> None:
    form = AUDIO_FORMATS["mp3"]
    usual = form.choose_bitrate(RATE, None)
    assert usual
    file = OutputFile(tmp_path / "a.mp3", form)
    original = Original(tmp_path, RATE, channels, RATE, -20.0, video=False, sound=True)
    with closing(SoundWriter(file, original)) as writer:
        writer.write(noise(channels, 1.0).reshape(-1))
        writer.finish()
    with av.open(str(file.path)) as container:
        assert container.streams.audio[0].bit_rate == form.choose_bitrate(RATE, int(usual * times))


def test_a_silent_video_gets_the_speech_alone(tmp_path: Path) -> None:
    result = dub(tmp_path, write_video(tmp_path / "film.mp4", sound=False))
    assert result.video
    with av.open(str(result.video)) as container:
        assert [stream.type for stream in container.streams] == ["video", "audio"]
    samples = np.concatenate(list(decode_channels(result.audio[0], RATE, 1)))
    assert not samples[: 2 * RATE].any()


def test_a_sound_with_a_cover_is_no_video(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "song.mp3", noise(2, 1.0), "libmp3lame")
    tags = ID3()
    tags.add(APIC(mime="image/png", type=3, data=PNG))
    tags.save(path)
    assert not read_original(path).video


def test_what_cannot_be_dubbed_over_is_refused(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"no film")
    with pytest.raises(SourceError, match="no sound or video that PyAV can play"):
        read_original(tmp_path / "film.mp4")
    with pytest.raises(SourceError, match="does not exist"):
        read_original(tmp_path / "none.mp4")
    film = write_video(tmp_path / "film.avi")
    with pytest.raises(UsageError, match=r"film\.avi cannot take another track"):
        dub(tmp_path, film)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("default", [0, 1])
def test_of_several_tracks_the_default_one_is_mixed(tmp_path: Path, default: int) -> None:
    """As players play it; the silent one stands for a commentary."""
    path = tmp_path / "two.mkv"
    with av.open(str(path), "w") as container:
        tracks = [container.add_stream("pcm_s16le", rate=RATE, layout="mono") for _ in range(2)]
        for number, track in enumerate(tracks):
            track.disposition = Disposition.default if number == default else Disposition(0)
        for number, track in enumerate(tracks):
            samples = np.full((1, RATE), 8000 * number, np.int16)
            frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
            frame.sample_rate, frame.pts = RATE, 0
            container.mux(track.encode(frame))
            container.mux(track.encode(None))
    sound = np.concatenate(list(decode_channels(path, RATE, 1)))
    assert sound.max() == 8000 * default


def test_a_picture_is_no_original(tmp_path: Path) -> None:
    (tmp_path / "cover.png").write_bytes(PNG)
    with pytest.raises(SourceError, match=r"cover\.png is a picture, no sound or video$"):
        read_original(tmp_path / "cover.png")
