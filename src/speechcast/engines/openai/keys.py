"""Which key a server gets: the one that the user's environment or configuration names for it.

A preset may come from anywhere, so outside the user's configuration folder it decides on no key.
"""

from __future__ import annotations

import os
import re

from ...errors import PresetError
from ...messages import _
from ...model import Voice
from ...redaction import hide
from ..online import settings
from ..online.addresses import covers, parse_origin

OUR_KEY = "SPEECHCAST_OPENAI_KEY"
OUR_ADDRESS = "SPEECHCAST_OPENAI_ADDRESS"  # the server that `OUR_KEY` is for
OFFICIAL_KEY = "OPENAI_API_KEY"
OFFICIAL_ADDRESS = "OPENAI_BASE_URL"  # as OpenAI's own client reads it
OFFICIAL_DEFAULT = "https://api.openai.com"
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")


def find_key(voice: Voice, address: str) -> str:
    """Return the key for the server at `address`, or "".

    Args:
        voice: The voice; its option `key_variable` may name the variable that holds the key.
        address: The server's address.

    Raises:
        PresetError: The preset names a key that is not meant for this server, or the key is not
            printable ASCII.
    """
    return next((key for name in find_variables(voice, address) if (key := _read_key(name))), "")


def find_variables(voice: Voice, address: str) -> tuple[str, ...]:
    """Return the environment variables that may hold the server's key, the first one first.

    Raises:
        PresetError: The preset names a key that is not meant for this server.
    """
    keys = settings.load().keys
    configured = [name for server, name in keys.items() if covers(server, address)]
    requested = voice.options.get("key_variable")
    if requested is None:
        defaults = (OUR_KEY, OFFICIAL_KEY)
        return (*configured, *(n for n in defaults if _is_meant_for(n, address, voice)))
    if voice.configured or requested in configured or _is_meant_for(requested, address, voice):
        return (requested,)
    raise PresetError(_refusal(voice, requested, address))


def is_variable_name(name: str) -> bool:
    """Return whether a text can be the name of an environment variable.

    >>> is_variable_name("MY_KEY"), is_variable_name("sk-0123")
    (True, False)
    """
    return bool(_VARIABLE.fullmatch(name))


def _is_meant_for(name: str, address: str, voice: Voice) -> bool:
    """Return whether the environment names the address for the key in a variable.

    Where it names none for our own key, that is for any server the user configured.
    """
    if name == OFFICIAL_KEY:
        return covers(os.environ.get(OFFICIAL_ADDRESS) or OFFICIAL_DEFAULT, address)
    if name == OUR_KEY:
        server = os.environ.get(OUR_ADDRESS)
        return covers(server, address) if server else voice.configured
    return False


def _read_key(name: str) -> str:
    key = os.environ.get(name, "").strip()
    if not key.isascii() or not key.isprintable():
        raise PresetError(_("what the variable {name} holds is not a key").format(name=name))
    hide(key)
    return key


def explain_missing_key() -> str:
    """Return what names a server for a key."""
    return (
        f"set {OUR_ADDRESS} to its address, and {OUR_KEY} to the key; or name both under [keys] in "
        f"{settings.settings_path()}"
    )


def _refusal(voice: Voice, name: str, address: str) -> str:
    server = parse_origin(address)
    return (
        f"preset '{voice.name}' would send the key in {name} to {server}; a key goes only where "
        f'you say: if it is meant for that server, write "{server}" = "{name}" under [keys] in '
        f"{settings.settings_path()}"
    )
