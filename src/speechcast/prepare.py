"""Read a request's document into utterances with their voices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .engines.registry import engine_class
from .errors import TextError, UnreadableError
from .frontend import lexicon
from .frontend.lexicon import Lexicon
from .frontend.utterances import Reader, to_utterances
from .model import Speech, Utterance, Voice
from .request import Request
from .script.parser import parse
from .voices import presets


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A speech that is ready to be spoken or previewed.

    Attributes:
        request: The request that was prepared.
        speech: Its paragraphs and sentences.
        readers: The reader of each voice, by the speaker's label; "" is the main voice.
        utterances: The utterances to synthesize, in order.
    """

    request: Request
    speech: Speech
    readers: Mapping[str, Reader]
    utterances: tuple[Utterance, ...]

    @property
    def cast(self) -> Mapping[str, Voice]:
        """The voice of each speaker who has something to say."""
        speakers = {utterance.speaker for utterance in self.utterances}
        return {speaker: self.request.cast[speaker] for speaker in speakers}

    @property
    def sentence_count(self) -> int:
        """The number of spoken sentences."""
        return self.utterances[-1].sentence


def prepare(request: Request) -> Prepared:
    """Return the request's document as utterances.

    It starts no engine and no module of the audio stage.

    Raises:
        TextError: The document has no words, or is not in the language of its voices.
    """
    speech = parse(request.document.blocks, request.cast.keys() - {""})
    _require_words(speech, request)
    if not request.force:
        _require_languages(speech, request)
    readers = _readers(request)
    utterances = tuple(to_utterances(speech, readers))
    return Prepared(request=request, speech=speech, readers=readers, utterances=utterances)


def find_refusals(prepared: Prepared) -> Iterator[tuple[Utterance, UnreadableError]]:
    """Yield what the voices cannot read, with the utterance that holds it.

    `produce` refuses the speech for the first of them; `preview` lists them all.
    """
    for utterance in prepared.utterances:
        voice = prepared.request.cast[utterance.speaker]
        for error in engine_class(voice.engine).find_refusals(voice, utterance):
            yield utterance, error


def _require_words(speech: Speech, request: Request) -> None:
    if not speech.paragraphs:
        raise TextError(
            f"{request.name} has no words, only white space or marks; there is nothing to speak"
        )


def _require_languages(speech: Speech, request: Request) -> None:
    """Raise TextError unless every voice speaks the language of its paragraphs."""
    for speaker in {p.speaker: None for p in speech.paragraphs}:
        paragraphs = (p.text for p in speech.paragraphs if p.speaker == speaker)
        text = "\n".join(paragraphs) if speaker else speech.text
        presets.require_language(request.cast[speaker], text)


def _readers(request: Request) -> Mapping[str, Reader]:
    """Return the reader of each voice, with its lexicons.

    The request's lexicons come first, then the preset's, then the user's.
    """
    users = lexicon.load_user_lexicon()

    def reader(voice: Voice) -> Reader:
        engine = engine_class(voice.engine)
        readings = request.lexicon.over(Lexicon(voice.lexicon)).over(users)
        return Reader(voice, engine.max_characters(voice), engine.phonetic, readings)

    return {speaker: reader(voice) for speaker, voice in request.cast.items()}
