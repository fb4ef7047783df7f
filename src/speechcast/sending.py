"""What leaves this machine: which text, to whom, and whether the user allows it.

A voice on a server takes part only by the user's own word: an option of the command, or their
configuration folder. What a document or its folder names needs a permission for its address.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .engines.base import Destination
from .engines.online import settings
from .engines.online.addresses import covers
from .engines.registry import engine_class
from .errors import ConsentError
from .messages import _
from .model import Voice
from .preferences import Chooser, Consent
from .prepare import Prepared
from .redaction import without_login

_RESERVED = "edge"  # the word for the read-aloud service, never a host's name


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """The text of a speaker that is sent to a server.

    Attributes:
        speaker: The speaker's label; "" for the main voice.
        voice: The name of the preset.
        destination: Where the text goes.
        characters: How many characters are sent.
        chooser: What names the voice.
        missing: What `--allow-online` would have to be given; "" if the user allows it.
    """

    speaker: str
    voice: str
    destination: Destination
    characters: int
    chooser: Chooser
    missing: str


def list_transfers(prepared: Prepared) -> tuple[Transfer, ...]:
    """Return what a production would send, by speaker.

    Raises:
        PresetError: A preset names no usable address.
    """
    counts: Counter[str] = Counter()
    for utterance in prepared.utterances:
        counts[utterance.speaker] += len(utterance.spoken)
    consent = prepared.request.consent
    return tuple(
        Transfer(
            speaker=speaker,
            voice=voice.name,
            destination=destination,
            characters=counts[speaker],
            chooser=_chooser(speaker, consent),
            missing=_find_missing(voice, destination, _chooser(speaker, consent), consent),
        )
        for speaker, voice in prepared.request.cast.items()
        if speaker in counts and (destination := engine_class(voice.engine).destination(voice))
    )


def require_consent(transfers: Iterable[Transfer]) -> None:
    """Raise ConsentError unless the user allows every transfer."""
    for transfer in transfers:
        if transfer.missing:
            raise ConsentError(explain_refusal(transfer))


def explain_refusal(transfer: Transfer) -> str:
    """Return why a transfer is refused, and what would allow it."""
    word = transfer.missing
    voice = _("'{voice}'").format(voice=transfer.voice)
    if transfer.speaker:
        voice = _("{voice} for {speaker}").format(voice=voice, speaker=transfer.speaker)
    destination = str(transfer.destination)
    if word != transfer.destination.allowance:
        destination = _("{destination} through the proxy {proxy}").format(
            destination=destination, proxy=word
        )
    return _(
        "{chooser} chooses the voice {voice}, which would send the text to {destination}; "
        "nothing was sent. If you want that, add --allow-online {word}, or write "
        'allow = ["{word}"] into {path}; else {remedy}'
    ).format(
        chooser=_(transfer.chooser),
        voice=voice,
        destination=destination,
        word=word,
        path=settings.settings_path(),
        remedy=_name_remedy(transfer),
    )


def _name_remedy(transfer: Transfer) -> str:
    """Return what to do to keep the text here; `--voice` is the main voice, no speaker's."""
    if not transfer.speaker:
        return _("choose a voice with --voice")
    return _("give {speaker} another voice in its cast").format(speaker=transfer.speaker)


def sum_up(transfers: Iterable[Transfer]) -> Mapping[Destination, int]:
    """Return how many characters go to each destination."""
    characters: Counter[Destination] = Counter()
    for transfer in transfers:
        characters[transfer.destination] += transfer.characters
    return characters


def _chooser(speaker: str, consent: Consent) -> Chooser:
    return consent.choosers.get(speaker, Chooser.USER)


def _find_missing(
    voice: Voice, destination: Destination, chooser: Chooser, consent: Consent
) -> str:
    """Return the first address that lacks the user's permission, or "".

    A proxy that a preset names receives the text as well.
    """
    if chooser == Chooser.USER or voice.configured:
        return ""
    if not _is_allowed(destination.allowance, destination.address, consent):
        return destination.allowance
    proxy = voice.options.get("proxy")
    if proxy and not _is_allowed(proxy, proxy, consent):
        return without_login(proxy)
    return ""


def _is_allowed(name: str, address: str, consent: Consent) -> bool:
    return any(
        word == name or (word != _RESERVED and covers(word, address)) for word in consent.allowed
    )
