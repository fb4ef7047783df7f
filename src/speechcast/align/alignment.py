"""The timeline of a recording: its words as tokens, as `make` has those of its own sound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from ..model import Clip, PlacedClip, Span, Timeline, Utterance
from ..subtitles.cue import Cue
from ..units import Hertz
from .placement import HeardWord, Placement
from .tracks import Recording, Reference

DOUBTFUL = 0.25  # of a cue's confidence; a cue with less is listed
# Leads of cues on the average (`align_trials`): of another text 0.1; of this one by eSpeak NG 0.7,
# by people and neural voices 1 to 2.5.
_OTHER, _SAME = 0.1, 0.7


def build_timeline(recording: Recording, reference: Reference, placement: Placement) -> Timeline:
    """Return the timeline of what is heard; its clips have times and no samples."""
    by_utterance: dict[int, dict[int, HeardWord]] = {}
    for heard in placement.heard:
        by_utterance.setdefault(heard.word.utterance, {})[heard.word.token] = heard
    clips = [
        _place_clip(reference.utterances[number], words, recording.rate)
        for number, words in by_utterance.items()
    ]
    return Timeline(tuple(clips), recording.rate, recording.activity.length)


def _place_clip(utterance: Utterance, heard: dict[int, HeardWord], rate: Hertz) -> PlacedClip:
    """Return the heard words of an utterance, with the marks after them."""
    start = min(word.span.start for word in heard.values())
    chosen = list(_choose_tokens(utterance, heard))
    spans = [heard[i].span.shifted(-start) if i in heard else None for i in chosen]
    tokens = tuple(utterance.tokens[i] for i in chosen)
    clip = Clip(np.zeros(0, np.int16), rate, tuple(spans))
    return PlacedClip(replace(utterance, tokens=tokens), clip, start)


def _choose_tokens(utterance: Utterance, heard: dict[int, HeardWord]) -> Iterator[int]:
    """Yield the tokens that are heard, and those without sound that belong to them."""
    shown = True
    for number, token in enumerate(utterance.tokens):
        if number in heard:
            shown = True
            yield number
        elif token.voiced:
            shown = False
        elif shown:
            yield number


def measure_confidence(cues: Sequence[Cue], placement: Placement) -> list[float]:
    """Return how sure each cue's times are, from 0 to 1.

    It is the mean lead of its words over other speech, weighted by their lengths.
    """
    leads = {heard.span: heard.lead for heard in placement.heard}
    return [_confidence([t.span for t in cue.tokens if t.span], leads) for cue in cues]


def _confidence(spans: Sequence[Span], leads: dict[Span, float]) -> float:
    lengths = [span.end - span.start for span in spans]
    mean = sum(leads[s] * n for s, n in zip(spans, lengths, strict=True)) / max(1, sum(lengths))
    return round(min(1.0, max(0.0, (mean - _OTHER) / (_SAME - _OTHER))), 2)
