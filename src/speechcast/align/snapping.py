"""Move the edges of words to those of the silences beside them.

The lengths below were chosen for this project on the trials of `benchmarks.align_trials`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..model import Span
from ..units import Hertz, Samples
from .tracks import Recording

SNAP_REACH = 0.15  # seconds between a word's edge and that of the silence beside it
# Smaller where the word was found after the silence: the search seldom finds a word too late, more
# often noise hides where a pause ends.
LATE_REACH = 0.07
SHORTEST_SILENCE = 0.1  # seconds; a shorter one may be the closure of a plosive
SURE_PAUSE = 0.2  # seconds; the closure of a plosive is seldom as long
CLICK = 0.05  # seconds; a shorter sound between two silences is noise
_MARGIN = 0.01  # seconds a word has at the least


def snap(spans: Sequence[Span], utterances: Sequence[int], recording: Recording) -> list[Span]:
    """Return where words are heard, their edges moved to those of the silences beside them.

    Each silence belongs to the nearest boundary of two words. The first word begins, and the last
    one ends, with a sound.

    Args:
        spans: Where the words were found.
        utterances: The index of the utterance of each.
        recording: Where it sounds.
    """
    if not spans:
        return []
    spans = _trim(spans)
    reach = round(SNAP_REACH * recording.rate)
    edges = [Span(-reach, spans[0].start), *(Span(a.end, b.start) for a, b in pairwise(spans))]
    edges.append(Span(spans[-1].end, recording.activity.length + reach))
    starts = [edge.end for edge in edges]
    for silence in _silences(recording):
        number = _nearest(silence, edges, starts, reach)
        if number is None:
            continue
        number = _leave_silence(number, silence, spans, utterances)
        if number < len(spans) and _begins(spans[number].start, silence, recording.rate):
            start = _find_onset(recording.sounds, silence.end, spans[number].start)
            latest = spans[min(number + 1, len(spans) - 1)].end
            spans[number] = _with_start(spans[number], start, latest)
        if number and _begins(-spans[number - 1].end, _mirrored(silence), recording.rate):
            end = _find_end(recording.sounds, silence.start, spans[number - 1].end)
            earliest = spans[max(number - 2, 0)].start
            spans[number - 1] = _with_end(spans[number - 1], end, earliest)
    return list(_separated(spans, recording.rate))


def _find_onset(sounds: Sequence[Span], earliest: Samples, start: Samples) -> Samples:
    """Return where the word found at `start` begins.

    That is the first sound after the silence that is not over before `start`.
    """
    for span in sounds[bisect_left(sounds, earliest, key=lambda s: s.end) :]:
        if span.end > start:
            return max(earliest, span.start)
    return earliest


def _find_end(sounds: Sequence[Span], latest: Samples, end: Samples) -> Samples:
    """Return where the word found at `end` ends.

    That is the end of the last sound before the silence that begins before `end`.
    """
    for span in reversed(sounds[: bisect_left(sounds, latest, key=lambda s: s.start)]):
        if span.start < end:
            return min(latest, span.end)
    return latest


def _begins(start: Samples, silence: Span, rate: Hertz) -> bool:
    """Return whether a word that starts there begins where a silence ends.

    A silence was cut short to be compared: an edge inside a pause, or shortly before it, is nowhere
    in particular.
    """
    reach, late = SNAP_REACH * rate, LATE_REACH * rate
    margin = reach if silence.end - silence.start >= SURE_PAUSE * rate else 0
    return min(silence.start - margin, silence.end - reach) <= start <= silence.end + late


def _mirrored(span: Span) -> Span:
    return Span(-span.end, -span.start)


def _silences(recording: Recording) -> Iterator[Span]:
    """Yield where the recording does not sound, the moments inside a word left out."""
    length, rate = recording.activity.length, recording.rate
    sounds = [span for span in recording.sounds if span.end - span.start >= CLICK * rate]
    for before, after in pairwise([Span(0, 0), *sounds, Span(length, length)]):
        if after.start - before.end >= SHORTEST_SILENCE * rate:
            yield Span(before.end, after.start)


def _trim(spans: Sequence[Span]) -> list[Span]:
    """Let a word end where the next one begins, if it was found to end later.

    Two passages may overlap, as both are searched a little beyond their ends.
    """
    ends = [
        after.start if before.start < after.start < before.end else before.end
        for before, after in pairwise(spans)
    ]
    return [Span(span.start, end) for span, end in zip(spans, [*ends, spans[-1].end], strict=True)]


def _with_start(span: Span, start: Samples, latest: Samples) -> Span:
    """Return a word that begins there; one that was over before is there for a moment."""
    return Span(start, max(start, span.end)) if start < latest else span


def _with_end(span: Span, end: Samples, earliest: Samples) -> Span:
    """Return a word that ends there; one that began later is there for a moment."""
    return Span(min(span.start, end), end) if earliest < end else span


def _leave_silence(
    number: int, silence: Span, spans: Sequence[Span], utterances: Sequence[int]
) -> int:
    """Return the boundary a silence belongs to, if that is beside a word found all in it.

    The first word of an utterance is spoken after such a silence, and the last one before it.
    """
    last = len(spans) - 1
    if 0 < number <= last and utterances[number - 1] == utterances[number]:
        before, after = spans[number - 1], spans[number]
        if _is_in(before, silence) and (
            number == 1 or utterances[number - 2] < utterances[number - 1]
        ):
            return number - 1
        if _is_in(after, silence) and (
            number == last or utterances[number] < utterances[number + 1]
        ):
            return number + 1
    return number


def _is_in(span: Span, silence: Span) -> bool:
    return silence.start <= span.start and span.end <= silence.end


def _nearest(
    silence: Span, edges: Sequence[Span], starts: Sequence[Samples], reach: Samples
) -> int | None:
    """Return the number of the boundary nearest to a silence, if one is near."""
    first = max(0, bisect_left(starts, silence.start - reach) - 1)
    best, nearest = reach + 1, None
    for number in range(first, len(edges)):
        edge = edges[number]
        if edge.start > silence.end + reach:
            break
        distance = max(0, edge.start - silence.end, silence.start - edge.end)
        distance += abs(edge.end - silence.end) // 1000
        if distance < best:
            best, nearest = distance, number
    return nearest


def _separated(spans: Sequence[Span], rate: Hertz) -> Iterator[Span]:
    """Yield the words, none of them empty or earlier than the one before ends."""
    latest = 0
    for span in spans:
        start = max(latest, span.start)
        latest = max(start + round(_MARGIN * rate), span.end)
        yield Span(start, latest)
