"""What the sound files say of themselves, from the order, the speech and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .audio.tags.model import Tags, Timed
from .model import Cue, Kind, Speech, Timeline
from .request import Order


def labels(order: Order, speech: Speech, placed: Timeline, cues: Sequence[Cue]) -> Tags:
    """The tags of the production; its lyrics are the cues, as they are heard."""
    matter, asked = order.document.matter, order.sounding
    speakers = {p.line.speaker for p in placed.placed}
    voices = [voice.name for who, voice in order.cast.items() if who in speakers]
    title = matter.title or order.name
    return Tags(
        title=title,
        speaker=matter.speaker or "",
        date=matter.date or "",
        album=asked.album,
        track=asked.track,
        tracks=asked.tracks,
        voice=", ".join(dict.fromkeys(voices)),
        language=order.voice.language,
        text=speech.text,
        lyrics=tuple(_timed(" ".join(c.text.split("\n")), c.start, c.end, placed) for c in cues),
        chapters=tuple(chapters(speech, placed, title)),
        cover=asked.cover,
    )


def chapters(speech: Speech, placed: Timeline, title: str) -> Iterator[Timed]:
    """One from each heading to the next, if there are any; what comes before is called `title`."""
    headings = list(_headings(speech, placed))
    if not headings:
        return
    if headings[0][1] > placed.placed[0].start:
        headings.insert(0, (title, 0))
    headings[0] = (headings[0][0], 0)
    for (text, start), (_, end) in pairwise([*headings, ("", placed.length)]):
        yield _timed(text, start, end, placed)


def _headings(speech: Speech, placed: Timeline) -> Iterator[tuple[str, int]]:
    """Each heading, and the sample at which the first clip of it begins."""
    starts: dict[int, int] = {}
    for p in placed.placed:
        starts.setdefault(p.line.sentence, p.start)
    number = 1
    for paragraph in speech.paragraphs:
        if paragraph.kind is Kind.HEADING and number in starts:
            yield paragraph.text.strip(), starts[number]
        number += len(paragraph.sentences)


def _timed(text: str, start: int, end: int, placed: Timeline) -> Timed:
    return Timed(text, *(sample * 1000 // placed.rate for sample in (start, end)))
