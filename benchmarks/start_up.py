"""`speechcast --help` against `import typer`, as whole processes in turn.

python -m benchmarks.start_up
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

MOST = 2.0
ROUNDS = 11


def main() -> None:
    pairs = [
        (seconds("-m", "speechcast", "--help"), seconds("-c", "import typer"))
        for _ in range(ROUNDS + 1)
    ][1:]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"--help {ours * 1000:.0f} ms, import typer {theirs * 1000:.0f} ms")
    print(f"median ratio {ratio:.2f} (at most {MOST})")


def seconds(*arguments: str) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
