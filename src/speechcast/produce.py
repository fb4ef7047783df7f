"""Produce sound files and matching subtitles from a document."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from . import documents
from .audio.live_encoding import LiveEncoding
from .audio.loudness import LoudnessLevel
from .audio.master import Written, publish
from .audio.targets import Target
from .audio_files import choose_encodings
from .check.selfcheck import require_whole
from .delivery import deliver
from .files import require_distinct
from .messages import mark
from .metadata import build_tags
from .model import PlacedClip, Timeline, Voice
from .output_files import OutputFiles, default_name
from .prepare import Prepared, list_remarks, log_remarks, prepare, require_readable
from .production import Production
from .progress import ProgressCallback, ignore_progress
from .recording import PlacedClipCallback, ignore_placed_clip, record
from .request import (
    AudioOptions,
    PageSound,
    Preferences,
    Request,
    SubtitleOptions,
    resolve_request,
)
from .sending import list_transfers, require_consent
from .subtitle_files import compose_captions, write_subtitles
from .subtitles.cue import Cue
from .subtitles.segment import segment
from .synthesis.clip_spool import ClipSpool
from .synthesis.fit_duration import Cast
from .synthesis.synthesizer import Resources, default_resources
from .timeline import place

log = logging.getLogger("speechcast.produce")


def make_speech(  # noqa: PLR0913 what a caller may choose, each by its name
    source: str | Path,
    voice: str | Voice | None = None,
    output: str | Path = "output",
    *,
    name: str | None = None,
    preferences: Preferences = Preferences(),
    subtitles: SubtitleOptions = SubtitleOptions(),
    audio: AudioOptions = AudioOptions(),
    page: PageSound | None = None,
    progress: ProgressCallback = ignore_progress,
    resources: Resources | None = None,
    allow_online: Sequence[str] = (),
) -> Production:
    """Speak a document into an MP3 and subtitles that fit it.

    Args:
        source: The document, of any kind `speechcast make` reads.
        voice: The name of a preset, the path of a preset file, a `Voice`, or None for what the
            document or its language asks for.
        output: The folder the files go to; it is created if need be.
        name: What the files are called, without a suffix; None for the document's own name.
        preferences: Further preferences of the caller; see `Preferences`.
        subtitles: The style and the formats of the subtitles.
        audio: The formats, the loudness and the length of the sound.
        page: How the listening page has its sound; None for no page.
        progress: Called with every step of the work.
        resources: The clip cache and the concurrency; None for the user's own cache.
        allow_online: The addresses (`edge` for Microsoft's service) to which a voice that only the
            document names may send the text.

    Raises:
        SpeechcastError: Something is wrong with the input, the voice or the output folder. Nothing
            was written then.
    """
    path = Path(source)
    if isinstance(voice, str):
        preferences = Preferences(voice=voice).over(preferences)
    request = resolve_request(
        documents.read(path),
        name or default_name(path),
        Path(output),
        preferences,
        subtitles,
        folder=path.parent,
        voice=voice if isinstance(voice, Voice) else None,
        audio=audio,
        page=page,
        allow_online=allow_online,
    )
    require_distinct(request.outputs.all, [path])
    return produce(request, progress, resources)


def produce(
    request: Request,
    progress: ProgressCallback = ignore_progress,
    resources: Resources | None = None,
) -> Production:
    """Make the files of a request.

    See `make_speech` for the arguments and the errors.
    """
    return produce_prepared(prepare(request), progress, resources)


def produce_prepared(
    prepared: Prepared,
    progress: ProgressCallback = ignore_progress,
    resources: Resources | None = None,
    on_clip: PlacedClipCallback = ignore_placed_clip,
) -> Production:
    """Make the files of a request that was prepared; see `produce`.

    Args:
        prepared: What to make.
        progress: Called with every step of the work.
        resources: The clip cache and the concurrency; None for the user's own cache.
        on_clip: Called with each clip in the order of the document, while the rest is still being
            recorded; see `recording.record`.

    Raises:
        ConsentError: The text would leave this machine without the user's word.
    """
    started = time.monotonic()
    request, outputs = prepared.request, prepared.request.outputs
    require_consent(list_transfers(prepared))
    log_remarks(prepared)
    require_readable(prepared)
    with deliver(request.output, outputs.names) as folder, closing(ClipSpool(folder)) as spool:
        files = outputs.moved_to(folder)
        with closing(_encode_live(files, prepared, progress)) as encoding:

            def pass_on(placed: PlacedClip) -> None:
                on_clip(placed)
                encoding.add(placed)

            spoken = record(prepared, progress, _with_spool(resources, spool), pass_on)
            timeline = place(prepared.utterances, spoken.clips, spoken.pauses)
            cues = tuple(segment(timeline, request.subtitle_style, prepared.breaks))
            captions = compose_captions(request, cues, timeline)
            written = encoding.finish(timeline)
        levels = _publish(files, prepared, spoken.cast, timeline, cues, progress, written)
        require_whole(cues, timeline, *files.audio)
        write_subtitles(files, request.subtitles, captions)
        _write_pages(files, prepared, timeline, cues)
    return Production(
        audio=outputs.audio,
        subtitles=outputs.subtitles,
        pages=outputs.pages,
        voice=spoken.cast.get("", request.voice),
        style=request.subtitle_style,
        sentences=prepared.sentence_count,
        cues=cues,
        rate=timeline.rate,
        duration=timeline.length / timeline.rate,
        took=time.monotonic() - started,
        target=request.target,
        levels=levels,
        approximate=any(clip.approximate for clip in spoken.clips),
        remarks=list_remarks(prepared),
    )


def _with_spool(resources: Resources | None, spool: ClipSpool) -> Resources:
    """Return the resources with a spool on the production's own disk."""
    return replace(resources or default_resources(), hold=spool.add)


def _encode_live(
    files: OutputFiles, prepared: Prepared, progress: ProgressCallback
) -> LiveEncoding:
    """Return the encoding that goes on beside the recording."""
    request = prepared.request
    return LiveEncoding(
        choose_encodings(files.audio, request), prepared.cast, request.target, progress
    )


def _publish(  # noqa: PLR0913 a stage of the story takes what the stages before it gave
    files: OutputFiles,
    prepared: Prepared,
    cast: Cast,
    timeline: Timeline,
    cues: Sequence[Cue],
    progress: ProgressCallback,
    written: Written | None,
) -> tuple[LoudnessLevel, ...]:
    """Write the sound files, as far as they are not, and return the loudness of each."""
    request = prepared.request
    _warn_if_too_long(timeline, request.target)
    tags = build_tags(prepared, timeline, cues)
    audio_files = choose_encodings(files.audio, request)
    return publish(timeline, cast, request.target, audio_files, tags, progress, written)


def _write_pages(
    files: OutputFiles, prepared: Prepared, timeline: Timeline, cues: Sequence[Cue]
) -> None:
    """Write the listening page, if one is requested."""
    if not files.pages:
        return
    from .page.sound import choose_playable
    from .page.transcript import transcribe
    from .page.writing import write_page

    request = prepared.request
    for path in files.pages:
        transcript = transcribe(
            prepared.speech, timeline, cues, request.title, request.voice.language
        )
        sound = choose_playable(files.audio)
        write_page(path, transcript, sound, linked=request.page is PageSound.LINKED)


def _warn_if_too_long(timeline: Timeline, target: Target) -> None:
    seconds = timeline.length / timeline.rate
    if seconds > target.longest:
        log.warning(
            mark(
                "the speech lasts %d minutes, but %s takes no file of more than %d; divide the text"
            ),
            seconds / 60,
            target.name,
            target.longest / 60,
        )
