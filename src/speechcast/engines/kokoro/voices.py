"""The embedded voices: which there are, what they speak, and which can be mixed."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from ...config_files import shorten
from ...downloads.bundle import Bundle
from ...errors import PresetError
from .files import BUNDLES, LANGUAGES, find_bundle
from .mix import Part, parse_mix

_LISTING = "'speechcast voices --embedded' lists them"


def list_embedded_voices() -> list[str]:
    """Return the names of all embedded voices, in the order of their bundles."""
    return [file.path.stem for bundle in BUNDLES for file in bundle.files]


def find_bundles(text: str) -> tuple[Bundle, ...]:
    """Return the bundles that hold the voices of a mix, each once.

    Raises:
        PresetError: It is no mix, names a voice that does not exist, or mixes languages.
    """
    parts = parse_mix(text)
    bundles = dict.fromkeys(_require_bundle(part.voice) for part in parts)
    _require_one_language(parts)
    return tuple(bundles)


def _require_bundle(voice: str) -> Bundle:
    bundle = find_bundle(voice)
    if bundle is None:
        near = difflib.get_close_matches(voice, list_embedded_voices(), n=1, cutoff=0.5)
        hint = f"did you mean '{near[0]}'? {_LISTING}" if near else _LISTING
        raise PresetError(f"there is no embedded voice '{shorten(voice)}'; {hint}")
    return bundle


def _require_one_language(parts: Sequence[Part]) -> None:
    """Raise PresetError if the voices read different languages.

    British and American voices read the same one, with the pronunciation of the largest part.
    """
    first, *others = (part.voice for part in parts)
    for voice in others:
        languages = [LANGUAGES[name[0]] for name in (first, voice)]
        if len({language.split("-")[0] for language in languages}) > 1:
            raise PresetError(
                f"{first} speaks {languages[0]} and {voice} {languages[1]}; only voices of one "
                f"language can be mixed"
            )
