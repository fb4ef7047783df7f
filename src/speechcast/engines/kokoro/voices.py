"""The embedded voices: which there are, what they speak, and which can be mixed."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from ...config_files import shorten
from ...downloads.bundle import Bundle
from ...errors import PresetError
from ...messages import _
from .families import FAMILIES, find_family
from .files import LANGUAGES
from .mix import Part, parse_mix

_LISTING = "'speechcast voices --embedded' lists them"


def list_embedded_voices() -> list[str]:
    """Return the names of all embedded voices, in the order of their models and bundles."""
    return [voice for family in FAMILIES for voice in family.voices]


def find_bundles(text: str) -> tuple[Bundle, ...]:
    """Return the bundles that hold the voices of a mix, each once.

    Raises:
        PresetError: It is no mix, names a voice that does not exist, or mixes languages or models.
    """
    parts = parse_mix(text)
    bundles = dict.fromkeys(_require_bundle(part.voice) for part in parts)
    _require_one_language(parts)
    _require_one_model(parts)
    return tuple(bundles)


def _require_bundle(voice: str) -> Bundle:
    family = find_family(voice)
    if family is None:
        near = difflib.get_close_matches(voice, list_embedded_voices(), n=1, cutoff=0.5)
        hint = f"did you mean '{near[0]}'? {_LISTING}" if near else _LISTING
        raise PresetError(
            _("there is no embedded voice '{shorten}'; {hint}").format(
                shorten=shorten(voice), hint=hint
            )
        )
    return family.voices[voice]


def _require_one_language(parts: Sequence[Part]) -> None:
    """Raise PresetError if the voices read different languages.

    British and American voices read the same one, with the pronunciation of the largest part.
    """
    first, *others = (part.voice for part in parts)
    for voice in others:
        languages = [LANGUAGES[name[0]] for name in (first, voice)]
        if len({language.split("-")[0] for language in languages}) > 1:
            raise PresetError(
                _(
                    "{first} speaks {languages} and {voice} {languages_2}; only voices of "
                    "one language can be mixed"
                ).format(first=first, languages=languages[0], voice=voice, languages_2=languages[1])
            )


def _require_one_model(parts: Sequence[Part]) -> None:
    """Raise PresetError if the voices belong to different models."""
    first, *others = (part.voice for part in parts)
    for voice in others:
        models = [family.name for name in (first, voice) if (family := find_family(name))]
        if models[0] != models[1]:
            raise PresetError(
                _(
                    "{first} is a voice of {models} and {voice} of {models_2}; only voices "
                    "of one model can be mixed"
                ).format(first=first, models=models[0], voice=voice, models_2=models[1])
            )
