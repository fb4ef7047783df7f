"""The players of this machine play into a sink that no one hears, from start to end."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from speechcast.engines.base import SAMPLE_RATE
from speechcast.errors import PlaybackError
from speechcast.model import Voice
from speechcast.playback.playback import Playback
from speechcast.playback.players import find_players
from tests.playback.test_playback import clip_of, timeline_of
from tests.support.waiting import wait_until

pytestmark = pytest.mark.slow

NULL_DEVICE = "pcm.!default { type null }\n"


@pytest.fixture
def silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the players of ALSA and SDL a device that is not heard, and no other."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("PULSE_SERVER", str(tmp_path / "native"))
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    (tmp_path / ".asoundrc").write_text(NULL_DEVICE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def pulse(silent: Path) -> Iterator[None]:
    """Run a sound server of our own, whose only device is not heard."""
    program = shutil.which("pulseaudio")
    if program is None:
        pytest.skip("needs pulseaudio, for a device that is not heard")
    modules = "-L|module-null-sink|-L|module-native-protocol-unix socket=native".split("|")
    options = ["-n", "--exit-idle-time=-1", "--use-pid-file=no", "--daemonize=no", *modules]
    options[-1] = f"module-native-protocol-unix auth-anonymous=1 socket={silent}/native"
    with subprocess.Popen([program, *options], stderr=subprocess.DEVNULL) as server:
        try:
            wait_until(lambda: (silent / "native").exists() or server.poll() is not None)
            if server.poll() is not None:
                pytest.skip("pulseaudio does not start here")
            yield
        finally:
            server.terminate()


def play_with(name: str, tone: Voice) -> None:
    """Play half a second; fail if the player does not take all of it."""
    players = [player for player in find_players() if player.name == name]
    timeline = timeline_of([clip_of(0.2), clip_of(0.2)], [1200, 1200])
    with closing(Playback(players, {"": tone}, SAMPLE_RATE)) as playback:
        for placed in timeline.clips:
            playback.add(placed)
        playback.finish(timeline.length)


@pytest.mark.parametrize("name", ["aplay", "ffplay"])
def test_a_player_of_the_system_plays(silent: Path, tone: Voice, name: str) -> None:
    del silent
    if shutil.which(name) is None:
        pytest.skip(f"needs {name}")
    play_with(name, tone)


@pytest.mark.parametrize("name", ["paplay", "pw-cat"])
def test_a_player_of_a_sound_server_plays(pulse: None, tone: Voice, name: str) -> None:
    del pulse
    if shutil.which(name) is None:
        pytest.skip(f"needs {name}")
    if name == "pw-cat":
        pytest.skip("needs a PipeWire server, which no test starts")
    play_with(name, tone)


def test_the_output_device_plays(silent: Path, tone: Voice) -> None:
    del silent
    if importlib.util.find_spec("sounddevice") is None:
        pytest.skip("needs pip install 'speechcast[play]'")
    try:
        play_with("sounddevice", tone)
    except PlaybackError as exc:
        if os.name == "nt" or "PortAudio library" in str(exc) or "device" in str(exc):
            pytest.skip(str(exc))
        raise


@pytest.mark.parametrize("name", ["paplay", "aplay", "ffplay", "pw-cat"])
def test_a_player_without_a_device_says_so(
    silent: Path, tone: Voice, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    if shutil.which(name) is None:
        pytest.skip(f"needs {name}")
    (silent / ".asoundrc").write_text("pcm.!default { type hw card 31 }\n", encoding="utf-8")
    monkeypatch.setenv("SDL_AUDIODRIVER", "alsa")
    with pytest.raises(PlaybackError, match=rf"\({name}: .+\)$"):
        play_with(name, tone)
