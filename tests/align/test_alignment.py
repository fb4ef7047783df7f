"""What of a text becomes a timeline, and how sure its cues are."""

from __future__ import annotations

import pytest

from speechcast.align.alignment import build_timeline, measure_confidence
from speechcast.align.placement import HeardWord, Placement
from speechcast.align.tracks import Reference, Word
from speechcast.model import Pause, Span, Token, Utterance
from speechcast.subtitles.cue import Cue, CueToken
from tests.align.test_placement import recording, track

TOKENS = tuple(Token(text, "" if text in "，“。" else text) for text in "甲，“乙丙。")


def placement(*heard: tuple[int, int, Span], lead: float = 1.0) -> Placement:
    """Return words that are heard: the utterance, the token and the samples of each."""
    return Placement(
        tuple(HeardWord(Word(u, token, 0, 1), span, lead) for u, token, span in heard), (), ()
    )


@pytest.mark.parametrize(
    ("heard", "shown", "spans"),
    [
        ([0, 3, 4], "甲，“乙丙。", [(0, 100), None, None, (300, 400), (400, 500), None]),
        ([3, 4], "乙丙。", [(0, 100), (100, 200), None]),  # marks after what is not heard
        ([0, 3], "甲，“乙", [(0, 100), None, None, (300, 400)]),
        ([0], "甲，“", [(0, 100), None, None]),
    ],
)
def test_marks_belong_to_the_word_before_them(
    heard: list[int], shown: str, spans: list[tuple[int, int] | None]
) -> None:
    sentence = Utterance(tokens=TOKENS, sentence=1, row=1, pause=Pause.SENTENCE)
    words = placement(*((0, i, Span(500 + 100 * i, 600 + 100 * i)) for i in heard))
    timeline = build_timeline(recording(200), Reference((sentence,), track(1), ()), words)
    (clip,) = timeline.clips
    assert (timeline.rate, timeline.length, clip.start) == (1000, 2000, 500 + 100 * heard[0])
    assert clip.utterance.shown == shown
    assert list(clip.clip.spans) == [None if s is None else Span(*s) for s in spans]


CONFIDENCES = [(0.1, 0.0), (-0.5, 0.0), (0.7, 1.0), (2.5, 1.0), (0.4, 0.5), (0.16, 0.1)]


@pytest.mark.parametrize(("lead", "confidence"), CONFIDENCES)
def test_the_confidence_of_a_cue(lead: float, confidence: float) -> None:
    span = Span(0, 100)
    cues = [Cue(0, 100, (CueToken("甲", span), CueToken("。", None))), Cue(0, 9, ())]
    assert measure_confidence(cues, placement((0, 0, span), lead=lead)) == [confidence, 0.0]


def test_a_long_word_counts_more() -> None:
    short, long = Span(0, 100), Span(100, 400)
    heard = (
        HeardWord(Word(0, 0, 0, 1), short, 0.7),
        HeardWord(Word(0, 1, 1, 2), long, 0.1),
    )
    cue = Cue(0, 400, (CueToken("甲", short), CueToken("乙", long)))
    assert measure_confidence([cue], Placement(heard, (), ())) == [0.25]
