"""The players' processes: what they are given, and what they say where they fail."""

from __future__ import annotations

import io
import struct
import wave
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from speechcast.errors import PlaybackError
from speechcast.playback.sinks import FileSink, PipeSink, to_counted_wav, to_raw, to_wav
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
