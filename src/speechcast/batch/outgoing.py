"""What a batch is about to send, counted before it begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ..engines.base import Destination
from ..engines.registry import engine_class
from ..prepare import prepare
from ..request import Request
from ..sending import list_transfers, sum_up
from .discovery import SpeechJob
from .plan import Plan
from .records import compute_fingerprint
from .worker import StopSignal, build_request, find_current_record


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
    for job in plan.discovery.jobs:
        if stop.draining:
            break
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
    transfers = list_transfers(prepare(request))
    if any(transfer.missing for transfer in transfers):
        return Counter()
    characters = Counter(sum_up(transfers))
    if cluster:
        characters[cluster] += len(request.document.text)
    return characters


def _may_send(request: Request) -> bool:
    return any(engine_class(voice.engine).online for voice in request.cast.values())
