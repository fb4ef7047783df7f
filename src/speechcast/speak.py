"""Play a speech while it is being recorded, without a file."""

from __future__ import annotations

import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from .playback.playback import Playback
from .prepare import Prepared, log_remarks, require_readable
from .progress import ProgressCallback
from .recording import record
from .sending import list_transfers, require_consent
from .synthesis.clip_spool import ClipSpool
from .synthesis.synthesizer import Resources
from .timeline import length_of


def speak(
    prepared: Prepared, playback: Playback, progress: ProgressCallback, resources: Resources
) -> None:
    """Record a speech in the document's order and play it; return when all was heard.

    Args:
        prepared: What is spoken.
        playback: What plays it.
        progress: Called with every step of the work.
        resources: The clip cache and the concurrency.

    Raises:
        ConsentError: The text would leave this machine without the user's word.
        PlaybackError: The sound cannot be played.
        SpeechcastError: The speech cannot be spoken; see `produce`.
    """
    require_consent(list_transfers(prepared))
    log_remarks(prepared)
    require_readable(prepared)
    with closing(ClipSpool(Path(tempfile.gettempdir()))) as spool:
        resources = replace(resources, hold=spool.add, in_order=True)
        spoken = record(prepared, progress, resources, playback.add)
        length = length_of(prepared.utterances, spoken.clips, spoken.pauses)
    playback.finish(length)
