"""Choose the file of a voice's model, and what runs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ...errors import ModelError, PresetError
from ...model import Voice
from . import devices, variants
from .families import V1_0, ModelFamily, find_family
from .mix import find_leading_voice
from .variants import COMPACT, FULL

_OPTIONS: Mapping[str, Sequence[str]] = {"model": (COMPACT, FULL), "device": devices.DEVICES}


def family_of(voice: Voice) -> ModelFamily:
    """Return the model of a voice or a mix; for an unknown one, the one of most languages."""
    return find_family(find_leading_voice(voice.voice)) or V1_0


def require_options(voice: Voice) -> None:
    """Raise PresetError for an option of the preset that the voice's model does not have."""
    for name, value in voice.options.items():
        allowed = _OPTIONS[name]
        if name == "model" and not family_of(voice).rewritten:
            allowed = (FULL,)
        if value not in allowed:
            raise PresetError(
                f"preset '{voice.name}': options.{name} is '{value}'; allowed are "
                f"{' and '.join(allowed)}"
            )


def locate_model(voice: Voice) -> Path:
    """Return the path of the model that speaks the voice, installed or not."""
    family = family_of(voice)
    return variants.choose_variant(voice).path if family.rewritten else family.model.files[0].path


def require_model(voice: Voice) -> Path:
    """Return the file of the model that speaks the voice.

    Raises:
        ModelError: It is missing.
    """
    path = locate_model(voice)
    if not path.exists():
        raise ModelError(f"{path} is missing; run: speechcast voices install {voice.name}")
    return path


def describe_model(voice: Voice) -> str:
    """Return "full", or "compact" with the reason; "" for a model that has no variants."""
    return str(variants.choose_variant(voice)) if family_of(voice).rewritten else ""


def device_of(voice: Voice) -> str:
    """Return what the voice may run on, one of `DEVICES`."""
    return voice.options.get("device", devices.AUTO)


def provider_of(voice: Voice) -> str:
    """Return the provider of ONNX Runtime that runs the voice's model."""
    return devices.find_provider(locate_model(voice), device_of(voice))


def describe_device(voice: Voice) -> str:
    """Return what runs the voice's model, in a few words."""
    return devices.describe_provider(provider_of(voice), devices.read_trial(locate_model(voice)))


def sound_suffix(voice: Voice) -> str:
    """Return what a clip's key says of the variant and of what runs it.

    It is "" for a model as it was downloaded, run by the processor.
    """
    provider = provider_of(voice)
    variant = variants.sound_key(voice) if family_of(voice).rewritten else ""
    return variant + ("" if provider == devices.PROCESSOR else f" {provider}")
