"""Preview a speech: its spoken text, doubtful readings and estimated length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from .engines.registry import engine_class
from .frontend.doubtful_readings import DoubtfulReading, describe_doubts
from .frontend.mandarin.g2p_zh import Doubt
from .frontend.tokens import SentenceReading
from .frontend.utterances import Reader
from .model import BlockKind, Paragraph, Pause, Sentence, Token, Utterance
from .prepare import Prepared, Remark, find_refusals, find_remarks, prepare
from .request import Request
from .sending import Transfer, list_transfers
from .synthesis import duration
from .text.han import HAN

_CANTONESE = "zh-HK"  # the language of voices to which pinyin says nothing


class VoiceInput(StrEnum):
    """What a voice is given to speak."""

    PINYIN = "pinyin"
    PHONEMES = "phonemes"
    TEXT = "text"  # the voice reads it itself, and may read it otherwise than it is previewed


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPreview:
    """A token as it will be shown and spoken.

    Attributes:
        shown: the text as shown.
        spoken: the text that is spoken for it; "" for none.
        pinyin: a syllable for each Chinese character of `spoken`, in the tone in which it is
            spoken; for a Latin word in Chinese text, the syllables a pinyin voice speaks for it.
        phonemes: the phonemes of a word in Latin letters, of a voice that is given phonemes.
        doubts: the characters whose reading is uncertain; their pinyin is a dictionary's.
    """

    shown: str
    spoken: str
    pinyin: tuple[str, ...] = ()
    phonemes: str = ""
    doubts: tuple[Doubt, ...] = ()


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
        voice_input: what the sentence's voice is given.
        tokens: its words, figures and marks; their `shown`, joined, is `text`.
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
    voice_input: VoiceInput
    tokens: tuple[TokenPreview, ...]
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


def preview(request: Request, *, with_phonemes: bool = False) -> Preview:
    """Read a request's speech without speaking it.

    It raises the errors that `produce` raises before it speaks, but ConsentError: nothing is sent.

    Args:
        request: What is to be made.
        with_phonemes: Whether to find the phonemes of words in Latin letters, which takes longer.
    """
    return preview_prepared(prepare(request), with_phonemes=with_phonemes)


def preview_prepared(prepared: Prepared, *, with_phonemes: bool = False) -> Preview:
    """Return the preview of a request that was prepared; see `preview`."""
    request = prepared.request
    sentences = [(p, s) for p in prepared.speech.paragraphs for s in p.sentences]
    speakers = {utterance.sentence: utterance.speaker for utterance in prepared.utterances}
    readings = [
        _preview_reading(sentence, prepared.readers[speakers[number]], with_phonemes)
        for number, (_, sentence) in enumerate(sentences, 1)
    ]
    questions = [
        replace(doubt, sentence=number, row=sentence.row)
        for number, ((_, sentence), reading) in enumerate(zip(sentences, readings, strict=True), 1)
        for doubt in reading.doubts
    ]
    seconds = duration.estimate_seconds(prepared.utterances, request.cast)
    transfers = list_transfers(prepared)
    return Preview(
        title=request.document.front_matter.title,
        voice=request.voice.name,
        seconds=round(seconds, 1),
        questions=tuple(sorted(questions, key=lambda q: q.confidence)),
        remarks=tuple(sorted(find_remarks(prepared), key=lambda remark: remark.row)),
        sentences=tuple(_preview_sentences(prepared, sentences, readings, transfers)),
        transfers=transfers,
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a voice reads a sentence.

    Attributes:
        voice_input: What the voice is given.
        tokens: The tokens as the voice is given them.
        phonemes: Their phonemes; none if they are not wanted.
        chinese: How we read it, if the voice speaks Mandarin.
    """

    voice_input: VoiceInput
    tokens: tuple[Token, ...]
    phonemes: Sequence[str] = ()
    chinese: SentenceReading | None = None


@dataclass(frozen=True, slots=True)
class _ReadingPreview:
    """What of a sentence's preview does not depend on where it stands; see `SentencePreview`."""

    voice_input: VoiceInput
    tokens: tuple[TokenPreview, ...]
    differences: tuple[Difference, ...]
    latin_words: tuple[Difference, ...]
    doubts: tuple[DoubtfulReading, ...]


def _preview_reading(sentence: Sentence, reader: Reader, with_phonemes: bool) -> _ReadingPreview:
    """Return how a voice reads a sentence; from the reader's memo, if it has one."""

    def make() -> _ReadingPreview:
        reading = _read(sentence, reader, with_phonemes)
        return _ReadingPreview(
            voice_input=reading.voice_input,
            tokens=tuple(_preview_tokens(reading)),
            differences=tuple(_differences(reading.tokens)),
            latin_words=tuple(_latin(reading.tokens)),
            doubts=tuple(describe_doubts(sentence, 0, reading.chinese)) if reading.chinese else (),
        )

    return make() if with_phonemes else reader.derive(make, _ReadingPreview, sentence)


def _read(sentence: Sentence, reader: Reader, with_phonemes: bool) -> _Reading:
    language = reader.voice.language
    chinese = None
    if language.startswith("zh") and language != _CANTONESE:
        chinese = reader.read(sentence)
    if chinese and reader.phonetic:
        voice_input, tokens = VoiceInput.PINYIN, chinese.tokens
    else:
        voice_input = VoiceInput.PHONEMES if reader.phonetic else VoiceInput.TEXT
        tokens = reader.tokenize(sentence, phonetic=False)
    phonemes: Sequence[str] = ()
    if with_phonemes:
        line = Utterance(tokens=tokens, sentence=0, row=sentence.row, pause=Pause.SENTENCE)
        phonemes = engine_class(reader.voice.engine).find_phonemes(reader.voice, line)
    return _Reading(voice_input, tokens, phonemes, chinese)


def _preview_sentences(
    prepared: Prepared,
    sentences: Sequence[tuple[Paragraph, Sentence]],
    readings: Sequence[_ReadingPreview],
    transfers: Sequence[Transfer],
) -> Iterator[SentencePreview]:
    """Yield the preview of each sentence."""
    unreadable: dict[int, list[str]] = {}
    for utterance, error in find_refusals(prepared):
        unreadable.setdefault(utterance.sentence, []).append(error.piece)
    addresses = {t.speaker: t.destination.address for t in transfers}
    speakers = {utterance.sentence: utterance.speaker for utterance in prepared.utterances}
    for number, ((paragraph, sentence), reading) in enumerate(
        zip(sentences, readings, strict=True), 1
    ):
        yield SentencePreview(
            number=number,
            row=sentence.row,
            speaker=paragraph.speaker,
            kind=paragraph.kind,
            begins_paragraph=sentence is paragraph.sentences[0],
            text=sentence.text,
            voice_input=reading.voice_input,
            tokens=reading.tokens,
            differences=reading.differences,
            latin_words=reading.latin_words,
            unreadable=tuple(unreadable.get(number, ())),
            sent_to=addresses.get(speakers[number], ""),
        )


def _preview_tokens(reading: _Reading) -> Iterator[TokenPreview]:
    """Yield the preview of each token of a sentence."""
    doubts: dict[int, list[Doubt]] = {}
    for doubt in reading.chinese.doubts if reading.chinese else ():
        doubts.setdefault(doubt.token_index, []).append(doubt)
    by_us = reading.chinese.tokens if reading.chinese else reading.tokens
    phonemes = reading.phonemes or [""] * len(by_us)
    for index, (token, ours, symbols) in enumerate(
        zip(reading.tokens, by_us, phonemes, strict=True)
    ):
        yield TokenPreview(
            shown=token.shown,
            spoken=token.spoken,
            pinyin=ours.pinyin,
            phonemes="" if HAN.search(token.spoken) else symbols,
            doubts=tuple(doubts.get(index, ())),
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
