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
    from .progress import ProgressCallback, Step
    from .request import AudioOptions, Preferences, SubtitleOptions
    from .subtitles.style import Style
    from .synthesis.synthesizer import Resources

__all__ = [
    "AudioOptions",
    "CheckError",
    "Cover",
    "Cue",
    "EngineError",
    "Lexicon",
    "ModelError",
    "OutputError",
    "Pauses",
    "Preferences",
    "PresetError",
    "Production",
    "ProgressCallback",
    "Resources",
    "ServiceUnreachable",
    "SourceError",
    "SpeechcastError",
    "Step",
    "Style",
    "SubtitleOptions",
    "TextError",
    "Token",
    "UsageError",
    "Voice",
    "make_speech",
]
_HOMES = {
    "AudioOptions": "request",
    "Cover": "audio.tags.model",
    "Cue": "model",
    "Lexicon": "frontend.lexicon",
    "Pauses": "model",
    "Preferences": "request",
    "Production": "produce",
    "ProgressCallback": "progress",
    "Resources": "synthesis.synthesizer",
    "Step": "progress",
    "Style": "subtitles.style",
    "SubtitleOptions": "request",
    "Token": "model",
    "Voice": "model",
    "make_speech": "produce",
}


def __getattr__(name: str) -> Any:
    """Import what needs numpy and the engines only when somebody asks for it."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'speechcast' has no attribute '{name}'")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
