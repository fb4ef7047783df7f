"""A thousand sentences in little memory: as much at the end as after two hundred.

    python -m benchmarks.soak [SENTENCES [SEED]]

One production with `tone`, and one with an online voice whose service on loopback has a fault in
one of five requests. Both must end whole. What is measured is the resident memory of the command,
read from the kernel twenty times a second: `VmRSS` as it goes, and `VmHWM`, its highest, at the
end. The limit of `LIMIT_MB` is held against the highest. It is not set as a limit of the address
space (`RLIMIT_AS`), which counts what libraries reserve and never touch: importing FFmpeg, NumPy
and jieba alone reserves more.

The end of the recording is compared with its two hundredth sentence, by the median of the samples
around both.
"""

from __future__ import annotations

import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.edge_command import command_line
from tests.support.edge_faults import AT_THE_DOOR, HARMLESS, Fault
from tests.support.edge_service import EdgeService

LIMIT_MB = 400
# MB. The clips in flight, 16 of them at once and each up to 1 MB with its response; the heap's
# fragments around them; a token, a span and a progress report of each further sentence.
TOLERANCE_MB = 24
INTERVAL = 0.05  # seconds between two samples
NEAREST = 5  # samples whose median is taken
# Sentences, at which the memory is compared with that at the end. By then the encoding beside the
# recording has begun and takes what it needs, 25 MB.
EARLY = 200
DIGITS = "零一二三四五六七八九"
# Those that a command with the user's own patience gets over in seconds.
QUICK = sorted(
    set(Fault)
    - HARMLESS
    - {Fault.HALF_SPOKEN, Fault.HURRIED, Fault.DRIP, Fault.NO_END}
    - {fault for fault in Fault if fault.name.startswith("MUTE")},
    key=str,
)


@dataclass
class Memory:
    """What a command has taken, in MB.

    Attributes:
        samples: The resident memory, by the seconds at which it was read.
        steps: When how many sentences were done, as the command printed it.
        highest: The most it ever took.
        code: Its exit code.
        last_line: The last it printed on standard error.
    """

    samples: list[tuple[float, float]] = field(default_factory=list)
    steps: list[tuple[float, int]] = field(default_factory=list)
    highest: float = 0.0
    code: int = -1
    last_line: str = ""

    def around(self, sentences: int) -> float:
        """Return the median of the samples nearest to when so many sentences were done."""
        moment = min(self.steps, key=lambda step: abs(step[1] - sentences))[0]
        nearest = sorted(self.samples, key=lambda sample: abs(sample[0] - moment))[:NEAREST]
        return statistics.median(memory for _, memory in nearest)


def main() -> None:
    count = int(sys.argv[1]) if sys.argv[1:] else 1000
    seed = int(sys.argv[2]) if sys.argv[2:] else random.randrange(10**6)
    failed = False
    for voice in ("tone", "xiaoxiao"):
        memory = soak(voice, count, seed)
        early, late = memory.around(EARLY), memory.around(count)
        good = memory.code == 0 and memory.highest <= LIMIT_MB and late - early <= TOLERANCE_MB
        failed |= not good
        print(
            f"{voice}: {count} sentences, seed {seed}: exit {memory.code}, at sentence {EARLY} "
            f"{early:.0f} MB, at the end of the recording {late:.0f} MB (at most "
            f"{TOLERANCE_MB} more), highest {memory.highest:.0f} MB (at most {LIMIT_MB}): "
            f"{'good' if good else 'FAILED: ' + memory.last_line}\n"
            f"    by tenths: {' '.join(f'{memory.around(n):.0f}' for _, n in memory.steps)} MB",
            flush=True,
        )
    sys.exit(failed)


def soak(voice: str, count: int, seed: int) -> Memory:
    """Make a speech of `count` sentences, and return the memory that the command took."""
    texts = [sentence(number) for number in range(count)]
    with (
        tempfile.TemporaryDirectory() as name,
        EdgeService(plan_faults(texts, random.Random(seed))) as service,
    ):
        folder = Path(name)
        source = folder / "speech.txt"
        source.write_text("\n".join(texts), encoding="utf-8")
        words = ["make", str(source), "-v", voice, "-o", str(folder)]
        with subprocess.Popen(
            command_line(service, "speechcast", *words),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"SPEECHCAST_CACHE": str(folder / "clips"), "SPEECHCAST_LANG": "en"},
        ) as process:
            memory = watch(process)
        whole = all((folder / f"speech.{kind}").exists() for kind in ("mp3", "srt"))
        assert whole == (memory.code == 0)
        return memory


def plan_faults(texts: list[str], chance: random.Random) -> Callable[[int, str], Fault | None]:
    """Return a behaviour with a fault in one of five requests.

    Some befall a sentence, some a connection, before the service has heard what it is for. Access
    is denied once: a second denial that befell the same sentence would end the run, rightly.
    """
    denials = {Fault.FORBIDDEN, Fault.FORBIDDEN_UNDATED}
    others = [fault for fault in QUICK if fault not in denials]
    drawn = [Fault.FORBIDDEN, *(chance.choice(others) for _ in range(len(texts) // 5 - 1))]
    early = [fault for fault in drawn if fault in AT_THE_DOOR]
    late = [fault for fault in drawn if fault not in AT_THE_DOOR]
    connections = dict(zip(chance.sample(range(1, len(texts)), len(early)), early, strict=True))
    sentences = dict(zip(chance.sample(texts, len(late)), late, strict=True))

    def behave(number: int, text: str) -> Fault | None:
        return sentences.pop(text, None) if text else connections.pop(number, None)

    return behave


def watch(process: subprocess.Popen[str]) -> Memory:
    """Read the command's memory until it ends."""
    memory = Memory()
    sampler = threading.Thread(target=_sample, args=(process, memory))
    sampler.start()
    assert process.stderr
    for line in process.stderr:
        memory.last_line = line.strip()
        if match := re.match(r"speaking: .* (\d+) of \d+ sentences", line):
            memory.steps.append((time.monotonic(), int(match[1])))
    memory.code = process.wait()
    sampler.join()
    return memory


def _sample(process: subprocess.Popen[str], memory: Memory) -> None:
    status = Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        fields = dict(re.findall(r"(Vm\w+):\s+(\d+) kB", _read(status)))
        if "VmRSS" in fields:
            memory.samples.append((time.monotonic(), int(fields["VmRSS"]) / 1000))
            memory.highest = max(memory.highest, int(fields["VmHWM"]) / 1000)
        time.sleep(INTERVAL)


def _read(status: Path) -> str:
    try:
        return status.read_text()
    except OSError:  # the process has ended
        return ""


def sentence(number: int) -> str:
    """Return one of ten thousand sentences, no two of which sound alike."""
    return f"第{''.join(DIGITS[int(d)] for d in f'{number:04}')}项议题开始。"


if __name__ == "__main__":
    main()
