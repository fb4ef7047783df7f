"""The times of a page, in columns of numbers that `packing` makes small.

Times are in hundredths of a second: no screen shows a finer one. Each is rounded down by itself, so
that a click plays a word from its start and nothing adds up. None goes back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from ..subtitles.caption import Caption
from ..units import Milliseconds
from ..windows import count_units
from .packing import fold_sign
from .transcript import TimedParagraph

_UNIT: Milliseconds = 10


def list_time_columns(
    passages: Sequence[TimedParagraph], cues: Sequence[Caption], length: Milliseconds
) -> list[list[int]]:
    """Return the columns of a page's words and cues, for a sound of this length.

    Of each passage, how many words it has. Of each word, its characters, doubled, and one more if
    some are skipped before it; of those, how many are skipped; of each word, the time since the one
    before it. Of each cue, how many words have begun since the one before it, the time since the
    last of them, and from the cue's end to the start of the next one, or of the sound's end.
    """
    starts = _ascending(word.time for passage in passages for word in passage.ranges)
    counts = [len(passage.ranges) for passage in passages]
    skips, shapes = [], []
    for skipped, shown in _measure_words(passages):
        shapes.append(2 * shown + (skipped > 0))
        skips += [skipped] if skipped else []
    return [counts, shapes, skips, _differences(starts), *_list_cue_columns(cues, starts, length)]


def _measure_words(passages: Sequence[TimedParagraph]) -> Iterator[tuple[int, int]]:
    """Yield of each word the characters skipped before it and its own, counted in UTF-16."""
    for passage in passages:
        end = 0
        for word in passage.ranges:
            skipped = passage.text[end : word.start]
            yield count_units(skipped), count_units(passage.text[word.start : word.end])
            end = word.end


def _list_cue_columns(
    cues: Sequence[Caption], words: Sequence[int], length: Milliseconds
) -> tuple[list[int], list[int], list[int]]:
    """Return the columns of the cues, after words that start at these times."""
    starts = _ascending(cue.start for cue in cues)
    begun = [bisect_right(words, start) for start in starts]
    times = [0, *words]
    since = [start - times[number] for start, number in zip(starts, begun, strict=True)]
    following = [*starts[1:], length // _UNIT]
    ends = [max(start, cue.end // _UNIT) for start, cue in zip(starts, cues, strict=True)]
    gaps = [fold_sign(after - end) for after, end in zip(following, ends, strict=False)]
    return _differences(begun), since, gaps


def _ascending(times: Iterable[Milliseconds]) -> list[int]:
    """Return times in the unit of a page, none before the one before it."""
    return list(accumulate((max(0, time) // _UNIT for time in times), max))


def _differences(numbers: Sequence[int]) -> list[int]:
    return [after - before for before, after in pairwise([0, *numbers])]
