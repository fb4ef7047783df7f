"""Turn the text of a speech into sound and subtitles that match.

from speechcast import make_speech

production = make_speech("speech.txt", voice="narrator", output="out")
print(production.audio, production.subtitles)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import (
    CheckError,
    ConsentError,
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
    from .model import Pauses, Token, Voice
    from .produce import make_speech
    from .production import Production
    from .progress import ProgressCallback, Step
    from .request import AudioOptions, PageSound, Preferences, SubtitleOptions
    from .subtitles.cue import Cue
    from .subtitles.style import Style
    from .synthesis.synthesizer import Resources

__all__ = [
    "AudioOptions",
    "CheckError",
    "ConsentError",
    "Cover",
    "Cue",
    "EngineError",
    "Lexicon",
    "ModelError",
    "OutputError",
    "PageSound",
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
_LAZY = {
    "AudioOptions": "speechcast.request:AudioOptions",
    "Cover": "speechcast.audio.tags.model:Cover",
    "Cue": "speechcast.subtitles.cue:Cue",
    "Lexicon": "speechcast.frontend.lexicon:Lexicon",
    "PageSound": "speechcast.request:PageSound",
    "Pauses": "speechcast.model:Pauses",
    "Preferences": "speechcast.request:Preferences",
    "Production": "speechcast.production:Production",
    "ProgressCallback": "speechcast.progress:ProgressCallback",
    "Resources": "speechcast.synthesis.synthesizer:Resources",
    "Step": "speechcast.progress:Step",
    "Style": "speechcast.subtitles.style:Style",
    "SubtitleOptions": "speechcast.request:SubtitleOptions",
    "Token": "speechcast.model:Token",
    "Voice": "speechcast.model:Voice",
    "make_speech": "speechcast.produce:make_speech",
}


def __getattr__(name: str) -> Any:
    """Import a public name that needs numpy or the engines.

    The import happens at the first use of the name.
    """
    from pkgutil import resolve_name

    if name not in _LAZY:
        raise AttributeError(f"module 'speechcast' has no attribute '{name}'")
    return resolve_name(_LAZY[name])
