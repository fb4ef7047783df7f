"""Preview a speech: its spoken text, doubtful readings and estimated length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .frontend import tokens as marked
from .frontend.g2p_zh import Doubt
from .frontend.utterances import Reader
from .model import BlockKind, Paragraph, Sentence, Token
from .prepare import Remark, find_refusals, find_remarks, prepare
from .request import Request
from .sending import Transfer, list_transfers
from .synthesis import duration
from .text.han import HAN

_CONTEXT = 6  # characters on either side of what is doubtful


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulReading:
    """A character whose reading is uncertain.

    Attributes:
        sentence: number of the sentence, from 1.
        row: line of the document, from 1.
        confidence: how likely the reading is right, from 0 to 1.
        context: the text around the character.
        character: the character itself.
        reading: the reading that was chosen, as pinyin with a tone number.
        alternatives: the other possible readings, likeliest first.
        lexicon: the line of a lexicon that would select the first alternative.
    """

    sentence: int
    row: int
    confidence: float
    context: str
    character: str
    reading: str
    alternatives: tuple[str, ...]
    lexicon: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A text that is spoken differently from how it is shown."""

    shown: str
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentencePreview:
    """A sentence as it will be shown and spoken.

    Attributes:
        number: number of the sentence, from 1.
        row: line of the document, from 1.
        speaker: label of the speaker; "" for the production's own voice.
        kind: kind of the paragraph.
        begins_paragraph: whether it is the first sentence of its paragraph.
        text: the text as shown.
        differences: what is spoken differently from how it is shown.
        latin_words: words in Latin letters, with the syllables a pinyin voice speaks for them.
        unreadable: characters the voice cannot read.
        sent_to: the address to which the sentence is sent; "" if it stays on this machine.
    """

    number: int
    row: int
    speaker: str
    kind: BlockKind
    begins_paragraph: bool
    text: str
    differences: tuple[Difference, ...]
    latin_words: tuple[Difference, ...]
    unreadable: tuple[str, ...]
    sent_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The preview of a production, before it is spoken.

    Attributes:
        title: title from the front matter, if there is one.
        voice: name of the voice preset.
        seconds: estimated length of the audio, in seconds.
        questions: the doubtful readings, most doubtful first.
        remarks: what is not read, and what seems not to be meant.
        sentences: every sentence, in order.
        transfers: what would be sent to a server, by speaker.
    """

    title: str | None
    voice: str
    seconds: float
    questions: tuple[DoubtfulReading, ...]
    remarks: tuple[Remark, ...]
    sentences: tuple[SentencePreview, ...]
    transfers: tuple[Transfer, ...] = ()


def preview(request: Request) -> Preview:
    """Read a request's speech without speaking it.

    It raises the errors that `produce` raises before it speaks, but ConsentError: nothing is sent.
    """
    prepared = prepare(request)
    sentences = [(p, s) for p in prepared.speech.paragraphs for s in p.sentences]
    unreadable: dict[int, list[str]] = {}
    for utterance, error in find_refusals(prepared):
        unreadable.setdefault(utterance.sentence, []).append(error.piece)
    questions = [
        question
        for number, (paragraph, sentence) in enumerate(sentences, 1)
        for question in _questions(sentence, number, prepared.readers[paragraph.speaker])
    ]
    seconds = duration.estimate_seconds(prepared.utterances, request.cast)
    transfers = list_transfers(prepared)
    addresses = {t.speaker: t.destination.address for t in transfers}
    return Preview(
        title=request.document.front_matter.title,
        voice=request.voice.name,
        seconds=round(seconds, 1),
        questions=tuple(sorted(questions, key=lambda q: q.confidence)),
        remarks=tuple(sorted(find_remarks(prepared), key=lambda remark: remark.row)),
        sentences=tuple(
            replace(
                _read(p, s, number, prepared.readers[p.speaker], unreadable.get(number, ())),
                sent_to=addresses.get(p.speaker, ""),
            )
            for number, (p, s) in enumerate(sentences, 1)
        ),
        transfers=transfers,
    )


def _read(
    paragraph: Paragraph,
    sentence: Sentence,
    number: int,
    reader: Reader,
    unreadable: Sequence[str],
) -> SentencePreview:
    tokens = marked.tokenize_sentence(
        sentence, reader.voice.language, reader.lexicon, phonetic=reader.phonetic
    )
    return SentencePreview(
        number=number,
        row=sentence.row,
        speaker=paragraph.speaker,
        kind=paragraph.kind,
        begins_paragraph=sentence is paragraph.sentences[0],
        text=sentence.text,
        differences=tuple(_differences(tokens)),
        latin_words=tuple(_latin(tokens)),
        unreadable=tuple(unreadable),
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


def _questions(sentence: Sentence, number: int, reader: Reader) -> Iterator[DoubtfulReading]:
    if not reader.voice.language.startswith("zh"):
        return
    tokens, doubts = marked.find_doubts(sentence, reader.voice.language, reader.lexicon)
    for doubt in doubts:
        form, syllables = _form(tokens, doubt)
        yield DoubtfulReading(
            sentence=number,
            row=sentence.row,
            confidence=round(doubt.probability, 3),
            context=_around(tokens, doubt),
            character=doubt.char,
            reading=doubt.chosen,
            alternatives=doubt.others,
            lexicon=f'"{form}" = "{" ".join(syllables)}"',
        )


def _around(tokens: Sequence[Token], doubt: Doubt) -> str:
    """Return the text shown at a position, with some context."""
    before = "".join(t.shown for t in tokens[: doubt.token_index])
    after = "".join(t.shown for t in tokens[doubt.token_index + 1 :])
    shown = tokens[doubt.token_index].shown
    return f"{before[-_CONTEXT:]}{shown}{after[:_CONTEXT]}".strip()


def _form(tokens: Sequence[Token], doubt: Doubt) -> tuple[str, list[str]]:
    """Return a form for a lexicon, and its syllables.

    The form is long enough to be an entry, and the doubtful syllable has its other reading.
    """
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
