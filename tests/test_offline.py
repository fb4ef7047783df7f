"""A voice on this machine sends nothing: a whole production without a single socket."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from speechcast.model import Voice

# Python calls its audit hooks before it creates any socket.
_WITHOUT_SOCKETS = """
import runpy, sys

def forbid(event, arguments):
    if event.startswith("socket."):
        raise RuntimeError(f"{event} {arguments}: there are no sockets here")

sys.addaudithook(forbid)
runpy.run_module("speechcast", run_name="__main__", alter_sys=True)
"""


def make(folder: Path, voice: str) -> subprocess.CompletedProcess[str]:
    source = folder / "speech.txt"
    source.write_text("庆典上的讲话\n\n各位来宾：\n大家好！GDP增长5.2%。", encoding="utf-8")
    options = ["-v", voice, "-o", str(folder), "--no-cache", "--subtitles", "srt,json"]
    return subprocess.run(
        [sys.executable, "-c", _WITHOUT_SOCKETS, "make", str(source), *options],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_an_offline_preset_needs_no_socket(narrator: Voice, tmp_path: Path) -> None:
    done = make(tmp_path, narrator.name)
    assert (done.returncode, done.stderr.count("error")) == (0, 0)
    assert {p.name for p in tmp_path.iterdir()} >= {"speech.mp3", "speech.srt", "speech.json"}


@pytest.mark.slow
def test_an_online_one_does(tmp_path: Path) -> None:
    """This proves that the ban on sockets works."""
    done = make(tmp_path, "xiaoxiao")
    assert done.returncode == 1
    assert "there are no sockets here" in done.stderr
    assert not (tmp_path / "speech.mp3").exists()
