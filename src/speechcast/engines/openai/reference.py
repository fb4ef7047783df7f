"""Find the times of a server's words by an embedded voice that speaks the same, and knows its own.

Nothing of the embedded voice is heard.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from ...errors import PresetError, SpeechcastError
from ...messages import _
from ...model import Clip, Span, Token, Utterance, Voice
from ..base import SAMPLE_RATE

if TYPE_CHECKING:
    from ...units import Mono16
    from ..kokoro.engine import Kokoro

log = logging.getLogger("speechcast.engines")

VOICES = {"zh": "zf_xiaoxiao", "en": "af_heart"}  # of the embedded voices, one of each language
OTHER_LANGUAGES = ("zh-HK", "zh-MO", "yue")  # written alike, spoken otherwise
OPTION, ALIGNED, ESTIMATED = "word_times", "aligned", "estimated"


def find_reference(voice: Voice) -> Voice | None:
    """Return the embedded voice that a server's words are timed by; None if none is installed.

    Raises:
        PresetError: The preset's `word_times` is neither "aligned" nor "estimated".
    """
    if not wants_times(voice):
        return None
    name = VOICES.get(voice.language.split("-")[0].lower())
    if name is None or voice.language in OTHER_LANGUAGES:
        return None
    from ..kokoro.engine import Kokoro

    reference = Voice(
        name="reference",
        description="",
        engine="kokoro",
        voice=name,
        language=voice.language,
        rate=voice.rate,
    )
    try:
        installed = all(bundle.ready for bundle in Kokoro.required_bundles(reference))
    except PresetError:  # the extra for English is not installed
        return None
    return reference if installed else None


def wants_times(voice: Voice) -> bool:
    """Return whether words are to be timed better than by counting syllables.

    Raises:
        PresetError: The preset's `word_times` is neither "aligned" nor "estimated".
    """
    chosen = voice.options.get(OPTION, ALIGNED)
    if chosen not in {ALIGNED, ESTIMATED}:
        raise PresetError(
            _(
                "preset '{voice}': {option} is '{chosen}'; allowed are {aligned}, {estimated}"
            ).format(
                voice=voice.name, option=OPTION, chosen=chosen, aligned=ALIGNED, estimated=ESTIMATED
            )
        )
    return chosen == ALIGNED


class WordTimer:
    """The embedded voice that a server's words are timed by, opened when it is first needed."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._closed = False

    @cached_property
    def _engine(self) -> Kokoro | None:
        from ..kokoro.engine import Kokoro

        reference = find_reference(self._voice)
        return Kokoro(reference) if reference else None

    def align(self, utterance: Utterance, samples: Mono16) -> tuple[Span | None, ...] | None:
        """Return where each token is heard in a server's sound.

        Args:
            utterance: What the server was given.
            samples: Its sound, at `SAMPLE_RATE`.

        Returns:
            Their spans; None if no voice is installed, if it cannot read the utterance, or if the
            two sounds are not alike.
        """
        try:
            clip = None if self._closed else self._speak(utterance)
        except SpeechcastError as exc:
            log.info("the times of “%s” are estimates: %s", utterance.shown.strip(), exc)
            return None
        if clip is None:
            return None
        from ...warping.clips import align_clip

        return align_clip(samples, SAMPLE_RATE, clip)

    def close(self) -> None:
        """End the work in progress."""
        self._closed = True
        if "_engine" in self.__dict__ and self._engine:
            self._engine.close()

    def _speak(self, utterance: Utterance) -> Clip | None:
        """Return the utterance by the embedded voice, in parts of a length that it can speak."""
        from ...frontend.utterances import divide_tokens

        engine = self._engine
        if engine is None:
            return None
        most = engine.max_characters(engine.voice)
        tokens = _with_pinyin(utterance.tokens, engine.voice.language)
        parts = divide_tokens(tokens, most)
        clips = [
            engine.synthesize(replace(utterance, tokens=part))
            if any(token.voiced for token in part)
            else None
            for part in parts
        ]
        return _join(parts, clips)


def _with_pinyin(tokens: tuple[Token, ...], language: str) -> tuple[Token, ...]:
    """Return the tokens as the embedded voice reads them."""
    if not language.startswith("zh"):
        return tokens
    from ...frontend.mandarin import g2p_zh, tone_sandhi

    return tone_sandhi.apply_tone_sandhi(g2p_zh.annotate(tokens, {}), frozenset())


def _join(parts: Sequence[Sequence[Token]], clips: Sequence[Clip | None]) -> Clip:
    """Return the clips as one; a part without a clip makes no sound."""
    import numpy as np

    spans: list[Span | None] = []
    start = 0
    for part, clip in zip(parts, clips, strict=True):
        heard = clip.spans if clip else [None] * len(part)
        spans += [span and span.shifted(start) for span in heard]
        start += len(clip.samples) if clip else 0
    return Clip(np.concatenate([c.samples for c in clips if c]), SAMPLE_RATE, tuple(spans))
