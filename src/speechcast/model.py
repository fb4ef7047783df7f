"""The things that pass between the rooms: frozen, and free of any engine or file format.

Every time is a count of samples (`int`) at the production's rate; only a subtitle file knows
seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Syllables a second of a voice whose preset gives no pace; the shipped presets that give one range
# from 4.2 to 5.5.
DEFAULT_PACE = 4.8


class Span(NamedTuple):
    """A range of samples, `end` not included."""

    start: int
    end: int

    def shifted(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)


class Pause(StrEnum):
    """What a line is followed by; how long that is, is the preset's choice."""

    JOIN = "join"  # in the middle of a clause: no more than a breath
    CLAUSE = "clause"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence between the sounds of two lines, in seconds."""

    clause: float = 0.25
    sentence: float = 0.5
    paragraph: float = 0.9
    heading: float = 1.0
    title: float = 1.2
    join: float = 0.06
    lead_in: float = 0.3  # before the first sound of the production
    tail: float = 0.5  # after the last

    def seconds(self, pause: Pause) -> float:
        return float(getattr(self, pause.value))

    def scaled(self, by: float) -> Pauses:
        """Those between two lines, so many times as long."""
        return replace(self, **{pause.value: self.seconds(pause) * by for pause in Pause})


@dataclass(frozen=True, slots=True)
class Voice:
    """A preset: whose voice, and in what manner.

    `rate` and `volume` are per cent more (or less) than the engine's own, `pitch` is in Hertz.
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
    loudness: str = "podcast"  # the target of its productions: a name of targets.py, or LUFS
    pace: float = DEFAULT_PACE  # syllables a second at rate 0, for an estimate
    directions: bool = True  # are （掌声） and labels such as 主持人： to be seen?
    labels: bool = True
    lexicon: Mapping[str, Token] = field(default_factory=dict, hash=False)
    options: Mapping[str, str] = field(default_factory=dict, hash=False)  # the engine's own


class BlockKind(StrEnum):
    """What a paragraph is to its speech."""

    TITLE = "title"
    BYLINE = "byline"  # who speaks, when and where: the lines beneath a title
    HEADING = "heading"
    BODY = "body"


class MarkKind(Enum):
    """What a mark is for."""

    DIRECTION = auto()  # seen, not heard
    LABEL = auto()  # who speaks; seen, not heard
    SUBSTITUTION = auto()  # `said` is heard instead of what is seen
    READING = auto()  # the characters are read as `pinyin`
    PAUSE = auto()  # `seconds` of silence; nothing is seen


class Mark(NamedTuple):
    """What holds of the text's characters from `start` to `end` (not included)."""

    kind: MarkKind
    start: int
    end: int
    spoken: str = ""
    pinyin: tuple[str, ...] = ()
    seconds: float = 0.0

    def shifted(self, by: int) -> Mark:
        return self._replace(start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as it is shown, with the white space that follows it inside its paragraph."""

    text: str
    row: int  # the line of the source it stands on, counted from 1
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    sentences: tuple[Sentence, ...]
    kind: BlockKind = BlockKind.BODY
    level: int = 0  # a heading's, from 1
    speaker: str = ""  # whose label it stands under; of no one: the production's own voice

    @property
    def text(self) -> str:
        """What it shows."""
        return "".join(s.text for s in self.sentences)


@dataclass(frozen=True, slots=True)
class Speech:
    """A parsed document: what is to be said, in order."""

    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """What it shows, a line a paragraph."""
        return "\n".join(p.text for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Token:
    """The smallest piece that is shown and spoken as a whole: a word, a number, a mark.

    `shown` is the source's text to the character, `spoken` what an engine is to say for it
    (punctuation included, for its breath), `pinyin` one toned syllable a Chinese character of
    `spoken` (of a Latin word: its letters' names), where a voice reads from pinyin.
    """

    shown: str
    spoken: str
    pinyin: tuple[str, ...] = ()

    @property
    def voiced(self) -> bool:
        """Whether a listener hears it: it holds a letter, a digit or a character."""
        return any(c.isalnum() for c in self.spoken)


@dataclass(frozen=True, slots=True)
class Utterance:
    """What is recorded in one go: a sentence, or a part of one too long for the engine."""

    tokens: tuple[Token, ...]
    sentence: int  # counted from 1 through the speech
    row: int
    pause: Pause
    speaker: str = ""  # who of the cast says it; of no one: the production's own voice
    pause_before: float = 0.0  # seconds of silence asked for before it, instead of the pause there
    pause_after: float = 0.0

    @property
    def shown(self) -> str:
        return "".join(t.shown for t in self.tokens)

    @property
    def spoken(self) -> str:
        return "".join(t.spoken for t in self.tokens)


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """A line as recorded: int16 mono samples, and where in them each token is heard.

    `spans` has one entry a token; None for a token that makes no sound of its own.
    """

    samples: NDArray[np.int16]
    rate: int
    spans: tuple[Span | None, ...]

    @property
    def speech_span(self) -> Span:
        """From the first token's first sample to the last token's last."""
        heard = [s for s in self.spans if s is not None]
        return Span(heard[0].start, heard[-1].end)


@dataclass(frozen=True, slots=True, eq=False)
class PlacedClip:
    """A line and its clip, at the clip's first sample in the production."""

    utterance: Utterance
    clip: Clip
    start: int


class TimedToken(NamedTuple):
    """A token at its place in the production; `span` is None where it makes no sound."""

    token: Token
    span: Span | None


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """Every clip at its sample; `length` is the whole production's."""

    clips: tuple[PlacedClip, ...]
    rate: int
    length: int

    def sentences(self) -> Iterator[tuple[TimedToken, ...]]:
        """The tokens of each sentence in turn, at their samples in the production."""
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


class CueToken(NamedTuple):
    """What a cue shows of one token (a line break included), and when the token is heard."""

    text: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Cue:
    """A subtitle on the screen from sample `start` until sample `end`."""

    start: int
    end: int
    tokens: tuple[CueToken, ...]

    @property
    def text(self) -> str:
        """What it shows, its lines divided by `\\n`."""
        return "".join(word.text for word in self.tokens)
