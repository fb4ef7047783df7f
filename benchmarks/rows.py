"""What a benchmark measures: pairs of figures, ours and those of a named alternative."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

RUN_ONE = Path(__file__).with_name("run_one.py")


@dataclass(frozen=True)
class Row:
    """One comparison of a table.

    Attributes:
        name: What is done.
        alternative: What the same is done with instead.
        ours: Our figure of each repetition.
        theirs: The alternative's figure, taken right after ours.
        unit: Of both figures.
        note: A sentence that a reader needs to judge the figures; "" for none.
    """

    name: str
    alternative: str
    ours: tuple[float, ...]
    theirs: tuple[float, ...]
    unit: str = "s"
    note: str = ""

    @property
    def ratios(self) -> tuple[float, ...]:
        """Ours divided by theirs, for each repetition; below 1 we need less."""
        return tuple(o / t for o, t in zip(self.ours, self.theirs, strict=True))

    @property
    def ratio(self) -> float:
        """The median of the ratios."""
        return statistics.median(self.ratios)


@dataclass(frozen=True)
class Plan:
    """What a run of the benchmarks may use.

    Attributes:
        folder: An empty folder for what is written meanwhile.
        quick: Whether fewer repetitions of less work will do.
        speech: The document that the embedded voice speaks.
        rivals: The Python of the environment that holds other programs.
    """

    folder: Path
    quick: bool
    speech: Path
    rivals: Path

    def rounds(self, number: int) -> int:
        """Return how many repetitions to take instead of `number`."""
        return 1 if self.quick else number


class Run(NamedTuple):
    """The cost of a command.

    Attributes:
        seconds: From its start to its exit.
        cpu: The processor seconds it took.
        peak: The peak of its memory, in MB.
    """

    seconds: float
    cpu: float
    peak: float


def alternate(
    ours: Callable[[], float], theirs: Callable[[], float], rounds: int
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Take both figures in turn, so that what slows the machine slows both."""
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    return tuple(o for o, _ in pairs), tuple(t for _, t in pairs)


def run_command(
    words: Sequence[str | os.PathLike[str]], environment: Mapping[str, str] | None = None
) -> Run:
    """Run a command to its end.

    Args:
        words: The command and its arguments.
        environment: Variables it gets beside those of this process.

    Raises:
        CalledProcessError: The command failed.
    """
    variables = {**os.environ, **(environment or {})}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed has its byte code
    with tempfile.TemporaryDirectory() as folder:
        cost = Path(folder) / "cost.json"
        subprocess.run(
            [sys.executable, "-ES", RUN_ONE, cost, *words],
            check=True,
            env=variables,
        )
        return Run(*json.loads(cost.read_text(encoding="ascii")))


def processor_time() -> float:
    """Return the processor seconds of this process and of its commands that ended."""
    return sum(os.times()[:4])
