"""Speech to lines: what is shown and what is spoken, token by token."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from ..model import BlockKind, MarkKind, Paragraph, Pause, Sentence, Speech, Token, Utterance, Voice
from ..text.line_breaking import break_costs, ends_clause
from ..text.segmentation import divide, filling
from . import tokens as marked
from .lexicon import Lexicon

_PAUSES = {
    BlockKind.TITLE: Pause.TITLE,
    BlockKind.BYLINE: Pause.PARAGRAPH,
    BlockKind.HEADING: Pause.HEADING,
    BlockKind.BODY: Pause.PARAGRAPH,
}


@dataclass(frozen=True, slots=True)
class Reader:
    """How a voice reads: `longest` in spoken characters a line, `phonetic` from pinyin."""

    voice: Voice
    max_characters: int
    phonetic: bool = False
    lexicon: Lexicon = Lexicon()


def to_utterances(speech: Speech, readers: Mapping[str, Reader]) -> list[Utterance]:
    """The lines to be spoken, in order, each speaker's by their reader ("": the main voice's).

    `"".join(line.shown for line in lines)` is the speech without what stands between paragraphs,
    and without the marks a voice is not to show. Equal tokens are one, for ten hours hold many.
    """
    sentences = ((p, s) for p in speech.paragraphs for s in p.sentences)
    unique: dict[Token, Token] = {}
    return [
        replace(line, tokens=tuple(unique.setdefault(t, t) for t in line.tokens))
        for number, (paragraph, sentence) in enumerate(sentences, 1)
        for line in _lines(paragraph, sentence, number, readers[paragraph.speaker])
    ]


def _lines(
    paragraph: Paragraph, sentence: Sentence, number: int, reader: Reader
) -> Iterator[Utterance]:
    """The sentence's lines: parted where a pause is asked for, and where it is too long."""
    last = Utterance((), number, sentence.row, _pause_after(paragraph, sentence), paragraph.speaker)
    sections = list(_sections(sentence, reader))
    for i, section in enumerate(sections):
        parts = _parts(section.tokens, reader.max_characters)
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


@dataclass(frozen=True, slots=True)
class _Section:
    """What is said between two pauses asked for, with their seconds where they are its own."""

    tokens: tuple[Token, ...]
    before: float = 0.0
    after: float = 0.0


def _sections(sentence: Sentence, reader: Reader) -> Iterator[_Section]:
    """The sentence between its pauses; a section holds something to say (if the sentence does)."""
    waits = [m for m in sentence.marks if m.kind is MarkKind.PAUSE]
    hidden = {m.start for m in sentence.marks if _is_hidden(m.kind, reader.voice)}
    tokens = marked.tokenize_sentence(
        sentence, reader.voice, reader.lexicon, phonetic=reader.phonetic
    )
    starts = list(accumulate((len(t.shown) for t in tokens), initial=0))
    edges = [0, *(bisect_left(starts, w.start) for w in waits), len(tokens)]
    section = _Section(())
    for n, (first, end) in enumerate(pairwise(edges)):
        seen = tuple(tokens[i] for i in range(first, end) if starts[i] not in hidden)
        section = replace(section, tokens=section.tokens + seen)
        if n == len(waits):
            yield section
        elif not _voiced(section.tokens):
            section = replace(section, before=section.before + waits[n].seconds)
        elif not _voiced(tokens[end:]):
            section = replace(section, after=section.after + waits[n].seconds)
        else:
            yield replace(section, after=waits[n].seconds)
            section = _Section(())


def _is_hidden(meaning: MarkKind, voice: Voice) -> bool:
    return (meaning is MarkKind.DIRECTION and not voice.directions) or (
        meaning is MarkKind.LABEL and not voice.labels
    )


def _voiced(tokens: Sequence[Token]) -> bool:
    return any(t.voiced for t in tokens)


def _parts(tokens: Sequence[Token], longest: int) -> list[tuple[Token, ...]]:
    """The section as one line, or divided at its best inner points."""
    sums = list(accumulate((len(t.spoken) for t in tokens), initial=0))
    if sums[-1] <= longest:
        return [tuple(tokens)]
    pieces = divide(break_costs(tokens), lambda i, j: filling((sums[j] - sums[i]) / longest))
    return [tuple(tokens[i] for i in piece) for piece in pieces]


def _pause_after(paragraph: Paragraph, sentence: Sentence) -> Pause:
    if sentence is not paragraph.sentences[-1]:
        return Pause.SENTENCE
    if paragraph.kind is BlockKind.BODY and sentence.text.rstrip().endswith(("，", "、", ",")):
        return Pause.SENTENCE  # a line of verse, which goes on
    return _PAUSES[paragraph.kind]
