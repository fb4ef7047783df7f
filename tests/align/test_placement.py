"""Where words are placed: exact samples, for a recording and a reference written by hand."""

from __future__ import annotations

import numpy as np
import pytest

from speechcast.align.placement import Placement, place_words
from speechcast.align.refining import Passage
from speechcast.align.tracks import Recording, Reference, Word
from speechcast.audio.file_activity import AudioActivity
from speechcast.model import Span
from speechcast.warping.features import FRAMES_A_SECOND
from speechcast.warping.tracks import Track

RATE = 1000
STEP = RATE // FRAMES_A_SECOND  # samples of a frame
WORD = 20  # frames of a word


def track(length: int) -> Track:
    silent = np.zeros(length, np.bool_)
    return Track(np.zeros((length, 1), np.float32), silent, np.arange(length))


def recording(length: int, *sounds: tuple[int, int]) -> Recording:
    """Return a recording of so many frames that sounds in these ranges of samples, or all along."""
    ranges = tuple(Span(*sound) for sound in sounds) or (Span(0, length * STEP),)
    activity = AudioActivity(RATE, length * STEP, np.zeros(length), ranges)
    return Recording(activity, ranges, track(length), 8000.0)


def reference(words: int) -> Reference:
    return Reference(
        (),
        track(words * WORD),
        tuple(Word(0, i, i * WORD, (i + 1) * WORD) for i in range(words)),
    )


def passage(first: int, last: int, shift: int = 0, lead: float = 1.0) -> Passage:
    """Return frames `first` to `last`, without it, heard `shift` frames later."""
    frames = np.arange(first, last, dtype=np.float64)
    return Passage(frames, frames + shift, np.full(len(frames), lead, np.float32))


def spans(placement: Placement) -> dict[int, tuple[int, int]]:
    return {heard.word.token: (heard.span.start, heard.span.end) for heard in placement.heard}


def test_each_word_is_where_its_frames_are_heard() -> None:
    placement = place_words(recording(80), reference(3), [passage(0, 61, 10, lead=1.5)])
    assert spans(placement) == {0: (100, 300), 1: (300, 500), 2: (500, 700)}
    assert [heard.lead for heard in placement.heard] == [1.5] * 3
    assert (placement.unspoken, placement.added) == ((), ())


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(11, 50, [0, 1, 2]), (12, 50, [1, 2]), (11, 49, [0, 1])],
)
def test_a_word_belongs_to_the_passage_that_has_its_middle(
    first: int, last: int, words: list[int]
) -> None:
    placement = place_words(recording(60), reference(3), [passage(first, last)])
    assert list(spans(placement)) == words


@pytest.mark.parametrize(
    ("words", "gap", "bridged"),
    [(5, 35, True), (5, 34, False), (5, 285, True), (5, 286, False), (6, 100, False)],
)
def test_few_words_between_two_passages_are_laid_on_the_sound_between_them(
    words: int, gap: int, bridged: bool
) -> None:
    last = (words + 1) * WORD
    shift = gap - words * WORD
    heard = recording(last + WORD + shift + 1)
    placement = place_words(
        heard, reference(words + 2), [passage(0, 21), passage(last, last + WORD + 1, shift)]
    )
    assert (len(placement.heard) == words + 2) is bridged
    if bridged:
        each = gap * STEP / words
        assert spans(placement)[1] == (200, 200 + round(each))
        assert spans(placement)[words] == (200 + round(each * (words - 1)), 200 + gap * STEP)
        assert placement.heard[1].lead == 0
    else:
        (missing,) = placement.unspoken
        assert [word.token for word in missing.words] == list(range(1, words + 1))
        assert missing.position == 200
        assert missing.seconds == pytest.approx(words * 0.2)


SNAPPED = [  # a silence, and what becomes of two words of 200 samples that meet at 400
    ((390, 500), (200, 390), (500, 600)),
    ((300, 410), (200, 300), (410, 600)),
    ((390, 490), (200, 390), (490, 600)),
    ((390, 489), (200, 400), (400, 600)),  # too short: a plosive
    ((550, 660), (200, 400), (400, 550)),  # it belongs to the end that is nearest
    ((140, 250), (250, 400), (400, 600)),  # before the first word
    ((590, 700), (200, 400), (400, 590)),
]


@pytest.mark.parametrize(("silence", "first", "second"), SNAPPED)
def test_words_end_and_begin_where_a_silence_does(
    silence: tuple[int, int], first: tuple[int, int], second: tuple[int, int]
) -> None:
    heard = recording(80, (0, silence[0]), (silence[1], 800))
    placement = place_words(heard, reference(2), [passage(0, 41, 20)])
    assert spans(placement) == {0: first, 1: second}


@pytest.mark.parametrize(
    ("silence", "end", "start"),
    [
        ((840, 950), 840, 950),  # the next word was found 0.15 s before the silence ends
        ((841, 951), 841, 841),  # ... and a sample earlier
        ((870, 979), 870, 870),  # the word before was found to end 0.07 s before it begins
        ((871, 980), 800, 800),  # ... and a sample earlier
    ],
)
def test_an_edge_moves_by_so_much_at_the_most(
    silence: tuple[int, int], end: int, start: int
) -> None:
    frames = np.arange(41, dtype=np.float64)
    slow = Passage(frames, 20 + 3 * frames, np.ones(41, np.float32))  # one word after the other
    placement = place_words(
        recording(160, (0, silence[0]), (silence[1], 1600)), reference(2), [slow]
    )
    assert spans(placement) == {0: (200, end), 1: (start, 1400)}


def test_words_without_length_get_a_hundredth_of_a_second() -> None:
    frames = np.arange(41, dtype=np.float64)
    still = Passage(frames, np.full(41, 10.0), np.ones(41, np.float32))
    placement = place_words(recording(60), reference(2), [still])
    assert spans(placement) == {0: (100, 110), 1: (110, 120)}


@pytest.mark.parametrize(("length", "added"), [(100, [(200, 1200)]), (99, [])])
def test_a_second_of_sound_that_is_no_word_is_added(
    length: int, added: list[tuple[int, int]]
) -> None:
    later = passage(WORD, 2 * WORD + 1, length)
    placement = place_words(
        recording(2 * WORD + length), reference(2), [passage(0, WORD + 1), later]
    )
    assert [tuple(span) for span in placement.added] == added


def test_sound_before_and_after_the_text_is_added_without_its_silences() -> None:
    heard = recording(600, (100, 1200), (1400, 1800), (2600, 4000), (4200, 6000))
    placement = place_words(heard, reference(2), [passage(0, 41, 140)])
    assert spans(placement) == {0: (1400, 1600), 1: (1600, 1800)}
    assert [tuple(span) for span in placement.added] == [(100, 1200), (2600, 6000)]


def test_words_at_both_ends_that_are_not_heard_are_named_apart() -> None:
    placement = place_words(recording(80), reference(4), [passage(20, 41), passage(41, 61)])
    first, last = placement.unspoken
    assert [[word.token for word in part.words] for part in (first, last)] == [[0], [3]]
    assert (first.position, last.position) == (0, 600)


def test_nothing_is_heard_without_a_passage() -> None:
    placement = place_words(recording(60), reference(2), [])
    assert placement.heard == ()
    assert [len(part.words) for part in placement.unspoken] == [2]
    assert placement.added == ()


def test_a_place_between_two_frames_and_beyond_the_ends() -> None:
    numbers = np.array([3, 4, 10])
    activity = AudioActivity(RATE, 200, np.zeros(20), ())
    cut = Recording(
        activity, (), Track(np.zeros((3, 1), np.float32), np.zeros(3, np.bool_), numbers), 8000.0
    )
    assert [cut.position(i) for i in (-1, 0, 0.5, 1, 1.5, 2, 9)] == [30, 30, 35, 40, 70, 100, 100]
