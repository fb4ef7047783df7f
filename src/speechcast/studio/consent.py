"""What would leave this machine, and whether the user said yes to it in the studio.

Every online voice of a project needs the user's word, however it got there: a click on a voice is
not yet a yes to sending the text.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from ..errors import ConsentError
from ..model import Utterance, Voice
from ..preferences import Chooser
from ..prepare import Prepared
from ..request import Request
from ..sending import Transfer, explain_refusal, list_transfers


class UnansweredError(ConsentError):
    """The user was not yet asked whether a text may leave this machine.

    Attributes:
        transfers: What would be sent, and to whom.
    """

    def __init__(self, transfers: Collection[Transfer]) -> None:
        super().__init__(explain_refusal(next(iter(transfers))))
        self.transfers = tuple(transfers)


def with_every_voice_asked(request: Request) -> Request:
    """Return the request with no voice that may send a text without being asked for."""
    cast = _unconfigured(request.cast)
    adjustments = request.adjustments
    adjustments = replace(adjustments, voices=_unconfigured(adjustments.voices))
    choosers = {
        label: Chooser.FOLDER if chooser == Chooser.USER else chooser
        for label in cast
        for chooser in [request.consent.choosers.get(label, Chooser.FOLDER)]
    }
    return replace(
        request,
        cast=cast,
        adjustments=adjustments,
        consent=replace(request.consent, choosers=choosers),
    )


def _unconfigured(voices: Mapping[str, Voice]) -> dict[str, Voice]:
    return {name: replace(voice, configured=False) for name, voice in voices.items()}


def require_answer(prepared: Prepared, utterances: Collection[Utterance] | None = None) -> None:
    """Raise UnansweredError if something would be sent that the user did not say yes to.

    Args:
        prepared: What is to be recorded.
        utterances: The part of it that is; None for all.
    """
    if utterances is not None:
        prepared = replace(prepared, utterances=tuple(utterances))
    if missing := [transfer for transfer in list_transfers(prepared) if transfer.missing]:
        raise UnansweredError(missing)
