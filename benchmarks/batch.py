"""`speechcast batch` over many speeches, on one core and on two, and under a killer's hand.

    python -m benchmarks.batch [throughput] [rehearsal] [cores] [killed]

throughput: what a speech in the voice `tone` costs beyond its own production, in one run; and the
            peak memory of 100 against 1,000.
rehearsal:  a --dry-run over 10,000.
cores:      eight speeches in the embedded voice, on two cores against one.
killed:     100 times SIGKILL at a random moment of a batch of 20, each followed by a whole run.
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

MOST = 0.030  # seconds a speech may cost beyond its own production
LEAST = 1.8  # times as fast as one core two are to be
OPTIONS = BatchOptions(Preferences(voice="tone"))
SHORT = "各位同学：\n早上好！今天开会，请大家坐好。\n"
LONG = "会议期间，市领导到会指导。大家听取发言，共商大计，提出了许多好的意见和建议。\n\n"


def main() -> None:
    parts = {f.__name__: f for f in (throughput, rehearsal, cores, killed)}
    for name in sys.argv[1:] or parts:
        with tempfile.TemporaryDirectory() as folder:
            parts[name](Path(folder))


def throughput(folder: Path, speeches: int = 1000) -> None:
    small = speech_folder(folder / "small", 100, SHORT)
    large = speech_folder(folder / "large", speeches, SHORT)
    peaks = []
    for source, jobs in ((small, 1), (large, 1), (large, 2)):
        run = in_a_process_of_its_own(source, folder / f"{source.name}-{jobs}", jobs)
        peaks.append(run.peak)
        print(
            f"{run.speeches} speeches, {jobs} at once: {run.rate:.1f} a second, {run.peak:.0f} MB"
        )
        if jobs == 1:
            print(
                f"  a production {run.own * 1000:.1f} ms, all else {run.beyond * 1000:.1f} ms "
                f"(at most {MOST * 1000:.0f})"
            )
    print(f"peak memory of {speeches} against 100: {peaks[1] / peaks[0]:.2f}")
    took = command(large, "-o", str(folder / "large-2"), "-v", "tone", "-q")
    print(f"{speeches} up to date: {took:.1f} s")


def rehearsal(folder: Path, speeches: int = 10_000) -> None:
    source = speech_folder(folder / "in", speeches, SHORT)
    took = command(source, "-o", str(folder / "out"), "-v", "tone", "--dry-run")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"--dry-run of {speeches}: {took:.1f} s, {peak:.0f} MB")


def cores(folder: Path) -> None:
    source = speech_folder(folder / "in", 8, LONG * 5)
    usable = sorted(os.sched_getaffinity(0))[:2]
    took = []
    for number in (1, 2):
        only = ("taskset", "-c", ",".join(map(str, usable[:number])))
        options = ("-o", str(folder / f"out-{number}"), "-v", "narrator", "-q", "--no-cache")
        took.append(command(source, *options, before=only))
        print(f"8 speeches in the embedded voice on {number} core(s): {took[-1]:.1f} s")
    print(f"two cores against one: {took[0] / took[1]:.2f} times as fast (at least {LEAST})")


def killed(folder: Path, times: int = 100) -> None:
    from tests.cli.test_batch_command import killed_again_and_again

    started = time.perf_counter()
    killed_again_and_again(folder, times, seed=6)
    took = time.perf_counter() - started
    print(f"killed {times} times, whole every time ({took:.0f} s)")


class Run(NamedTuple):
    """A batch; `took` is its seconds, `produced` those in productions, `peak` in MB."""

    speeches: int
    took: float
    produced: float
    peak: float

    @property
    def rate(self) -> float:
        return self.speeches / self.took

    @property
    def own(self) -> float:
        return self.produced / self.speeches

    @property
    def beyond(self) -> float:
        return self.took / self.speeches - self.own


def in_a_process_of_its_own(source: Path, out: Path, jobs: int) -> Run:
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as process:
        return process.submit(measured, source, out, jobs).result()


def measured(source: Path, out: Path, jobs: int) -> Run:
    """The batch over a folder, planning and report included; the imports are not."""
    warm(out)
    seconds: list[float] = []
    started = time.perf_counter()
    plan = batch.plan(source, out, OPTIONS)
    report = batch.run(plan, jobs=jobs, producer=timed(plan.storage, seconds))
    took = time.perf_counter() - started
    assert report.exit_code == 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Run(len(seconds), took, sum(seconds), peak)


def warm(out: Path) -> None:
    """One speech, so that every module and dictionary is loaded."""
    source = speech_folder(out.with_name(f"{out.name}-warm"), 1, SHORT)
    batch.run(batch.plan(source, source / "out", OPTIONS), resources=Resources())


def timed(place: OutputStorage, seconds: list[float]) -> Producer:
    """As a batch makes them; how long each production itself took goes into `seconds`."""

    def make(asked: Request, job: batch.SpeechJob, report: ProgressCallback) -> ProducedFiles:
        with place.workshop(job.key) as work:
            made = produce(replace(asked, output=work), report, Resources())
            seconds.append(made.took)
            files = place.deliver(job.folder, {file.name: file for file in made.files})
        return ProducedFiles(made.voice.name, made.voice.engine, made.duration, files)

    return make


def speech_folder(folder: Path, number: int, text: str) -> Path:
    folder.mkdir()
    for i in range(number):
        (folder / f"{i:05}.txt").write_text(f"第{i}篇\n{text}", encoding="utf-8")
    return folder


def command(source: Path, *options: str, before: Sequence[str] = ()) -> float:
    """Seconds the command takes."""
    whole = [*before, sys.executable, "-m", "speechcast", "batch", str(source), *options]
    started = time.perf_counter()
    subprocess.run(whole, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
