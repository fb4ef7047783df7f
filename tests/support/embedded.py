"""The embedded voices, ready to speak."""

from __future__ import annotations

import pytest

from speechcast.engines.kokoro.g2p_en import PACKAGES
from speechcast.engines.registry import engine_class
from speechcast.model import Voice
from speechcast.progress import ignore_progress
from speechcast.voices import presets


def load_english(name: str) -> Voice:
    """Return the English voice of a preset; fetch a missing model.

    Skip the test if the extra is missing.
    """
    for package in PACKAGES:
        pytest.importorskip(package, reason="needs pip install 'speechcast[english]'")
    voice = presets.load(name)
    for bundle in engine_class(voice.engine).required_bundles(voice):
        bundle.ensure(ignore_progress)
    return voice
