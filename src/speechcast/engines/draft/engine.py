"""Synthesize drafts of Mandarin: FastSpeech2 by LiteRT, and a vocoder by ONNX Runtime.

The model also returns how long it made each symbol, in frames of 300 samples, so every token's
position in the sound is known, and is then adjusted to the sound beside pauses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from ...audio.activity import snap_to_sound
from ...cores import count_cores
from ...downloads.bundle import Bundle
from ...errors import EngineError, PresetError, UnreadableError
from ...messages import _
from ...model import Clip, Span, Utterance, Voice
from ..base import SAMPLE_RATE, Engine
from ..refusals import list_phonemes, list_refusals
from . import g2p_zh
from .files import BUNDLE, REINSTALL, SYMBOLS, TERMS, VOICE
from .models import explain_missing_litert, has_litert, shared_models
from .units import Unit, divide_into_units

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_CHARACTERS = 45
SAMPLES_PER_FRAME = 300  # the unit of the model's durations


class Draft(Engine):
    """The engine behind the preset `draft`."""

    phonetic: ClassVar[bool] = True

    def __init__(self, voice: Voice) -> None:
        super().__init__(voice)
        self._models = shared_models()
        self._speed = 1 + voice.rate / 100
        self._closed = False

    @property
    def workers(self) -> int:
        """One for each core."""
        return count_cores()

    def synthesize(self, utterance: Utterance) -> Clip:
        """Return the utterance as a clip; see `Engine.synthesize`."""
        units = divide_into_units(g2p_zh.read_syllables(utterance))
        clips = [self._speak(unit, utterance) for unit in units]
        return _join(clips, [unit.pause for unit in units])

    def close(self) -> None:
        """End the work after the run in progress, which takes a fraction of a second."""
        self._closed = True

    @staticmethod
    def max_characters(voice: Voice) -> int:  # noqa: ARG004 the same for every voice
        """Return `MAX_CHARACTERS`."""
        return MAX_CHARACTERS

    @staticmethod
    def required_bundles(voice: Voice) -> Sequence[Bundle]:
        """Return the bundle of the model.

        Raises:
            PresetError: There is no such voice, the preset has another language or a pitch, or the
                extra is not installed.
        """
        problem = _find_problem(voice)
        if problem:
            raise PresetError(
                _("preset '{preset}': {problem}").format(preset=voice.name, problem=problem)
            )
        return (BUNDLE,)

    @staticmethod
    def terms(voice: Voice) -> str:  # noqa: ARG004 the same for every voice
        """Return the terms of the model, which forbid commercial use."""
        return _(TERMS)

    @classmethod
    def find_refusals(cls, voice: Voice, utterance: Utterance) -> Sequence[UnreadableError]:  # noqa: ARG003 the same for every voice
        """Return the errors of what the voice cannot read; none before its model is fetched."""
        if not SYMBOLS.path.exists():
            return ()
        return list_refusals(utterance, g2p_zh.read_syllables)

    @classmethod
    def find_phonemes(cls, voice: Voice, utterance: Utterance) -> Sequence[str]:  # noqa: ARG003 the same for every voice
        """Return the phonemes of each token; "" for all before the model is fetched."""
        if not SYMBOLS.path.exists():
            return [""] * len(utterance.tokens)
        return list_phonemes(utterance, g2p_zh.read_syllables)

    def _speak(self, unit: Unit, utterance: Utterance) -> Clip:
        """Return a unit as a clip with a span for each of its tokens.

        Raises:
            EngineError: The models failed, or the engine was closed.
        """
        if self._closed:
            raise EngineError(_("the draft voice is closed"))
        audio, frames = self._models.run(unit.ids, self._speed)
        if self._closed:
            raise EngineError(_("the draft voice is closed"))
        lengths = frames * SAMPLES_PER_FRAME
        if not np.isfinite(audio).all() or lengths.sum() != len(audio):
            raise EngineError(
                _("the draft voice gave sound that is none; {reinstall}").format(
                    reinstall=_(REINSTALL)
                )
            )
        samples = np.rint(np.clip(audio, -1, 1) * 32767).astype(np.int16)
        clip = Clip(samples, SAMPLE_RATE, _find_spans(unit, lengths, len(utterance.tokens)))
        return snap_to_sound(clip, utterance.tokens)


def _find_problem(voice: Voice) -> str:
    """Return what the engine cannot do of a preset; "" if it can do all."""
    if voice.voice != VOICE:
        return _("voice is '{name}'; allowed is {allowed}").format(name=voice.voice, allowed=VOICE)
    if voice.language.split("-")[0] != "zh":
        return _("{voice} speaks {spoken}, not {wanted}").format(
            voice=VOICE, spoken="zh-CN", wanted=voice.language
        )
    if voice.pitch:
        return _("the draft voice cannot change its pitch; leave it out")
    return "" if has_litert() else explain_missing_litert()


def _find_spans(
    unit: Unit, lengths: NDArray[np.int64], token_count: int
) -> tuple[Span | None, ...]:
    """Return the span of each token: from its first symbol's start to its last symbol's end."""
    ends = np.cumsum(lengths).tolist()
    spans: list[Span | None] = [None] * token_count
    last = 0
    for token, start, end in zip(unit.tokens, [0, *ends], ends, strict=False):
        if token is None:
            continue
        before = spans[token]
        begin = before.start if before else max(start, last)
        last = max(end, begin + 1)
        spans[token] = Span(begin, last)
    return tuple(spans)


def _join(clips: Sequence[Clip], pauses: Sequence[float]) -> Clip:
    """Return clips of one utterance as one, with pauses between their sounds."""
    spans = list(clips[0].spans)
    pieces = [clips[0].samples]
    position = len(clips[0].samples)
    for before, clip, pause in zip(clips, clips[1:], pauses, strict=False):
        silence = np.zeros(_count_silence(before, clip, pause), np.int16)
        pieces += [silence, clip.samples]
        position += len(silence)
        for token, span in enumerate(clip.spans):
            if span:
                moved, whole = span.shifted(position), spans[token]
                spans[token] = Span(whole.start, moved.end) if whole else moved
        position += len(clip.samples)
    return Clip(np.concatenate(pieces), SAMPLE_RATE, tuple(spans))


def _count_silence(before: Clip, after: Clip, pause: float) -> int:
    """Return the samples of silence to insert so that the sounds are `pause` seconds apart."""
    edges = len(before.samples) - before.speech_span.end + after.speech_span.start
    return max(0, round(pause * SAMPLE_RATE) - edges)
