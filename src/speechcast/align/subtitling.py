"""Subtitle a recording of a speech: `produce`, with a sound that exists."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from ..audio.formats import AUDIO_FORMATS
from ..audio.tags.writers import write_tags
from ..check.selfcheck import require_whole
from ..check.timing import TimingFigures, measure_offsets, measure_timing
from ..delivery import deliver
from ..engines.cast import fetch_models, open_engines
from ..errors import AlignmentError
from ..messages import _, mark
from ..metadata import build_tags
from ..model import Timeline
from ..prepare import Prepared, find_refusals
from ..progress import ProgressCallback, Step, ignore_progress
from ..sending import list_transfers, require_consent
from ..subtitle_files import compose_captions, write_subtitles
from ..subtitles.caption import Caption
from ..subtitles.captions import Captions, to_milliseconds
from ..subtitles.cue import Cue
from ..subtitles.segment import segment
from ..synthesis import synthesizer
from ..synthesis.clip_spool import ClipSpool
from ..synthesis.synthesizer import Resources, default_resources
from ..units import Seconds
from ..warping.features import FRAMES_A_SECOND
from .aligner import find_passages
from .alignment import build_timeline, measure_confidence
from .placement import Placement, place_words
from .tracks import Recording, Reference, build_reference, load_recording

# Of a recording of another text; measured on pairs of voices and texts (see `align_trials`).
_MIN_SHARE = 0.3  # of the text that must be heard
_LEAST_LEAD = 0.25  # … over other speech, on the average of its words
# … and the more, divided by the seconds heard: the likeness to a few of them is learned by heart.
_LEARNED = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtitled:
    """A recording and what of a text is heard in it.

    Attributes:
        prepared: The text.
        recording: The sound.
        placement: What is heard and what is not.
        timeline: The words that are heard.
        captions: The cues as they were written.
        confidence: How sure the times of each cue are, from 0 to 1.
        timing: The starts of the cues against the onsets of the sound; None without a pause.
        files: The sound with tags, if it was requested, and the subtitles.
        took: How long it took, in seconds.
    """

    prepared: Prepared
    recording: Recording
    placement: Placement
    timeline: Timeline
    captions: Captions
    confidence: tuple[float, ...]
    timing: TimingFigures | None
    files: tuple[Path, ...]
    took: Seconds


def subtitle_recording(
    sound: Path,
    prepared: Prepared,
    progress: ProgressCallback = ignore_progress,
    resources: Resources | None = None,
) -> Subtitled:
    """Write subtitles for a recording of a text.

    Args:
        sound: The recording: any file that PyAV can play.
        prepared: The text. Where its request has a format of sound, a copy of the recording gets
            tags and chapters; it must be the recording's format.
        progress: Called with every step of the work.
        resources: The clip cache and the concurrency; None for the user's own cache.

    Raises:
        AlignmentError: The recording is that of another text.
        ConsentError: The text would leave this machine without the user's word.
    """
    started = time.monotonic()
    request, outputs = prepared.request, prepared.request.outputs
    require_consent(list_transfers(prepared))
    for _index, error in find_refusals(prepared):
        raise error
    recording = load_recording(sound)
    progress(Step(mark("listening"), 1, 1, _("the recording was read")))
    with deliver(request.output, outputs.names) as folder:
        files = outputs.moved_to(folder)
        with closing(ClipSpool(folder)) as spool:
            resources = replace(resources or default_resources(), hold=spool.add)
            reference = _speak(prepared, recording.highest, progress, resources)
        placement = place_words(recording, reference, find_passages(recording, reference))
        require_same_text(sound, reference, placement)
        timeline = build_timeline(recording, reference, placement)
        cues = segment(timeline, request.subtitle_style)
        require_whole(cues, timeline)
        captions = compose_captions(request, cues, timeline)
        write_subtitles(files, request.subtitles, captions)
        _write_tagged(sound, files.audio, prepared, timeline, cues)
    sounds = replace(recording.activity, ranges=recording.sounds)
    offsets = measure_offsets(list_captions(captions), sounds)
    return Subtitled(
        prepared=prepared,
        recording=recording,
        placement=placement,
        timeline=timeline,
        captions=captions,
        confidence=tuple(measure_confidence(cues, placement)),
        timing=measure_timing(offsets),
        files=outputs.all,
        took=time.monotonic() - started,
    )


def list_captions(captions: Captions) -> list[Caption]:
    """Return the cues as a subtitle file has them, in milliseconds."""
    return [
        Caption(
            to_milliseconds(cue.start, captions.rate),
            to_milliseconds(cue.end, captions.rate),
            cue.text,
        )
        for cue in captions.cues
    ]


def _speak(
    prepared: Prepared, highest: float, progress: ProgressCallback, resources: Resources
) -> Reference:
    """Return the text as its voice speaks it, up to the highest frequency that is compared."""
    fetch_models(prepared.cast, progress)
    with open_engines(prepared.cast) as engines:
        clips = synthesizer.synthesize(
            prepared.utterances, engines, progress, voices=prepared.cast, resources=resources
        )
    return build_reference(prepared.utterances, clips, highest)


def require_same_text(sound: Path, reference: Reference, placement: Placement) -> None:
    """Raise AlignmentError if the recording is that of another text."""
    lengths = [heard.word.end - heard.word.start for heard in placement.heard]
    share = sum(lengths) / max(1.0, sum(word.end - word.start for word in reference.words))
    weighted = zip(placement.heard, lengths, strict=True)
    lead = sum(heard.lead * length for heard, length in weighted) / max(1.0, sum(lengths))
    seconds = max(1.0, sum(lengths)) / FRAMES_A_SECOND
    if share < _MIN_SHARE or lead < _LEAST_LEAD + _LEARNED / seconds:
        raise AlignmentError(
            _(
                "{sound} is no recording of this text (little of what is heard is like it); "
                "check that the two belong together, and that the text is in the language "
                "spoken"
            ).format(sound=sound.name),
            share,
        )


def _write_tagged(
    sound: Path,
    copies: Sequence[Path],
    prepared: Prepared,
    timeline: Timeline,
    cues: Sequence[Cue],
) -> None:
    """Write the copies of the recording with tags and chapters."""
    for path, name in zip(copies, prepared.request.audio.formats, strict=True):
        assert AUDIO_FORMATS[name].suffix == path.suffix
        shutil.copyfile(sound, path)
        tags = build_tags(prepared, timeline, cues)
        write_tags(path, name, replace(tags, voice=""))
