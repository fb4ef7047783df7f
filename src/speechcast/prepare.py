"""Read a request's document into utterances with their voices."""

from __future__ import annotations

import logging
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, starmap

from .adjustments import AdjustedSpeech, resolve_adjustments, with_pauses
from .documents import describe_left_out
from .engines.registry import engine_class
from .errors import TextError, UnreadableError
from .frontend import lexicon
from .frontend.chinese_figures.signs_zh import find_unspoken_signs
from .frontend.lexicon import Lexicon
from .frontend.reading_memo import ReadingMemo
from .frontend.utterances import Reader, to_utterances
from .messages import _
from .model import Speech, Utterance, Voice
from .preferences import Chooser
from .request import Request
from .script.parser import parse
from .text.graphemes import has_emoji
from .text.leftovers import find_leftovers
from .text.sentences import is_voiced
from .voices import presets

log = logging.getLogger("speechcast.prepare")

_MAX_REMARKS = 5  # that are logged one by one
_MAX_SHOWN = 30  # characters of a text that a remark shows
_MAX_GARBLED_SHARE = 0.3  # of a speech's characters; a speech with more is refused


@dataclass(frozen=True, slots=True)
class Remark:
    """Something of a document that its user should look at.

    Attributes:
        row: The line of the document, or the number of its paragraph.
        text: What is there.
    """

    row: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A speech that is ready to be spoken or previewed.

    Attributes:
        request: The request that was prepared; its cast has the voices of adjusted sentences, too.
        speech: Its paragraphs and sentences.
        readers: The reader of each voice, by the speaker's label; "" is the main voice.
        utterances: The utterances to synthesize, in order.
        breaks: Where a cue must end, or must not: by the number of the sentence, after how many of
            its characters; see `Adjustment.cuts`.
    """

    request: Request
    speech: Speech
    readers: Mapping[str, Reader]
    utterances: tuple[Utterance, ...]
    breaks: Mapping[int, Mapping[int, bool]] = field(default_factory=dict)

    @property
    def cast(self) -> Mapping[str, Voice]:
        """The voice of each speaker who has something to say."""
        speakers = {utterance.speaker for utterance in self.utterances}
        return {speaker: self.request.cast[speaker] for speaker in speakers}

    @property
    def sentence_count(self) -> int:
        """The number of spoken sentences."""
        return self.utterances[-1].sentence


def prepare(request: Request, memo: ReadingMemo | None = None) -> Prepared:
    """Return the request's document as utterances.

    It starts no engine and no module of the audio stage.

    Args:
        request: What is to be made.
        memo: Remembers how sentences are read, for a text that is prepared again after a change.

    Raises:
        TextError: The document has no words, or is not in the language of its voices.
    """
    speech = parse(request.document.blocks, request.cast.keys() - {""})
    return prepare_speech(request, speech, memo)


def prepare_speech(request: Request, speech: Speech, memo: ReadingMemo | None = None) -> Prepared:
    """Return a speech that was parsed already as utterances; see `prepare`."""
    require_speakable(speech, request)
    adjusted = resolve_adjustments(speech, request.adjustments, request.cast)
    request = _with_speakers(request, adjusted)
    if memo:
        memo.make_room(sum(len(paragraph.sentences) for paragraph in speech.paragraphs))
    readers = _readers(request, memo)
    utterances = to_utterances(speech, readers, adjusted.labels)
    return Prepared(
        request=request,
        speech=speech,
        readers=readers,
        utterances=tuple(with_pauses(utterances, adjusted.sentences)),
        breaks=adjusted.breaks,
    )


def require_speakable(speech: Speech, request: Request) -> None:
    """Raise TextError, before a sentence is read, for a speech that no reading makes speakable."""
    _require_words(speech, request)
    if not request.force:
        _require_intact(speech, request)
        _require_languages(speech, request)


def find_refusals(prepared: Prepared) -> Iterator[tuple[Utterance, UnreadableError]]:
    """Yield what the voices cannot read, with the utterance that holds it.

    `produce` refuses the speech for the first of them; `preview` lists them all.
    """
    for utterance in prepared.utterances:
        voice = prepared.request.cast[utterance.speaker]
        memo = prepared.readers[utterance.speaker].memo
        if memo and memo.is_speakable(voice, utterance):
            continue
        errors = engine_class(voice.engine).find_refusals(voice, utterance)
        if memo and not errors:
            memo.note_speakable(voice, utterance)
        for error in errors:
            yield utterance, error


def require_readable(prepared: Prepared) -> None:
    """Raise UnreadableError, before anything is spoken, for what a voice cannot read."""
    for _index, error in find_refusals(prepared):
        raise error


def log_remarks(prepared: Prepared) -> None:
    """Log what of the document is not read, and what seems not to be meant."""
    for line in list_remarks(prepared):
        log.warning("%s", line)


def list_remarks(prepared: Prepared) -> tuple[str, ...]:
    """Return the first remarks as lines of text, and how many more there are."""
    remarks = sorted(find_remarks(prepared), key=lambda remark: remark.row)
    lines = [
        _("line {row}: {text}").format(row=remark.row, text=remark.text)
        for remark in remarks[:_MAX_REMARKS]
    ]
    if more := len(remarks[_MAX_REMARKS:]):
        lines.append(_("and {count} more; speechcast script lists them").format(count=more))
    return tuple(lines)


def find_remarks(prepared: Prepared) -> Iterator[Remark]:
    """Yield what of the document is not read, and what seems not to be meant."""
    yield from starmap(Remark, describe_left_out(prepared.request.document.left_out))
    for block in prepared.request.document.blocks:
        if has_emoji(block.text) and not is_voiced(block.text):  # a line of stars divides only
            shown = block.text[:_MAX_SHOWN]
            text = _("“{shown}” has no words, so that no subtitle shows it").format(shown=shown)
            yield Remark(block.row, text)
    for paragraph in prepared.speech.paragraphs:
        text = paragraph.text
        ends = list(accumulate(len(sentence.text) for sentence in paragraph.sentences))
        for part in find_leftovers(text):
            row = paragraph.sentences[bisect_right(ends, part.start)].row
            shown = text[part.start : part.end][:_MAX_SHOWN]
            remark = _("“{shown}” seems to be {kind}").format(shown=shown, kind=_(part.kind))
            yield Remark(row, remark)
    yield from _find_unspoken(prepared.utterances)


def _find_unspoken(utterances: Sequence[Utterance]) -> Iterator[Remark]:
    """Yield each sign that is shown and not spoken once, with the line of the first."""
    rows: dict[str, list[int]] = {}
    for utterance in utterances:
        for sign in find_unspoken_signs(utterance.tokens):
            rows.setdefault(sign, []).append(utterance.row)
    for sign, lines in rows.items():
        text = _("“{sign}” is not spoken").format(sign=sign)
        if len(lines) > 1:
            text = _("“{sign}” is not spoken ({count} times)").format(sign=sign, count=len(lines))
        yield Remark(lines[0], text)


def _require_intact(speech: Speech, request: Request) -> None:
    """Raise TextError if much of the speech is garbled."""
    parts = [part for part in find_leftovers(speech.text) if part.is_garbled]
    if sum(part.end - part.start for part in parts) > _MAX_GARBLED_SHARE * len(speech.text):
        shown = speech.text[parts[0].start : parts[0].end][:_MAX_SHOWN]
        raise TextError(
            _(
                "{name} is garbled (“{shown}”): it was once read in a wrong encoding and "
                "saved so; use the original, or --force to speak it as it is"
            ).format(name=request.name, shown=shown)
        )


def _require_words(speech: Speech, request: Request) -> None:
    if not speech.paragraphs:
        raise TextError(
            _("{name} has no words, only white space or marks; there is nothing to speak").format(
                name=request.name
            )
        )


def _require_languages(speech: Speech, request: Request) -> None:
    """Raise TextError unless every voice speaks the language of its paragraphs."""
    for speaker in {p.speaker: None for p in speech.paragraphs}:
        paragraphs = (p.text for p in speech.paragraphs if p.speaker == speaker)
        text = "\n".join(paragraphs) if speaker else speech.text
        presets.require_language(request.cast[speaker], text)


def _with_speakers(request: Request, adjusted: AdjustedSpeech) -> Request:
    """Return the request with the speakers of adjusted sentences in its cast.

    Who named the voice of a speaker named it for a sentence at another rate, too.
    """
    if not adjusted.speakers:
        return request
    choosers = dict(request.consent.choosers)
    for label, (_voice, speaker, preset) in adjusted.speakers.items():
        choosers[label] = Chooser.PROJECT if preset else choosers.get(speaker, Chooser.USER)
    voices = {label: changed.voice for label, changed in adjusted.speakers.items()}
    return replace(
        request,
        cast={**request.cast, **voices},
        consent=replace(request.consent, choosers=choosers),
    )


def _readers(request: Request, memo: ReadingMemo | None) -> Mapping[str, Reader]:
    """Return the reader of each voice, with its lexicons.

    The request's lexicons come first, then the preset's, then the user's.
    """
    users = lexicon.load_user_lexicon()

    def reader(voice: Voice) -> Reader:
        engine = engine_class(voice.engine)
        readings = request.lexicon.over(Lexicon(voice.lexicon)).over(users)
        return Reader(voice, engine.max_characters(voice), engine.phonetic, readings, memo)

    return {speaker: reader(voice) for speaker, voice in request.cast.items()}
