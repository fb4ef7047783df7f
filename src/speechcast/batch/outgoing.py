"""What a batch is about to send, counted before it begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import PurePosixPath

from ..documents import FRONT_MATTER_SUFFIXES
from ..engines.base import Destination
from ..engines.registry import engine_class
from ..errors import SpeechcastError
from ..prepare import prepare
from ..request import Request
from ..sending import list_transfers, sum_up
from ..voices import presets
from . import folder_settings
from .discovery import SpeechJob
from .plan import Plan
from .records import compute_fingerprint
from .stop_signal import StopSignal
from .worker import build_request, find_current_record

_FENCE = b"---"  # above and below front matter, in every encoding but for UTF-16's zeros


def count_outgoing(
    plan: Plan, stop: StopSignal, cluster: Destination | None = None
) -> Mapping[Destination, int]:
    """Return how many characters of the plan's speeches go to each destination.

    Speeches that are up to date are not sent, nor are those that fail before; why they fail is
    reported when their turn comes.

    Args:
        plan: The speeches, and how to produce them.
        stop: Ends the counting early.
        cluster: The cluster that receives every speech, if there is one on another machine.
    """
    characters: Counter[Destination] = Counter()
    folders = {job.folder for job in plan.discovery.jobs}
    online = {folder for folder in folders if cluster or _prefers_online(plan, folder)}
    for job in plan.discovery.jobs:
        if stop.draining:
            break
        if job.folder not in online and not _may_name_voices(job):
            continue
        try:
            characters.update(_count(plan, job, cluster))
        except Exception:  # the speech fails, is named and explained when it is its turn
            continue
    return characters


def _count(plan: Plan, job: SpeechJob, cluster: Destination | None) -> Counter[Destination]:
    request = build_request(plan.root, job, plan.options)
    if not (cluster or _may_send(request)):
        return Counter()
    if find_current_record(plan.storage, job, compute_fingerprint(request), plan.options):
        return Counter()
    transfers = list_transfers(prepare(request)) if _may_send(request) else ()
    refused = any(transfer.missing for transfer in transfers)
    characters = Counter() if refused else Counter(sum_up(transfers))
    if cluster:
        characters[cluster] += len(request.document.text)
    return characters


def _prefers_online(plan: Plan, folder: PurePosixPath) -> bool:
    """Return whether the options or a folder's settings name an online voice, or cannot be read."""
    try:
        options = plan.options
        local = folder_settings.load_settings(plan.root, folder, follow_links=options.follow_links)
        preferences = options.preferences.over(local.preferences)
        main = preferences.voice or presets.AUTO
        names = presets.DEFAULT_BY_LANGUAGE.values() if main == presets.AUTO else [main]
        voices = [presets.load(name) for name in (*names, *preferences.cast.values())]
    except SpeechcastError:
        return True
    return any(engine_class(voice.engine).online for voice in voices)


def _may_name_voices(job: SpeechJob) -> bool:
    """Return whether the document may have front matter; it is not parsed for that."""
    if job.path.suffix.lower() not in FRONT_MATTER_SUFFIXES:
        return False
    try:
        return _FENCE in job.source.read_bytes().replace(b"\0", b"")  # of UTF-16
    except OSError:
        return False


def _may_send(request: Request) -> bool:
    return any(engine_class(voice.engine).online for voice in request.cast.values())
