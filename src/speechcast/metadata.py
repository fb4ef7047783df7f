"""What the sound files say of themselves, from the order, the speech and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .audio.tags.model import Tags, TimedText
from .model import BlockKind, Cue, Speech, Timeline
from .request import Request


def build_tags(order: Request, speech: Speech, placed: Timeline, cues: Sequence[Cue]) -> Tags:
    """The tags of the production; its lyrics are the cues, as they are heard."""
    matter, asked = order.document.front_matter, order.audio
    speakers = {p.utterance.speaker for p in placed.clips}
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


def chapters(speech: Speech, placed: Timeline, title: str) -> Iterator[TimedText]:
    """One from each heading to the next, if there are any; what comes before is called `title`."""
    headings = list(_headings(speech, placed))
    if not headings:
        return
    if headings[0][1] > placed.clips[0].start:
        headings.insert(0, (title, 0))
    headings[0] = (headings[0][0], 0)
    for (text, start), (_, end) in pairwise([*headings, ("", placed.length)]):
        yield _timed(text, start, end, placed)


def _headings(speech: Speech, placed: Timeline) -> Iterator[tuple[str, int]]:
    """Each heading, and the sample at which the first clip of it begins."""
    starts: dict[int, int] = {}
    for p in placed.clips:
        starts.setdefault(p.utterance.sentence, p.start)
    number = 1
    for paragraph in speech.paragraphs:
        if paragraph.kind is BlockKind.HEADING and number in starts:
            yield paragraph.text.strip(), starts[number]
        number += len(paragraph.sentences)


def _timed(text: str, start: int, end: int, placed: Timeline) -> TimedText:
    return TimedText(text, *(sample * 1000 // placed.rate for sample in (start, end)))
