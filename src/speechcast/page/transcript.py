"""What a listening page shows, and when each word of it is heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..audio.tags.model import TimedRange
from ..metadata import time_token
from ..model import BlockKind, Speech, TimedToken, Timeline
from ..subtitles.caption import Caption
from ..subtitles.captions import to_milliseconds
from ..subtitles.cue import Cue
from ..units import Hertz, Milliseconds


class Chapter(NamedTuple):
    """A heading, and when it is heard."""

    title: str
    time: Milliseconds


@dataclass(frozen=True, slots=True)
class TimedParagraph:
    """A paragraph as it is shown.

    Attributes:
        text: Its text.
        ranges: What is lit while it is heard, in order: words, or whole cues.
        kind: The kind of the paragraph.
        level: Of a heading, from 1.
    """

    text: str
    ranges: tuple[TimedRange, ...] = ()
    kind: BlockKind = BlockKind.BODY
    level: int = 0

    @property
    def start(self) -> Milliseconds | None:
        """When it is first heard; None if it never is."""
        return self.ranges[0].time if self.ranges else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """The text of a production with its times.

    Attributes:
        title: The title of the speech.
        language: A tag such as zh-CN.
        passages: The paragraphs, in order.
        cues: The subtitles.
        chapters: Where they begin; none without headings.
        by_word: Whether single words are timed; otherwise whole cues are.
    """

    title: str
    language: str
    passages: tuple[TimedParagraph, ...]
    cues: tuple[Caption, ...]
    chapters: tuple[Chapter, ...] = ()
    by_word: bool = True


def transcribe(
    speech: Speech, timeline: Timeline, cues: Sequence[Cue], title: str, language: str
) -> Transcript:
    """Return the transcript of a production."""
    passages = tuple(_passages(speech, timeline))
    return Transcript(
        title=title,
        language=language,
        passages=passages,
        cues=tuple(_caption(cue, timeline.rate) for cue in cues),
        chapters=list_chapters(passages, title),
    )


def list_chapters(passages: Sequence[TimedParagraph], title: str) -> tuple[Chapter, ...]:
    """Return a chapter for each heading.

    What comes before the first heading is a chapter called `title`.
    """
    headings = [p for p in passages if p.kind is BlockKind.HEADING and p.start is not None]
    chapters = [Chapter(p.text.strip(), p.start or 0) for p in headings]
    first = next((p for p in passages if p.start is not None), None)
    if chapters and headings[0] is not first:
        chapters.insert(0, Chapter(title, 0))
    return tuple(chapters)


def _passages(speech: Speech, timeline: Timeline) -> Iterator[TimedParagraph]:
    """Yield the paragraphs, each with the words of its sentences."""
    sentences = _tokens_by_sentence(timeline)
    number = 1
    for paragraph in speech.paragraphs:
        following = number + len(paragraph.sentences)
        tokens = [token for n in range(number, following) for token in sentences.get(n, ())]
        number = following
        if text := "".join(token.token.shown for token in tokens):
            ranges = tuple(_ranges(tokens, timeline.rate))
            yield TimedParagraph(text, ranges, paragraph.kind, paragraph.level)


def _tokens_by_sentence(timeline: Timeline) -> dict[int, tuple[TimedToken, ...]]:
    """Return the tokens of each sentence, by its number."""
    numbers = dict.fromkeys(placed.utterance.sentence for placed in timeline.clips)
    return dict(zip(numbers, timeline.sentences(), strict=True))


def _ranges(tokens: Sequence[TimedToken], rate: Hertz) -> Iterator[TimedRange]:
    """Yield where each token that is heard stands, without the white space around it."""
    start = 0
    for timed in tokens:
        if heard := time_token(timed, start, rate):
            yield heard
        start += len(timed.token.shown)


def _caption(cue: Cue, rate: Hertz) -> Caption:
    return Caption(to_milliseconds(cue.start, rate), to_milliseconds(cue.end, rate), cue.text)
