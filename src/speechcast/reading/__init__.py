"""Speech to lines: what is shown and what is spoken, token by token."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from ..divide import divide, filling
from ..model import Line, Paragraph, Pause, Sentence, Speech, Token, Voice
from ..phrasing import break_costs, ends_clause
from . import pinyin, words


def lines(speech: Speech, voice: Voice, longest: int) -> list[Line]:
    """The lines `voice` is to speak, in order; none takes more than `longest` spoken characters.

    `"".join(line.shown for line in lines)` is the speech without what stands between paragraphs.
    """
    sentences = ((p, s) for p in speech.paragraphs for s in p.sentences)
    return [
        line
        for number, (paragraph, sentence) in enumerate(sentences, 1)
        for line in _lines(paragraph, sentence, number, voice, longest)
    ]


def _lines(
    paragraph: Paragraph, sentence: Sentence, number: int, voice: Voice, longest: int
) -> Iterator[Line]:
    parts = _parts(_tokens(sentence, voice), longest)
    for part in parts[:-1]:
        pause = Pause.CLAUSE if ends_clause(part) else Pause.JOIN
        yield Line(part, number, sentence.row, pause)
    yield Line(parts[-1], number, sentence.row, _pause_after(paragraph, sentence))


def _tokens(sentence: Sentence, voice: Voice) -> tuple[Token, ...]:
    tokens = words.tokens(sentence.text, voice.language)
    return pinyin.annotated(tokens) if voice.language.startswith("zh") else tokens


def _parts(tokens: Sequence[Token], longest: int) -> list[tuple[Token, ...]]:
    """The sentence as one line, or divided at its best inner points."""
    sums = list(accumulate((len(t.spoken) for t in tokens), initial=0))
    if sums[-1] <= longest:
        return [tuple(tokens)]
    pieces = divide(break_costs(tokens), lambda i, j: filling((sums[j] - sums[i]) / longest))
    return [tuple(tokens[i] for i in piece) for piece in pieces]


def _pause_after(paragraph: Paragraph, sentence: Sentence) -> Pause:
    if sentence is not paragraph.sentences[-1]:
        return Pause.SENTENCE
    return Pause.TITLE if paragraph.title else Pause.PARAGRAPH
