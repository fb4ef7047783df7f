"""`speechcast batch` over many speeches: costs, two cores, repeated kills.

    python -m benchmarks.batch [throughput] [dry_run] [cores] [kills]

throughput: what a speech in the voice `tone` costs beyond its own production, in one process; and
            the peak memory of 100 against 1,000 speeches.
dry_run:    a --dry-run over 10,000 speeches.
cores:      eight speeches in the embedded voice, on two cores against one.
kills:      100 times SIGKILL at a random moment of a batch of 20, each followed by a whole run.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from speechcast import batch
from speechcast.batch.storage import OutputStorage
from speechcast.batch.worker import BatchOptions, ProducedFiles, Producer
from speechcast.produce import produce
from speechcast.progress import ProgressCallback
from speechcast.request import Preferences, Request
from speechcast.synthesis.synthesizer import Resources

MAX_OVERHEAD = 0.030  # seconds a speech may cost beyond its own production
MIN_SPEEDUP = 1.8  # how many times as fast two cores must be as one
OPTIONS = BatchOptions(preferences=Preferences(voice="tone"))
SHORT = "各位同学：\n早上好！今天开会，请大家坐好。\n"
LONG = "会议期间，市领导到会指导。大家听取发言，共商大计，提出了许多好的意见和建议。\n\n"


def main() -> None:
    """Run the parts named on the command line, or all."""
    parts = {f.__name__: f for f in (throughput, dry_run, cores, kills)}
    for name in sys.argv[1:] or parts:
        with tempfile.TemporaryDirectory() as folder:
            parts[name](Path(folder))


def throughput(folder: Path, speeches: int = 1000) -> None:
    """Measure the cost per speech beyond production, and peak memory."""
    small = write_speeches(folder / "small", 100, SHORT)
    large = write_speeches(folder / "large", speeches, SHORT)
    peaks = []
    for source, jobs in ((small, 1), (large, 1), (large, 2)):
        run = measure_in_new_process(source, folder / f"{source.name}-{jobs}", jobs)
        peaks.append(run.peak)
        print(
            f"{run.speeches} speeches, {jobs} at once: {run.rate:.1f} a second, {run.peak:.0f} MB"
        )
        if jobs == 1:
            print(
                f"  a production {run.production_cost * 1000:.1f} ms, "
                f"all else {run.overhead * 1000:.1f} ms (at most {MAX_OVERHEAD * 1000:.0f})"
            )
    print(f"peak memory of {speeches} against 100: {peaks[1] / peaks[0]:.2f}")
    took = time_command(large, "-o", str(folder / "large-2"), "-v", "tone", "-q")
    print(f"{speeches} up to date: {took:.1f} s")


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
    def rate(self) -> float:
        """Speeches a second."""
        return self.speeches / self.took

    @property
    def production_cost(self) -> float:
        """Seconds of production for a speech."""
        return self.production / self.speeches

    @property
    def overhead(self) -> float:
        """Seconds for a speech beyond its production."""
        return self.took / self.speeches - self.production_cost


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
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Run(len(seconds), took, sum(seconds), peak)


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
    whole = [*prefix, sys.executable, "-m", "speechcast", "batch", str(source), *options]
    started = time.perf_counter()
    subprocess.run(whole, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
