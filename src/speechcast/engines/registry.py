"""Import an engine by the name that presets give it.

It is imported when it is first used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import TYPE_CHECKING

from ..messages import mark
from .kokoro.mix import normalize_mix

if TYPE_CHECKING:
    from .base import Engine

ENGINES = {
    "kokoro": "speechcast.engines.kokoro.engine:Kokoro",
    "draft": "speechcast.engines.draft.engine:Draft",
    "piper": "speechcast.engines.piper.engine:Piper",
    "edge": "speechcast.engines.edge.engine:Edge",
    "openai": "speechcast.engines.openai.engine:OpenAI",
    "tone": "speechcast.engines.tone:Tone",
}
"""Name of an engine → the location of its class, in the notation of entry points."""


@dataclass(frozen=True, slots=True)
class PresetSyntax:
    """What a preset of an engine may say, as far as it can be told without the engine.

    Attributes:
        options: The names of the options.
        voice: What a voice's name is made of; it goes into requests as it is.
        example: Such a name, for messages.
        normalize: Returns the one way to write a name, or raises PresetError.
        is_file: Whether the name is a path, from the folder of the preset.
    """

    options: tuple[str, ...]
    voice: re.Pattern[str]
    example: str
    normalize: Callable[[str], str] = str
    is_file: bool = False


# The service is sent XML with the voice's name in it. Its client takes the two forms of the
# service's list: ShortName, and Name, which a ShortName is turned into.
_EDGE_VOICE = re.compile(
    r"[a-z]{2,3}-[A-Z]{2,3}(-[A-Za-z0-9]+)*-[A-Za-z0-9:]+Neural|"
    r"Microsoft Server Speech Text to Speech Voice \([A-Za-z0-9-]+, ?[A-Za-z0-9:]+Neural\)"
)
# A server names its voices in any language, mixes them (`af_sky+af_bella(0.5)`) or takes files.
_SERVER_VOICE = re.compile(r"[\w .,:+()/@=-]{1,200}")
_VOICE_FILE = re.compile(r".{1,4000}\.onnx")
_LOCAL_VOICE = re.compile(r"[\w-]{1,60}")
# The embedded voices can be mixed: a name, or several with weights. Nothing of it is sent anywhere.
_EMBEDDED_VOICE = re.compile(r"[\w .*+-]{1,200}")

SYNTAX: Mapping[str, PresetSyntax] = {
    "kokoro": PresetSyntax(
        ("device", "model"),
        _EMBEDDED_VOICE,
        mark("zf_xiaobei, or zf_xiaoxiao*0.7 + zf_xiaoyi*0.3"),
        normalize_mix,
    ),
    "draft": PresetSyntax((), _LOCAL_VOICE, "baker"),
    "piper": PresetSyntax(("speaker",), _VOICE_FILE, "voices/en_US-joe-medium.onnx", is_file=True),
    "edge": PresetSyntax(("limit", "proxy"), _EDGE_VOICE, "zh-CN-XiaoxiaoNeural"),
    "openai": PresetSyntax(
        ("address", "model", "format", "limit", "proxy", "key_variable"), _SERVER_VOICE, "alloy"
    ),
    "tone": PresetSyntax((), _LOCAL_VOICE, "sine"),
}
"""Name of an engine → what its presets may say."""


def engine_class(name: str) -> type[Engine]:
    """Import and return the engine class called `name`, a key of `ENGINES`."""
    engine: type[Engine] = resolve_name(ENGINES[name])
    return engine
