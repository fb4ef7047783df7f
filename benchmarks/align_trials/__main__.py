"""Try `speechcast align` on random recordings.

    python -m benchmarks.align_trials --pair TEXT REFERENCE SPEAKER [--pair …] [--trials 200]
        [--first 0] [--results FILE] [--part 1/2] [--only NUMBER …] [--write FOLDER]

Each trial is a stretch of a text, spoken by SPEAKER: a preset, a preset's file, or `espeak:VOICE`.
Its number is its seed. The sentences are left out, doubled, swapped, or come from elsewhere, and
the recording is clean, noisy, in a hall, slow, fast, with music or with applause. The true time of
everything in the recording is known to the sample. A result is written as soon as it is there, and
a run goes on where another one ended; `--part` shares a run among processes. `--write` keeps the
recordings.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.align_trials.drawing import Pair, Trial, draw
from benchmarks.align_trials.judging import try_align, write_recording
from benchmarks.align_trials.table import append_result, list_faults, print_table, read_results


def main() -> None:
    """Run the trials that have no result yet, and print the table of all."""
    chosen = parse_arguments()
    pairs = [Pair(Path(text), *voices) for text, *voices in chosen.pair]
    number, parts = map(int, chosen.part.split("/"))
    trials = chosen.only or range(chosen.first + number - 1, chosen.first + chosen.trials, parts)
    results = read_results(chosen.results) if not chosen.only else {}
    for trial in (draw(n, pairs) for n in trials if n not in results):
        if chosen.write:
            write_trial(chosen.write, trial)
        result = results[trial.number] = try_align(trial)
        faults = (*result.missed, *result.invented) or ("as it should be",)
        print(f"{trial.number:4} {trial.pair}, {trial.condition}", *faults, sep="; ", flush=True)
        if not chosen.only:
            append_result(chosen.results, result)
    rows = list(results.values())
    print(*print_table(rows), *list_faults(rows), sep="\n")


def parse_arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.align_trials")
    voices = ("TEXT", "REFERENCE", "SPEAKER")
    parser.add_argument("--pair", nargs=3, metavar=voices, action="append", default=[])
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="the number of the first trial")
    parser.add_argument("--results", type=Path, default=Path("trials.jsonl"))
    parser.add_argument("--part", default="1/1", help="which part of how many, as 1/2")
    parser.add_argument("--only", type=int, nargs="*", help="trials to run once more")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="for the recordings")
    return parser.parse_args()


def write_trial(folder: Path, trial: Trial) -> None:
    """Write a recording and its text, to be listened to and aligned by the command."""
    folder.mkdir(parents=True, exist_ok=True)
    write_recording(trial, folder / f"{trial.number}.wav")
    text = "\n".join(utterance.shown.strip() for utterance in trial.utterances)
    (folder / f"{trial.number}.txt").write_text(f"{text}\n", "utf-8")


if __name__ == "__main__":
    main()
