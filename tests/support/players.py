"""Players that are processes of ours, in a folder for the search path of programs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

POSIX = pytest.mark.skipif(os.name == "nt", reason="the players are scripts of a POSIX shell")

LISTEN = """
with open({heard!r}, "wb") as heard:
    open({heard!r} + ".pid", "w").write(str(os.getpid()))
    while data := sys.stdin.buffer.read1(1 << 16):
        heard.write(data)
        heard.flush()
"""
"""Reads samples to their end, as a player does, and keeps them."""

REFUSE = """
print("no such device", file=sys.stderr)
sys.exit(1)
"""
"""Ends at once, as a player without a device does."""

BREAK = """
sys.stdin.buffer.read(1 << 19)
print("the device is gone", file=sys.stderr)
sys.exit(1)
"""
"""Plays eleven seconds, and then loses its device."""


def install_player(folder: Path, name: str, script: str) -> Path:
    """Install a player called `name`; return the file of what it hears."""
    heard = folder / f"{name}.raw"
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    program = programs / name
    lines = f"#!{sys.executable}\nimport os, sys\n" + script.format(heard=str(heard))
    program.write_text(lines, encoding="utf-8")
    program.chmod(0o755)
    return heard


def search_path(folder: Path) -> dict[str, str]:
    """Return the environment in which the players of a folder are the only programs."""
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    return {"PATH": str(programs)}


def read_raw(heard: Path) -> NDArray[np.int16]:
    return np.frombuffer(heard.read_bytes(), "<i2").astype(np.int16)
