"""What a minute of a long speech costs beside one of a short speech, in time and memory.

The voice is `tone`, which costs next to nothing, so that all else is seen: reading, words, pauses,
stitching, levelling, encoding, subtitles, checking.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from benchmarks.online import formal_sentence
from benchmarks.rows import Plan, Row, Run, run_command

MINUTES = (1, 10, 100)
SENTENCES_PER_MINUTE = 5.3  # of `formal_sentence`, in the voice `tone`


def length(plan: Plan) -> Iterator[Row]:
    """Yield the rows of speeches of 1, 10 and 100 minutes, each against the one before."""
    for short, long in pairwise(MINUTES[:2] if plan.quick else MINUTES):
        rounds = range(plan.rounds(3) if long <= 10 else 1)
        pairs = [(make(plan.folder, long), make(plan.folder, short)) for _ in rounds]
        ours = tuple(run.seconds / long for run, _ in pairs)
        theirs = tuple(run.seconds / short for _, run in pairs)
        yield Row(f"each of {long} minutes in the voice tone", f"of {short}", ours, theirs)
        peaks = tuple(run.peak for run, _ in pairs), tuple(run.peak for _, run in pairs)
        yield Row(f"{long} minutes in the voice tone: memory", f"of {short}", *peaks, "MB")


def make(folder: Path, minutes: int) -> Run:
    """Run `speechcast make` on a speech of this length, and store no clips."""
    speech = folder / f"{minutes}-minutes.txt"
    sentences = (formal_sentence(n) for n in range(round(minutes * SENTENCES_PER_MINUTE)))
    speech.write_text("\n".join(sentences), encoding="utf-8")
    words: list[str | Path] = [
        sys.executable,
        "-m",
        "speechcast",
        "make",
        speech,
        "-v",
        "tone",
        "--no-cache",
    ]
    return run_command([*words, "-o", folder / "length"])
