"""Attack the targets for some minutes, on several processes.

The time is divided into rounds of one target and one seed each, so that any round can be repeated
by itself: `python -m tests.fuzz.campaign --target cues --round-seed 1234`. A summary stands at the
end, also of a campaign that is stopped (SIGINT, SIGTERM).
"""

from __future__ import annotations

import argparse
import faulthandler
import heapq
import multiprocessing
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.targets import TARGETS

INPUTS_A_ROUND = 500
SHOWN_EVERY = 10_000  # inputs
SLOWEST_SHOWN = 10
LONGEST_SECONDS = 20  # of processor time for one input; what takes longer counts as a fault
SHOWN_CHARACTERS = 300  # of an input


@dataclass(frozen=True, slots=True, order=True)
class SlowInput:
    """An input, and the seconds of processor time it took."""

    seconds: float
    target: str
    text: str


@dataclass(slots=True)
class Round:
    """The result of a round.

    Attributes:
        target: The name of the target.
        round_seed: What repeats it.
        inputs: How many inputs were tried.
        slowest: The slowest of them.
        fault: The smallest input that breaks a property, and how; "" if none did.
    """

    target: str
    round_seed: int
    inputs: int = 0
    slowest: list[SlowInput] = field(default_factory=list)
    fault: str = ""


class _TooSlow(BaseException):
    """An input took longer than `LONGEST_SECONDS`."""


def run_round(target: str, round_seed: int, inputs: int = INPUTS_A_ROUND) -> Round:
    """Try inputs on a target until one breaks a property."""
    result = Round(target, round_seed)

    def attack(value: object) -> None:
        started = time.process_time()
        result.inputs += 1
        signal.setitimer(signal.ITIMER_PROF, LONGEST_SECONDS)
        try:
            TARGETS[target].attack(value)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            _remember(result.slowest, time.process_time() - started, target, value)

    rounds = settings(
        max_examples=inputs,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    signal.signal(signal.SIGPROF, _raise_too_slow)
    try:
        seed(round_seed)(rounds(given(TARGETS[target].inputs)(attack)))()
    except (Exception, _TooSlow) as exc:
        notes = " ".join(getattr(exc, "__notes__", []))
        result.fault = f"{type(exc).__name__}: {exc} {notes}"
    return result


def _raise_too_slow(*_: object) -> None:
    raise _TooSlow(f"longer than {LONGEST_SECONDS} s")


def _remember(slowest: list[SlowInput], seconds: float, target: str, value: object) -> None:
    if len(slowest) < SLOWEST_SHOWN:
        heapq.heappush(slowest, SlowInput(seconds, target, repr(value)[:SHOWN_CHARACTERS]))
    elif seconds > slowest[0].seconds:
        heapq.heapreplace(slowest, SlowInput(seconds, target, repr(value)[:SHOWN_CHARACTERS]))


class _Stopped(BaseException):
    """A signal asked for the end, by its number."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.exit_code = 128 + number  # as a shell reports it


@dataclass(slots=True)
class Tally:
    """What the rounds that have ended found; it prints each fault, and every so many inputs."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    slowest: list[SlowInput] = field(default_factory=list)

    def add(self, result: Round) -> None:
        """Count a round, and print what a reader waits for."""
        before = self.counts.total() // SHOWN_EVERY
        self.counts[result.target] += result.inputs
        self.faults[result.target] += bool(result.fault)
        self.slowest = heapq.nlargest(SLOWEST_SHOWN, self.slowest + result.slowest)
        if result.fault:
            fault = f"\n{result.target}, round seed {result.round_seed}:\n{result.fault}"
            print(fault, flush=True)
        elif self.counts.total() // SHOWN_EVERY > before:
            print(f"{self.counts.total():,} inputs", flush=True)

    def print_summary(self) -> None:
        """Print the inputs and faults of each target, and the slowest inputs of all."""
        print(f"\n{'target':<12}{'inputs':>10}{'faults':>8}")
        for name, count in self.counts.items():
            print(f"{name:<12}{count:>10,}{self.faults[name]:>8}")
        total, faults = self.counts.total(), self.faults.total()
        print(f"{'all':<12}{total:>10,}{faults:>8}\n\nThe slowest inputs:")
        for slow in self.slowest:
            print(f"{slow.seconds:8.3f} s  {slow.target:<12}{slow.text}")
        sys.stdout.flush()


def run_campaign(
    minutes: float, most_inputs: int, campaign_seed: int, jobs: int, names: list[str]
) -> int:
    """Attack the targets in turn, print what broke, and return the exit code.

    It ends after `minutes`, or after `most_inputs` inputs if that is sooner. SIGINT and SIGTERM end
    it at once: the rounds that run are dropped, those that ended are summed up.
    """
    first = f"seed {campaign_seed}, {minutes:g} minutes, {len(names)} targets, {jobs} processes"
    print(first, flush=True)
    tally = Tally()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    stopped = 0
    try:
        _attack(tally, minutes, most_inputs, _draw_rounds(campaign_seed, names), jobs)
    except _Stopped as exc:
        print(f"\nstopped by {exc}", flush=True)
        stopped = exc.exit_code
    tally.print_summary()
    return 1 if tally.faults.total() else stopped


def _attack(
    tally: Tally, minutes: float, most_inputs: int, waiting: Iterator[tuple[str, int]], jobs: int
) -> None:
    """Run rounds until the time is over, enough inputs were tried, or a process died."""
    ends = time.monotonic() + 60 * minutes

    def goes_on() -> bool:
        return time.monotonic() < ends and tally.counts.total() < most_inputs

    pool = ProcessPoolExecutor(jobs, initializer=_prepare_worker)
    try:
        running: dict[Future[Round], tuple[str, int]] = {}
        while goes_on() or running:
            while len(running) < 2 * jobs and goes_on():
                drawn = next(waiting)
                running[pool.submit(run_round, *drawn)] = drawn
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                tally.add(_result_of(future, *running.pop(future)))
            if any(isinstance(future.exception(), BrokenProcessPool) for future in done):
                break  # its stack is on stderr
    except _Stopped:
        for process in multiprocessing.active_children():
            process.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _stop(number: int, _: object) -> None:
    for again in (signal.SIGINT, signal.SIGTERM):
        signal.signal(again, signal.SIG_IGN)  # once is enough: the summary is to be whole
    raise _Stopped(number)


def _prepare_worker() -> None:
    """Let a worker show its stack when it dies, and leave Ctrl-C to the process that sums up."""
    faulthandler.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _result_of(future: Future[Round], target: str, round_seed: int) -> Round:
    """Return a round's result; a process that died is its fault, or that of another that ran."""
    try:
        return future.result()
    except BrokenProcessPool as exc:
        return Round(target, round_seed, fault=f"a process died: {exc}")


def _draw_rounds(campaign_seed: int, names: list[str]) -> Iterator[tuple[str, int]]:
    rng = random.Random(campaign_seed)
    while True:
        for name in names:
            yield name, rng.getrandbits(32)


def main() -> None:
    """Run a campaign, or one round of it; exit with 1 if something broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--inputs", type=int, default=10**9, help="end after so many inputs")
    parser.add_argument("--seed", type=int, default=None, help="what repeats a campaign")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--target", action="append", choices=[*TARGETS], help="more than once")
    parser.add_argument("--round-seed", type=int, help="repeat one round of one target")
    options = parser.parse_args()
    names = options.target or [*TARGETS]
    if options.round_seed is not None:
        result = run_round(names[0], options.round_seed)
        print(result.fault or f"{result.inputs} inputs, no fault")
        raise SystemExit(bool(result.fault))
    campaign_seed = random.getrandbits(32) if options.seed is None else options.seed
    code = run_campaign(options.minutes, options.inputs, campaign_seed, options.jobs, names)
    raise SystemExit(code)


if __name__ == "__main__":
    main()
