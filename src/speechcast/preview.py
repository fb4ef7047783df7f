"""A speech read before it is spoken: what will be said, what is doubtful, how long it will take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .frontend import tokens as marked
from .frontend.g2p_zh import Doubt
from .frontend.utterances import Reader
from .model import BlockKind, Paragraph, Sentence, Token
from .prepare import prepare
from .request import Request
from .synthesis import duration
from .text.han import HAN

_CONTEXT = 6  # characters on either side of what is doubtful


@dataclass(frozen=True, slots=True)
class DoubtfulReading:
    """A reading that may be another; `lexicon` is the line that would make it so."""

    sentence: int
    row: int
    sure: float  # from 0, not at all, to 1
    around: str
    character: str
    read: str  # as toned pinyin
    instead: tuple[str, ...]
    lexicon: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What is said for what is shown."""

    shown: str
    said: str


@dataclass(frozen=True, slots=True)
class SentencePreview:
    """A sentence as it will be shown and said."""

    number: int
    row: int
    speaker: str
    kind: BlockKind
    begins_paragraph: bool
    text: str
    differences: tuple[Difference, ...]
    latin: tuple[Difference, ...]  # words in letters, with the syllables a pinyin voice says
    unknown: tuple[str, ...]  # characters the voice cannot read


@dataclass(frozen=True, slots=True)
class Preview:
    """All there is to know before a speech is spoken; `seconds` is how long it will sound."""

    title: str | None
    voice: str
    seconds: float
    questions: tuple[DoubtfulReading, ...]
    sentences: tuple[SentencePreview, ...]


def preview(request: Request) -> Preview:
    """Read a request's speech without speaking it. Raises as `produce` does before it speaks."""
    prepared = prepare(request)
    sentences = [(p, s) for p in prepared.speech.paragraphs for s in p.sentences]
    questions = [
        question
        for number, (paragraph, sentence) in enumerate(sentences, 1)
        for question in _questions(sentence, number, prepared.readers[paragraph.speaker])
    ]
    seconds = duration.estimate_seconds(prepared.utterances, request.cast)
    return Preview(
        request.document.front_matter.title,
        request.voice.name,
        round(seconds, 1),
        tuple(sorted(questions, key=lambda q: q.sure)),
        tuple(
            _read(p, s, number, prepared.readers[p.speaker])
            for number, (p, s) in enumerate(sentences, 1)
        ),
    )


def _read(paragraph: Paragraph, sentence: Sentence, number: int, reader: Reader) -> SentencePreview:
    tokens = marked.tokenize_sentence(
        sentence, reader.voice.language, reader.lexicon, phonetic=reader.phonetic
    )
    return SentencePreview(
        number,
        sentence.row,
        paragraph.speaker,
        paragraph.kind,
        sentence is paragraph.sentences[0],
        sentence.text,
        tuple(_differences(tokens)),
        tuple(_latin(tokens)),
        tuple(_unknown(tokens, reader)),
    )


def _differences(tokens: Sequence[Token]) -> Iterator[Difference]:
    for token in tokens:
        if token.shown != token.spoken and (token.voiced or _is_word(token.shown)):
            yield Difference(token.shown, token.spoken)


def _is_word(shown: str) -> bool:
    return any(c.isalnum() for c in shown)


def _latin(tokens: Sequence[Token]) -> Iterator[Difference]:
    for token in tokens:
        if token.pinyin and not HAN.search(token.spoken) and token.shown[:1].isalpha():
            yield Difference(token.shown, " ".join(token.pinyin))


def _unknown(tokens: Sequence[Token], reader: Reader) -> Iterator[str]:
    """The characters a voice that reads pinyin has no reading for."""
    if not reader.phonetic or not reader.voice.language.startswith("zh"):
        return
    for token in tokens:
        han = [c for c in token.spoken if HAN.match(c)]
        if len(token.pinyin) < len(han):
            yield from (c for c in han if not _has_reading(c))
        yield from (c for c in token.spoken if c.isalpha() and not c.isascii() and c not in han)


def _has_reading(char: str) -> bool:
    from pypinyin.pinyin_dict import pinyin_dict

    return ord(char) in pinyin_dict


def _questions(sentence: Sentence, number: int, reader: Reader) -> Iterator[DoubtfulReading]:
    if not reader.voice.language.startswith("zh"):
        return
    tokens, doubts = marked.find_doubts(sentence, reader.voice.language, reader.lexicon)
    for doubt in doubts:
        form, syllables = _form(tokens, doubt)
        yield DoubtfulReading(
            number,
            sentence.row,
            round(doubt.probability, 3),
            _around(tokens, doubt),
            doubt.char,
            doubt.chosen,
            doubt.others,
            f'"{form}" = "{" ".join(syllables)}"',
        )


def _around(tokens: Sequence[Token], doubt: Doubt) -> str:
    """What is shown there, and a little on either side."""
    before = "".join(t.shown for t in tokens[: doubt.token_index])
    after = "".join(t.shown for t in tokens[doubt.token_index + 1 :])
    shown = tokens[doubt.token_index].shown
    return f"{before[-_CONTEXT:]}{shown}{after[:_CONTEXT]}".strip()


def _form(tokens: Sequence[Token], doubt: Doubt) -> tuple[str, list[str]]:
    """A form long enough for a lexicon, and its syllables, the doubtful one read the other way."""
    token = tokens[doubt.token_index]
    syllables = [*token.pinyin]
    syllables[doubt.char_index] = doubt.others[0]
    if len(token.spoken) > 1:
        return token.spoken, syllables
    after = tokens[doubt.token_index + 1] if doubt.token_index + 1 < len(tokens) else None
    before = tokens[doubt.token_index - 1] if doubt.token_index else None
    if after and _all_han(after):
        return token.spoken + after.spoken, [*syllables, *after.pinyin]
    if before and _all_han(before):
        return before.spoken + token.spoken, [*before.pinyin, *syllables]
    return token.spoken, syllables


def _all_han(token: Token) -> bool:
    return len(token.pinyin) == len(token.spoken) and all(HAN.match(c) for c in token.spoken)
