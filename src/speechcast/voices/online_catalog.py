"""Fetch the catalog of online voices, and write presets for them."""

from __future__ import annotations

import asyncio
import difflib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..config_files import shorten
from ..engines.online.proxy import find_proxy
from ..errors import OutputError, PresetError, ServiceUnreachable, explain_os_error
from ..files import atomic_write
from ..messages import _
from ..units import Seconds
from .presets import AUTO, PRESETS

_LONGEST_NAME = 60  # characters of a preset's name: fewer bytes than a file's name may have
_PRESET_NAME = re.compile(rf"[\w-]{{1,{_LONGEST_NAME}}}")
LIST_TIMEOUT: Seconds = 15.0  # until the service has sent its whole list


@dataclass(frozen=True, slots=True)
class OnlineVoice:
    """A voice that the online service offers.

    Attributes:
        name: The service's name for it, such as `zh-TW-HsiaoYuNeural`.
        language: Its language tag, such as `zh-TW`.
        gender: `Female` or `Male`, as the service writes it.
        character: Its character and uses, such as `Friendly, Positive, General`; may be empty.
    """

    name: str
    language: str
    gender: str
    character: str


def list_voices(language: str | None = None, proxy: str | None = None) -> list[OnlineVoice]:
    """Return the voices the service offers, in its order.

    Args:
        language: A language (`zh`) or a whole tag (`zh-TW`) to which to limit the list.
        proxy: The proxy to use; None for the one that is set on this machine.

    Raises:
        ServiceUnreachable: If the list cannot be fetched.
        PresetError: If the proxy that is set cannot be used.
    """
    try:
        voices = [_to_voice(entry) for entry in asyncio.run(_fetch_list(proxy))]
    except PresetError:
        raise  # from the choice of the proxy
    except Exception as exc:
        raise ServiceUnreachable(
            _(
                "the service's list of voices cannot be fetched ({failure}); check the "
                "network, or use --proxy"
            ).format(failure=_describe_failure(exc))
        ) from exc
    prefix = (language or "").lower()
    return [v for v in voices if f"{v.language}-".lower().startswith(prefix and f"{prefix}-")]


def find_voice(name: str, proxy: str | None = None) -> OnlineVoice:
    """Return the voice that the service calls `name`.

    Raises:
        PresetError: If the service offers no such voice; the message suggests the nearest.
        ServiceUnreachable: If the list of voices cannot be fetched.
    """
    voices = {voice.name: voice for voice in list_voices(proxy=proxy)}
    if name not in voices:
        near = difflib.get_close_matches(name, voices, n=1, cutoff=0.5)
        hint = _("'speechcast voices --online' lists them")
        if near:
            hint = _("did you mean {name}?").format(name=near[0])
        raise PresetError(
            _("the service offers no voice '{name}'; {hint}").format(name=shorten(name), hint=hint)
        )
    return voices[name]


def write_preset(voice: OnlineVoice, name: str, folder: Path, *, force: bool) -> Path:
    """Write a preset for an online voice, and return its path.

    `name` is the name of the preset.

    Args:
        voice: The voice the preset is for.
        name: The preset's name: letters, digits, `-` and `_`.
        folder: Where to write the file; created if it does not exist.
        force: Whether to replace an existing preset of that name.

    Raises:
        PresetError: If the preset exists and `force` is false, or `name` is not allowed; see
            `require_preset_name`.
        OutputError: If the file cannot be written.
    """
    require_preset_name(name, force=force)
    path = folder / f"{name}.toml"
    if path.exists() and not force:
        raise PresetError(
            _(
                "{path} already exists; choose another name with --as, or replace it with --force"
            ).format(path=path)
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        atomic_write(path, _to_toml(voice).encode())
    except OSError as exc:
        raise OutputError(
            _("{path} cannot be written ({reason})").format(
                path=path, reason=explain_os_error(exc)
            ),
            path,
        ) from exc
    return path


def require_preset_name(name: str, *, force: bool) -> None:
    """Raise PresetError unless a preset may be written under the name.

    Args:
        name: The name: letters, digits, `-` and `_`.
        force: Whether it may be that of a preset that comes with speechcast.
    """
    if name == AUTO or not _PRESET_NAME.fullmatch(name):
        raise PresetError(
            _(
                "'{name}' cannot be a preset's name; use up to {most} letters, digits, - and _, "
                "but not '{auto}'"
            ).format(name=shorten(name), most=_LONGEST_NAME, auto=AUTO)
        )
    if not force and name.casefold() in PRESETS.list_shipped():
        raise PresetError(
            _(
                "'{name}' is a preset that comes with speechcast, and yours would take its "
                "place; choose another name with --as, or insist with --force"
            ).format(name=name)
        )


async def _fetch_list(proxy: str | None) -> Sequence[Any]:
    """Return the service's list of voices, as parsed from its JSON."""
    from edge_tts import voices

    address: str = voices.VOICE_LIST  # type: ignore[attr-defined]  # where it is looked up
    async with asyncio.timeout(LIST_TIMEOUT):
        return await voices.list_voices(proxy=find_proxy(address, proxy))


def _describe_failure(exc: Exception) -> str:
    """Return in a few words why a request failed."""
    if isinstance(exc, LookupError | TypeError | ValueError | RecursionError):
        return _("the answer is no list of voices")
    cause: OSError | None = getattr(exc, "os_error", None)
    if cause is None or not cause.errno:
        return str(exc) or _("no answer")
    if getattr(cause, "winerror", None):
        return explain_os_error(cause)
    return explain_os_error(OSError(cause.errno, os.strerror(cause.errno)))  # not asyncio's words


def _to_voice(entry: Any) -> OnlineVoice:
    """Return the voice that an entry of the service's list describes."""
    tag = entry["VoiceTag"]
    character = [*tag["VoicePersonalities"], *tag["ContentCategories"]]
    name, locale, gender = (str(entry[key]) for key in ("ShortName", "Locale", "Gender"))
    return OnlineVoice(name, locale, gender, ", ".join(character))


def _to_toml(voice: OnlineVoice) -> str:
    """Return the preset file's text.

    A JSON string is also a basic string of TOML.
    """
    traits = f"{voice.gender}, {voice.character}" if voice.character else voice.gender
    return "".join(
        f"{key} = {json.dumps(value, ensure_ascii=False)}\n"
        for key, value in {
            "description": f"{traits} (online)",
            "engine": "edge",
            "voice": voice.name,
            "language": voice.language,
        }.items()
    )
