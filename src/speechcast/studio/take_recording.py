"""Record a sentence of a project alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..engines.cast import fetch_models, open_engines
from ..model import Clip, Utterance
from ..prepare import Prepared, require_readable
from ..progress import ignore_progress
from ..synthesis import synthesizer
from ..synthesis.synthesizer import Resources
from .consent import require_answer
from .recorded_clips import RecordedClips
from .sentence_takes import SentenceTake
from .view import Cast


def record_take(
    take: SentenceTake, prepared: Prepared, clips: RecordedClips, resources: Resources
) -> list[Clip]:
    """Return the clips of a take; what is not recorded yet is recorded now.

    Args:
        take: The sentence.
        prepared: The project that it belongs to.
        clips: What is recorded; what is recorded now is added.
        resources: What recording may use.

    Raises:
        UnansweredError: Text would be sent that the user did not say yes to.
        SpeechcastError: It cannot be recorded.
    """
    ready = dict[str, Clip]()
    missing = dict[str, Utterance]()
    for key, utterance in zip(take.keys, take.utterances, strict=True):
        if clip := clips.find(key, len(utterance.tokens)):
            ready[key] = clip
        else:
            missing[key] = utterance
    if missing:
        recorded = _record(list(missing.values()), take.cast, prepared, resources)
        for key, clip in zip(missing, recorded, strict=True):
            clips.add(key, clip)
            ready[key] = clip
    return [ready[key] for key in take.keys]


def _record(
    utterances: Sequence[Utterance], cast: Cast, prepared: Prepared, resources: Resources
) -> list[Clip]:
    spoken = {u.speaker: cast[u.speaker] for u in utterances}
    part = replace(
        prepared,
        request=replace(prepared.request, cast={**cast}),
        utterances=tuple(utterances),
    )
    require_answer(part)
    require_readable(part)
    fetch_models(spoken, ignore_progress)
    with open_engines(spoken) as engines:
        return synthesizer.synthesize(
            utterances, engines, ignore_progress, voices=spoken, resources=resources
        )
