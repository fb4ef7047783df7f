"""Models that are loaded while the text is read."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from speechcast.engines.cast import preload
from speechcast.voices import presets

CODE = """
import sys
from speechcast.engines.cast import preload
from speechcast.voices import presets
preload([presets.load(sys.argv[1])]).join()
print("onnxruntime" in sys.modules, "edge_tts" in sys.modules)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("preset", "loaded"),
    [("narrator", "True False"), ("tone", "False False"), ("xiaoxiao", "False False")],
)
def test_only_the_models_of_local_voices_are_loaded(preset: str, loaded: str) -> None:
    command = [sys.executable, "-c", CODE, preset]
    assert subprocess.check_output(command, text=True).strip() == loaded


def test_what_goes_wrong_is_left_to_the_recording(monkeypatch: pytest.MonkeyPatch) -> None:
    voice = replace(presets.load("narrator"), voice="nobody")
    failures: list[object] = []
    monkeypatch.setattr("threading.excepthook", failures.append)
    preload([voice]).join()
    assert not failures
