"""Build the tags and the chapters of a production."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from .audio.tags.model import Tags, TimedRange, TimedText
from .model import BlockKind, Speech, TimedToken, Timeline
from .subtitles.captions import to_milliseconds
from .text.surrogates import without_surrogates

if TYPE_CHECKING:
    from .prepare import Prepared
    from .subtitles.cue import Cue
    from .units import Hertz, Samples


def build_tags(prepared: Prepared, timeline: Timeline, cues: Sequence[Cue]) -> Tags:
    """Return the tags of a production.

    The lyrics are the cues, at the times they are heard.
    """
    request = prepared.request
    front_matter, audio = request.document.front_matter, request.audio
    cast = prepared.cast
    voices = [v.name for label, v in request.cast.items() if label in cast]
    return Tags(
        title=request.title,
        speaker=front_matter.speaker or "",
        date=front_matter.date or "",
        album=audio.album,
        track=audio.track,
        tracks=audio.tracks,
        voice=without_surrogates(", ".join(dict.fromkeys(voices))),
        language=request.voice.language,
        text=prepared.speech.text,
        lyrics=tuple(_lyric(cue, timeline) for cue in cues),
        words=tuple(_word_times(prepared.speech.text, timeline)),
        chapters=tuple(chapters(prepared.speech, timeline, request.title)),
        cover=audio.cover,
    )


def chapters(speech: Speech, timeline: Timeline, title: str) -> Iterator[TimedText]:
    """Yield a chapter from each heading to the next.

    Nothing is yielded if there are no headings.

    What comes before the first heading is a chapter called `title`.
    """
    headings = list(_headings(speech, timeline))
    if not headings:
        return
    if headings[0][1] > timeline.clips[0].start:
        headings.insert(0, (title, 0))
    headings[0] = (headings[0][0], 0)
    for (text, start), (_, end) in pairwise([*headings, ("", timeline.length)]):
        yield _timed(text, start, end, timeline)


def _headings(speech: Speech, timeline: Timeline) -> Iterator[tuple[str, Samples]]:
    """Yield each heading and the first sample of its first clip."""
    starts: dict[int, Samples] = {}
    for clip in timeline.clips:
        starts.setdefault(clip.utterance.sentence, clip.start)
    number = 1
    for paragraph in speech.paragraphs:
        if paragraph.kind is BlockKind.HEADING and number in starts:
            yield paragraph.text.strip(), starts[number]
        number += len(paragraph.sentences)


def _lyric(cue: Cue, timeline: Timeline) -> TimedText:
    return _timed(" ".join(cue.text.split("\n")), cue.start, cue.end, timeline)


def _word_times(text: str, timeline: Timeline) -> Iterator[TimedRange]:
    """Yield when each token of the text that is heard begins, without the white space around it."""
    end = 0
    for timed in chain.from_iterable(timeline.sentences()):
        # Between two tokens stand line ends, and sentences that nobody speaks.
        start = text.find(timed.token.shown, end)
        if start < 0:
            return
        end = start + len(timed.token.shown)
        if heard := time_token(timed, start, timeline.rate):
            yield heard


def time_token(timed: TimedToken, start: int, rate: Hertz) -> TimedRange | None:
    """Return where a token stands and when it begins; None if it is never heard.

    The white space around it does not count.

    Args:
        timed: The token.
        start: Where it begins in the text.
        rate: The sample rate of its times.
    """
    shown = timed.token.shown
    if timed.span is None or not shown.strip():
        return None
    leading = len(shown) - len(shown.lstrip())
    time = to_milliseconds(timed.span.start, rate)
    return TimedRange(start + leading, start + len(shown.rstrip()), time)


def _timed(text: str, start: Samples, end: Samples, timeline: Timeline) -> TimedText:
    return TimedText(text, *(to_milliseconds(sample, timeline.rate) for sample in (start, end)))
