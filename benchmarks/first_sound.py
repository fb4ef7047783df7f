"""How long `speechcast say` takes until something is heard.

The player is a program of ours by the name of one that `say` looks for, before all others: it plays
nothing, and writes down when the first sample came that is not silence.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.cli.test_online_command import sentence

from benchmarks.embedded import fresh, speak, write_work
from benchmarks.rows import Plan, Row, alternate, run_command

PLAYER = """#!{python} -ES
import os, time
while block := os.read(0, 1 << 16):
    if any(block) and not os.path.exists({heard!r}):
        with open({heard!r}, "w") as file:
            file.write(str(time.time()))
"""
# An output device would be preferred to a player.
SAY = "import sys; sys.modules['sounddevice'] = None; from speechcast.cli import main; main()"


def first_sound(plan: Plan) -> Iterator[Row]:
    """Yield the row of a speech that is played while it is spoken."""
    short = plan.folder / "one.txt"
    short.write_text(sentence(1), encoding="utf-8")
    work = write_work(plan, short)
    speech = plan.folder / "three.txt"
    speech.write_text("".join(map(sentence, range(3))), encoding="utf-8")
    figures = alternate(
        lambda: time_first_sound(speech, plan.folder),
        lambda: speak(plan, "kokoro_onnx_speak.py", work).seconds,
        plan.rounds(5),
    )
    note = "Of three short sentences, against a script that speaks one and has played nothing yet."
    yield Row("`speechcast say`: the first sound", "kokoro-onnx", *figures, note=note)


def time_first_sound(speech: Path, parent: Path) -> float:
    """Return the seconds from the start of `speechcast say` to the first sound of a speech."""
    folder = fresh(parent / "say")
    folder.mkdir()
    heard, player = folder / "heard", folder / "paplay"
    player.write_text(PLAYER.format(python=sys.executable, heard=str(heard)), encoding="utf-8")
    player.chmod(0o755)
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    words: list[str | Path] = [sys.executable, "-c", SAY, "say", speech]
    started = time.time()
    run_command(words, {"PATH": path, "SPEECHCAST_CACHE": str(folder / "clips")})
    return float(heard.read_text(encoding="utf-8")) - started
