"""Install the built packages in every way that users do, and speak a sentence with each.

Every way begins in an empty folder, with a home of its own and no compiler, and gives a row of the
table that is printed: the seconds it took, the packages and megabytes that are there afterwards,
and the seconds of the first production. The voice's model is fetched before, by the program that
was installed, and is not part of them.

Usage: python release/try_installs.py DIST [--voice tone] [--ways "pip,uv tool install"]
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
BUILT_IN = Path(sys.executable).parent  # pipx, uv and uvx, of the extra `release`
PATHS = "/usr/bin:/bin"
# How this machine reaches a package index.
NETWORK = ("HTTPS_PROXY", "SSL_CERT_FILE", "PIP_CERT", "PIP_INDEX_URL", "UV_DEFAULT_INDEX")
HEADER = (
    "| way | seconds to install | packages | MB | seconds to the first production |\n"
    "|---|--:|--:|--:|--:|"
)


@dataclass(frozen=True, slots=True)
class Way:
    """A way of installing.

    Attributes:
        name: What users call it.
        commands: The commands, run in an empty folder.
        program: The installed command, relative to that folder.
        tools: The programs that its users have on their path.
    """

    name: str
    commands: tuple[tuple[str, ...], ...]
    program: str
    tools: tuple[str, ...] = ()


def list_ways(dist: Path) -> list[Way]:
    """Return the ways of installing what lies in a folder of built packages."""
    (wheel,), (source,) = dist.glob("*.whl"), dist.glob("*.tar.gz")
    pinned = ("--constraint", str(CONSTRAINTS))
    pip = ("env/bin/pip", "install", "--quiet", "--disable-pip-version-check")
    fresh = (sys.executable, "-m", "venv", "env")
    pipx, uv = "tools/pipx", "tools/uv"
    return [
        Way("pip", (fresh, (*pip, *pinned, str(wheel))), "env/bin/speechcast"),
        Way("pip, newest of everything", (fresh, (*pip, str(wheel))), "env/bin/speechcast"),
        Way("pip, from the sdist", (fresh, (*pip, *pinned, str(source))), "env/bin/speechcast"),
        Way(
            "pipx",
            ((pipx, "install", "--quiet", f"--pip-args=--constraint {CONSTRAINTS}", str(wheel)),),
            "bin/speechcast",
            ("pipx",),
        ),
        Way(
            "uv tool install",
            ((uv, "tool", "install", "--quiet", "--constraints", str(CONSTRAINTS), str(wheel)),),
            "bin/speechcast",
            ("uv", "uvx"),
        ),
    ]


def make_environment(folder: Path) -> dict[str, str]:
    """Return an environment in which every tool writes into `folder`, and none can compile."""
    names = ("LANG", *NETWORK)
    inherited = {name: os.environ[name] for name in names if name in os.environ}
    return inherited | {
        "PATH": f"{folder / 'tools'}:{PATHS}",
        "HOME": str(folder),
        "CC": "/bin/false",
        "CXX": "/bin/false",
        "PIPX_HOME": str(folder / "pipx"),
        "PIPX_BIN_DIR": str(folder / "bin"),
        "UV_TOOL_DIR": str(folder / "uv"),
        "UV_TOOL_BIN_DIR": str(folder / "bin"),
        "UV_CACHE_DIR": str(folder / "cache"),
        "UV_PYTHON": sys.executable,
    }


def try_way(way: Way, folder: Path, voice: str) -> str:
    """Install, speak a sentence, check it, and return the row of the table."""
    environment = make_environment(folder)
    (folder / "tools").mkdir()
    for tool in way.tools:
        (folder / "tools" / tool).symlink_to(BUILT_IN / tool)
    started = time.monotonic()
    for command in way.commands:
        _run(command, folder, environment)
    seconds = time.monotonic() - started
    packages, megabytes = measure(folder)
    (folder / "speech.txt").write_text(SPEECH, encoding="utf-8")
    program = str(folder / way.program)
    if voice != "tone":  # which has no model
        _run((program, "voices", "install", voice), folder, environment)
    started = time.monotonic()
    _run((program, "make", "speech.txt", "--voice", voice, "-o", "out"), folder, environment)
    production = time.monotonic() - started
    files = ("out/speech.mp3", "out/speech.srt", "--source", "speech.txt")
    _run((program, "check", *files), folder, environment)
    return f"| {way.name} | {seconds:.0f} | {packages} | {megabytes:.0f} | {production:.1f} |"


def measure(folder: Path) -> tuple[int, float]:
    """Return how many packages a folder holds, and its megabytes, without caches of downloads."""
    files = [path for path in folder.rglob("*") if not {"cache", ".cache"} & set(path.parts)]
    packages = {path.name.lower() for path in files if path.suffix == ".dist-info"}
    return len(packages), sum(path.lstat().st_size for path in files) / 1e6


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
    parser.add_argument("--voice", default="narrator", help="the preset of the production")
    parser.add_argument("--ways", help="some ways alone, by their names, with commas between them")
    options = parser.parse_args()
    chosen = options.ways and options.ways.split(",")
    print(HEADER, flush=True)
    for way in list_ways(options.dist.resolve()):
        if chosen and way.name not in chosen:
            continue
        with tempfile.TemporaryDirectory() as folder:
            print(try_way(way, Path(folder), options.voice), flush=True)


if __name__ == "__main__":
    main()
