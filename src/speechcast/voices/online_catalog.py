"""What voices the online service offers, straight from it, and presets for them."""

from __future__ import annotations

import asyncio
import difflib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..engines.online.proxy import find_proxy
from ..errors import OutputError, PresetError, ServiceUnreachable

PATIENCE = 15.0  # seconds the service has to send its list


@dataclass(frozen=True, slots=True)
class OnlineVoice:
    """A voice of the service: its name there, language tag, gender, character in a few words."""

    name: str
    language: str
    gender: str
    character: str


def list_voices(language: str | None = None) -> list[OnlineVoice]:
    """The service's voices, those whose tag begins with `language` where one is given.

    Raises ServiceUnreachable.
    """
    try:
        listed = asyncio.run(_listed())
    except PresetError:
        raise  # of the proxy
    except Exception as exc:
        raise ServiceUnreachable(
            f"the service's list of voices cannot be had ({_why(exc)}); check the network, or use "
            f"--proxy"
        ) from exc
    found = [_offered(voice) for voice in listed]
    wanted = (language or "").lower()
    return [v for v in found if f"{v.language}-".lower().startswith(wanted and f"{wanted}-")]


def find_voice(name: str) -> OnlineVoice:
    """The voice called so. Raises PresetError suggesting the nearest, ServiceUnreachable."""
    known = {voice.name: voice for voice in list_voices()}
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else "'speechcast voices --online' lists them"
        raise PresetError(f"the service offers no voice '{name}'; {hint}")
    return known[name]


def write_preset(voice: OnlineVoice, name: str, folder: Path, *, force: bool) -> Path:
    """Write a preset called `name` for the voice into `folder`; its path.

    Raises PresetError where there is one already, or `name` can be none.
    """
    if not name.replace("-", "").replace("_", "").isalnum():
        raise PresetError(f"'{name}' can be no preset's name; use letters, figures and -")
    path = folder / f"{name}.toml"
    if path.exists() and not force:
        raise PresetError(f"{path} exists; choose another name with --as, or insist with --force")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(_toml(voice), encoding="utf-8")
    except OSError as exc:
        raise OutputError(f"{path} cannot be written ({exc.strerror or exc})", path) from exc
    return path


async def _listed() -> Sequence[Any]:
    from edge_tts import voices

    address: str = voices.VOICE_LIST  # type: ignore[attr-defined]  # where it is looked up
    async with asyncio.timeout(PATIENCE):
        return await voices.list_voices(proxy=find_proxy(address))


def _why(exc: Exception) -> str:
    """In a few words: the system's where the network failed."""
    number = getattr(getattr(exc, "os_error", None), "errno", None)
    return os.strerror(number).lower() if number else str(exc) or "no answer"


def _offered(voice: Any) -> OnlineVoice:
    tag = voice["VoiceTag"]
    character = [*tag["VoicePersonalities"], *tag["ContentCategories"]]
    return OnlineVoice(voice["ShortName"], voice["Locale"], voice["Gender"], ", ".join(character))


def _toml(voice: OnlineVoice) -> str:
    """TOML's basic strings are JSON's."""
    what = f"{voice.gender}, {voice.character}" if voice.character else voice.gender
    return "".join(
        f"{key} = {json.dumps(value, ensure_ascii=False)}\n"
        for key, value in {
            "description": f"{what} (online)",
            "engine": "edge",
            "voice": voice.name,
            "language": voice.language,
        }.items()
    )
