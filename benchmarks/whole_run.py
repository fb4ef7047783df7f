"""Time `speechcast make` against the model's inferences alone.

Both get the same text.

    python -m benchmarks.whole_run [SPEECH.txt] [ROUNDS]

Alone means: sessions loaded beforehand, one thread each, one session per core, and only `run`. The
part of the ratio above 1 is everything else: start-up, words, pinyin, loading the model, stitching,
encoding, subtitles.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from speechcast import documents
from speechcast.engines.kokoro.engine import Kokoro
from speechcast.frontend import utterances
from speechcast.model import Utterance
from speechcast.script import parser
from speechcast.voices import presets

EXAMPLE = Path(__file__).parents[1] / "examples" / "kaixue.txt"
MOST = 1.2


def main() -> None:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLE
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    voice = presets.load(presets.DEFAULT_PRESET)
    reader = utterances.Reader(voice, Kokoro.max_characters(voice), Kokoro.phonetic)
    lines = utterances.to_utterances(parser.parse(documents.read(source).blocks), {"": reader})
    engine = Kokoro(voice)
    alone(engine, lines[: 2 * engine.workers])  # loads the sessions
    ratios = []
    for _ in range(rounds):
        inferences, whole = alone(engine, lines), make(source)
        ratios.append(whole / inferences)
        print(f"inferences {inferences:.1f} s, whole {whole:.1f} s, ratio {ratios[-1]:.2f}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"median ratio {statistics.median(ratios):.2f} (at most {MOST}), peak {peak:.0f} MB")


def alone(engine: Kokoro, lines: list[Utterance]) -> float:
    """Return the seconds the model takes with all sessions busy."""
    inputs = [engine.encode(line) for line in lines]
    with ThreadPoolExecutor(engine.workers) as executor:
        started = time.perf_counter()
        list(executor.map(engine.infer, inputs))
        return time.perf_counter() - started


def make(source: Path) -> float:
    """Return the seconds the command takes, from start to exit."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "speechcast", "make", str(source), "-o", folder]
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        return time.perf_counter() - started


if __name__ == "__main__":
    main()
