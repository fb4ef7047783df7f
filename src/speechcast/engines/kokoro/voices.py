"""The embedded voices: which there are, what they speak, and which can be mixed."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ...config_files import shorten
from ...downloads.bundle import Bundle
from ...errors import PresetError
from . import families
from .families import ModelFamily, find_family
from .files import LANGUAGES
from .mix import WHOLE, Part, parse_mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LISTING = "'speechcast voices --embedded' lists them"


def list_names() -> list[str]:
    """Return the names of all embedded voices, model after model."""
    return [name for family in families.FAMILIES for name in family.voices]


def find_bundles(text: str) -> tuple[Bundle, ...]:
    """Return the bundles that hold the voices of a mix, each once.

    Raises:
        PresetError: It is no mix, names a voice that does not exist, or mixes languages or models.
    """
    parts = parse_mix(text)
    models = [_require_family(part.voice) for part in parts]
    bundles = dict.fromkeys(f.voices[p.voice] for f, p in zip(models, parts, strict=True))
    _require_one_language(parts)
    _require_one_model(parts, models)
    return tuple(bundles)


def load_style(text: str) -> NDArray[np.float32]:
    """Return the style vectors of a voice or a mix of `find_bundles`, one row per input length.

    They are float32 of shape (MAX_SYMBOLS, STYLE_SIZE). Those of a mix are the sums of its voices',
    each times its share.

    Raises:
        ModelError: A voice's file is missing or damaged.
    """
    shares = [
        np.float32(share / WHOLE) * _require_family(name).load_style(name)
        for name, share in parse_mix(text)
    ]
    return np.asarray(np.sum(shares, axis=0, dtype=np.float32))


def _require_family(voice: str) -> ModelFamily:
    family = find_family(voice)
    if family is None:
        near = difflib.get_close_matches(voice, list_names(), n=1, cutoff=0.5)
        hint = f"did you mean '{near[0]}'? {_LISTING}" if near else _LISTING
        raise PresetError(f"there is no embedded voice '{shorten(voice)}'; {hint}")
    return family


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


def _require_one_model(parts: Sequence[Part], models: Sequence[ModelFamily]) -> None:
    """Raise PresetError if the voices belong to different models, which cannot speak together."""
    for part, model in zip(parts, models, strict=True):
        if model is not models[0]:
            raise PresetError(
                f"{parts[0].voice} is a voice of {models[0].name}, {part.voice} of {model.name}; "
                f"only voices of one model can be mixed"
            )
