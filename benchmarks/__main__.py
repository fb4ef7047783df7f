"""Measure what speechcast promises about speed, against what a user would pick instead.

    python -m benchmarks [NAME ...] [--quick] [--speech FILE] [--rivals PYTHON] [--write FOLDER]

Each NAME is a function below, and yields rows; all of them run without one. Every row is a ratio
taken in this run, in alternation.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.batch import many_files
from benchmarks.embedded import edited, inferences, one_sentence, sentence_after_sentence
from benchmarks.first_sound import first_sound
from benchmarks.length import length
from benchmarks.machine import describe_machine
from benchmarks.online import online
from benchmarks.report import describe_row, read_page, write_report
from benchmarks.rows import Plan, Row
from benchmarks.sound import sound
from benchmarks.start_up import start_up

BENCHMARKS: dict[str, Callable[[Plan], Iterator[Row]]] = {
    "narrator": sentence_after_sentence,
    "sentence": one_sentence,
    "say": first_sound,
    "inferences": inferences,
    "edited": edited,
    "online": online,
    "sound": sound,
    "batch": many_files,
    "length": length,
    "start": start_up,
}
REPOSITORY = Path(__file__).parents[1]


def main() -> None:
    """Run the benchmarks named on the command line, or all."""
    chosen = parse_arguments()
    if chosen.write:
        read_page(chosen.write)  # fails now rather than after twenty minutes
    rows = []
    for name in chosen.names or BENCHMARKS:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["SPEECHCAST_CACHE"] = f"{folder}/clips"
            plan = Plan(Path(folder), chosen.quick, chosen.speech, chosen.rivals)
            for row in BENCHMARKS[name](plan):
                print(describe_row(row), flush=True)
                rows.append(row)
    machine = describe_machine(chosen.rivals)
    if chosen.write:
        write_report(chosen.write, rows, machine)
    print("\n".join(["", *machine]))


def parse_arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="less work, once")
    parser.add_argument(
        "--speech", type=Path, default=REPOSITORY / "examples" / "kaixue.txt", help="in Mandarin"
    )
    parser.add_argument(
        "--rivals", type=Path, default=Path(sys.executable), help="a Python with kokoro-onnx"
    )
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="of benchmarks.md")
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - BENCHMARKS.keys():
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    return chosen


if __name__ == "__main__":
    main()
