"""The data classes that pass from one stage to the next.

They are frozen, and independent of any engine or file format. Every time is a count of `Samples` at
the production's sample rate; only subtitle files have seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING, NamedTuple

from .units import Hertz, Samples, Seconds

if TYPE_CHECKING:
    from .units import Mono16

# Syllables a second of a voice whose preset gives no pace; shipped presets range from 4.2 to 5.5.
DEFAULT_PACE = 4.8


class Span(NamedTuple):
    """A range of samples, `end` not included."""

    start: Samples
    end: Samples

    def shifted(self, by: Samples) -> Span:
        """Return the span moved `by` samples later."""
        return Span(self.start + by, self.end + by)


class Pause(StrEnum):
    """The kind of pause after an utterance; a preset sets its length."""

    JOIN = "join"  # inside a clause: no more than a breath
    CLAUSE = "clause"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    TITLE = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauses:
    """The silence between the sounds of two utterances, in seconds."""

    clause: float = 0.25
    sentence: float = 0.5
    paragraph: float = 0.9
    heading: float = 1.0
    title: float = 1.2
    join: float = 0.06
    lead_in: float = 0.3  # before the first sound of the production
    tail: float = 0.5  # after the last

    def seconds(self, pause: Pause) -> Seconds:
        """Return the length of a pause of this kind."""
        return float(getattr(self, pause.value))

    def scaled(self, by: float) -> Pauses:
        """Return the pauses, multiplied by `by` except at the edges."""
        return replace(self, **{pause.value: self.seconds(pause) * by for pause in Pause})


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A preset: a voice and its manner of speaking.

    Attributes:
        name: The name of the preset; its description is one line for a list.
        engine: The name of the engine, a key of `ENGINES`.
        voice: The engine's own name of the voice.
        language: A language tag, such as `zh-CN`.
        rate: Speed, in per cent above (or below) the engine's own.
        pitch: In Hz above (or below) the engine's own.
        volume: In per cent above (or below) that of the other voices.
        pauses: The silence between utterances.
        loudness: The loudness target: a name from `audio.targets`, or LUFS.
        pace: Syllables a second at rate 0, for an estimate of the length.
        directions: Whether stage directions such as （掌声） are shown.
        labels: Whether labels such as 主持人： are shown.
        lexicon: Readings of the preset, by the word shown.
        options: Options that only this engine reads.
        configured: Whether it is the user's own: from their configuration folder or program.
    """

    name: str
    description: str
    engine: str
    voice: str
    language: str
    rate: int = 0
    pitch: int = 0
    volume: int = 0
    pauses: Pauses = Pauses()
    loudness: str = "podcast"
    pace: float = DEFAULT_PACE
    directions: bool = True
    labels: bool = True
    lexicon: Mapping[str, Token] = field(default_factory=dict, hash=False)
    options: Mapping[str, str] = field(default_factory=dict, hash=False)
    configured: bool = field(default=True, compare=False)


class BlockKind(StrEnum):
    """The kind of a paragraph in its speech."""

    TITLE = "title"
    BYLINE = "byline"  # who speaks, when and where: the lines below a title
    HEADING = "heading"
    BODY = "body"


class MarkKind(Enum):
    """The purpose of a mark."""

    DIRECTION = auto()  # shown, not spoken
    LABEL = auto()  # names the speaker; shown, not spoken
    SUBSTITUTION = auto()  # `spoken` is said in place of what is shown
    READING = auto()  # the characters are read as `pinyin`
    PAUSE = auto()  # `seconds` of silence; nothing is shown


class Mark(NamedTuple):
    """A mark on the characters from `start` to `end` (not included)."""

    kind: MarkKind
    start: int
    end: int
    spoken: str = ""
    pinyin: tuple[str, ...] = ()
    seconds: float = 0.0

    def shifted(self, by: int) -> Mark:
        """Return the mark moved `by` characters to the right."""
        return self._replace(start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph, with the white space after it."""

    text: str
    row: int  # the line of the source it stands on, counted from 1
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that belong together, spoken by one voice."""

    sentences: tuple[Sentence, ...]
    kind: BlockKind = BlockKind.BODY
    level: int = 0  # of a heading, from 1
    speaker: str = ""  # the label it stands under; "" is the main voice

    @property
    def text(self) -> str:
        """The text shown."""
        return "".join(s.text for s in self.sentences)


@dataclass(frozen=True, slots=True)
class Speech:
    """A parsed document: its paragraphs in order."""

    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """The text shown, a line for each paragraph."""
        return "\n".join(p.text for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Token:
    """The smallest unit shown and spoken: a word, number or mark.

    Attributes:
        shown: The source's text, unchanged.
        spoken: The text that an engine speaks for it, with punctuation; "" for none.
        pinyin: For a voice that reads pinyin, one toned syllable for each Chinese character of
            `spoken`; for a Latin word, the names of its letters.
    """

    shown: str
    spoken: str
    pinyin: tuple[str, ...] = ()

    @property
    def voiced(self) -> bool:
        """Whether the token has a letter, a digit or a Chinese character."""
        return any(c.isalnum() for c in self.spoken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """The tokens of a sentence, or of a part, synthesized together."""

    tokens: tuple[Token, ...]
    sentence: int  # counted from 1 through the speech
    row: int  # the line of the source, counted from 1
    pause: Pause  # the kind of pause after it
    speaker: str = ""  # the label of the speaker; "" is the main voice
    pause_before: Seconds = 0.0  # silence that the text requests, in place of the pause there
    pause_after: Seconds = 0.0

    @property
    def shown(self) -> str:
        """The text that is shown for the utterance."""
        return "".join(t.shown for t in self.tokens)

    @property
    def spoken(self) -> str:
        """The text that an engine speaks."""
        return "".join(t.spoken for t in self.tokens)


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """The sound of an utterance, and the span of each token.

    Attributes:
        samples: Mono sound: int16, shape (samples,).
        rate: Its sample rate, in Hz.
        spans: Where each token is heard, in samples; None for a token that makes no sound.
        approximate: Whether the spans are estimates, except beside pauses.
    """

    samples: Mono16
    rate: Hertz
    spans: tuple[Span | None, ...]
    approximate: bool = False

    @property
    def speech_span(self) -> Span:
        """The range from the first token's start to the last one's end."""
        spans = [span for span in self.spans if span is not None]
        return Span(spans[0].start, spans[-1].end)


@dataclass(frozen=True, slots=True, eq=False)
class PlacedClip:
    """An utterance and its clip, which begins at sample `start`."""

    utterance: Utterance
    clip: Clip
    start: Samples


class TimedToken(NamedTuple):
    """A token and where it is heard, in samples; None if silent."""

    token: Token
    span: Span | None


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """The placed clips of a production that has `length` samples."""

    clips: tuple[PlacedClip, ...]
    rate: Hertz
    length: Samples

    def sentences(self) -> Iterator[tuple[TimedToken, ...]]:
        """Yield the timed tokens of each sentence, in order."""
        sentence: list[TimedToken] = []
        number = None
        for p in self.clips:
            if sentence and p.utterance.sentence != number:
                yield tuple(sentence)
                sentence = []
            number = p.utterance.sentence
            for token, span in zip(p.utterance.tokens, p.clip.spans, strict=True):
                sentence.append(TimedToken(token, span.shifted(p.start) if span else None))
        if sentence:
            yield tuple(sentence)
