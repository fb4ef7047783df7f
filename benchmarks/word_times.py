"""When the words of a clip are spoken: estimated, and by another voice; against the truth.

    python -m benchmarks.word_times SPEECH.txt [REFERENCE] [SPEAKER]

The clips of the speaker, an embedded voice, stand for those of a server without word times. Words
at the start of an utterance are left out: their times are the sound's.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.align_trials.voices import speak
from speechcast.audio.activity import find_active_ranges, snap_to_sound
from speechcast.engines.online.spans import clamp_spans
from speechcast.engines.openai.pause_alignment import align_to_pauses
from speechcast.model import Clip, Span, Utterance
from speechcast.warping.clips import align_clip


def main() -> None:
    source = Path(sys.argv[1])
    reference, speaker = (*sys.argv[2:4], "narrator", "orator")[:2]
    utterances, timed = speak(source, reference)
    _, spoken = speak(source, speaker)
    rows: dict[str, list[float]] = {"estimated": [], "aligned": []}
    refused = 0
    for utterance, clip, other in zip(utterances, spoken, timed, strict=True):
        sounds = find_active_ranges(clip.samples, clip.rate)
        estimate = align_to_pauses(utterance.tokens, sounds, clip.rate)
        rows["estimated"] += measure(utterance, clip, estimate)
        aligned = align_clip(clip.samples, clip.rate, other)
        refused += aligned is None
        rows["aligned"] += measure(utterance, clip, aligned or estimate)
    for name, errors in rows.items():
        middle, most, worst = np.percentile(errors, (50, 95, 100))
        print(f"{name:<10} words {len(errors):5}  median {middle:4.0f} ms  95 % {most:4.0f}  "
              f"worst {worst:4.0f}")  # fmt: skip
    print(f"utterances that were not like the reference: {refused} of {len(spoken)}")


def measure(utterance: Utterance, clip: Clip, spans: Sequence[Span | None]) -> list[float]:
    """Return how far the words inside an utterance begin from the truth, in milliseconds."""
    clamped = clamp_spans(spans, len(clip.samples))
    snapped = snap_to_sound(Clip(clip.samples, clip.rate, clamped), utterance.tokens)
    pairs = [(a, b) for a, b in zip(snapped.spans, clip.spans, strict=True) if a and b]
    return [1000 / clip.rate * abs(a.start - b.start) for a, b in pairs[1:]]


if __name__ == "__main__":
    main()
