"""Install the built packages in every way that users do, and speak a sentence with each.

Every way begins in an empty folder, with a home of its own and no compiler, and gives a row of the
table that is printed: its commands, the seconds and the megabytes it took, and the production.

Usage: python release/try_installs.py DIST [--voice narrator]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CONSTRAINTS = Path(__file__).parents[1] / "constraints.txt"
SPEECH = "各位老师，各位同学：\n大家好！今天是2026年9月1日。\n"
TOOLS = Path(sys.executable).parent  # pipx and uv, of the extra `release`


@dataclass(frozen=True, slots=True)
class Way:
    """A way of installing.

    Attributes:
        name: What users call it.
        commands: The commands, run in an empty folder.
        program: The installed command, relative to that folder.
    """

    name: str
    commands: tuple[tuple[str, ...], ...]
    program: str


def list_ways(dist: Path) -> list[Way]:
    """Return the ways of installing what lies in a folder of built packages."""
    (wheel,), (source,) = dist.glob("*.whl"), dist.glob("*.tar.gz")
    pinned = ("--constraint", str(CONSTRAINTS))
    pip = ("env/bin/pip", "install", "--quiet", "--disable-pip-version-check")
    fresh = (sys.executable, "-m", "venv", "env")
    pipx, uv = str(TOOLS / "pipx"), str(TOOLS / "uv")
    return [
        Way("pip", (fresh, (*pip, *pinned, str(wheel))), "env/bin/speechcast"),
        Way("pip, newest of everything", (fresh, (*pip, str(wheel))), "env/bin/speechcast"),
        Way("pip, from the sdist", (fresh, (*pip, *pinned, str(source))), "env/bin/speechcast"),
        Way(
            "pipx",
            ((pipx, "install", "--quiet", f"--pip-args=--constraint {CONSTRAINTS}", str(wheel)),),
            "bin/speechcast",
        ),
        Way(
            "uv tool install",
            ((uv, "tool", "install", "--quiet", "--constraints", str(CONSTRAINTS), str(wheel)),),
            "bin/speechcast",
        ),
    ]


def make_environment(folder: Path) -> dict[str, str]:
    """Return an environment in which every tool writes into `folder`, and none can compile."""
    inherited = {name: os.environ[name] for name in ("LANG", "HTTPS_PROXY") if name in os.environ}
    return inherited | {
        "PATH": "/usr/bin:/bin",
        "HOME": str(folder),
        "CC": "/bin/false",
        "CXX": "/bin/false",
        "PIPX_HOME": str(folder / "pipx"),
        "PIPX_BIN_DIR": str(folder / "bin"),
        "UV_TOOL_DIR": str(folder / "tools"),
        "UV_TOOL_BIN_DIR": str(folder / "bin"),
        "UV_CACHE_DIR": str(folder / "cache"),
        "UV_PYTHON": sys.executable,
    }


def try_way(way: Way, folder: Path, voice: str) -> str:
    """Install, speak a sentence, check it, and return the row of the table."""
    environment = make_environment(folder)
    started = time.monotonic()
    for command in way.commands:
        _run(command, folder, environment)
    seconds = time.monotonic() - started
    megabytes = (
        sum(path.lstat().st_size for path in folder.rglob("*") if "cache" not in path.parts) / 1e6
    )
    (folder / "speech.txt").write_text(SPEECH, encoding="utf-8")
    program = str(folder / way.program)
    started = time.monotonic()
    _run((program, "make", "speech.txt", "--voice", voice, "-o", "out"), folder, environment)
    production = time.monotonic() - started
    files = ("out/speech.mp3", "out/speech.srt", "--source", "speech.txt")
    _run((program, "check", *files), folder, environment)
    return f"| {way.name} | {seconds:.0f} | {megabytes:.0f} | {production:.1f} |"


def _run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
    done = subprocess.run(
        command, cwd=folder, env=dict(environment), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def main() -> None:
    """Try every way and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dist", type=Path, help="the folder of the built packages")
    parser.add_argument("--voice", default="tone", help="the preset of the production")
    options = parser.parse_args()
    print("| way | seconds to install | MB | seconds to the first production |")
    print("|---|---|---|---|", flush=True)
    for way in list_ways(options.dist.resolve()):
        with tempfile.TemporaryDirectory() as folder:
            print(try_way(way, Path(folder), options.voice), flush=True)


if __name__ == "__main__":
    main()
