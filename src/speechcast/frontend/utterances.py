"""Turn a speech into utterances that an engine can synthesize.

An utterance has the tokens of a sentence, or of a part of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

from ..errors import TextError
from ..messages import _
from ..model import BlockKind, MarkKind, Paragraph, Pause, Sentence, Speech, Token, Utterance, Voice
from ..text.line_breaking import break_costs, ends_clause
from ..text.segmentation import divide, fill_cost
from ..units import Seconds
from .lexicon import Lexicon
from .reading_memo import ReadingMemo
from .tokens import SentenceReading, read_sentence, tokenize_sentence

_PAUSES = {
    BlockKind.TITLE: Pause.TITLE,
    BlockKind.BYLINE: Pause.PARAGRAPH,
    BlockKind.HEADING: Pause.HEADING,
    BlockKind.BODY: Pause.PARAGRAPH,
}


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
    speech of ten hours holds many.

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
    return [
        replace(utterance, tokens=tuple(unique.setdefault(t, t) for t in utterance.tokens))
        for number, (paragraph, sentence) in enumerate(sentences, 1)
        for utterance in _split_sentence(
            paragraph, sentence, number, speakers[number], readers[speakers[number]]
        )
    ]


def _split_sentence(
    paragraph: Paragraph, sentence: Sentence, number: int, speaker: str, reader: Reader
) -> Iterator[Utterance]:
    """Yield the utterances of a sentence.

    It is cut at the writer's pauses, and where it is too long.
    """
    last = Utterance(
        tokens=(),
        sentence=number,
        row=sentence.row,
        pause=_choose_pause(paragraph, sentence),
        speaker=speaker,
    )
    sections = list(_split_at_pauses(sentence, reader))
    _require_words(sections, sentence)
    for i, section in enumerate(sections):
        parts = divide_tokens(section.tokens, reader.max_characters)
        for j, part in enumerate(parts):
            inner = Pause.CLAUSE if ends_clause(part) else Pause.JOIN
            ends = j == len(parts) - 1
            yield replace(
                last,
                tokens=part,
                pause=last.pause if ends and i == len(sections) - 1 else inner,
                pause_before=0.0 if j else section.before,
                pause_after=section.after if ends else 0.0,
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
                    "line {row}: “{strip}” is read as “{spoken}”, which has no words; change "
                    "the reading in the lexicon, or the mark in the text"
                ).format(row=sentence.row, strip=sentence.text.strip()[:20], spoken=spoken[:20]),
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
