"""Check how well subtitles fit their sound.

Ours are compared with those of the `edge-tts` command.

    python -m benchmarks.in_step SPEECH.txt [VOICE]

VOICE is a preset, by default `xiaoxiao`. Both speak the same text in the same voice of a service on
the loopback interface, and `speechcast check` then checks both. A user would otherwise run
`edge-tts --file … --write-media … --write-subtitles …`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.support.edge_service import EdgeService

from speechcast.check.checker import check
from speechcast.voices import presets

# Runs a module's main with the addresses of our service in place of the real ones.
_REDIRECTED_MAIN = """
import runpy, sys
from edge_tts import communicate, voices
vars(communicate)["WSS_URL"], vars(voices)["VOICE_LIST"] = sys.argv[1:3]
sys.argv[:4] = [sys.argv[3]]
runpy.run_module(sys.argv[0], run_name="__main__")
"""


def main() -> None:
    """Run the benchmark with the arguments of the command line."""
    source = Path(sys.argv[1])
    preset = sys.argv[2] if len(sys.argv) > 2 else "xiaoxiao"
    name = presets.load(preset).voice
    with EdgeService() as service, tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        theirs, ours = folder / "theirs", folder / source.stem
        media = ["--write-media", f"{theirs}.mp3", "--write-subtitles", f"{theirs}.srt"]
        edge_command = ["edge_tts", "-f", str(source), "-v", name, *media]
        run("edge-tts", service, edge_command, folder)
        our_command = ["speechcast", "make", str(source), "-v", preset, "-o", str(folder)]
        run("speechcast", service, our_command, folder)
        for title, files in (("edge-tts", theirs), ("speechcast", ours)):
            print(f"\n{title}")
            report = check(Path(f"{files}.mp3"), Path(f"{files}.srt"), source)
            print("\n".join(report.lines(most=2)))


def run(title: str, service: EdgeService, command: Sequence[str], folder: Path) -> None:
    """Run a module as a command against the service.

    Args:
        title: the name to print.
        service: which counts the requests.
        command: the module and its arguments.
        folder: for the cache of clips.

    Raises:
        CalledProcessError: the command failed.
    """
    addresses = [service.wss_url, service.voices_url]
    subprocess.run(
        [sys.executable, "-c", _REDIRECTED_MAIN, *addresses, *command],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "SPEECHCAST_CACHE": str(folder / "clips")},
    )
    print(f"{title}: {len(service.requests)} requests so far")


if __name__ == "__main__":
    main()
