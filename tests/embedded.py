"""The embedded voices, ready to speak."""

from __future__ import annotations

import pytest

from speechcast import voices
from speechcast.engines import engine
from speechcast.engines.kokoro_english import PACKAGES
from speechcast.model import Voice
from speechcast.progress import silent


def english(name: str) -> Voice:
    """The English voice of that preset, its model fetched if it is not here yet.

    Skips the test where the extra is missing.
    """
    for package in PACKAGES:
        pytest.importorskip(package, reason="needs pip install 'speechcast[english]'")
    voice = voices.load(name)
    for bundle in engine(voice.engine).needs(voice):
        bundle.ensure(silent)
    return voice
