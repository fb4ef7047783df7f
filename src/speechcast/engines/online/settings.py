"""`online.toml` in the user's configuration folder: what may be sent where.

allow = ["edge", "http://10.0.0.5:8880"]       # also if only a speech or its folder names it

[keys]                                          # server → the variable that holds its key
"https://tts.example.com" = "EXAMPLE_TTS_KEY"
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ...config_files import ConfigTable
from ...errors import PresetError
from ...messages import _
from .addresses import parse_origin

FILE_NAME = "online.toml"


@dataclass(frozen=True, slots=True)
class OnlineSettings:
    """The user's settings.

    Attributes:
        allowed: The servers to which any voice may send the text, as `--allow-online` takes them.
        keys: The environment variable that holds a server's key, by the server's address.
    """

    allowed: tuple[str, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)


def settings_path() -> Path:
    """Return the path of the user's settings."""
    from platformdirs import user_config_path

    return user_config_path("speechcast") / FILE_NAME


def load() -> OnlineSettings:
    """Return the user's settings; empty ones if there are none.

    Raises:
        PresetError: The file is broken.
    """
    path = settings_path()
    if not path.is_file():
        return OnlineSettings()
    table = ConfigTable.read(path)
    table.require_only(("allow", "keys"))
    keys = table.get_table("keys")
    allowed = table.get_texts("allow") if "allow" in table.values else ()
    for address in (*allowed, *keys.values):
        if parse_origin(address) is None:
            raise PresetError(
                _("{path}: '{address}' is no address; write one like https://host:8880").format(
                    path=path, address=address
                )
            )
    return OnlineSettings(allowed, {address: keys.get_text(address) for address in keys.values})
