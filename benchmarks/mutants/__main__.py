"""Sample mutants of modules, run their tests, and print those that lived.

python -m benchmarks.mutants --seed 1 --count 40 --modules timeline,subtitles
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from .modules import AREAS, PACKAGE, source_path, tests_of
from .mutations import Mutation, find_mutations
from .trial import ROOT, Copy, Outcome, prepare_forks

# A mutant's tests have so many times what the tests take without it, and seconds beside: a mutant
# that is merely slow is not caught, and the machine may have other work.
PATIENCE = 4.0
SPARE_SECONDS = 10.0


def main() -> int:
    """Run the command; return 1 if a module's tests fail as they are."""
    options = parse_options()
    prepare_forks()
    failed = False
    rates: dict[str, Counter[Outcome]] = {}
    print(f"seed {options.seed}, up to {options.count} mutants a module", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        copy = Copy(Path(temporary))
        for module in select_modules(options.modules):
            trial = try_module(copy, module, options.seed, options.count)
            if trial is None:
                failed = True
            else:
                rates[module] = trial
                print(format_rate(module, trial), flush=True)
    print_rates(rates)
    return int(failed)


def parse_options() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--count", type=int, default=40, help="mutants of a module")
    parser.add_argument("--modules", default=",".join(AREAS), help="modules and folders, by comma")
    return parser.parse_args()


def select_modules(names: str) -> list[str]:
    """Return the modules that a comma-separated list names; a folder stands for all it holds."""
    package = ROOT / "src" / PACKAGE
    modules: dict[str, None] = {}
    for name in names.split(","):
        files = sorted((package / name).rglob("*.py")) or [package / f"{name}.py"]
        if not files[0].exists():
            raise SystemExit(f"there is no module or folder {name} in {package}")
        for file in files:
            if file.stem != "__init__":
                modules[str(file.relative_to(package).with_suffix(""))] = None
    return list(modules)


def try_module(copy: Copy, module: str, seed: int, count: int) -> Counter[Outcome] | None:
    """Return how the tests of a sample of mutants ended; None if they fail without one."""
    tests = tests_of(module)
    start = time.monotonic()
    if copy.run_tests(tests, limit=600) is not Outcome.LIVED:
        print(f"\n{module}: the tests fail as they are\n{copy.log.read_text('utf-8')[-3000:]}")
        return None
    limit = PATIENCE * (time.monotonic() - start) + SPARE_SECONDS
    copy.preload()
    outcomes: Counter[Outcome] = Counter()
    for mutation in sample(copy.tree, module, seed, count):
        outcome = copy.try_mutant(source_path(module), mutation.code(), tests, limit)
        outcomes[outcome] += 1
        if outcome is Outcome.LIVED:
            print("\n".join([f"\n{module}: lived", *mutation.difference()]), flush=True)
    return outcomes


def sample(tree: Path, module: str, seed: int, count: int) -> Iterator[Mutation]:
    """Yield a random sample of a module's mutants, the same for the same seed and source."""
    mutations = find_mutations((tree / source_path(module)).read_text("utf-8"))
    chosen = random.Random(f"{seed} {module}").sample(mutations, min(count, len(mutations)))
    yield from chosen


def print_rates(rates: dict[str, Counter[Outcome]]) -> None:
    """Print a line for each module, and one for all."""
    print(f"\n{'module':32}{'mutants':>8}{'caught':>8}")
    for module, outcomes in rates.items():
        print(format_rate(module, outcomes))
    print(format_rate("all", sum(rates.values(), Counter())))


def format_rate(module: str, outcomes: Counter[Outcome]) -> str:
    """Return a line of how many mutants there were, and how many were caught."""
    mutants = outcomes.total()
    caught = mutants - outcomes[Outcome.LIVED]
    rate = f"{caught / mutants:.0%}" if mutants else ""
    return f"{module:32}{mutants:>8}{caught:>8}{rate:>8}"


if __name__ == "__main__":
    sys.exit(main())
