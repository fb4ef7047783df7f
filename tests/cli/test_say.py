"""What is heard at once: `say`, `make --play` and `voices preview`, with players of ours."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from speechcast.audio.decode import decode_audio
from speechcast.cli.app import app
from tests.cli.test_command_line import names
from tests.support.players import (
    BREAK,
    LISTEN,
    POSIX,
    REFUSE,
    install_player,
    read_raw,
    search_path,
)
from tests.support.waiting import wait_until

pytestmark = [POSIX, pytest.mark.slow]
Captured = pytest.CaptureFixture[str]

DIALOGUE = """---
cast: {主持人: orator.toml}
---
主持人：请发言。

各位代表，大家好。今天开会。
"""
DEEP = 'description = "d"\nengine = "tone"\nvoice = "sine"\nlanguage = "zh-CN"\nrate = "-20%"\n'
Run = Callable[..., tuple[int, str, str]]
LONG = "".join(f"今天是第{n}天，天气很好。" for n in range(40))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder to work in, where nothing plays but the players installed there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", search_path(tmp_path)["PATH"])
    monkeypatch.setattr("speechcast.playback.players.find_spec", lambda _: None)
    (tmp_path / "speech.txt").write_text(DIALOGUE, encoding="utf-8")
    (tmp_path / "orator.toml").write_text(DEEP, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(capsys: Captured) -> Run:
    """Return what runs the program in this process: its exit code, and what it prints."""

    def run_in_process(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as exit_:
            app(list(arguments), prog_name="speechcast")
        code = exit_.value.code
        assert isinstance(code, int)
        return code, *capsys.readouterr()

    return run_in_process


def listed(folder: Path) -> list[str]:
    """Return the files, without those of the players."""
    return [n for n in names(folder) if not n.startswith(("programs/", "paplay", "aplay"))]


def test_say_plays_a_text_and_writes_nothing(folder: Path, run: Run) -> None:
    heard, before = install_player(folder, "paplay", LISTEN), listed(folder)
    code, output, _ = run("say", "各位代表，大家好。", "-v", "tone")
    assert (code, output) == (0, "")
    assert np.abs(read_raw(heard)).max() > 1000
    assert listed(folder) == before


def test_a_text_a_file_and_a_pipe_are_said_alike(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "同志们好。"
    (folder / "one.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    sounds = []
    for source in (text, "one.txt", "-"):
        heard = install_player(folder, "paplay", LISTEN)
        assert run("say", source, "-v", "tone")[0] == 0
        sounds.append(heard.read_bytes())
    assert sounds[0] == sounds[1] == sounds[2] != b""


def test_a_file_there_is_not_is_no_text(folder: Path, run: Run) -> None:
    install_player(folder, "paplay", LISTEN)
    code, _, errors = run("say", "nowhere.txt")
    expected = "error: nowhere.txt does not exist; check the name and the folder\n"
    assert (code, errors) == (1, expected)


def test_make_plays_the_timeline_to_the_sample(folder: Path, run: Run) -> None:
    """The pauses, the order and the length of the file; only the level may differ."""
    heard = install_player(folder, "paplay", LISTEN)
    options = ["-v", "tone", "--format", "wav"]
    assert run("make", "speech.txt", *options, "--play")[0] == 0
    written = np.concatenate([block for _, block in decode_audio(folder / "output/speech.wav")])
    played = read_raw(heard)
    assert len(played) == len(written)
    assert np.corrcoef(played, written)[0, 1] > 0.999
    assert ((played == 0) == (written == 0)).mean() > 0.99
    assert run("make", "speech.txt", *options, "-o", "2")[0] == 0
    assert (folder / "2/speech.wav").read_bytes() == (folder / "output/speech.wav").read_bytes()


def test_without_a_player_say_fails_and_make_goes_on(folder: Path, run: Run) -> None:
    reason = "nothing here can play sound; install a player ("
    code, _, errors = run("say", "大家好。", "-v", "tone")
    assert (code, errors.count("\n")) == (1, 1)
    assert errors.startswith(f"error: {reason}")
    code, _, errors = run("make", "speech.txt", "-v", "tone", "--play")
    assert code == 0
    assert errors.count(f"note: {reason}") == 1
    assert {"output/speech.mp3", "output/speech.srt"} <= set(names(folder))


def test_a_player_without_a_device_ends_say_and_not_make(folder: Path, run: Run) -> None:
    install_player(folder, "paplay", REFUSE)
    install_player(folder, "aplay", REFUSE)
    reason = "the sound cannot be played (paplay: no such device; aplay: no such device)"
    code, _, errors = run("say", "大家好。", "-v", "tone")
    assert code == 1
    assert errors.splitlines()[-1] == f"error: {reason}"
    code, _, errors = run("make", "speech.txt", "-v", "tone", "--play")
    assert code == 0
    assert errors.count(f"{reason}; the files are made all the same") == 1
    assert {"output/speech.mp3", "output/speech.srt"} <= set(names(folder))


def test_a_player_that_dies_midway_is_reported_once(folder: Path, run: Run) -> None:
    install_player(folder, "paplay", BREAK)
    (folder / "long.txt").write_text(LONG, encoding="utf-8")
    code, _, errors = run("make", "long.txt", "-v", "tone", "--play")
    assert code == 0
    assert errors.count("(paplay: the device is gone)") == 1
    assert "output/long.srt" in names(folder)
    code, _, errors = run("say", "long.txt", "-v", "tone")
    assert code == 1
    expected = "error: the sound cannot be played (paplay: the device is gone)"
    assert errors.splitlines()[-1] == expected


SLOW = LISTEN.replace("    while data", "    import time; time.sleep(1000)\n    while data")
"""Takes no more than fits into the pipe, as a player does while it plays."""


@pytest.mark.parametrize(
    ("arguments", "sign", "message"),
    [
        (["say", LONG * 5], "speaking: 0%", "interrupted; whatever was written is complete"),
        (["make", "speech.txt", "--play"], "took ", "interrupted; the files are complete"),
    ],
)
def test_an_interruption_ends_the_sound_too(
    folder: Path,
    arguments: list[str],
    sign: str,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SPEECHCAST_PLAYER", "paplay")  # not the device of this machine
    pid = install_player(folder, "paplay", SLOW).with_suffix(".raw.pid")
    with subprocess.Popen(
        [sys.executable, "-um", "speechcast", *arguments, "-v", "tone"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdout
        lines = iter(process.stdout.readline, "")
        assert any(sign in line for line in lines)
        wait_until(lambda: pid.exists() and pid.read_text() != "")
        process.send_signal(signal.SIGINT)
        assert f"{message}\n" in lines
    assert process.returncode == 130
    assert not Path(f"/proc/{pid.read_text()}").exists()


def test_preview_plays_several_voices_and_names_them(folder: Path, run: Run) -> None:
    heard = install_player(folder, "paplay", LISTEN.replace('"wb"', '"ab"'))
    options = ["--text", "你好。", "-o", "samples"]
    code, output, messages = run("voices", "preview", "tone", "orator.toml", *options)
    assert (code, output) == (0, "samples/preview-tone.mp3\nsamples/preview-orator.mp3\n")
    assert [n for n in messages.splitlines() if n[:5] in ("tone:", "orato")] == [
        "tone: Tones in place of speech, to see what a production will look like",
        "orator: d",
    ]
    files = [folder / f"samples/preview-{name}.mp3" for name in ("tone", "orator")]
    count = sum(len(block) for file in files for _, block in decode_audio(file))
    assert len(read_raw(heard)) == count // 2  # the files have 48 kHz


def test_a_mix_is_previewed_under_a_name_that_any_disk_takes(
    run: Run, folder: Path, narrator: object
) -> None:
    del folder, narrator  # the former is worked in, the latter's model is needed
    mix, options = "zf_xiaoyi*3+zf_xiaoxiao*7", ["--text", "你好。", "-o", "samples", "--no-play"]
    _, output, messages = run("voices", "preview", mix, *options)
    assert output == "samples/preview-zf_xiaoxiao-0.7-zf_xiaoyi-0.3.mp3\n"
    assert "zf_xiaoxiao*0.7 + zf_xiaoyi*0.3: A mix of embedded voices" in messages


def test_say_asks_before_it_sends_as_make_does(folder: Path, run: Run) -> None:
    install_player(folder, "paplay", LISTEN)
    (folder / "sent.txt").write_text("---\nvoice: xiaoxiao\n---\n大家好。\n", encoding="utf-8")
    code, _, errors = run("say", "sent.txt")
    assert code == 1
    assert "nothing was sent" in errors
    assert "--allow-online edge" in errors
