"""What a preset may say to its engine beside the voice."""

from __future__ import annotations

from ...errors import PresetError
from ...model import Voice

MOST_AT_ONCE = 64


def limit_of(voice: Voice, usual: int) -> int:
    """The preset's `limit`: how many lines its service has at once. Raises PresetError."""
    said = voice.options.get("limit")
    if said is None:
        return usual
    if not said.isdecimal() or not 1 <= int(said) <= MOST_AT_ONCE:
        raise PresetError(
            f"preset '{voice.name}': limit is '{said}', allowed are 1 to {MOST_AT_ONCE}"
        )
    return int(said)
