"""What `speechcast voices` says of one voice: its state, its settings, where it sends the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import SpeechcastError
from ..messages import _, mark
from ..redaction import without_login

if TYPE_CHECKING:
    from ..downloads.bundle import Bundle
    from ..engines.base import Destination
    from ..model import Voice

Rows = list[tuple[str, ...]]

_PAUSES = {
    "join": mark("pause after join"),
    "clause": mark("pause after clause"),
    "sentence": mark("pause after sentence"),
    "paragraph": mark("pause after paragraph"),
    "heading": mark("pause after heading"),
    "title": mark("pause after title"),
}


def list_details(voice: Voice, name: str) -> Rows:
    """Return everything that a preset sets, as the rows of a table.

    Args:
        voice: The voice of the preset.
        name: What the user calls the preset.
    """
    where, state = describe_state(voice)
    return [
        (_("preset"), voice.name),
        (_("description"), _(voice.description)),
        (_("engine"), f"{voice.engine} ({where}, {state})"),
        (_("voice"), voice.voice),
        (_("language"), voice.language),
        (_("rate"), f"{voice.rate:+}%"),
        (_("pitch"), f"{voice.pitch:+}Hz"),
        (_("volume"), f"{voice.volume:+}%"),
        (_("loudness"), voice.loudness),
        *_pause_rows(voice),
        *_terms_rows(voice),
        *_model_rows(voice),
        *_online_rows(voice),
        *_file_rows(name),
    ]


def _pause_rows(voice: Voice) -> Rows:
    from ..model import Pause

    pauses = voice.pauses
    return [
        *((_(_PAUSES[kind]), _seconds(pauses.seconds(kind))) for kind in Pause),
        (_("lead-in"), _seconds(pauses.lead_in)),
        (_("tail"), _seconds(pauses.tail)),
    ]


def _seconds(seconds: float) -> str:
    return _("{seconds:g} s").format(seconds=seconds)


def _terms_rows(voice: Voice) -> list[tuple[str, ...]]:
    """Return the licence of a voice, if it is known."""
    terms = describe_terms(voice)
    return [(_("licence"), terms)] if terms else []


def describe_terms(voice: Voice) -> str:
    """Return the licence of a voice, "" if it is not known."""
    from ..engines.registry import engine_class

    return engine_class(voice.engine).terms(voice)


def _model_rows(voice: Voice) -> list[tuple[str, ...]]:
    """Return which model speaks the voice, where there are several, and what runs it."""
    from ..engines.registry import engine_class

    engine = engine_class(voice.engine)
    try:
        rows = [
            (_("model"), engine.describe_model(voice)),
            (_("runs on"), engine.describe_device(voice)),
        ]
    except SpeechcastError as exc:
        return [(_("model"), str(exc))]
    return [row for row in rows if row[1]]


def _online_rows(voice: Voice) -> list[tuple[str, ...]]:
    """Return the options of a voice, where it sends the text, and with which key."""
    from ..engines.registry import engine_class

    rows: list[tuple[str, ...]] = [
        (_("option {name}").format(name=key), without_login(value))
        for key, value in voice.options.items()
    ]
    try:
        destination = engine_class(voice.engine).destination(voice)
    except SpeechcastError as exc:
        return [*rows, (_("sends text to"), _("nobody: {reason}").format(reason=exc))]
    if destination is None:
        return rows
    return [*rows, (_("sends text to"), str(destination)), *_key_rows(voice, destination)]


def _key_rows(voice: Voice, destination: Destination) -> list[tuple[str, ...]]:
    """Return the variables that hold the key which the voice's server would get."""
    if voice.engine != "openai":
        return []
    from ..engines.openai.keys import find_variables

    names = find_variables(voice, destination.address)
    return [(_("key from"), _(" or ").join(names) or _("no variable is named for this address"))]


def _file_rows(name: str) -> list[tuple[str, ...]]:
    """Return the file of a preset; none for an embedded voice that no preset names."""
    from ..voices import presets

    return [(_("file"), str(presets.PRESETS.find_path(name)))] if presets.PRESETS.has(name) else []


def describe_state(voice: Voice) -> tuple[str, str]:
    """Return where the voice is synthesized, and whether it is ready."""
    from ..downloads.sources import format_megabytes
    from ..engines.registry import engine_class

    if engine_class(voice.engine).online:
        return _("online"), _("online")
    missing = sum(b.download_size for b in list_bundles(voice))
    if not missing:
        return _("this machine"), _("ready")
    size = format_megabytes(missing)
    return _("this machine"), _("to be downloaded, {size}").format(size=size)


def list_bundles(voice: Voice) -> list[Bundle]:
    """Return the model files that a voice needs."""
    from ..engines.registry import engine_class

    return list(engine_class(voice.engine).required_bundles(voice))
