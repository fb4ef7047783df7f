"""`speechcast batch` over many speeches: costs, two cores, repeated kills.

    python -m benchmarks batch
    python -m benchmarks.batch [dry_run] [cores] [kills]

dry_run:    a --dry-run over 10,000 speeches.
cores:      eight speeches in the embedded voice, on two cores against one.
kills:      100 times SIGKILL at a random moment of a batch of 20, each followed by a whole run.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from benchmarks.rows import Plan, Row, run_command
from speechcast import batch
from speechcast.batch.options import BatchOptions
from speechcast.batch.storage import OutputStorage
from speechcast.batch.worker import ProducedFiles, Producer
from speechcast.produce import produce
from speechcast.progress import ProgressCallback
from speechcast.request import Preferences, Request
from speechcast.synthesis.synthesizer import Resources

FEW = 20  # files that are made one by one, which takes a second for each
MIN_SPEEDUP = 1.8  # how many times as fast two cores must be as one
OPTIONS = BatchOptions(preferences=Preferences(voice="tone"))
SHORT = "各位同学：\n早上好！今天开会，请大家坐好。\n"
LONG = "会议期间，市领导到会指导。大家听取发言，共商大计，提出了许多好的意见和建议。\n\n"


def main() -> None:
    """Run the parts named on the command line, or all."""
    parts = {f.__name__: f for f in (dry_run, cores, kills)}
    for name in sys.argv[1:] or parts:
        with tempfile.TemporaryDirectory() as folder:
            parts[name](Path(folder))


def many_files(plan: Plan) -> Iterator[Row]:
    """Yield the rows of a thousand small speeches in the voice `tone`."""
    number = 100 if plan.quick else 1000
    source = write_speeches(plan.folder / "large", number, SHORT)
    few = sorted(source.iterdir())[: plan.rounds(FEW)]
    batches, makes, again = [], [], []
    for n in range(plan.rounds(2)):
        out = plan.folder / f"large-{n}"
        batches.append(time_command(source, "-o", str(out), "-v", "tone", "-q"))
        makes.append(sum(make(file, plan.folder / "made") for file in few))
        again.append(time_command(source, "-o", str(out), "-v", "tone", "-q"))
    each = tuple(1000 * took / number for took in batches)
    alone = tuple(1000 * took / len(few) for took in makes)
    name = f"each of {number:,} small files in a batch"
    yield Row(name, "`speechcast make`, file after file", each, alone, "ms")
    unchanged = f"{number:,} small files, none changed"
    yield Row(unchanged, "the first time", tuple(again), tuple(batches))
    yield from costs(plan, source)


def costs(plan: Plan, source: Path) -> Iterator[Row]:
    """Yield what a batch of one job takes beside its productions, and its memory."""
    few = write_speeches(plan.folder / "small", 10 if plan.quick else 100, SHORT)
    small, large = (
        measure_in_new_process(folder, plan.folder / f"{folder.name}-one-job", 1)
        for folder in (few, source)
    )
    name = f"each of {large.speeches:,} small files, whole"
    whole, production = 1000 * large.took / large.speeches, 1000 * large.production_cost
    yield Row(name, "its production alone", (whole,), (production,), "ms")
    name = f"{large.speeches:,} small files: memory"
    yield Row(name, f"{small.speeches} small files", (large.peak,), (small.peak,), "MB")


def make(source: Path, output: Path) -> float:
    """Run `speechcast make` in the voice `tone`, and return the seconds it takes."""
    words: list[str | Path] = [
        sys.executable,
        "-m",
        "speechcast",
        "make",
        source,
        "-v",
        "tone",
        "-o",
        output,
    ]
    return run_command(words).seconds


def dry_run(folder: Path, speeches: int = 10_000) -> None:
    """Measure a dry run."""
    source = write_speeches(folder / "in", speeches, SHORT)
    took = time_command(source, "-o", str(folder / "out"), "-v", "tone", "--dry-run")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"--dry-run of {speeches}: {took:.1f} s, {peak:.0f} MB")


def cores(folder: Path) -> None:
    """Compare two cores with one."""
    source = write_speeches(folder / "in", 8, LONG * 5)
    usable = sorted(os.sched_getaffinity(0))[:2]
    took = []
    for number in (1, 2):
        pinned = ("taskset", "-c", ",".join(map(str, usable[:number])))
        options = ("-o", str(folder / f"out-{number}"), "-v", "narrator", "-q", "--no-cache")
        took.append(time_command(source, *options, prefix=pinned))
        print(f"8 speeches in the embedded voice on {number} core(s): {took[-1]:.1f} s")
    print(f"two cores against one: {took[0] / took[1]:.2f} times as fast (at least {MIN_SPEEDUP})")


def kills(folder: Path, times: int = 100) -> None:
    """Kill a batch repeatedly; check that the next run completes it."""
    from tests.cli.test_batch_command import kill_again_and_again

    started = time.perf_counter()
    kill_again_and_again(folder, times, seed=6)
    took = time.perf_counter() - started
    print(f"killed {times} times, whole every time ({took:.0f} s)")


class Run(NamedTuple):
    """The measures of one batch.

    Attributes:
        speeches: How many speeches it produced.
        took: Its duration in seconds.
        production: The seconds spent in productions.
        peak: The peak memory in MB.
    """

    speeches: int
    took: float
    production: float
    peak: float

    @property
    def production_cost(self) -> float:
        """Seconds of production for a speech."""
        return self.production / self.speeches


def measure_in_new_process(source: Path, out: Path, jobs: int) -> Run:
    """Measure a batch in a new process, with its own peak memory."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as process:
        return process.submit(measure, source, out, jobs).result()


def measure(source: Path, out: Path, jobs: int) -> Run:
    """Measure a batch, including planning and the report, but not the imports."""
    warm_up(out)
    seconds: list[float] = []
    started = time.perf_counter()
    plan = batch.plan_batch(source, out, OPTIONS)
    report = batch.run_batch(plan, jobs=jobs, producer=timing_producer(plan.storage, seconds))
    took = time.perf_counter() - started
    assert report.exit_code == 0
    return Run(len(seconds), took, sum(seconds), peak_memory())


def peak_memory() -> float:
    """Return the peak of this process's memory in MB, without what its parent had; Linux only."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def warm_up(out: Path) -> None:
    """Produce one speech, so that every module and dictionary is loaded."""
    source = write_speeches(out.with_name(f"{out.name}-warm"), 1, SHORT)
    batch.run_batch(batch.plan_batch(source, source / "out", OPTIONS), resources=Resources())


def timing_producer(storage: OutputStorage, seconds: list[float]) -> Producer:
    """Return a local producer that records the seconds of each production."""

    def produce_timed(
        request: Request, job: batch.SpeechJob, progress: ProgressCallback
    ) -> ProducedFiles:
        with storage.work_folder(job.key) as folder:
            production = produce(replace(request, output=folder), progress, Resources())
            seconds.append(production.took)
            files = storage.deliver(job.folder, {file.name: file for file in production.files})
        return ProducedFiles(
            production.voice.name, production.voice.engine, production.duration, files
        )

    return produce_timed


def write_speeches(folder: Path, number: int, text: str) -> Path:
    """Write `number` speeches into a new folder; return the folder."""
    folder.mkdir()
    for i in range(number):
        (folder / f"{i:05}.txt").write_text(f"第{i}篇\n{text}", encoding="utf-8")
    return folder


def time_command(source: Path, *options: str, prefix: Sequence[str] = ()) -> float:
    """Run `speechcast batch` and return how many seconds it takes."""
    whole: list[str | Path] = [
        *prefix,
        sys.executable,
        "-m",
        "speechcast",
        "batch",
        source,
        *options,
    ]
    return run_command(whole).seconds


if __name__ == "__main__":
    main()
