"""speechcast turns the text of a speech into an MP3 and an SRT that fit each other.

from speechcast import make_speech
result = make_speech("speech.txt", voice="narrator", output="out")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import (
    CheckError,
    EngineError,
    ModelError,
    OutputError,
    PresetError,
    ServiceUnreachable,
    SourceError,
    SpeechcastError,
    TextError,
    UsageError,
)

if TYPE_CHECKING:
    from .model import Cue, Pauses, Voice
    from .orders import Subtitling, Wishes
    from .produce import Production, make_speech
    from .progress import Step

__all__ = [
    "CheckError",
    "Cue",
    "EngineError",
    "ModelError",
    "OutputError",
    "Pauses",
    "PresetError",
    "Production",
    "ServiceUnreachable",
    "SourceError",
    "SpeechcastError",
    "Step",
    "Subtitling",
    "TextError",
    "UsageError",
    "Voice",
    "Wishes",
    "make_speech",
]
_HOMES = {
    "Cue": "model",
    "Pauses": "model",
    "Voice": "model",
    "Production": "produce",
    "Subtitling": "orders",
    "Wishes": "orders",
    "make_speech": "produce",
    "Step": "progress",
}


def __getattr__(name: str) -> Any:
    """Import what needs numpy and the engines only when somebody asks for it."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'speechcast' has no attribute '{name}'")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
