"""Models that are loaded while the text is read."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from speechcast import documents
from speechcast.cores import count_cores
from speechcast.engines.cast import is_one_utterance, preload
from speechcast.voices import presets

CODE = """
import sys
from speechcast import documents
from speechcast.cores import count_cores
from speechcast.engines.cast import is_one_utterance, preload
from speechcast.voices import presets
preload([presets.load(sys.argv[1])]).join()
print(*(name in sys.modules for name in ("onnxruntime", "edge_tts", "av")))
"""


@pytest.mark.slow
@pytest.mark.usefixtures("narrator")  # its model is wanted
@pytest.mark.parametrize(
    ("preset", "loaded"),
    [
        ("narrator", "True False True"),
        ("tone", "False False True"),
        ("xiaoxiao", "False False True"),
    ],
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


def test_a_text_is_one_utterance_if_every_voice_has_the_breath() -> None:
    narrator, heart = presets.load("narrator"), presets.load("heart")
    short, long = (documents.from_text("今天" * count) for count in (22, 23))
    assert is_one_utterance(short, [narrator])
    assert not is_one_utterance(long, [narrator])
    assert is_one_utterance(long, [heart])
    assert not is_one_utterance(long, [heart, narrator])


@pytest.mark.slow
@pytest.mark.usefixtures("narrator")  # its model is wanted
def test_what_is_spoken_alone_has_every_core() -> None:
    code = """
import sys
from speechcast.engines.cast import preload
from speechcast.engines.kokoro.engine import Kokoro
from speechcast.voices import presets
voice = presets.load("narrator")
preload([voice], alone=sys.argv[1] == "alone").join()
engine = Kokoro(voice)
options = engine._session._opened.get_session_options()
print(engine.workers, options.intra_op_num_threads)
"""
    printed = [
        subprocess.check_output([sys.executable, "-c", code, how], text=True).split()
        for how in ("alone", "together")
    ]
    cores = str(count_cores())
    assert printed == [["1", cores], [cores, "1"]]
