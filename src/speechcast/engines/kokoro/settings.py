"""Read what a preset sets for an embedded voice: its language, its model, and what runs it."""

from __future__ import annotations

from pathlib import Path

from ...errors import ModelError, PresetError
from ...messages import _
from ...model import Voice
from . import g2p_en
from .devices import AUTO, DEVICES
from .families import family_of
from .files import LANGUAGES
from .mix import find_leading_voice
from .variants import COMPACT, FULL, choose_variant


def language_of(voice: Voice) -> str:
    """Return the language of the model's voice, without country.

    It is Mandarin for an unknown voice.
    """
    return LANGUAGES.get(find_leading_voice(voice.voice)[:1], "zh-CN").split("-")[0]


def device_of(voice: Voice) -> str:
    """Return what the voice may run on, one of `DEVICES`."""
    return voice.options.get("device", AUTO)


def find_model(voice: Voice) -> Path:
    """Return the file of the model that speaks the voice."""
    family = family_of(voice.voice)
    return choose_variant(voice).path if family.is_rewritten else family.model.files[0].path


def require_model(voice: Voice) -> Path:
    """Return the file of the model that speaks the voice.

    Raises:
        ModelError: It is missing.
    """
    path = find_model(voice)
    if not path.exists():
        raise ModelError(
            _("{path} is missing; run: speechcast voices install {voice}").format(
                path=path, voice=voice.name
            )
        )
    return path


def require_settings(voice: Voice) -> None:
    """Check what a preset sets for a voice that exists.

    Raises:
        PresetError: The voice speaks another language than the preset says, the preset has a pitch
            or an option of an unknown value, or the extra for English is not installed.
    """
    if voice.language.split("-")[0] != language_of(voice):
        language = LANGUAGES[find_leading_voice(voice.voice)[0]]
        raise PresetError(
            _("preset '{preset}': {voice} speaks {spoken}, not {wanted}").format(
                preset=voice.name, voice=voice.voice, spoken=language, wanted=voice.language
            )
        )
    if voice.pitch:
        raise PresetError(
            _("preset '{voice}': an embedded voice cannot change its pitch; leave it out").format(
                voice=voice.name
            )
        )
    if language_of(voice) == "en" and not g2p_en.is_installed():
        raise PresetError(
            _("preset '{preset}': {problem}").format(
                preset=voice.name, problem=g2p_en.explain_missing_english()
            )
        )
    models = (FULL, COMPACT) if family_of(voice.voice).is_rewritten else (FULL,)
    for option, values in {"device": DEVICES, "model": models}.items():
        value = voice.options.get(option, values[0])
        if value not in values:
            raise PresetError(
                _("preset '{voice}': options.{option} is '{value}'; allowed are {values}").format(
                    voice=voice.name, option=option, value=value, values=_(" and ").join(values)
                )
            )
