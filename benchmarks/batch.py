"""`speechcast batch` over many speeches in the voice `tone`, and under a killer's hand.

    python -m benchmarks.batch [throughput] [rehearsal] [killed]

throughput: what a speech costs beyond its own production, and the peak memory of 100 against 1,000.
rehearsal:  a --dry-run over 10,000.
killed:     100 times SIGKILL at a random moment of a batch of 20, each followed by a whole run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from speechcast import batch
from speechcast.batch.making import Options, ordered
from speechcast.orders import Wishes
from speechcast.produce import produce
from speechcast.progress import silent

MOST = 0.030  # seconds a speech may cost beyond its own production
OPTIONS = Options(Wishes(voice="tone"))


def main() -> None:
    chosen = sys.argv[1:] or ["throughput", "rehearsal", "killed"]
    for name in chosen:
        with tempfile.TemporaryDirectory() as folder:
            {"throughput": throughput, "rehearsal": rehearsal, "killed": killed}[name](Path(folder))


def throughput(folder: Path, speeches: int = 1000) -> None:
    small, large = speech_folder(folder / "small", 100), speech_folder(folder / "large", speeches)
    alone = own_work(small)
    print(f"a production by itself: {alone * 1000:.1f} ms")
    peaks = []
    for jobs in (1, 2):
        for source in (small, large):
            out = folder / f"{source.name}-{jobs}"
            took, peak = run(source, "-o", str(out), "-v", "tone", "-q", "--jobs", str(jobs))
            number = len(list(source.iterdir()))
            peaks.append(peak)
            print(
                f"{number} speeches, --jobs {jobs}: {took:.1f} s, {number / took:.1f} a second, "
                f"{(took / number - alone) * 1000:+.1f} ms each beyond their own work "
                f"(at most {MOST * 1000:.0f}), peak {peak:.0f} MB"
            )
    print(f"peak memory of {speeches} against 100: {peaks[1] / peaks[0]:.2f}")
    took, peak = run(large, "-o", str(folder / "large-2"), "-v", "tone", "-q")
    print(f"{speeches} up to date: {took:.1f} s, peak {peak:.0f} MB")


def rehearsal(folder: Path, speeches: int = 10_000) -> None:
    source = speech_folder(folder / "in", speeches)
    took, peak = run(source, "-o", str(folder / "out"), "-v", "tone", "--dry-run")
    print(f"--dry-run of {speeches}: {took:.1f} s, peak {peak:.0f} MB")


def killed(folder: Path, times: int = 100) -> None:
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from test_batch_command import killed_again_and_again

    started = time.perf_counter()
    killed_again_and_again(folder, times, seed=6)
    took = time.perf_counter() - started
    print(f"killed {times} times, whole every time ({took:.0f} s)")


def speech_folder(folder: Path, number: int) -> Path:
    folder.mkdir()
    for i in range(number):
        text = f"第{i}篇\n各位同学：\n早上好！今天开会，请大家坐好。\n"
        (folder / f"{i:05}.txt").write_text(text, encoding="utf-8")
    return folder


def own_work(folder: Path) -> float:
    """Seconds a production takes with nothing around it: the second round of two."""
    plan = batch.plan(folder, folder / "none", OPTIONS)
    with tempfile.TemporaryDirectory() as out:
        for _ in range(2):
            started = time.perf_counter()
            for job in plan.found.jobs:
                asked = ordered(folder, job, OPTIONS)
                produce(replace(asked, output=Path(out)), silent)
            took = time.perf_counter() - started
    return took / len(plan.found.jobs)


def run(source: Path, *options: str) -> tuple[float, float]:
    """Seconds the command takes, and its peak memory in MB."""
    command = [sys.executable, "-m", "speechcast", "batch", str(source), *options]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return time.perf_counter() - started, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
