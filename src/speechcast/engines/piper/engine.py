"""Synthesize with a user's Piper voice, by ONNX Runtime.

The model also tells how long it made each phoneme, in frames, so every token's position in the
sound is known, and is then adjusted to the sound beside pauses.

Piper (piper-tts) is GPL-3.0: it is an extra, imported when such a voice speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ...audio.activity import snap_to_sound
from ...audio.resample import Resampler
from ...cores import count_cores
from ...downloads.bundle import Bundle
from ...errors import EngineError, PresetError, UnreadableError
from ...messages import _, mark
from ...model import Clip, Span, Utterance, Voice
from ..base import SAMPLE_RATE, Engine
from ..refusals import list_refusals
from .files import PiperConfig, digest_voice, find_speaker, read_config, require_supported
from .model import open_voice, run_voice
from .phonemes import Number, explain_missing_piper, has_piper, list_groups, number_phonemes

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import RunOptions

    from ...units import Hertz, Mono16

MAX_CHARACTERS, MAX_CHINESE_CHARACTERS = 200, 45
TERMS = mark("Piper is GPL-3.0; the voice has a licence of its own: see its model card")
_NETWORK = ("\\\\", "//")  # begin the path of a file on another machine


class Piper(Engine):
    """The engine behind the presets with `engine = "piper"`."""

    sound: ClassVar[int] = 1
    """Raised whenever the same request would give another clip."""

    def __init__(self, voice: Voice) -> None:
        super().__init__(voice)
        self._config = _read_voice(voice)
        if not has_piper():
            raise EngineError(explain_missing_piper())
        self._speaker = find_speaker(self._config, voice.options.get("speaker", ""))
        self._session = open_voice(Path(voice.voice))
        self._options = _make_run_options()
        self._closed = False

    @property
    def workers(self) -> int:
        """One for each core."""
        return count_cores()

    def synthesize(self, utterance: Utterance) -> Clip:
        """Return the utterance as a clip; see `Engine.synthesize`."""
        if self._closed:
            raise EngineError(_("the Piper voice is closed"))
        numbers = number_phonemes(list_groups(utterance, self._config), self._config)
        audio, lengths = self._infer(numbers)
        spans = _find_spans(numbers, lengths, utterance)
        return snap_to_sound(_to_clip(audio, self._config.rate, spans), utterance.tokens)

    def close(self) -> None:
        """End all running uses of the model for this voice."""
        self._closed = True
        self._options.terminate = True

    @staticmethod
    def max_characters(voice: Voice) -> int:
        """Return how many characters an utterance in the voice's language may have."""
        return MAX_CHINESE_CHARACTERS if voice.language.startswith("zh") else MAX_CHARACTERS

    @staticmethod
    def required_bundles(voice: Voice) -> Sequence[Bundle]:
        """Return no bundles: the voice is a user's own file.

        Raises:
            PresetError: The file or its .json is missing, it speaks another language than the
                preset says, it has no such speaker, the preset has a pitch, or the extra is not
                installed.
        """
        try:
            config = _read_voice(voice)
            require_supported(config)
            find_speaker(config, voice.options.get("speaker", ""))
        except PresetError as exc:
            raise PresetError(
                _("preset '{preset}': {problem}").format(preset=voice.name, problem=exc)
            ) from exc
        if voice.language.split("-")[0] != config.language.split("-")[0]:
            raise PresetError(
                _("preset '{preset}': {voice} speaks {spoken}, not {wanted}").format(
                    preset=voice.name,
                    voice=Path(voice.voice).name,
                    spoken=config.language,
                    wanted=voice.language,
                )
            )
        if voice.pitch:
            raise PresetError(
                _("preset '{voice}': a Piper voice cannot change its pitch; leave it out").format(
                    voice=voice.name
                )
            )
        if not has_piper():
            raise PresetError(
                _("preset '{preset}': {problem}").format(
                    preset=voice.name, problem=explain_missing_piper()
                )
            )
        return ()

    @staticmethod
    def terms(voice: Voice) -> str:  # noqa: ARG004 the same for every voice
        """Return the licence of Piper, and where the voice's is."""
        return _(TERMS)

    @classmethod
    def find_refusals(cls, voice: Voice, utterance: Utterance) -> Sequence[UnreadableError]:
        """Return the errors of what the voice cannot read.

        None if the extra is missing, for then the voice is refused as a whole.
        """
        if not has_piper():
            return ()
        config = _read_voice(voice)
        return list_refusals(utterance, lambda line: list_groups(line, config))

    @classmethod
    def sound_version(cls, voice: Voice) -> str:
        """Return our version, the digests of the voice's files, and its speaker."""
        inherited = super().sound_version(voice)
        speaker = voice.options.get("speaker", "")
        return f"{inherited} {cls.sound} {digest_voice(Path(voice.voice))} {speaker}"

    def _infer(self, numbers: Sequence[Number]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return the sound at the voice's rate, and how many samples each number takes."""
        noise, length, noise_of_durations = self._config.scales
        speed = 1 + self.voice.rate / 100
        inputs: dict[str, NDArray[np.generic]] = {
            "input": np.array([[n.id for n in numbers]], np.int64),
            "input_lengths": np.array([len(numbers)], np.int64),
            "scales": np.array([noise, length / speed, noise_of_durations], np.float32),
        }
        if self._config.speaker_count > 1:
            inputs["sid"] = np.array([self._speaker], np.int64)
        try:
            audio, frames = run_voice(self._session, inputs, self._options)
        except EngineError:
            if self._closed:
                raise EngineError(_("the Piper voice is closed")) from None
            raise
        lengths = np.rint(frames).astype(np.int64) * self._config.hop
        if not np.isfinite(audio).all() or lengths.sum() != len(audio):
            raise EngineError(_("the durations of the Piper voice do not match its sound"))
        return audio, lengths


def _read_voice(voice: Voice) -> PiperConfig:
    """Return the description of a preset's voice; raise PresetError without one."""
    if not voice.voice.endswith(".onnx"):
        raise PresetError(
            _("voice is '{voice}'; allowed is the path of a file NAME.onnx").format(
                voice=voice.voice
            )
        )
    if voice.voice.startswith(_NETWORK) and not voice.configured:
        raise PresetError(_("its voice is on another machine; only your own presets may name one"))
    return read_config(Path(voice.voice))


def _make_run_options() -> RunOptions:
    import onnxruntime

    return onnxruntime.RunOptions()


def _find_spans(
    numbers: Sequence[Number], lengths: NDArray[np.int64], utterance: Utterance
) -> tuple[Span | None, ...]:
    """Return the span of each voiced token, from its first number's start to its last one's end."""
    ends = np.cumsum(lengths).tolist()
    spans: list[Span | None] = [None] * len(utterance.tokens)
    last = 0
    for number, start, end in zip(numbers, [0, *ends], ends, strict=False):
        if number.token is None or not utterance.tokens[number.token].voiced:
            continue
        before = spans[number.token]
        begin = before.start if before else max(start, last)
        last = max(end, begin + 1)
        spans[number.token] = Span(begin, last)
    return tuple(spans)


def _to_clip(audio: NDArray[np.float32], rate: Hertz, spans: Sequence[Span | None]) -> Clip:
    """Return the sound as a clip at the rate of all clips."""
    samples: Mono16 = np.rint(np.clip(audio, -1, 1) * 32767).astype(np.int16)
    if rate == SAMPLE_RATE:
        return Clip(samples, rate, tuple(spans))
    resampler = Resampler(rate, SAMPLE_RATE)
    blocks = [*resampler.resample(samples), *resampler.flush()]
    scaled = (s and Span(*(round(edge * SAMPLE_RATE / rate) for edge in s)) for s in spans)
    return Clip(np.concatenate(blocks), SAMPLE_RATE, tuple(scaled))
