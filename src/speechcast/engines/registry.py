"""Import an engine by the name that presets give it.

It is imported when it is first used.
"""

from __future__ import annotations

from pkgutil import resolve_name
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .base import Engine

ENGINES = {
    "kokoro": "speechcast.engines.kokoro.engine:Kokoro",
    "edge": "speechcast.engines.edge.engine:Edge",
    "openai": "speechcast.engines.openai.engine:OpenAI",
    "tone": "speechcast.engines.tone:Tone",
}
"""Name of an engine → the location of its class, in the notation of entry points."""


def engine_class(name: str) -> type[Engine]:
    """Import and return the engine class called `name`, a key of `ENGINES`."""
    engine: type[Engine] = resolve_name(ENGINES[name])
    return engine
