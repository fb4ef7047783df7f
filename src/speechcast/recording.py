"""Record the utterances of a prepared request."""

from __future__ import annotations

from collections.abc import Callable

from .engines.cast import fetch_models, open_engines
from .model import Clip, PlacedClip
from .prepare import Prepared
from .progress import ProgressCallback
from .synthesis import synthesizer
from .synthesis.fit_duration import Cast, FittedClips, fit_to_duration
from .synthesis.synthesizer import Resources
from .timeline import Layout, place

PlacedClipCallback = Callable[[PlacedClip], None]
"""Is called with each placed clip of a speech in turn; see `record`."""


def ignore_placed_clip(_: PlacedClip) -> None:
    """Ignore a clip."""


def record(
    prepared: Prepared,
    progress: ProgressCallback,
    resources: Resources,
    on_clip: PlacedClipCallback = ignore_placed_clip,
) -> FittedClips:
    """Record every utterance, fitted to the requested duration.

    Models that are missing are fetched first.

    Args:
        prepared: What is spoken, by whom, and how long it lasts.
        progress: Called with every step of the work.
        resources: The cache, the concurrency, and the order of recording.
        on_clip: Called in this thread with each clip at its place on the timeline, in the order of
            the document, each as soon as it and all before it are recorded; what lies between the
            end of one and the `start` of the next is silence. It may take its time: the recording
            goes on meanwhile. A requested duration is only reached when all is recorded, so then it
            is called at the end. Of an online voice, a better take may replace a clip that was
            passed on.

    Raises:
        SpeechcastError: An utterance could not be recorded, or a model not be fetched.
    """
    fetch_models(prepared.cast, progress)
    utterances, cast = prepared.utterances, prepared.cast
    seconds = prepared.request.audio.duration
    layout = Layout(utterances, {speaker: voice.pauses for speaker, voice in cast.items()})

    def pass_on(clip: Clip) -> None:
        if seconds is None:
            on_clip(layout.add(clip))

    def synthesize(cast: Cast) -> list[Clip]:
        with open_engines(cast) as engines:
            return synthesizer.synthesize(
                utterances, engines, progress, voices=cast, resources=resources, on_clip=pass_on
            )

    recorded = fit_to_duration(seconds, utterances, cast, synthesize)
    if seconds is not None:
        for placed in place(utterances, recorded.clips, recorded.pauses).clips:
            on_clip(placed)
    return recorded
