"""The embedded voices: Kokoro-82M by onnxruntime, Mandarin from pinyin, English by espeak-ng.

The model takes phonemes and tells how long it made each one, in frames of 600 samples; so every
token's place in the sound is known exactly, and then held against the sound itself.

Model and voices: hexgrad, Apache-2.0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ...audio.activity import snap_to_sound
from ...downloads.bundle import Bundle
from ...errors import EngineError, PresetError
from ...model import Clip, Span, Utterance, Voice
from . import g2p_en, g2p_zh
from .files import (
    ENGLISH_VOICES,
    LANGUAGES,
    MODEL,
    MAX_SYMBOLS,
    STYLE_SIZE,
    VOICES,
    find_bundle,
    find_voice_file,
)
from .session import OUT_OF_MEMORY, count_cores, is_out_of_memory, shared_session
from .vocabulary import SPACE, Symbol, Word, to_symbols

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import RunOptions

RATE = 24_000
MAX_CHARACTERS = {"zh": 45, "en": 200}  # characters; longer runs begin to lose their melody
SAMPLES_PER_FRAME = 600  # samples a unit of the model's durations stands for


class Kokoro:
    """The engine behind the presets with `engine = "kokoro"`."""

    online: ClassVar[bool] = False
    phonetic: ClassVar[bool] = True
    cacheable: ClassVar[bool] = True
    approximate: ClassVar[bool] = False

    def __init__(self, voice: Voice) -> None:
        self.phonemize = _reading(voice)
        self._speed = np.array([1 + voice.rate / 100], np.float32)
        self._style = _style(voice.voice)
        self._session = shared_session(MODEL.files[0].path)
        self._options = _run_options()
        self._closed = False

    @property
    def workers(self) -> int:
        return count_cores()

    def synthesize(self, line: Utterance) -> Clip:
        symbols = self.encode(line)
        samples, lengths = self.infer(symbols)
        clip = Clip(samples, RATE, _spans(line, symbols, lengths))
        return snap_to_sound(clip, line.tokens)

    def close(self) -> None:
        self._closed = True
        self._options.terminate = True
        self._session.wake()

    @staticmethod
    def max_characters(voice: Voice) -> int:
        return MAX_CHARACTERS[_language(voice)]

    @staticmethod
    def required_bundles(voice: Voice) -> Sequence[Bundle]:
        bundle = find_bundle(voice.voice)
        if bundle is None:
            allowed = ", ".join(f.path.stem for b in (VOICES, ENGLISH_VOICES) for f in b.files)
            raise PresetError(
                f"preset '{voice.name}': voice is '{voice.voice}', allowed are {allowed}"
            )
        if voice.language.split("-")[0] != _language(voice):
            spoken = LANGUAGES[voice.voice[0]]
            raise PresetError(
                f"preset '{voice.name}': {voice.voice} speaks {spoken}, not {voice.language}"
            )
        if voice.pitch:
            raise PresetError(f"preset '{voice.name}': the embedded voices take no pitch; leave it")
        if _language(voice) == "en" and not g2p_en.is_installed():
            raise PresetError(f"preset '{voice.name}': {g2p_en.MISSING_EXTRA}")
        return (MODEL, bundle)

    def encode(self, line: Utterance) -> list[Symbol]:
        """The line as the model reads it. Raises TextError, EngineError as `record`."""
        found = list(to_symbols(self.phonemize(line)))
        if len(found) > MAX_SYMBOLS:
            raise EngineError(
                "it cannot be divided and is too long for one breath; put a comma into it"
            )
        return found

    def infer(self, symbols: Sequence[Symbol]) -> tuple[NDArray[np.int16], NDArray[np.int64]]:
        """The model's samples, and how many of them each symbol (both ends included) has."""
        ids = [0, *(s.id for s in symbols), 0]
        inputs = {
            "tokens": np.array([ids], np.int64),
            "style": self._style[min(len(symbols), MAX_SYMBOLS - 1)][None],
            "speed": self._speed,
        }
        with self._session.borrow(lambda: self._closed) as lent:
            try:
                audio, frames = lent.run(None, inputs, self._options)
            except Exception as exc:
                why = OUT_OF_MEMORY if is_out_of_memory(exc) else f"the embedded voice failed: {exc}"
                raise EngineError(why) from exc
        lengths = np.rint(frames.ravel()).astype(np.int64) * SAMPLES_PER_FRAME
        if lengths.sum() != len(audio):
            raise EngineError("the model's durations and its sound do not fit; reinstall the model")
        return np.rint(np.clip(audio, -1, 1) * 32767).astype(np.int16), lengths


def _language(voice: Voice) -> str:
    """The language the model's voice speaks, without its country; Mandarin if there is none."""
    return LANGUAGES.get(voice.voice[:1], "zh-CN").split("-")[0]


def _reading(voice: Voice) -> Callable[[Utterance], list[Word]]:
    """How the voice's lines become phonemes. Raises EngineError where the extra is missing."""
    if _language(voice) == "en":
        return g2p_en.EnglishG2P(british=voice.voice.startswith("b")).phonemize
    return g2p_zh.phonemize


def _run_options() -> RunOptions:
    import onnxruntime

    return onnxruntime.RunOptions()


def _style(voice: str) -> NDArray[np.float32]:
    """The voice as `[length of input, 256]`."""
    return np.fromfile(find_voice_file(voice).path, np.float32).reshape(MAX_SYMBOLS, STYLE_SIZE)


def _spans(
    line: Utterance, symbols: Sequence[Symbol], lengths: NDArray[np.int64]
) -> tuple[Span | None, ...]:
    """Each voiced token's samples, from its first symbol's start to its last symbol's end."""
    ends = np.cumsum(lengths)
    spans: list[Span | None] = [None] * len(line.tokens)
    for i, symbol in enumerate(symbols):
        if not line.tokens[symbol.token].voiced or symbol.id == SPACE:
            continue
        start, end = int(ends[i]), int(ends[i + 1])  # symbol i is the model's i + 1
        before = spans[symbol.token]
        spans[symbol.token] = Span(before.start if before else start, end)
    return tuple(spans)
