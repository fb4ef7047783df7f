"""Which players there are, and how each is started."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from speechcast.playback.players import find_players
from speechcast.playback.sinks import make_wav_header, to_counted_wav, to_raw, to_wav
from tests.support.players import POSIX, install_player

pytestmark = POSIX

RATE = 8_000
SAMPLES = np.arange(100, dtype=np.int16)
NOTE = """
import json
data = open(sys.argv[-1], "rb").read() if sys.argv[-1].endswith(".wav") else sys.stdin.buffer.read()
with open({heard!r}, "wb") as heard:
    heard.write(json.dumps(sys.argv[1:]).encode() + b"\\n" + data)
"""
RAW = to_raw(SAMPLES, RATE)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path / "programs"))
    monkeypatch.setattr("speechcast.playback.players.find_spec", lambda _: None)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "options", "data"),
    [
        ("paplay", ["--raw", "--rate=8000", "--channels=1", "--format=s16le"], RAW),
        ("pw-cat", ["--playback", "--raw", "--rate=8000", "--channels=1", "--format=s16"], RAW),
        ("aplay", ["--quiet", "--file-type=raw", "--format=S16_LE", "--rate=8000"], RAW),
        ("ffplay", ["-nodisp", "-autoexit", "-loglevel", "fatal"], make_wav_header(RATE) + RAW),
        ("afplay", [], to_wav(SAMPLES, RATE)),
        ("powershell", ["-NoProfile", "-NonInteractive"], to_counted_wav(SAMPLES, RATE)),
    ],
)
def test_a_player_is_told_the_form_and_gets_every_sample(
    programs: Path, name: str, options: list[str], data: bytes
) -> None:
    heard = install_player(programs, name, NOTE)
    (player,) = find_players()
    assert player.name == name
    with closing(player.open(RATE)) as sink:
        sink.write(SAMPLES)
        sink.finish()
    arguments, played = heard.read_bytes().split(b"\n", 1)
    assert json.loads(arguments)[: len(options)] == options
    assert played == data


def test_those_that_begin_soonest_come_first(programs: Path) -> None:
    names = ["aplay", "powershell", "paplay", "afplay", "ffplay", "pw-cat"]
    for name in names:
        install_player(programs, name, NOTE)
    assert [player.name for player in find_players()] == [
        "paplay",
        "pw-cat",
        "aplay",
        "ffplay",
        "afplay",
        "powershell",
    ]
