"""Read the option `limit` of an online voice's preset."""

from __future__ import annotations

from ...errors import PresetError
from ...messages import _
from ...model import Voice

MAX_LIMIT = 64


def request_limit(voice: Voice, default: int) -> int:
    """Return how many requests the preset allows its service at once.

    Raises:
        PresetError: The preset's `limit` is not a number from 1 to `MAX_LIMIT`.
    """
    limit = voice.options.get("limit")
    if limit is None:
        return default
    if not limit.isdecimal() or not 1 <= int(limit) <= MAX_LIMIT:
        raise PresetError(
            _("preset '{voice}': limit is '{limit}'; allowed are 1 to {max_limit}").format(
                voice=voice.name, limit=limit, max_limit=MAX_LIMIT
            )
        )
    return int(limit)
