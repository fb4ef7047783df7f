"""Which server a preset, or else the environment, names."""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from ...errors import PresetError
from ...messages import _
from ...model import Voice
from ...redaction import hide_login, without_login
from ..online.addresses import is_http_address
from .keys import OUR_ADDRESS

MODEL = "tts-1"  # a name that every such server accepts
FORMATS = ("wav", "flac", "mp3")


@dataclass(frozen=True, slots=True)
class Server:
    """A server, and the model and file format to request from it."""

    address: str  # up to but without /v1
    model: str
    format: str

    @property
    def display_address(self) -> str:
        """Its address without user name and password."""
        return without_login(self.address)


def resolve_server(voice: Voice) -> Server:
    """Return the server that the preset, or else the environment, names.

    Raises:
        PresetError: The address or the format is not usable.
    """
    address = voice.options.get("address") or os.environ.get(OUR_ADDRESS, "")
    hide_login(address)
    model = voice.options.get("model") or os.environ.get("SPEECHCAST_OPENAI_MODEL", MODEL)
    form = voice.options.get("format", FORMATS[0])
    if form not in FORMATS:
        raise PresetError(
            _("preset '{voice}': format is '{form}'; allowed are {formats}").format(
                voice=voice.name, form=form, formats=", ".join(FORMATS)
            )
        )
    if not _is_server_address(address):
        problem = f"address is '{without_login(address)}'" if address else "it names no address"
        raise PresetError(
            _(
                "preset '{voice}': {problem}; give the server's under [options], like "
                'address = "http://127.0.0.1:8880"'
            ).format(voice=voice.name, problem=problem)
        )
    return Server(address.rstrip("/").removesuffix("/v1").rstrip("/"), model, form)


def _is_server_address(address: str) -> bool:
    parts = urlsplit(address) if is_http_address(address) else None
    return parts is not None and not parts.query and not parts.fragment
