"""What a preset may say to its engine beside the voice."""

from __future__ import annotations

from ...errors import PresetError
from ...model import Voice

MAX_LIMIT = 64


def request_limit(voice: Voice, usual: int) -> int:
    """The preset's `limit`: how many lines its service has at once. Raises PresetError."""
    said = voice.options.get("limit")
    if said is None:
        return usual
    if not said.isdecimal() or not 1 <= int(said) <= MAX_LIMIT:
        raise PresetError(
            f"preset '{voice.name}': limit is '{said}', allowed are 1 to {MAX_LIMIT}"
        )
    return int(said)
