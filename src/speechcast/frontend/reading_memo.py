"""Remember how sentences are read, so that a text that changes is not read anew as a whole."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from itertools import chain
from typing import Any, ParamSpec, TypeAlias, TypeVar

from ..model import Sentence, Token, Utterance, Voice
from .lexicon import Lexicon
from .long_sentences import divide_long
from .tokens import SentenceReading, join_readings, read_sentence, tokenize_sentence

T = TypeVar("T")
P = ParamSpec("P")
Memory: TypeAlias = "OrderedDict[Hashable, T]"

MOST = 5_000  # readings that are remembered at least: fifteen hours of speech, some 60 MB


class ReadingMemo:
    """The readings of sentences, for any number of threads; the least recently used go first."""

    def __init__(
        self,
        most: int = MOST,
        on_reading: Callable[[], None] = lambda: None,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        """Remember readings.

        Args:
            most: How many.
            on_reading: Called before a sentence, or a piece of a long one, is read that is not
                remembered.
            check: Called between the steps of work on what is not remembered; what it raises ends
                the work.
        """
        self._most = most
        self._on_reading = on_reading
        self._check = check
        self._lock = threading.Lock()
        self._tokens: Memory[tuple[Token, ...]] = OrderedDict()
        self._readings: Memory[SentenceReading] = OrderedDict()
        self._speakable: Memory[None] = OrderedDict()
        self._derived: dict[type, Memory[Any]] = {}

    def make_room(self, sentences: int) -> None:
        """Remember a speech of so many sentences whole, as it is and as it was before a change.

        With less room, each reading would be forgotten just before it is needed again.
        """
        self._most = max(self._most, 2 * sentences)

    def tokenize(
        self, sentence: Sentence, language: str, lexicon: Lexicon, *, phonetic: bool
    ) -> tuple[Token, ...]:
        """Return a sentence's tokens; see `tokens.tokenize_sentence`."""
        if phonetic and language.startswith("zh"):
            return self.read(sentence, language, lexicon).tokens
        pieces = divide_long(sentence)
        read = [self._tokenize_piece(piece, language, lexicon, phonetic) for piece in pieces]
        return tuple(chain.from_iterable(read)) if len(read) > 1 else read[0]

    def _tokenize_piece(
        self, piece: Sentence, language: str, lexicon: Lexicon, phonetic: bool
    ) -> tuple[Token, ...]:
        return self._recall(
            self._tokens,
            (phonetic, *_key(piece, language, lexicon)),
            lambda: self._read(tokenize_sentence, piece, language, lexicon, phonetic=phonetic),
        )

    def read(self, sentence: Sentence, language: str, lexicon: Lexicon) -> SentenceReading:
        """Return how a Chinese sentence is read; see `tokens.read_sentence`."""
        pieces = divide_long(sentence)
        return join_readings([self._read_piece(piece, language, lexicon) for piece in pieces])

    def _read_piece(self, piece: Sentence, language: str, lexicon: Lexicon) -> SentenceReading:
        return self._recall(
            self._readings,
            _key(piece, language, lexicon),
            lambda: self._read(read_sentence, piece, language, lexicon),
        )

    def derive(  # noqa: PLR0913 what a derivation depends on
        self,
        make: Callable[[], T],
        kind: type[T],
        sentence: Sentence,
        language: str,
        lexicon: Lexicon,
        manner: Hashable,
    ) -> T:
        """Return what a later stage makes of how a sentence is read.

        Args:
            make: Makes it, where it is not remembered.
            kind: What it is.
            sentence: The sentence; what is made of it must not depend on its line.
            language: The language of the voice.
            lexicon: The readings that apply to the voice.
            manner: What else it depends on.
        """
        with self._lock:
            memory: Memory[T] = self._derived.setdefault(kind, OrderedDict())
        return self._recall(memory, (manner, *_key(sentence, language, lexicon)), make)

    def is_speakable(self, voice: Voice, utterance: Utterance) -> bool:
        """Return whether a voice is known to read an utterance of these tokens whole."""
        with self._lock:
            return _voice_key(voice, utterance) in self._speakable

    def note_speakable(self, voice: Voice, utterance: Utterance) -> None:
        """Remember that a voice reads an utterance whole."""
        self._check()
        with self._lock:
            self._keep(self._speakable, _voice_key(voice, utterance), None)

    def _recall(self, memory: Memory[T], key: Hashable, read: Callable[[], T]) -> T:
        with self._lock:
            if key in memory:
                memory.move_to_end(key)
                return memory[key]
        self._check()
        reading = read()
        with self._lock:
            self._keep(memory, key, reading)
        return reading

    def _read(self, read: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
        self._on_reading()
        return read(*args, **options)

    def _keep(self, memory: Memory[T], key: Hashable, reading: T) -> None:
        memory[key] = reading
        while len(memory) > self._most:
            memory.popitem(last=False)


def _voice_key(voice: Voice, utterance: Utterance) -> tuple[Hashable, ...]:
    return voice.engine, voice.voice, voice.language, utterance.tokens


def _key(sentence: Sentence, language: str, lexicon: Lexicon) -> tuple[Hashable, ...]:
    """Return what the reading of a sentence depends on: of a lexicon, the forms it has."""
    text = sentence.text
    entries = tuple([(f, t) for f, t in lexicon.entries.items() if f in text])
    return sentence.text, sentence.marks, language, entries
