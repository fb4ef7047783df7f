"""How cues are planned and laid on their times: exact samples, at a thousand in a second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.dub.lines import Line
from speechcast.dub.mixing import BlockReader, find_speech
from speechcast.dub.phrases import CuePhrase, find_phrases
from speechcast.dub.placement import PlacedPhrase, place_cues, relaid
from speechcast.dub.rates import (
    USUAL_LIMITS,
    CueNeed,
    Limits,
    measure_needs,
    parse_limits,
    plan_rates,
)
from speechcast.dub.takes import TakeTask, record_takes
from speechcast.model import (
    Clip,
    Pause,
    Pauses,
    PlacedClip,
    Span,
    Timeline,
    Token,
    Utterance,
    Voice,
)
from speechcast.subtitles.caption import Caption

RATE = 1000


def utterance(sentence: int, tokens: str = "甲", pause: Pause = Pause.SENTENCE) -> Utterance:
    return Utterance(
        tokens=tuple(Token(c, c) for c in tokens), sentence=sentence, row=1, pause=pause
    )


def voice(rate: int = 0, pauses: Pauses | None = None) -> Voice:
    return Voice(
        name="a",
        description="",
        engine="tone",
        voice="a",
        language="zh-CN",
        rate=rate,
        pauses=pauses or Pauses(),
    )


def phrase(length: int, utterance: int = 0, cue: int = 0, gap: int = 0) -> CuePhrase:
    return CuePhrase(utterance, cue, (0, 1), Span(0, length), gap)


def need(
    *lengths: int,
    pauses: tuple[int, ...] = (),
    tail: int = 0,
    room: int | None = None,
    shown: int = 1000,
    cue: int = 0,
    gap: int = 0,
) -> CueNeed:
    phrases = tuple(phrase(length, cue=cue, gap=gap) for length in lengths)
    return CueNeed(cue, phrases, pauses, tail, room, shown)


@pytest.mark.parametrize(
    ("cue", "tail", "excess"),
    [
        (need(1000), 0, 0),
        (need(100, room=96), 0, 0),  # a fade too long
        (need(100, room=95), 0, 5),
        (need(40, 50, pauses=(10,), room=91), 0, 5),
        (need(100, room=100), 5, 5),
    ],
)
def test_by_how_much_a_cue_is_too_long(cue: CueNeed, tail: int, excess: int) -> None:
    assert cue.excess(4, tail) == excess


@pytest.mark.parametrize(
    ("limits", "rate", "rates"),
    [
        (USUAL_LIMITS, 0, (-15, 25)),
        (USUAL_LIMITS, 10, (-6, 37)),
        (USUAL_LIMITS, -40, (-49, -25)),
        (Limits(0.5, 2.0), 0, (-50, 100)),
        (Limits(0.5, 2.0), -40, (-50, 20)),
        (Limits(0.5, 2.0), 50, (-25, 100)),
    ],
)
def test_the_rates_between_which_a_voice_may_speak(
    limits: Limits, rate: int, rates: tuple[int, int]
) -> None:
    assert limits.rates(voice(rate)) == rates


def test_the_widest_limits_and_the_narrowest() -> None:
    assert parse_limits("0.5-2") == Limits(0.5, 2.0)
    assert parse_limits("1–1") == Limits(1.0, 1.0)


def test_what_cues_need() -> None:
    utterances = [utterance(1, pause=Pause.PARAGRAPH), utterance(2), utterance(3)]
    captions = [Caption(0, 1000, ""), Caption(1500, 2600, ""), Caption(4000, 5000, "")]
    phrases = [
        phrase(300, 0, 0),
        phrase(200, 1, 0, gap=40),
        phrase(100, 1, 1),
        phrase(100, 2, 2),
    ]
    needs = measure_needs(phrases, utterances, captions, {"": Pauses()}, RATE)
    assert [(n.cue, n.pauses, n.tail, n.room, n.shown) for n in needs] == [
        (0, (500,), 40, 1500, 1000),
        (1, (), 60, 2500, 1100),
        (2, (), 0, None, 1000),
    ]
    assert [(n.speech, n.shortest) for n in needs] == [(500, 800), (100, 100), (100, 100)]
    phrases[1] = phrase(200, 1, 0, gap=80)
    short = measure_needs(phrases, utterances, captions, {"": Pauses(sentence=0.05)}, RATE)
    assert [(n.pauses, n.tail) for n in short] == [((50,), 60), ((), 50), ((), 0)]


FASTER = [  # a cue with room, and the rate of its sentence
    (need(1000, room=2000), 0),
    (need(1100, room=1000), 10),
    (need(1300, room=1000), 25),
    (need(990, tail=60, room=1000), 6),
    (need(944, tail=60, room=1000), 0),
    (need(945, tail=60, room=1000), 1),
    (need(400, 400, pauses=(100,), room=800), 9),
    (need(10, 40, pauses=(100,), room=50), 25),
]


@pytest.mark.parametrize(("cue", "rate"), FASTER)
def test_a_sentence_is_hurried_as_its_cue_requires(cue: CueNeed, rate: int) -> None:
    assert plan_rates([cue], [utterance(1)], {"": voice()}, USUAL_LIMITS, {}, RATE) == {1: rate}


def test_a_cue_that_has_no_time_is_spoken_as_fast_as_can_be() -> None:
    cue = need(10, 40, pauses=(100,), room=50)
    planned = plan_rates([cue], [utterance(1)], {"": voice()}, Limits(0.5, 2.0), {}, RATE)
    assert planned == {1: 100}


@pytest.mark.parametrize(
    ("current", "length", "rate"), [({1: 10}, 1005, 11), ({1: 10}, 900, 10), ({1: 25}, 1100, 25)]
)
def test_a_later_recording_is_never_slower(
    current: Mapping[int, int], length: int, rate: int
) -> None:
    cue = need(length, room=1000)
    planned = plan_rates([cue], [utterance(1)], {"": voice()}, USUAL_LIMITS, current, RATE)
    assert planned == {1: rate}


SLOWER = [  # the speech of a cue with 1000 samples of room, its gap and tail; the rate
    (900, 0, 0, -10),
    (969, 0, 0, -3),
    (971, 0, 0, 0),
    (766, 0, 0, -15),
    (764, 0, 0, 0),
    (800, 100, 60, -10),
    (840, 0, 60, -10),
    (1100, 0, 0, 10),
]


@pytest.mark.parametrize(("length", "gap", "tail", "rate"), SLOWER)
def test_a_sentence_is_slowed_until_it_goes_on_by_itself(
    length: int, gap: int, tail: int, rate: int
) -> None:
    cues = [need(length, room=1000, gap=gap, tail=tail), need(100, cue=1)]
    spoken = [utterance(1)]
    assert plan_rates(cues, spoken, {"": voice()}, USUAL_LIMITS, {}, RATE) == {1: rate}
    if rate <= 0:
        kept = plan_rates(cues, spoken, {"": voice()}, USUAL_LIMITS, {1: 0}, RATE)
        assert kept == {1: 0}


def test_a_cue_begins_on_its_start_or_after_the_breath_of_one_that_is_too_long() -> None:
    needs = [need(1000, tail=60, room=996), need(100, cue=1, room=500)]
    on_time = place_cues(needs, [0, 996], RATE)
    assert [(c.phrases[0].start, c.late, c.excess) for c in on_time] == [(0, 0, 0), (996, 0, 0)]
    late = place_cues([need(1000, tail=60, room=995), needs[1]], [0, 995], RATE)
    assert [(c.phrases[0].start, c.late, c.excess) for c in late] == [(0, 0, 5), (1060, 65, 0)]


@pytest.mark.parametrize(
    ("shown", "room", "starts"),
    [
        (450, None, [0, 150, 350]),
        (500, None, [0, 150, 350]),
        (420, None, [0, 140, 320]),
        (450, 405, [0, 135, 305]),
        (380, None, [0, 130, 290]),
    ],
)
def test_pauses_in_a_cue_are_as_long_as_its_time_allows(
    shown: int, room: int | None, starts: list[int]
) -> None:
    cue = need(100, 100, 100, pauses=(50, 100), shown=shown, room=room)
    (placed,) = place_cues([cue], [0], RATE)
    assert [p.start for p in placed.phrases] == starts


def clip_of(*pieces: tuple[int, int]) -> Clip:
    """Return a clip of pieces, each a level and a length, every one that sounds a token."""
    samples = np.concatenate([np.full(length, level, np.int16) for level, length in pieces])
    ends = np.cumsum([length for _, length in pieces])
    spans = [
        Span(int(end) - n, int(end)) for (level, n), end in zip(pieces, ends, strict=True) if level
    ]
    return Clip(samples, RATE, tuple(spans))


def sounding(clip: Clip) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], clip.samples != 0, [0])))).reshape(-1, 2)
    return [(int(a), int(b)) for a, b in edges]


PAUSED = clip_of((0, 10), (9000, 100), (0, 100), (9000, 100), (0, 60))


def placed(clip: Clip, *starts: int) -> list[PlacedPhrase]:
    return [
        PlacedPhrase(CuePhrase(0, i, (i, i + 1), span), start)
        for i, (span, start) in enumerate(zip(clip.spans, starts, strict=True))
        if span
    ]


@pytest.mark.parametrize("second", [110, 150, 160, 200, 250, 400])
def test_a_phrase_is_moved_to_its_start_and_sounds_as_long(second: int) -> None:
    begin, clip = relaid(PAUSED, placed(PAUSED, 0, second), -10, None)
    assert begin == -10
    if second > 110:  # else one sound follows the other
        assert sounding(clip) == [(10, 110), (10 + second, 110 + second)]
    assert clip.spans == (Span(10, 110), Span(10 + second, 110 + second))
    assert int(clip.samples.max()) <= 9000 * 2
    assert len(clip.samples) == 10 + second + 160


def test_a_clip_keeps_within_its_limits() -> None:
    begin, clip = relaid(PAUSED, placed(PAUSED, 0, 200), 5, 250)
    assert (begin, len(clip.samples)) == (5, 245)
    assert clip.spans == (Span(0, 95), Span(195, 245))
    begin, clip = relaid(PAUSED, placed(PAUSED, 0, 200), 5, 3)
    assert (begin, len(clip.samples)) == (5, 1)


def test_sound_that_goes_on_is_parted_with_fades() -> None:
    whole = clip_of((0, 10), (8000, 100), (8000, 100), (0, 60))
    begin, clip = relaid(whole, placed(whole, 0, 150), -10, None)
    assert begin == -10
    assert clip.samples[110:114].tolist() == [8000, 6000, 4000, 2000]
    assert clip.samples[114:160].tolist() == [0] * 46
    assert clip.samples[160:165].tolist() == [0, 2000, 4000, 6000, 8000]
    joined, again = relaid(whole, placed(whole, 0, 100), -10, None)
    assert joined == -10
    assert again.samples.tolist() == whole.samples.tolist()


def test_the_words_of_a_cue_are_a_phrase() -> None:
    spans = (Span(0, 10), None, Span(20, 30), Span(45, 50), Span(60, 70))
    lines = [Line(0, "", ""), Line(0, "", ""), Line(3, "", "")]
    phrases = find_phrases(
        [utterance(1, "甲，乙丙丁")],
        [Clip(np.zeros(70, np.int16), RATE, spans)],
        [(0, -1, 1, 2, 2)],
        lines,
    )
    assert phrases == [
        CuePhrase(0, 0, (0, 3), Span(0, 30), 15),
        CuePhrase(0, 3, (3, 5), Span(45, 70), 0),
    ]
    assert [p.length for p in phrases] == [30, 25]


def test_there_is_no_gap_between_words_that_overlap() -> None:
    """A server's times may; what is less than no silence would hurry the sentence."""
    clip = Clip(np.zeros(50, np.int16), RATE, (Span(0, 30), Span(28, 50)))
    phrases = find_phrases(
        [utterance(1, "甲乙")], [clip], [(0, 1)], [Line(0, "", ""), Line(1, "", "")]
    )
    assert [p.gap for p in phrases] == [0, 0]


@pytest.mark.parametrize(("pause", "stretches"), [(1000, 1), (1001, 2)])
def test_a_pause_of_a_second_is_part_of_the_speech(pause: int, stretches: int) -> None:
    spans = (Span(5, 15), None, Span(15 + pause, 25 + pause))
    placed_clip = PlacedClip(utterance(1, "甲，乙"), Clip(np.zeros(9, np.int16), RATE, spans), 100)
    speech = find_speech(Timeline((placed_clip,), RATE, 9999), 2 * RATE)
    assert len(speech) == stretches
    assert (speech[0].start, speech[-1].end) == (210, 250 + 2 * pause)


@given(st.lists(st.integers(0, 9), max_size=6), st.lists(st.integers(0, 12), max_size=6))
def test_blocks_are_read_in_pieces_of_any_size(blocks: list[int], reads: list[int]) -> None:
    samples = np.arange(1, sum(blocks) + 1, dtype=np.int16)
    edges = np.cumsum([0, *blocks])
    reader = BlockReader(samples[a:b] for a, b in pairwise(edges))
    pieces = [reader.read(count) for count in reads]
    assert [len(piece) for piece in pieces] == reads
    read = np.concatenate([*pieces, np.zeros(0, np.int16)])
    expected = np.concatenate([samples, np.zeros(len(read), np.int16)])[: len(read)]
    assert read.tolist() == expected.tolist()


class Recorder:
    """Records sentences of a length that follows from their rate; notes what it was asked for."""

    def __init__(self, lengths: Mapping[int, int]) -> None:
        self.lengths = lengths  # by the rate
        self.rounds: list[list[tuple[int, int]]] = []  # sentence and rate

    def __call__(self, spoken: Sequence[Utterance], voices: Mapping[str, Voice]) -> list[Clip]:
        rates = [voices[u.speaker].rate for u in spoken]
        self.rounds.append([(u.sentence, rate) for u, rate in zip(spoken, rates, strict=True)])
        lengths = [self.lengths[rate] for rate in rates]
        return [Clip(np.zeros(n, np.int16), RATE, (Span(0, n),)) for n in lengths]


def task(second: int) -> TakeTask:
    return TakeTask(
        (utterance(1), utterance(2)),
        {"": voice(pauses=Pauses(join=0))},
        (Caption(0, 1000, ""), Caption(1000, 2000, ""), Caption(second, 9000, "")),
        (Line(0, "", ""), Line(1, "", "")),
        ((0,), (1,)),
        USUAL_LIMITS,
    )


def test_only_a_sentence_that_does_not_fit_is_recorded_again() -> None:
    recorder = Recorder({0: 1100, 10: 1000})
    takes = record_takes(task(3000), recorder)
    assert recorder.rounds == [[(1, 0), (2, 0)], [(1, 10)]]
    assert takes.rates == {1: 10, 2: 0}
    assert [len(clip.samples) for clip in takes.clips] == [1000, 1100]
    assert [n.speech for n in takes.needs] == [1000, 1100]


def test_a_sentence_is_recorded_six_times_at_the_most() -> None:
    recorder = Recorder(dict.fromkeys(range(9), 1005))
    takes = record_takes(task(3000), recorder)
    assert [r[0] for r in recorder.rounds] == [(1, rate) for rate in range(6)]
    assert takes.rates == {1: 5, 2: 0}
