"""Write the subtitle files of a request."""

from __future__ import annotations

from collections.abc import Sequence

from .errors import UsageError
from .messages import _
from .model import Timeline
from .output_files import OutputFiles
from .request import Request, SubtitleOptions
from .subtitles.captions import Captions, shifted, snap_to_frames
from .subtitles.cue import Cue
from .subtitles.formats import registry
from .units import Hertz


def compose_captions(request: Request, cues: Sequence[Cue], timeline: Timeline) -> Captions:
    """Return what the subtitle files show."""
    return Captions(
        tuple(_adjusted(cues, timeline.rate, request.subtitles)),
        timeline,
        request.title,
        request.voice.language,
    )


def write_subtitles(files: OutputFiles, options: SubtitleOptions, captions: Captions) -> None:
    """Write the captions in each format of the options."""
    for path, name in zip(files.subtitles, options.formats, strict=True):
        text = registry.compose(name, captions)
        path.write_bytes(registry.encode_text(text, options.bom, options.crlf))


def _adjusted(cues: Sequence[Cue], rate: Hertz, options: SubtitleOptions) -> Sequence[Cue]:
    """Return the cues, shifted and snapped to video frames where requested.

    Raises:
        UsageError: A cue would be over before the beginning, so that nobody sees it.
    """
    if options.offset:
        offset = round(options.offset * rate)
        if cues[0].end + offset <= 0:
            raise UsageError(
                _(
                    "--offset is {offset:g}, but the first cue ends after {end:.2f} seconds "
                    "and would never be shown"
                ).format(offset=options.offset, end=cues[0].end / rate)
            )
        cues = shifted(cues, offset)
    if options.fps:
        cues = snap_to_frames(cues, rate, options.fps)
    return cues
