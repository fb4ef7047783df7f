"""Online voices against a service on loopback: speed and load.

    python -m benchmarks.online [speed] [growth] [throttling] [thousand] [killed] [edited]

speed:       60 sentences, a latency of 300 ms, sound made at 20 times real time; compared with the
             `edge-tts` command with the same text and service.
growth:      the same conditions, 60, 600 and 6,000 short sentences, until they are recorded.
throttling:  a service that answers 429 above 8 in flight, against a limit of 8 from the start.
thousand:    1,000 sentences with a fault in one of five, ten times over.
killed:      50 times SIGKILL at a random moment, each followed by a whole run.
edited:      one sentence edited in 600, online and embedded.

What goes wrong, fault by fault, is in benchmarks/online_faults.py.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tests.cli.test_online_command import killed_again_and_again, sentence
from tests.engines.test_edge_faults import a_thousand_sentences
from tests.support.edge_command import command_line
from tests.support.edge_service import Conditions, EdgeService
from tests.support.edge_sound import Request, synthesize

from speechcast.synthesis.clip_cache import ClipCache
from speechcast.voices import presets

CONDITIONS = Conditions(latency=0.3, speed=20)
VOICE = presets.load("xiaoxiao")
ROUNDS = 3


class Run(NamedTuple):
    """The times of a command in seconds, and its peak memory.

    `recording` is from its first request to its last answer; `cpu` is processor time.
    """

    whole: float
    recording: float
    cpu: float
    peak: float  # MB


def main() -> None:
    parts = {
        "speed": speed,
        "growth": growth,
        "throttling": throttling,
        "thousand": thousand,
        "killed": killed,
        "edited": edited,
    }
    for name in sys.argv[1:] or parts:
        print(f"{name}:")
        with tempfile.TemporaryDirectory() as folder:
            parts[name](Path(folder))


def speed(folder: Path) -> None:
    source = write_source(folder, [formal_sentence(n) for n in range(60)])
    encode_ahead(source.read_text(encoding="utf-8").splitlines())
    media = ["--write-media", str(folder / "theirs.mp3"), "--write-subtitles", str(folder / "a")]
    edge_tts = ["edge_tts", "-f", str(source), "-v", VOICE.voice, *media]
    ratios = []
    for n in range(ROUNDS):
        theirs = run_command(edge_tts, folder)
        ours = run_command(make_command(source, "xiaoxiao"), folder / str(n))
        ratios.append((theirs.recording / ours.recording, theirs.whole / ours.whole))
        print(f"  edge-tts:   {describe_run(theirs)}")
        print(f"  speechcast: {describe_run(ours)}")
    recording, whole = (statistics.median(column) for column in zip(*ratios, strict=True))
    print(f"  recording {recording:.1f} times as fast (at least 8), the whole {whole:.1f} times")


def growth(folder: Path) -> None:
    for number in (60, 600, 6000):
        texts = [sentence(n) for n in range(number)]
        took = time_recording(
            make_command(write_source(folder, texts), "xiaoxiao"), folder / str(number), number
        )
        print(f"  {number} sentences: {took:.1f} s, {took / number * 1000:.1f} ms each")


def throttling(folder: Path, most: int = 8, number: int = 400) -> None:
    source = write_source(folder, [sentence(n) for n in range(number)])
    encode_ahead([sentence(n) for n in range(number)])
    aware, _ = measure_throughput(
        make_command(source, "xiaoxiao", "--jobs", str(most)), folder / "aware"
    )
    for retry_after in (None, "2"):
        limited = replace(CONDITIONS, max_at_once=most, retry_after=retry_after)
        discovered, refused = measure_throughput(
            make_command(source, "xiaoxiao"), folder / f"found-{retry_after}", limited
        )
        print(
            f"  Retry-After {retry_after}: {discovered:.1f} answers a second, "
            f"{discovered / aware:.0%} of the "
            f"{aware:.1f} of --jobs {most}; {refused} of {number + refused} refused"
        )


def thousand(folder: Path, times: int = 10) -> None:
    del folder
    for _ in range(times):
        started = time.perf_counter()
        a_thousand_sentences(random.randrange(10**6))
        print(f"  whole, in order, none twice ({time.perf_counter() - started:.0f} s)")


def killed(folder: Path, times: int = 50) -> None:
    twice = killed_again_and_again(folder, times, seed=random.randrange(10**6))
    print(f"  killed {times} times, the same files every time; sentences asked for twice, all of")
    print("  them in flight: " + ", ".join(f"{n} ({c} times)" for n, c in sorted(twice.items())))


def edited(folder: Path, number: int = 600) -> None:
    for preset in ("xiaoxiao", "narrator"):
        texts = [sentence(n) for n in range(number)]
        desk = folder / preset
        with EdgeService(conditions=CONDITIONS) as service:
            first = time_command(service, make_command(write_source(folder, texts), preset), desk)
            before = len(service.requests), ClipCache(desk / "clips").summary().entries
            texts[number // 2] = "这一句改过了。"
            again = time_command(service, make_command(write_source(folder, texts), preset), desk)
            requests = len(service.requests) - before[0]
        recorded = ClipCache(desk / "clips").summary().entries - before[1]
        print(
            f"  {preset}: {number} sentences {first:.1f} s, one edited {again:.1f} s "
            f"({again / first:.0%}); {requests} requests, {recorded} recorded"
        )


def formal_sentence(number: int) -> str:
    """Return a sentence as long as those of formal speeches.

    It has 13 to 97 characters, 55 on average.
    """
    clause = "全市上下要团结一心，攻坚克难，推动各项事业取得新的进步，"
    return f"{sentence(number)[:-1]}，{clause * (number % 4)}"[:-1] + "。"


def write_source(folder: Path, texts: Sequence[str]) -> Path:
    source = folder / "speech.txt"
    source.write_text("\n".join(texts), encoding="utf-8")
    return source


def make_command(source: Path, preset: str, *options: str) -> list[str]:
    output = str(source.parent / "out")
    return ["speechcast", "make", str(source), "-v", preset, "-o", output, *options]


def encode_ahead(texts: Sequence[str]) -> None:
    """Let the service encode each text before anything is timed."""
    for text in texts:
        synthesize(Request(text, VOICE.voice, "+0%", "+0Hz", "+0%", word_boundaries=True))


def run_command(words: Sequence[str], folder: Path, conditions: Conditions = CONDITIONS) -> Run:
    """Run a module with its own service and clip store; time it."""
    with EdgeService(conditions=conditions) as service:
        started = time.perf_counter()
        process = _start(service, words, folder)
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        recording = service.journal.ended - service.journal.began
    return Run(took, recording, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def time_recording(words: Sequence[str], folder: Path, number: int) -> float:
    """Return the seconds until `number` texts are answered.

    They count from the first request; then the command is ended.
    """
    with EdgeService(conditions=CONDITIONS) as service:
        process = _start(service, words, folder)
        while len(service.journal.answered) < number:
            assert process.poll() is None
            time.sleep(0.01)
        process.terminate()
        process.wait()
        return service.journal.ended - service.journal.began


def measure_throughput(
    words: Sequence[str], folder: Path, conditions: Conditions = CONDITIONS
) -> tuple[float, int]:
    """Return the answers per second and the number of refusals.

    The rate is that of the middle half of a recording.
    """
    with EdgeService(conditions=conditions) as service:
        time_command(service, words, folder)
        answered = sorted(service.journal.answered.values())
        middle = answered[len(answered) // 4 : -len(answered) // 4]
        return (len(middle) - 1) / (middle[-1] - middle[0]), service.journal.refused


def time_command(service: EdgeService, words: Sequence[str], folder: Path) -> float:
    started = time.perf_counter()
    assert _start(service, words, folder).wait() == 0
    return time.perf_counter() - started


def _start(service: EdgeService, words: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    environment = {**os.environ, "SPEECHCAST_CACHE": str(folder / "clips")}
    return subprocess.Popen(
        command_line(service, *words), stdout=quiet, stderr=quiet, env=environment
    )


def describe_run(done: Run) -> str:
    return (
        f"recording {done.recording:.1f} s, whole {done.whole:.1f} s "
        f"({done.cpu:.1f} s of a CPU, {done.peak:.0f} MB)"
    )


if __name__ == "__main__":
    main()
