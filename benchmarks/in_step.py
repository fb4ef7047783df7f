"""How well subtitles fit their sound: ours, and those of the `edge-tts` command, both checked.

    python -m benchmarks.in_step SPEECH.txt [VOICE]

Both speak the same text in the same voice (a preset's name, `xiaoxiao`) of a service on loopback,
`speechcast check` then listens to both. `edge-tts --file … --write-media … --write-subtitles …` is
what a user would take instead.
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

# The command's own main, with the service's address in place of the real one's.
_POINTED = """
import runpy, sys
from edge_tts import communicate, voices
vars(communicate)["WSS_URL"], vars(voices)["VOICE_LIST"] = sys.argv[1:3]
sys.argv[:4] = [sys.argv[3]]
runpy.run_module(sys.argv[0], run_name="__main__")
"""


def main() -> None:
    source = Path(sys.argv[1])
    preset = sys.argv[2] if len(sys.argv) > 2 else "xiaoxiao"
    name = presets.load(preset).voice
    with EdgeService() as service, tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        theirs, ours = folder / "theirs", folder / source.stem
        media = ["--write-media", f"{theirs}.mp3", "--write-subtitles", f"{theirs}.srt"]
        told("edge-tts", service, ["edge_tts", "-f", str(source), "-v", name, *media], folder)
        made = ["speechcast", "make", str(source), "-v", preset, "-o", str(folder)]
        told("speechcast", service, made, folder)
        for title, files in (("edge-tts", theirs), ("speechcast", ours)):
            print(f"\n{title}")
            report = check(Path(f"{files}.mp3"), Path(f"{files}.srt"), source)
            print("\n".join(report.lines(most=2)))


def told(title: str, service: EdgeService, command: Sequence[str], folder: Path) -> None:
    """Run a module's command against the service. Raises CalledProcessError."""
    addresses = [service.wss_url, service.voices_url]
    subprocess.run(
        [sys.executable, "-c", _POINTED, *addresses, *command],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "SPEECHCAST_CACHE": str(folder / "clips")},
    )
    print(f"{title}: {len(service.requests)} requests so far")


if __name__ == "__main__":
    main()
