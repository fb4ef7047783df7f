"""Sound files whose header lies: judged in bounded time and memory, and never a traceback."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from speechcast.audio import file_activity
from speechcast.audio.file_activity import measure_activity
from speechcast.errors import SourceError

TONE = (9000 * np.sin(np.arange(24_000) / 5)).astype("<i2").tobytes()


def wav(
    rate: int = 24_000,
    channels: int = 1,
    bits: int = 16,
    data: bytes = TONE,
    claimed: int | None = None,
    coding: int = 1,
) -> bytes:
    """The bytes of a WAV file, whose header says anything."""
    length = len(data) if claimed is None else claimed
    second = rate * channels * bits // 8 & 0xFFFFFFFF
    block = channels * bits // 8
    fields = struct.pack("<IHHIIHH", 16, coding, channels, rate, second, block, bits)
    riff = struct.pack("<I", 36 + length & 0xFFFFFFFF)
    return b"RIFF" + riff + b"WAVEfmt " + fields + b"data" + struct.pack("<I", length) + data


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (wav(rate=0), "not an audio file that PyAV can play"),
        (wav(rate=1), "states a sample rate of 1 Hz"),
        (wav(rate=3_999), "states a sample rate of 3999 Hz"),
        (wav(rate=384_001), "states a sample rate of 384001 Hz"),
        (wav(rate=10**9), "states a sample rate of 1000000000 Hz"),
        (wav(rate=2**32 - 1), "not an audio file that PyAV can play"),
        (wav(channels=0), "not an audio file that PyAV can play"),
        (wav(channels=200), "not an audio file that PyAV can play"),
        (wav(bits=0), "not an audio file that PyAV can play"),
        (wav(coding=99), "coded in a way that FFmpeg does not know"),
        (wav(data=b""), "contains no sound"),
        (wav()[:20], "not an audio file that PyAV can play"),
        (b"RIFF", "not an audio file that PyAV can play"),
        (b"", "not an audio file that PyAV can play"),
        ("你好。".encode(), "not an audio file that PyAV can play"),
    ],
)
def test_a_sound_that_is_none_is_refused(tmp_path: Path, data: bytes, complaint: str) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=complaint) as refused:
        measure_activity(path)
    assert refused.value.path == path


@pytest.mark.parametrize("rate", [4_000, 8_000, 384_000])
def test_the_slowest_and_fastest_rates_are_measured(tmp_path: Path, rate: int) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(wav(rate=rate))
    measured = measure_activity(path)
    assert (measured.rate, measured.length) == (rate, 24_000)
    assert len(measured.power) == 24_000 // round(rate / 400)


def test_the_power_of_every_frame_is_measured_from_the_first_sample(tmp_path: Path) -> None:
    """Over several of the decoder's blocks; what is less than a frame at the end is left out."""
    levels = np.arange(1, 1201) * 20  # of frames of 60 samples
    samples = np.append(np.repeat(levels, 60), [9_000] * 59).astype("<i2")
    path = tmp_path / "a.wav"
    path.write_bytes(wav(data=samples.tobytes()))
    measured = measure_activity(path)
    assert measured.length == len(samples)
    assert np.allclose(measured.power, np.square(levels / 32768), rtol=1e-9)


def test_a_length_that_is_claimed_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(wav(claimed=2**32 - 1))
    assert measure_activity(path).length == 24_000


def test_a_sound_of_more_than_a_day_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a day of one second, for the sake of the test's own time."""
    monkeypatch.setattr(file_activity, "_MAX_HOURS", 1 / 3600)
    path = tmp_path / "a.wav"
    path.write_bytes(wav())
    assert measure_activity(path).length == 24_000
    path.write_bytes(wav(data=TONE + b"\0\0"))
    with pytest.raises(SourceError, match="lasts more than"):
        measure_activity(path)


@pytest.mark.parametrize("rate", [4_000, 48_000])
def test_a_day_is_24_hours(rate: int) -> None:
    path = Path("a.wav")
    file_activity._require_plausible(path, rate, 24 * 60 * 60 * rate)
    with pytest.raises(SourceError, match=r"a\.wav lasts more than 24 hours; divide it"):
        file_activity._require_plausible(path, rate, 24 * 60 * 60 * rate + 1)
