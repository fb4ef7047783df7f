"""Synthesize with the embedded voices: Kokoro-82M by ONNX Runtime.

It reads Mandarin from pinyin, and English by espeak-ng.

The model takes phonemes and also returns how long it made each one, in frames of 600 samples. So
every token's position in the sound is known, and is then adjusted to the sound beside pauses.

Model and voices: Kokoro-82M by hexgrad, Apache-2.0.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ...audio.activity import snap_to_sound
from ...downloads.bundle import Bundle
from ...errors import EngineError, PresetError, UnreadableError
from ...messages import _, mark
from ...model import Clip, Utterance, Voice
from ...progress import ProgressCallback
from ..base import SAMPLE_RATE, Engine
from ..model_errors import explain_model_error, is_out_of_memory, shorten_error
from ..refusals import list_phonemes, list_refusals
from . import g2p_en
from .devices import (
    ACCELERATORS,
    CPU_ONLY,
    PROCESSOR,
    describe_provider,
    find_provider,
    read_trial,
)
from .families import family_of, load_style
from .files import MAX_SYMBOLS
from .installation import install_variant
from .mix import find_leading_voice
from .reading import choose_g2p, list_symbols
from .session import OUT_OF_MEMORY, shared_session
from .settings import device_of, find_model, language_of, require_model, require_settings
from .timings import find_spans
from .variants import COMPACT, choose_variant, explain, read_note, sound_key
from .vocabulary import Symbol
from .voices import find_bundles

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import RunOptions

    from ...units import Mono16

log = logging.getLogger("speechcast.engines")

MAX_CHARACTERS = {"zh": 45, "en": 200}  # longer utterances begin to lose their melody
ON_CPU = mark("--device cpu does without it")
SAMPLES_PER_FRAME = 600  # the unit of the model's durations


class Kokoro(Engine):
    """The engine behind the presets with `engine = "kokoro"`."""

    phonetic: ClassVar[bool] = True

    def __init__(self, voice: Voice) -> None:
        super().__init__(voice)
        self.phonemize = choose_g2p(voice)
        self._speed = np.array([1 + voice.rate / 100], np.float32)
        self._family = family_of(voice.voice)
        self._style = load_style(voice.voice)
        model = require_model(voice)
        self._provider = find_provider(model, device_of(voice))
        self._session = shared_session(model, self._family.model.preset, self._provider)
        self._options: RunOptions | None = None
        self._making_options = threading.Lock()
        self._closed = False

    @property
    def workers(self) -> int:
        """One for each core; one if each is to be done as soon as possible."""
        return self._session.max_threads

    def synthesize(self, utterance: Utterance) -> Clip:
        """Return the utterance as a clip; see `Engine.synthesize`."""
        symbols = self.encode(utterance)
        samples, lengths = self.infer(symbols)
        spans = find_spans(utterance, symbols, lengths, self._family.alphabet)
        clip = Clip(samples, SAMPLE_RATE, spans)
        return snap_to_sound(clip, utterance.tokens)

    def load(self, *, alone: bool = False) -> None:
        """Open the model's session; `alone`, so that one utterance uses every core."""
        self._session.open(alone=alone)

    def close(self) -> None:
        """End all running and waiting uses of the model.

        Only those for this voice end.
        """
        with self._making_options:
            self._closed = True
            if self._options:
                self._options.terminate = True
        self._session.wake()

    @staticmethod
    def max_characters(voice: Voice) -> int:
        """Return how many characters an utterance in the voice's language may have."""
        return MAX_CHARACTERS[language_of(voice)]

    @staticmethod
    def required_bundles(voice: Voice) -> Sequence[Bundle]:
        """Return the model, and the bundles that hold the voice, or the voices of a mix.

        Raises:
            PresetError: There is no such voice, it speaks another language than the preset says,
                the preset has a pitch, or the extra for English is not installed.
        """
        try:
            bundles = find_bundles(voice.voice)
        except PresetError as exc:
            raise PresetError(
                _("preset '{voice}': {exc}").format(voice=voice.name, exc=exc)
            ) from None
        require_settings(voice)
        return tuple(dict.fromkeys((family_of(voice.voice).model, *bundles)))

    @staticmethod
    def terms(voice: Voice) -> str:  # noqa: ARG004 the same for every voice
        """Return the licence of the model and its voices."""
        return "Apache-2.0"

    @classmethod
    def install(
        cls, voice: Voice, report: ProgressCallback, *, compact: bool | None = None
    ) -> None:
        """Fetch the model and the voice, and have the model rewritten.

        Nothing is rewritten if the voice's preset asks for the compact model. What speaks against
        the full model is logged once, when it is decided.
        """
        rewritten = family_of(voice.voice).is_rewritten
        super().install(voice, report, compact=None if rewritten else compact)
        if (
            not rewritten
            or voice.options.get("model") == COMPACT
            or (compact is None and read_note())
        ):
            return
        styles = cls.required_bundles(voice)[-1].files[0].path
        note = install_variant(styles, report, compact=compact)
        if note.variant == COMPACT and not compact:
            log.warning(
                mark(
                    "the embedded voices use their compact model: %s; to try the full one again, "
                    "run: speechcast voices install %s"
                ),
                explain(note.reason),
                voice.name,
            )

    @classmethod
    def describe_model(cls, voice: Voice) -> str:
        """Return "full", or "compact" with the reason; "" if the voice's model is one alone."""
        return str(choose_variant(voice)) if family_of(voice.voice).is_rewritten else ""

    @classmethod
    def tune(cls, voice: Voice, report: ProgressCallback) -> str:
        """Try the graphics processors of this machine; see `Engine.tune`."""
        from .device_trial import try_devices

        if device_of(voice) == CPU_ONLY:
            return ""
        family, speaker = family_of(voice.voice), find_leading_voice(voice.voice)
        trial = try_devices(require_model(voice), family, speaker, report)
        return describe_provider(trial.provider, trial) if trial else ""

    @classmethod
    def describe_device(cls, voice: Voice) -> str:
        """Return what runs the voice; see `Engine.describe_device`."""
        model = find_model(voice)
        return describe_provider(find_provider(model, device_of(voice)), read_trial(model))

    @classmethod
    def sound_version(cls, voice: Voice) -> str:
        """Return the default key, which variant of the model speaks, and on which accelerator."""
        variant = sound_key(voice) if family_of(voice.voice).is_rewritten else ""
        provider = find_provider(find_model(voice), device_of(voice))
        device = "" if provider == PROCESSOR else f" {provider}"
        return super().sound_version(voice) + variant + device

    @classmethod
    def find_refusals(cls, voice: Voice, utterance: Utterance) -> Sequence[UnreadableError]:
        """Return the errors of what the voice cannot read.

        None if the extra for English is missing, for then the voice is refused as a whole.
        """
        if language_of(voice) == "en" and not g2p_en.is_installed():
            return ()
        phonemize, alphabet = choose_g2p(voice), family_of(voice.voice).alphabet
        return list_refusals(utterance, lambda line: list_symbols(line, phonemize, alphabet))

    @classmethod
    def find_phonemes(cls, voice: Voice, utterance: Utterance) -> Sequence[str]:
        """Return the phonemes of each token.

        None if the extra for English is missing.
        """
        if language_of(voice) == "en" and not g2p_en.is_installed():
            return super().find_phonemes(voice, utterance)
        return list_phonemes(utterance, choose_g2p(voice))

    def encode(self, utterance: Utterance) -> list[Symbol]:
        """Return the utterance as symbols of the model's input.

        Raises:
            UnreadableError: The utterance has a character that the voice cannot read, or more
                symbols than the model takes.
        """
        return list_symbols(utterance, self.phonemize, self._family.alphabet)

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
        style = self._style[min(len(symbols), MAX_SYMBOLS - 1)][None]
        inputs = (np.array([ids], np.int64), style, self._speed)
        with self._session.borrow(lambda: self._closed) as session:
            options = self._run_options()
            try:
                names = (put.name for put in session.get_inputs())  # they differ between exports
                audio, frames = session.run(None, dict(zip(names, inputs, strict=True)), options)
            except Exception as exc:
                raise EngineError(self._describe_failure(exc)) from exc
        if not (np.isfinite(audio).all() and np.isfinite(frames).all()):
            raise EngineError(
                _("the embedded voice gave sound that is none; {reinstall}").format(
                    reinstall=self._family.reinstall
                )
            )
        lengths = np.rint(frames.ravel()).astype(np.int64) * SAMPLES_PER_FRAME
        if lengths.sum() != audio.size:
            raise EngineError(
                _("the model's durations do not match its sound; {reinstall}").format(
                    reinstall=self._family.reinstall
                )
            )
        return np.rint(np.clip(audio.ravel(), -1, 1) * 32767).astype(np.int16), lengths

    def _run_options(self) -> RunOptions:
        """Return the options that end every run of this engine when it is closed.

        They need ONNX Runtime, whose import takes time, so they are made with the first run.
        """
        import onnxruntime

        with self._making_options:
            self._options = self._options or onnxruntime.RunOptions()
            self._options.terminate = self._closed
            return self._options

    def _describe_failure(self, exc: Exception) -> str:
        if self._provider != PROCESSOR:
            return _("the embedded voice failed on {device}: {exc}; {advice}").format(
                device=ACCELERATORS[self._provider], exc=shorten_error(exc), advice=_(ON_CPU)
            )
        if is_out_of_memory(exc):
            return _(OUT_OF_MEMORY)
        return _("the embedded voice failed: {exc}").format(exc=explain_model_error(exc))
