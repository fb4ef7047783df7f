"""Dub subtitles: `produce`, with times that are given."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from ..audio.loudness import LoudnessLevel
from ..delivery import deliver
from ..engines.cast import fetch_models, open_engines
from ..errors import MisfitError
from ..messages import _
from ..metadata import build_tags
from ..model import Clip, Timeline, Utterance, Voice
from ..output_files import OutputFiles
from ..prepare import require_readable
from ..progress import ProgressCallback, ignore_progress
from ..sending import list_transfers, require_consent
from ..subtitle_files import write_subtitles
from ..subtitles.captions import Captions
from ..subtitles.cue import Cue, CueToken
from ..synthesis import synthesizer
from ..synthesis.clip_spool import ClipSpool
from ..synthesis.synthesizer import Resources, default_resources
from ..units import Decibels, Seconds
from .checks import require_on_time
from .mixing import DUCKING
from .original import Original
from .placement import PlacedCue, build_dubbed_timeline, place_cues
from .rates import to_samples
from .report import describe_misfits
from .request import Dubbing
from .soundtrack import Soundtrack, name_video, write_soundtrack
from .takes import Takes, TakeTask, record_takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Dubbed:
    """What was dubbed.

    Attributes:
        dubbing: The subtitles.
        audio: The sound files.
        subtitles: The subtitle files.
        video: The video with the new track; None without a video.
        timeline: What is heard when.
        cues: The cues that are spoken, in order.
        rates: The rate of each sentence in per cent, by its number.
        levels: The loudness of each sound file.
        soundtrack: How the speech was mixed with the original; None without one.
        approximate: Whether an engine did not say when its words are heard, so that the start of
            a cue inside a sentence is an estimate.
        took: How long it took, in seconds.
    """

    dubbing: Dubbing
    audio: tuple[Path, ...]
    subtitles: tuple[Path, ...]
    video: Path | None
    timeline: Timeline
    cues: tuple[PlacedCue, ...]
    rates: Mapping[int, int]
    levels: tuple[LoudnessLevel, ...]
    soundtrack: Soundtrack | None
    approximate: bool
    took: Seconds


def dub_subtitles(
    dubbing: Dubbing,
    original: Original | None = None,
    ducking: Decibels = DUCKING,
    progress: ProgressCallback = ignore_progress,
    resources: Resources | None = None,
) -> Dubbed:
    """Speak subtitles on their times, and write the sound and the subtitles.

    Args:
        dubbing: The subtitles and the voices.
        original: The sound or video that the speech is mixed with; None for the speech alone.
        ducking: By which the original is lowered under the speech.
        progress: Called with every step of the work.
        resources: The clip cache and the concurrency; None for the user's own cache.

    Raises:
        MisfitError: A cue is too short for what it says; nothing was written.
        ConsentError: The text would leave this machine without the user's word.
    """
    started = time.monotonic()
    prepared, request = dubbing.prepared, dubbing.prepared.request
    require_consent(list_transfers(prepared))
    require_readable(prepared)
    outputs = request.outputs
    video = name_video(request, original)
    names = (*outputs.names, *([video.name] if video else []))
    with deliver(request.output, names) as folder, closing(ClipSpool(folder)) as spool:
        resources = replace(resources or default_resources(), hold=spool.add)
        takes = _record(dubbing, progress, resources)
        cues = _place(dubbing, takes)
        length = _length(dubbing, takes, cues, original)
        timeline = build_dubbed_timeline(prepared.utterances, takes.clips, cues, length, spool.add)
        files = outputs.moved_to(folder)
        captions = _compose_captions(dubbing, timeline)
        tags = build_tags(prepared, timeline, captions.cues)
        track = write_soundtrack(
            timeline,
            prepared,
            files.audio,
            tags,
            original,
            ducking,
            video and folder / video.name,
            progress,
        )
        require_on_time(dubbing, timeline, cues, captions, files.audio, mixed=original is not None)
        _write_subtitles(dubbing, files, captions)
    return _sum_up(dubbing, outputs, video, timeline, cues, takes, track, started)


def _sum_up(  # noqa: PLR0913 what a dubbing consists of
    dubbing: Dubbing,
    outputs: OutputFiles,
    video: Path | None,
    timeline: Timeline,
    cues: Sequence[PlacedCue],
    takes: Takes,
    track: Soundtrack,
    started: Seconds,
) -> Dubbed:
    """Return what was dubbed; `started` is the time at which it began."""
    return Dubbed(
        dubbing=dubbing,
        audio=outputs.audio,
        subtitles=outputs.subtitles,
        video=video,
        timeline=timeline,
        cues=tuple(cues),
        rates=takes.rates,
        levels=track.levels,
        soundtrack=track if track.original else None,
        approximate=any(clip.approximate for clip in takes.clips),
        took=time.monotonic() - started,
    )


def _record(dubbing: Dubbing, progress: ProgressCallback, resources: Resources) -> Takes:
    """Return the clips, at rates at which they fit their cues."""
    prepared = dubbing.prepared
    fetch_models(prepared.cast, progress)

    def record(utterances: Sequence[Utterance], cast: Mapping[str, Voice]) -> list[Clip]:
        with open_engines(cast) as engines:
            return synthesizer.synthesize(
                utterances, engines, progress, voices=cast, resources=resources
            )

    task = TakeTask(
        utterances=prepared.utterances,
        cast=prepared.cast,
        captions=dubbing.subtitles.captions,
        lines=dubbing.lines,
        token_lines=dubbing.script.find_lines(prepared.utterances),
        limits=dubbing.limits,
    )
    return record_takes(task, record)


def _place(dubbing: Dubbing, takes: Takes) -> list[PlacedCue]:
    """Return the cues on their times.

    Raises:
        MisfitError: A cue is too short, and may not be spoken into the next one's time.
    """
    captions, rate = dubbing.subtitles.captions, takes.clips[0].rate
    cues = place_cues(takes.needs, [c.start for c in captions], rate)
    misfits = tuple(describe_misfits(cues, dubbing, rate))
    if misfits and not dubbing.overrun:
        count = "1 text is" if len(misfits) == 1 else f"{len(misfits)} texts are"
        first = "that of" if len(misfits) == 1 else "the first that of"
        raise MisfitError(
            _(
                "{count} too long even at {fastest:g} times the voice's rate, {first} "
                "{misfits}; shorten it, allow a faster rate with --limits, or let it run "
                "into the next cue with --overrun"
            ).format(count=count, fastest=dubbing.limits.fastest, first=first, misfits=misfits[0]),
            misfits,
        )
    return cues


def _length(
    dubbing: Dubbing, takes: Takes, cues: Sequence[PlacedCue], original: Original | None
) -> int:
    """Return the length of the sound.

    It lasts until the last cue disappears, the original is over and the tail was heard.
    """
    rate = takes.clips[0].rate
    last = cues[-1].phrases[-1]
    tail = dubbing.prepared.request.voice.pauses.tail
    shown = to_samples(max(c.end for c in dubbing.subtitles.captions), rate)
    heard = original.length(rate) if original else 0
    return max(shown, heard, last.end + round(tail * rate))


def _compose_captions(dubbing: Dubbing, timeline: Timeline) -> Captions:
    """Return the cues as they were, with the times of their words."""
    words = _words_by_cue(dubbing, timeline)
    request = dubbing.prepared.request
    cues = tuple(
        Cue(
            to_samples(caption.start, timeline.rate),
            to_samples(caption.end, timeline.rate),
            tuple(words.get(index, ())),
        )
        for index, caption in enumerate(dubbing.subtitles.captions)
    )
    return Captions(cues, timeline, request.title, request.voice.language)


def _words_by_cue(dubbing: Dubbing, timeline: Timeline) -> Mapping[int, list[CueToken]]:
    """Return the tokens of each cue, those of lines that are only shown in one piece."""
    utterances = [placed.utterance for placed in timeline.clips]
    timed = [token for sentence in timeline.sentences() for token in sentence]
    homes = [line for lines in dubbing.script.find_lines(utterances) for line in lines]
    by_line = {
        line: [token for _, token in group]
        for line, group in groupby(zip(homes, timed, strict=True), key=lambda pair: pair[0])
        if line >= 0
    }
    words: dict[int, list[CueToken]] = {}
    for index, line in enumerate(dubbing.lines):
        tokens = [CueToken(t.token.shown, t.span) for t in by_line.get(index, ())]
        words.setdefault(line.cue, []).extend(tokens or [CueToken(line.text, None)])
    return words


def _write_subtitles(dubbing: Dubbing, files: OutputFiles, captions: Captions) -> None:
    """Write the subtitle files.

    One of the file's own format is a copy of it, tags and all. JSON lists the sentences
    and words that are heard, so it is always written anew.
    """
    options = dubbing.prepared.request.subtitles
    write_subtitles(files, options, captions)
    source = dubbing.subtitles.path
    if options.bom or options.crlf:
        return
    for path in files.subtitles:
        if path.suffix == source.suffix.lower() != ".json":
            shutil.copyfile(source, path)
