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
    from .audio.tags.model import Cover
    from .frontend.lexicon import Lexicon
    from .model import Cue, Pauses, Token, Voice
    from .produce import Production, make_speech
    from .progress import Report, Step
    from .request import Sounding, Subtitling, Wishes
    from .subtitles.style import Style
    from .synthesis.synthesizer import Means

__all__ = [
    "CheckError",
    "Cover",
    "Cue",
    "EngineError",
    "Lexicon",
    "Means",
    "ModelError",
    "OutputError",
    "Pauses",
    "PresetError",
    "Production",
    "Report",
    "ServiceUnreachable",
    "Sounding",
    "SourceError",
    "SpeechcastError",
    "Step",
    "Style",
    "Subtitling",
    "TextError",
    "Token",
    "UsageError",
    "Voice",
    "Wishes",
    "make_speech",
]
_HOMES = {
    "Cover": "audio.tags.model",
    "Cue": "model",
    "Lexicon": "frontend.lexicon",
    "Means": "synthesis.synthesizer",
    "Pauses": "model",
    "Production": "produce",
    "Report": "progress",
    "Sounding": "request",
    "Step": "progress",
    "Style": "subtitles.style",
    "Subtitling": "request",
    "Token": "model",
    "Voice": "model",
    "Wishes": "request",
    "make_speech": "produce",
}


def __getattr__(name: str) -> Any:
    """Import what needs numpy and the engines only when somebody asks for it."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'speechcast' has no attribute '{name}'")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
