"""Turn a speech into utterances that an engine can synthesize.

An utterance has the tokens of a sentence, or of a part of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import TypeVar

from ..errors import TextError
from ..messages import _
from ..model import BlockKind, MarkKind, Paragraph, Pause, Sentence, Speech, Token, Utterance, Voice
from ..text.line_breaking import break_costs, ends_clause
from ..text.segmentation import divide, fill_cost
from ..units import Seconds
from .lexicon import Lexicon
from .reading_memo import ReadingMemo
from .tokens import SentenceReading, read_sentence, tokenize_sentence

T = TypeVar("T")

_PAUSES = {
    BlockKind.TITLE: Pause.TITLE,
    BlockKind.BYLINE: Pause.PARAGRAPH,
    BlockKind.HEADING: Pause.HEADING,
    BlockKind.BODY: Pause.PARAGRAPH,
}


@dataclass(frozen=True, slots=True)
class _Part:
    """What is spoken of a sentence without a break.

    Attributes:
        tokens: Its tokens.
        pause: The pause after it; None for the one after the sentence.
        before: Silence that the writer asks for before it; 0 for none.
        after: Silence that the writer asks for after it; 0 for none.
    """

    tokens: tuple[Token, ...]
    pause: Pause | None
    before: Seconds
    after: Seconds


@dataclass(frozen=True, slots=True)
class Parts:
    """A sentence as it is spoken."""

    parts: tuple[_Part, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """The settings with which a voice reads text.

    Attributes:
        voice: The voice, whose language decides how figures are read.
        max_characters: The most spoken characters in one utterance.
        phonetic: Whether the voice reads pinyin instead of characters.
        lexicon: The readings that apply to this voice.
        memo: Remembers how sentences are read; None to read each anew.
    """

    voice: Voice
    max_characters: int
    phonetic: bool = False
    lexicon: Lexicon = Lexicon()
    memo: ReadingMemo | None = field(default=None, compare=False)

    def tokenize(self, sentence: Sentence, *, phonetic: bool | None = None) -> tuple[Token, ...]:
        """Return a sentence's tokens as the voice is given them; see `tokenize_sentence`.

        Args:
            sentence: The sentence.
            phonetic: Whether to read as for a voice that reads pinyin; None for as this one does.
        """
        tokenize = self.memo.tokenize if self.memo else tokenize_sentence
        phonetic = self.phonetic if phonetic is None else phonetic
        return tokenize(sentence, self.voice.language, self.lexicon, phonetic=phonetic)

    def divide(self, sentence: Sentence) -> Parts:
        """Return a sentence as it is spoken: cut where the writer pauses, and where it is long.

        Raises:
            TextError: It is read as something without words.
        """
        return self.derive(lambda: _divide(sentence, self), Parts, sentence)

    def derive(
        self, make: Callable[[], T], kind: type[T], sentence: Sentence, *manner: Hashable
    ) -> T:
        """Return what is made of how a sentence is read; what is remembered is not made again.

        Args:
            make: Makes it.
            kind: What it is.
            sentence: The sentence; what is made of it must not depend on its line.
            manner: What else it depends on, besides this reader.
        """
        if self.memo is None:
            return make()
        voice = self.voice
        ours = (self.phonetic, self.max_characters, voice.directions, voice.labels)
        return self.memo.derive(make, kind, sentence, voice.language, self.lexicon, (ours, manner))

    def read(self, sentence: Sentence) -> SentenceReading:
        """Return how a Chinese sentence is read; see `read_sentence`."""
        read = self.memo.read if self.memo else read_sentence
        return read(sentence, self.voice.language, self.lexicon)


def to_utterances(
    speech: Speech, readers: Mapping[str, Reader], labels: Mapping[int, str] | None = None
) -> list[Utterance]:
    """Return the utterances of a speech, in order.

    `"".join(utterance.shown for utterance in utterances)` is the speech without the text between
    paragraphs, and without the marks that a voice does not show. Equal tokens are one object, as a
    speech of ten hours holds many; those of a reader that remembers are the ones it holds.

    Args:
        speech: The parsed speech.
        readers: The reader of each speaker; under `""` that of the main voice.
        labels: The speakers of sentences that are not spoken by the speaker of their paragraph, by
            the number of the sentence.

    Raises:
        TextError: A sentence is read as something without words, so no voice can speak it.
    """
    sentences = [(p, s) for p in speech.paragraphs for s in p.sentences]
    speakers = {
        number: paragraph.speaker for number, (paragraph, _) in enumerate(sentences, 1)
    } | dict(labels or {})
    unique: dict[Token, Token] = {}

    def find_unique(tokens: tuple[Token, ...], reader: Reader) -> tuple[Token, ...]:
        return tokens if reader.memo else tuple(unique.setdefault(t, t) for t in tokens)

    return [
        Utterance(
            tokens=find_unique(part.tokens, reader),
            sentence=number,
            row=sentence.row,
            pause=_choose_pause(paragraph, sentence) if part.pause is None else part.pause,
            speaker=speakers[number],
            pause_before=part.before,
            pause_after=part.after,
        )
        for number, (paragraph, sentence) in enumerate(sentences, 1)
        for reader in [readers[speakers[number]]]
        for part in reader.divide(sentence).parts
    ]


def _divide(sentence: Sentence, reader: Reader) -> Parts:
    """Return a sentence cut at the writer's pauses, and where it is too long."""
    sections = list(_split_at_pauses(sentence, reader))
    _require_words(sections, sentence)
    return Parts(tuple(_list_parts(sections, reader.max_characters)))


def _list_parts(sections: Sequence[_Section], max_characters: int) -> Iterator[_Part]:
    for i, section in enumerate(sections):
        pieces = divide_tokens(section.tokens, max_characters)
        for j, piece in enumerate(pieces):
            ends = j == len(pieces) - 1
            inner = Pause.CLAUSE if ends_clause(piece) else Pause.JOIN
            yield _Part(
                tokens=piece,
                pause=None if ends and i == len(sections) - 1 else inner,
                before=0.0 if j else section.before,
                after=section.after if ends else 0.0,
            )


def _require_words(sections: Sequence[_Section], sentence: Sentence) -> None:
    """Raise TextError for a section that has tokens, none of which is heard.

    A sentence has words as it is written; a reading may have taken them away.
    """
    for section in sections:
        if section.tokens and not any(token.voiced for token in section.tokens):
            spoken = "".join(t.spoken for t in section.tokens).strip()
            raise TextError(
                _(
                    "line {row}: “{text}” is read as “{spoken}”, which has no words; change "
                    "the reading in the lexicon, or the mark in the text"
                ).format(row=sentence.row, text=sentence.text.strip()[:20], spoken=spoken[:20]),
                sentence.row,
            )


@dataclass(frozen=True, slots=True)
class _Section:
    """The tokens between two of the writer's pauses.

    Attributes:
        tokens: The tokens between the pauses.
        before: A pause before it that no other section has; 0 for none.
        after: The pause after it; 0 for none.
    """

    tokens: tuple[Token, ...]
    before: Seconds = 0.0
    after: Seconds = 0.0


def _split_at_pauses(sentence: Sentence, reader: Reader) -> Iterator[_Section]:
    """Yield the sections between the writer's pauses.

    Each section has a token that is heard, if the sentence has one.
    """
    pauses = [m for m in sentence.marks if m.kind is MarkKind.PAUSE]
    hidden = {m.start for m in sentence.marks if _is_hidden(m.kind, reader.voice)}
    tokens = reader.tokenize(sentence)
    starts = list(accumulate((len(t.shown) for t in tokens), initial=0))
    edges = [0, *(bisect_left(starts, p.start) for p in pauses), len(tokens)]
    last_voiced = max((i for i, t in enumerate(tokens) if t.voiced), default=-1)
    visible: list[Token] = []
    voiced, before, after = False, 0.0, 0.0
    for (first, end), pause in zip(pairwise(edges), [*pauses, None], strict=True):
        visible += (tokens[i] for i in range(first, end) if starts[i] not in hidden)
        voiced = voiced or any(tokens[i].voiced for i in range(first, end))
        if pause is None:
            yield _Section(tuple(visible), before, after)
        elif not voiced:
            before += pause.seconds
        elif end > last_voiced:
            after += pause.seconds
        else:
            yield _Section(tuple(visible), before, pause.seconds)
            visible, voiced, before = [], False, 0.0


def _is_hidden(kind: MarkKind, voice: Voice) -> bool:
    return (kind is MarkKind.DIRECTION and not voice.directions) or (
        kind is MarkKind.LABEL and not voice.labels
    )


def divide_tokens(tokens: Sequence[Token], max_characters: int) -> list[tuple[Token, ...]]:
    """Return the tokens whole, or divided at their best inner points.

    Args:
        tokens: What is spoken together.
        max_characters: The most spoken characters of a part.
    """
    sums = list(accumulate((len(t.spoken) for t in tokens), initial=0))
    if sums[-1] <= max_characters:
        return [tuple(tokens)]
    pieces = divide(
        break_costs(tokens), lambda i, j: fill_cost((sums[j] - sums[i]) / max_characters)
    )
    return [tuple(tokens[i] for i in piece) for piece in pieces]


def _choose_pause(paragraph: Paragraph, sentence: Sentence) -> Pause:
    """Return the pause after a sentence."""
    if sentence is not paragraph.sentences[-1]:
        return Pause.SENTENCE
    if paragraph.kind is BlockKind.BODY and sentence.text.rstrip().endswith(("，", "、", ",")):
        return Pause.SENTENCE  # a line of verse that continues in the next paragraph
    return _PAUSES[paragraph.kind]
