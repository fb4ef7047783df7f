"""The players' processes: what they are given, and what they say where they fail."""

from __future__ import annotations

import io
import struct
import sys
import wave
from contextlib import closing
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from speechcast.errors import PlaybackError
from speechcast.playback.sinks import (
    DeviceSink,
    FileSink,
    PipeSink,
    to_counted_wav,
    to_raw,
    to_wav,
)
from tests.support.players import POSIX, install_player

pytestmark = POSIX

RATE = 8000
SAMPLES = np.arange(-50, 50, dtype=np.int16)
COPY = """
with open(sys.argv[-1], "rb") as piece, open({heard!r}, "ab") as heard:
    heard.write(piece.read())
"""
COMPLAIN = "print('x' * 200, file=sys.stderr); print('  ', file=sys.stderr); sys.exit(3)"


def program(folder: Path, name: str) -> str:
    return str(folder / "programs" / name)


def test_a_player_of_files_gets_each_piece_as_a_wav(tmp_path: Path) -> None:
    heard = install_player(tmp_path, "copies", COPY)
    with closing(FileSink([program(tmp_path, "copies"), "-q"], RATE)) as sink:
        sink.write(SAMPLES)
        sink.write(SAMPLES[:7])
        sink.finish()
    assert heard.read_bytes() == to_wav(SAMPLES, RATE) + to_wav(SAMPLES[:7], RATE)


def test_the_last_line_of_a_player_of_files_is_its_reason(tmp_path: Path) -> None:
    install_player(tmp_path, "complains", COMPLAIN)
    sink = FileSink([program(tmp_path, "complains")], RATE)
    with closing(sink), pytest.raises(PlaybackError, match="^x{120}$"):
        sink.write(SAMPLES)


def test_a_player_of_files_that_is_stopped_plays_nothing_more(tmp_path: Path) -> None:
    install_player(tmp_path, "waits", "import time; time.sleep(1000)")
    with closing(FileSink([program(tmp_path, "waits")], RATE)) as sink:
        sink.stop()
        with pytest.raises(PlaybackError, match="^it ended before the sound did$"):
            sink.write(SAMPLES)


def test_the_header_of_a_stream_comes_once(tmp_path: Path) -> None:
    heard = install_player(
        tmp_path, "reads", "open({heard!r}, 'wb').write(sys.stdin.buffer.read()); "
        "print('a remark', file=sys.stderr)"
    )  # fmt: skip
    with closing(PipeSink([program(tmp_path, "reads")], RATE, to_raw, header=b"head")) as sink:
        sink.write(SAMPLES)
        sink.write(SAMPLES[:7])
        sink.finish()
    assert heard.read_bytes() == b"head" + to_raw(SAMPLES, RATE) + to_raw(SAMPLES[:7], RATE)


def test_a_player_that_cannot_be_started_says_why(tmp_path: Path) -> None:
    with pytest.raises(PlaybackError, match="^cannot be started: No such file or directory$"):
        PipeSink([str(tmp_path / "none")], RATE, to_raw)


def test_a_wav_says_its_form_and_its_size() -> None:
    counted = to_counted_wav(SAMPLES, RATE)
    (size,) = struct.unpack("<i", counted[:4])
    assert size == len(counted) - 4 == 44 + 2 * len(SAMPLES)
    with wave.open(io.BytesIO(counted[4:])) as file:
        assert file.getparams()[:4] == (1, 2, RATE, len(SAMPLES))
        assert file.readframes(100) == SAMPLES.tobytes()


# The output device. No machine of the tests has one, so that PortAudio's module is stood in for.


class _PortAudioError(Exception):
    pass


class _Stream:
    """What `sounddevice.RawOutputStream` does, as far as it is used; it keeps what it is given."""

    def __init__(self, **form: object) -> None:
        self.form, self.calls, self.blocks = form, list[str](), list[bytes]()
        self.broken = ""
        _Stream.last = self

    last: _Stream

    def _do(self, call: str) -> None:
        self.calls.append(call)
        if self.broken == call:
            raise _PortAudioError(f"{call} fails")

    def write(self, block: bytes) -> None:
        self._do("write")
        self.blocks.append(block)

    def start(self) -> None:
        self._do("start")

    def stop(self) -> None:
        self._do("stop")

    def abort(self) -> None:
        self._do("abort")

    def close(self) -> None:
        self._do("close")


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> DeviceSink:
    module = ModuleType("sounddevice")
    vars(module).update(PortAudioError=_PortAudioError, RawOutputStream=_Stream)
    monkeypatch.setitem(sys.modules, "sounddevice", module)
    return DeviceSink(RATE)


def test_a_device_is_given_a_tenth_of_a_second_at_a_time(device: DeviceSink) -> None:
    samples = np.arange(2 * RATE // 10 + 1, dtype=np.int16)
    device.write(samples)
    device.finish()
    device.close()
    stream = _Stream.last
    assert stream.form == {"samplerate": RATE, "channels": 1, "dtype": "int16"}
    assert [len(block) // 2 for block in stream.blocks] == [800, 800, 1]
    assert b"".join(stream.blocks) == samples.tobytes()
    assert stream.calls == ["start", "write", "write", "write", "stop", "abort", "close"]


def test_a_device_that_is_stopped_takes_no_more(device: DeviceSink) -> None:
    device.stop()
    device.write(SAMPLES)
    assert _Stream.last.blocks == []


@pytest.mark.parametrize("call", ["write", "stop"])
def test_a_device_that_fails_says_why(device: DeviceSink, call: str) -> None:
    _Stream.last.broken = call
    with pytest.raises(PlaybackError, match=f"^{call} fails$"):
        device.write(SAMPLES)
        device.finish()
    _Stream.last.broken = "abort"
    device.close()  # what fails now concerns nobody


def test_a_machine_without_a_device_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("sounddevice")

    def open_none(**_form: object) -> None:
        raise _PortAudioError("no default output device")

    vars(module).update(PortAudioError=_PortAudioError, RawOutputStream=open_none)
    monkeypatch.setitem(sys.modules, "sounddevice", module)
    with pytest.raises(PlaybackError, match="^no default output device$"):
        DeviceSink(RATE)
