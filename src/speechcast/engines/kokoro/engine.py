"""Synthesize with the embedded voices: Kokoro-82M by ONNX Runtime.

It reads Mandarin from pinyin, and English by espeak-ng.

The model takes phonemes and also returns how long it made each one, in frames of 600 samples. So
every token's position in the sound is known, and is then adjusted to the sound beside pauses.

Model and voices: Kokoro-82M by hexgrad, Apache-2.0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ...audio.activity import snap_to_sound
from ...downloads.bundle import Bundle
from ...errors import EngineError, ModelError, PresetError, UnreadableError
from ...model import Clip, Span, Utterance, Voice
from ..base import SAMPLE_RATE, Engine
from . import g2p_en, g2p_zh
from .files import (
    ENGLISH_VOICES,
    LANGUAGES,
    MAX_SYMBOLS,
    MODEL,
    STYLE_SIZE,
    VOICES,
    find_bundle,
    find_voice_file,
)
from .refusals import list_phonemes, list_refusals, too_long_error
from .session import OUT_OF_MEMORY, count_cores, is_out_of_memory, shared_session
from .vocabulary import SPACE, PhonemeGroup, Symbol, to_symbols

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import RunOptions

    from ...units import Mono16

MAX_CHARACTERS = {"zh": 45, "en": 200}  # longer utterances begin to lose their melody
REINSTALL = "its model may be damaged: run speechcast voices install narrator"
SAMPLES_PER_FRAME = 600  # the unit of the model's durations


class Kokoro(Engine):
    """The engine behind the presets with `engine = "kokoro"`."""

    phonetic: ClassVar[bool] = True

    def __init__(self, voice: Voice) -> None:
        super().__init__(voice)
        self.phonemize = _choose_g2p(voice)
        self._speed = np.array([1 + voice.rate / 100], np.float32)
        self._style = _load_style(voice.voice)
        self._session = shared_session(MODEL.files[0].path)
        self._options = _make_run_options()
        self._closed = False

    @property
    def workers(self) -> int:
        """One for each core."""
        return count_cores()

    def synthesize(self, utterance: Utterance) -> Clip:
        """Return the utterance as a clip; see `Engine.synthesize`."""
        symbols = self.encode(utterance)
        samples, lengths = self.infer(symbols)
        clip = Clip(samples, SAMPLE_RATE, _find_spans(utterance, symbols, lengths))
        return snap_to_sound(clip, utterance.tokens)

    def close(self) -> None:
        """End all running and waiting uses of the model.

        Only those for this voice end.
        """
        self._closed = True
        self._options.terminate = True
        self._session.wake()

    @staticmethod
    def max_characters(voice: Voice) -> int:
        """Return how many characters an utterance in the voice's language may have."""
        return MAX_CHARACTERS[_language_of(voice)]

    @staticmethod
    def required_bundles(voice: Voice) -> Sequence[Bundle]:
        """Return the model, and the bundle that holds the voice.

        Raises:
            PresetError: There is no such voice, it speaks another language than the preset says,
                the preset has a pitch, or the extra for English is not installed.
        """
        bundle = find_bundle(voice.voice)
        if bundle is None:
            allowed = ", ".join(f.path.stem for b in (VOICES, ENGLISH_VOICES) for f in b.files)
            raise PresetError(
                f"preset '{voice.name}': voice is '{voice.voice}'; allowed are {allowed}"
            )
        if voice.language.split("-")[0] != _language_of(voice):
            language = LANGUAGES[voice.voice[0]]
            raise PresetError(
                f"preset '{voice.name}': {voice.voice} speaks {language}, not {voice.language}"
            )
        if voice.pitch:
            raise PresetError(
                f"preset '{voice.name}': an embedded voice cannot change its pitch; leave it out"
            )
        if _language_of(voice) == "en" and not g2p_en.is_installed():
            raise PresetError(f"preset '{voice.name}': {g2p_en.MISSING_EXTRA}")
        return (MODEL, bundle)

    @staticmethod
    def terms(voice: Voice) -> str:  # noqa: ARG004 the same for every voice
        """Return the licence of the model and its voices."""
        return "Apache-2.0"

    @classmethod
    def find_refusals(cls, voice: Voice, utterance: Utterance) -> Sequence[UnreadableError]:
        """Return the errors of what the voice cannot read.

        None if the extra for English is missing, for then the voice is refused as a whole.
        """
        if _language_of(voice) == "en" and not g2p_en.is_installed():
            return ()
        return tuple(list_refusals(utterance, _choose_g2p(voice)))

    @classmethod
    def find_phonemes(cls, voice: Voice, utterance: Utterance) -> Sequence[str]:
        """Return the phonemes of each token.

        None if the extra for English is missing.
        """
        if _language_of(voice) == "en" and not g2p_en.is_installed():
            return super().find_phonemes(voice, utterance)
        return list_phonemes(utterance, _choose_g2p(voice))

    def encode(self, utterance: Utterance) -> list[Symbol]:
        """Return the utterance as symbols of the model's input.

        Raises:
            UnreadableError: The utterance has a character that the voice cannot read, or more
                symbols than the model takes.
        """
        symbols = list(to_symbols(self.phonemize(utterance)))
        if len(symbols) > MAX_SYMBOLS:
            raise too_long_error(utterance)
        return symbols

    def infer(self, symbols: Sequence[Symbol]) -> tuple[Mono16, NDArray[np.int64]]:
        """Run the model.

        Returns:
            The sound at `SAMPLE_RATE`, int16, shape (samples,), and how many samples each symbol
            takes, int64, shape (len(symbols) + 2,): the model's start and end symbols included.

        Raises:
            EngineError: The model failed, or the engine was closed.
            ModelError: The model file is damaged.
        """
        ids = [0, *(s.id for s in symbols), 0]
        inputs = {
            "tokens": np.array([ids], np.int64),
            "style": self._style[min(len(symbols), MAX_SYMBOLS - 1)][None],
            "speed": self._speed,
        }
        with self._session.borrow(lambda: self._closed) as session:
            try:
                audio, frames = session.run(None, inputs, self._options)
            except Exception as exc:
                reason = (
                    OUT_OF_MEMORY if is_out_of_memory(exc) else f"the embedded voice failed: {exc}"
                )
                raise EngineError(reason) from exc
        if not (np.isfinite(audio).all() and np.isfinite(frames).all()):
            raise EngineError(f"the embedded voice gave sound that is none; {REINSTALL}")
        lengths = np.rint(frames.ravel()).astype(np.int64) * SAMPLES_PER_FRAME
        if lengths.sum() != len(audio):
            raise EngineError(f"the model's durations do not match its sound; {REINSTALL}")
        return np.rint(np.clip(audio, -1, 1) * 32767).astype(np.int16), lengths


def _language_of(voice: Voice) -> str:
    """Return the language of the model's voice, without country.

    It is Mandarin for an unknown voice.
    """
    return LANGUAGES.get(voice.voice[:1], "zh-CN").split("-")[0]


def _choose_g2p(voice: Voice) -> Callable[[Utterance], list[PhonemeGroup]]:
    """Return the function that turns the voice's utterances into phonemes.

    Raises:
        EngineError: The extra for English is not installed.
    """
    if _language_of(voice) == "en":
        return g2p_en.EnglishG2P(british=voice.voice.startswith("b")).phonemize
    return g2p_zh.phonemize


def _make_run_options() -> RunOptions:
    import onnxruntime

    return onnxruntime.RunOptions()


def _load_style(voice: str) -> NDArray[np.float32]:
    """Return the voice's style vectors, one row per input length.

    They are float32 of shape (MAX_SYMBOLS, STYLE_SIZE).

    Raises:
        ModelError: The voice's file is missing or damaged.
    """
    path = find_voice_file(voice).path
    try:
        return np.fromfile(path, np.float32).reshape(MAX_SYMBOLS, STYLE_SIZE)
    except (OSError, ValueError) as exc:
        raise ModelError(f"{path} is damaged or missing; {REINSTALL}") from exc


def _find_spans(
    utterance: Utterance, symbols: Sequence[Symbol], lengths: NDArray[np.int64]
) -> tuple[Span | None, ...]:
    """Return each voiced token's span.

    It goes from its first symbol's start to its last symbol's end.
    """
    ends = np.cumsum(lengths)
    spans: list[Span | None] = [None] * len(utterance.tokens)
    for i, symbol in enumerate(symbols):
        if not utterance.tokens[symbol.token].voiced or symbol.id == SPACE:
            continue
        start, end = int(ends[i]), int(ends[i + 1])  # symbol i is the model's i + 1
        before = spans[symbol.token]
        spans[symbol.token] = Span(before.start if before else start, end)
    return tuple(spans)
