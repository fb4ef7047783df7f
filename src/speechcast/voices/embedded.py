"""Embedded voices that no preset names: any of the model's, and mixes of them."""

from __future__ import annotations

import re

from ..engines.kokoro.mix import format_mix, parse_mix
from ..messages import mark
from ..model import Voice

# The model names a voice by a letter of its language, f or m, and a name. Presets have other names.
_MODELS_NAME = re.compile(r"[a-z][fm]_\w+", re.ASCII)
_GENDERS = {"f": "A woman", "m": "A man"}  # by the second letter of a name
DESCRIPTIONS = (
    mark("A woman"),
    mark("A man"),
    mark("A mix of embedded voices"),
    mark("A woman; nobody here has heard it yet"),
    mark("A man; nobody here has heard it yet"),
    mark("A mix of embedded voices; nobody here has heard it yet"),
)
"""What the voices say of themselves, to be translated."""


def is_embedded(name: str) -> bool:
    """Return whether a name can only be meant for an embedded voice, or a mix.

    >>> is_embedded("zf_xiaobei"), is_embedded("zf_xiaoxiao + zf_xiaoyi"), is_embedded("xiaobei")
    (True, True, False)
    """
    return any(sign in name for sign in "*+") or _MODELS_NAME.fullmatch(name) is not None


def make_voice(name: str) -> Voice:
    """Return an embedded voice, or a mix, at its own rate and with the usual pauses.

    Raises:
        PresetError: It is no mix, names a voice that does not exist, or mixes languages.
    """
    from ..engines.kokoro.families import family_of
    from ..engines.kokoro.files import LANGUAGES
    from ..engines.kokoro.voices import find_bundles

    find_bundles(name)
    parts = parse_mix(name)
    normal = format_mix(parts)
    kind = _GENDERS[normal[1]] if len(parts) == 1 else "A mix of embedded voices"
    return Voice(
        name=normal,
        description="; ".join(filter(None, (kind, family_of(normal).note))),
        engine="kokoro",
        voice=normal,
        language=LANGUAGES[normal[0]],
    )
