"""Turn the text of a speech into sound and subtitles that match.

from speechcast import make_speech

production = make_speech("speech.txt", voice="narrator", output="out")
print(production.audio, production.subtitles)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .audio.tags.model import Cover
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
    "CheckError": "speechcast.errors:CheckError",
    "ConsentError": "speechcast.errors:ConsentError",
    "Cover": "speechcast.audio.tags.model:Cover",
    "Cue": "speechcast.subtitles.cue:Cue",
    "EngineError": "speechcast.errors:EngineError",
    "Lexicon": "speechcast.frontend.lexicon:Lexicon",
    "ModelError": "speechcast.errors:ModelError",
    "OutputError": "speechcast.errors:OutputError",
    "PageSound": "speechcast.request:PageSound",
    "Pauses": "speechcast.model:Pauses",
    "Preferences": "speechcast.request:Preferences",
    "PresetError": "speechcast.errors:PresetError",
    "Production": "speechcast.production:Production",
    "ProgressCallback": "speechcast.progress:ProgressCallback",
    "Resources": "speechcast.synthesis.synthesizer:Resources",
    "ServiceUnreachable": "speechcast.errors:ServiceUnreachable",
    "SourceError": "speechcast.errors:SourceError",
    "SpeechcastError": "speechcast.errors:SpeechcastError",
    "Step": "speechcast.progress:Step",
    "Style": "speechcast.subtitles.style:Style",
    "SubtitleOptions": "speechcast.request:SubtitleOptions",
    "TextError": "speechcast.errors:TextError",
    "Token": "speechcast.model:Token",
    "UsageError": "speechcast.errors:UsageError",
    "Voice": "speechcast.model:Voice",
    "make_speech": "speechcast.produce:make_speech",
}


def __getattr__(name: str) -> Any:
    """Import a public name at its first use, as numpy and the engines take their time.

    Of the command too little is imported before it begins for Ctrl-C to show a traceback.
    """
    from pkgutil import resolve_name

    if name not in _LAZY:
        raise AttributeError(f"module 'speechcast' has no attribute '{name}'")
    return resolve_name(_LAZY[name])
