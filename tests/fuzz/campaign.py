"""Attack the targets for some minutes, on several processes.

The time is divided into rounds of one target and one seed each, so that any round can be repeated
by itself: `python -m tests.fuzz.campaign --target cues --round-seed 1234`.
"""

from __future__ import annotations

import argparse
import faulthandler
import heapq
import os
import random
import signal
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


def run_campaign(
    minutes: float, most_inputs: int, campaign_seed: int, jobs: int, names: list[str]
) -> bool:
    """Attack the targets in turn, print what broke, and return whether nothing did.

    It ends after `minutes`, or after `most_inputs` inputs if that is sooner.
    """
    print(f"seed {campaign_seed}, {minutes:g} minutes, {len(names)} targets, {jobs} processes")
    ends = time.monotonic() + 60 * minutes
    waiting = _draw_rounds(campaign_seed, names)
    counts: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    slowest: list[SlowInput] = []

    def goes_on() -> bool:
        return time.monotonic() < ends and counts.total() < most_inputs

    with ProcessPoolExecutor(jobs, initializer=faulthandler.enable) as pool:
        running: dict[Future[Round], tuple[str, int]] = {}
        while goes_on() or running:
            while len(running) < 2 * jobs and goes_on():
                drawn = next(waiting)
                running[pool.submit(run_round, *drawn)] = drawn
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                result = _result_of(future, *running.pop(future))
                counts[result.target] += result.inputs
                slowest = heapq.nlargest(SLOWEST_SHOWN, slowest + result.slowest)
                faults[result.target] += bool(result.fault)
                if result.fault:
                    print(f"\n{result.target}, round seed {result.round_seed}:\n{result.fault}")
                elif (
                    counts.total() // SHOWN_EVERY > (counts.total() - result.inputs) // SHOWN_EVERY
                ):
                    print(f"{counts.total():,} inputs", flush=True)
            if any(isinstance(future.exception(), BrokenProcessPool) for future in done):
                break  # a process died; its stack is on stderr
    _print_summary(counts, faults, slowest)
    return not faults.total()


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


def _print_summary(counts: Counter[str], faults: Counter[str], slowest: list[SlowInput]) -> None:
    print(f"\n{'target':<12}{'inputs':>10}{'faults':>8}")
    for name, count in counts.items():
        print(f"{name:<12}{count:>10,}{faults[name]:>8}")
    print(f"{'all':<12}{counts.total():>10,}{faults.total():>8}\n\nThe slowest inputs:")
    for slow in slowest:
        print(f"{slow.seconds:8.3f} s  {slow.target:<12}{slow.text}")


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
    whole = run_campaign(options.minutes, options.inputs, campaign_seed, options.jobs, names)
    raise SystemExit(not whole)


if __name__ == "__main__":
    main()
