"""What an online production does about each fault of its service.

    python -m benchmarks.online_faults [FAULT …]

Each fault occurs once in one production and in every answer of another. The output has the kind of
fault, how long after the first request it was noticed, how both productions ended and after how
long, and the message for the user. Each command only waits, so eight run at once: some six minutes
in all, since a service that always throttles is given five.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.cli.test_online_command import sentence
from tests.engines.test_edge_faults import TEXT
from tests.support.edge_command import command_line
from tests.support.edge_faults import AT_THE_DOOR, Fault
from tests.support.edge_service import EdgeService

Behave = Callable[[int, str], Fault | None]


@dataclass(frozen=True)
class Output:
    """What a command printed, and how it ended.

    Each line has its seconds since the first request.
    """

    code: int
    after: float
    lines: tuple[tuple[float, str], ...]

    @property
    def noticed(self) -> float | None:
        """When it first mentioned a fault."""
        signs = ("attempt 1 failed", "times as", "error:", "asked less", "too many requests")
        return next((time for time, line in self.lines if any(s in line for s in signs)), None)


def main() -> None:
    faults = [Fault[name.upper()] for name in sys.argv[1:]] or list(Fault)
    with ThreadPoolExecutor(8) as executor:
        for row in executor.map(describe_fault, faults):
            print(row, flush=True)


def describe_fault(fault: Fault) -> str:
    """Return a fault's row of the table."""
    texts = [sentence(n) for n in range(10)] if fault is Fault.HALF_SPOKEN else [TEXT]
    passed, stayed = (
        produce(texts, fault_once(fault, texts[-1])),
        produce(texts, fault_always(fault, texts[-1])),
    )
    noticed = "harmless" if stayed.noticed is None else f"{stayed.noticed:.1f} s"
    return (
        f"{fault.name} ({fault.value})\n"
        f"    noticed after {noticed}; passing: {describe_outcome(passed)}; "
        f"staying: {describe_outcome(stayed)}\n"
        f"    {stayed.lines[-1][1] if stayed.code else find_warning(stayed)}"
    )


def fault_once(fault: Fault, text: str) -> Behave:
    """Return a behaviour that shows the fault once.

    It comes at the handshake, or in the answer to `text`.
    """
    left = [fault]

    def behave(_: int, requested: str) -> Fault | None:
        due = not requested if fault in AT_THE_DOOR else requested == text
        return left.pop() if left and due else None

    return behave


def fault_always(fault: Fault, text: str) -> Behave:
    return lambda _, requested: fault if requested in {"", text} else None


def produce(texts: list[str], behave: Behave) -> Output:
    """Make a speech of these sentences."""
    with tempfile.TemporaryDirectory() as name, EdgeService(behave) as service:
        folder = Path(name)
        source = folder / "speech.txt"
        source.write_text("\n".join(texts), encoding="utf-8")
        words = ["make", str(source), "-v", "xiaoxiao", "-o", str(folder), "--verbose"]
        process = subprocess.Popen(
            command_line(service, "speechcast", *words),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "SPEECHCAST_CACHE": str(folder / "clips")},
        )
        lines = tuple(_read_timed(process, service))
        code = process.wait()
        whole = all((folder / f"speech.{kind}").exists() for kind in ("mp3", "srt"))
        assert whole == (code == 0)
        return Output(code, time.monotonic() - service.journal.began, lines)


def _read_timed(
    process: subprocess.Popen[str], service: EdgeService
) -> Iterator[tuple[float, str]]:
    assert process.stderr
    for line in process.stderr:
        if not line.startswith(("speaking:", "encoding:", "note:")):
            yield time.monotonic() - service.journal.began, line.strip()


def describe_outcome(output: Output) -> str:
    return f"{'failed by name' if output.code else 'whole'}, {output.after:.1f} s"


def find_warning(output: Output) -> str:
    return next((line for _, line in output.lines if "listen to it" in line), "-")


if __name__ == "__main__":
    main()
