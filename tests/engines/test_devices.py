"""What a model runs on. There is no graphics processor here: what is tested is the choice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray

from speechcast.engines.kokoro import device_trial, devices
from speechcast.engines.kokoro.device_trial import Take, choose_fastest, is_alike, try_devices
from speechcast.engines.kokoro.devices import (
    PROCESSOR,
    Trial,
    choose_provider,
    describe_provider,
    find_provider,
    list_accelerators,
    read_trial,
    write_trial,
)
from speechcast.engines.kokoro.engine import Kokoro
from speechcast.engines.kokoro.families import V1_1
from speechcast.engines.kokoro.rewriting.quality import Sound
from speechcast.errors import EngineError, PresetError, SpeechcastError
from speechcast.files import file_state
from speechcast.model import Voice
from speechcast.progress import Step, ignore_progress
from tests.support.speeches import line_of

CUDA, DIRECTML, CORE_ML = devices.ACCELERATORS
AZURE = "AzureExecutionProvider"


def test_the_build_here_has_nothing_but_the_processor() -> None:
    """Azure is a server, whatever the build calls it."""
    assert list_accelerators(onnxruntime.get_available_providers()) == ()


@pytest.mark.parametrize(
    ("available", "accelerators"),
    [
        ([AZURE, PROCESSOR], ()),
        ([PROCESSOR, CUDA], (CUDA,)),
        (["TensorrtExecutionProvider", CUDA, PROCESSOR], (CUDA,)),
        ([CORE_ML, AZURE, PROCESSOR], (CORE_ML,)),
        ([DIRECTML, CUDA, PROCESSOR], (CUDA, DIRECTML)),
        ([], ()),
    ],
)
def test_the_providers_worth_a_trial(available: list[str], accelerators: tuple[str, ...]) -> None:
    assert list_accelerators(available) == accelerators


TRIAL = Trial(CUDA, "state", "1.32", {CUDA: 0.1, PROCESSOR: 1.0})


@pytest.mark.parametrize(
    ("trial", "state", "available", "runtime", "device", "provider"),
    [
        (TRIAL, "state", [CUDA, PROCESSOR], "1.32", "auto", CUDA),
        (TRIAL, "state", [CUDA, PROCESSOR], "1.32", "cpu", PROCESSOR),
        (TRIAL, "state", [PROCESSOR], "1.32", "auto", PROCESSOR),
        (TRIAL, "state", [CUDA, PROCESSOR], "1.33", "auto", PROCESSOR),
        (TRIAL, "another", [CUDA, PROCESSOR], "1.32", "auto", PROCESSOR),
        (None, "state", [CUDA, PROCESSOR], "1.32", "auto", PROCESSOR),
        (replace(TRIAL, provider=AZURE), "state", [AZURE, PROCESSOR], "1.32", "auto", PROCESSOR),
        (replace(TRIAL, provider=PROCESSOR), "state", [CUDA], "1.32", "auto", PROCESSOR),
    ],
)
def test_what_was_noted_holds_for_the_same_model_and_runtime(
    trial: Trial | None, state: str, available: list[str], runtime: str, device: str, provider: str
) -> None:
    assert choose_provider(trial, state, available, runtime, device) == provider


NOISE = np.random.default_rng(1).normal(0, 0.1, 6000).astype(np.float32)
TONE = (0.1 * np.sin(np.arange(6000) / 3)).astype(np.float32)
FRAMES = np.array([4, 6])


def take_of(samples: NDArray[np.float32], frames: NDArray[np.int64] = FRAMES) -> Take:
    return Take(Sound(samples, frames), 0.2)


REFERENCE = Take(Sound(NOISE, FRAMES), 1.0)
FAST = take_of(NOISE)


@pytest.mark.parametrize(
    ("take", "alike"),
    [
        (FAST, True),
        (take_of(NOISE * np.float32(1.1)), True),
        (take_of(NOISE * np.float32(1.3)), False),
        (take_of(TONE), False),
        (take_of(NOISE * np.float32(np.nan)), False),
        (take_of(NOISE[:-600]), False),
        (take_of(NOISE, np.array([5, 5])), False),
        (take_of(NOISE, np.array([10])), False),
    ],
    ids=["same", "near", "louder", "tone", "none", "shorter", "durations", "symbols"],
)
def test_a_device_is_alike_if_its_durations_are_the_same_and_its_spectrum_is_near(
    take: Take, alike: bool
) -> None:
    assert is_alike(REFERENCE, take) == alike


@pytest.mark.parametrize(
    ("seconds", "cores", "provider"),
    [
        ({CUDA: 0.2, DIRECTML: 0.1}, 1, DIRECTML),
        ({CUDA: 0.1, DIRECTML: 0.2}, 1, CUDA),
        ({CUDA: 0.2}, 4, CUDA),
        ({CUDA: 0.2}, 5, PROCESSOR),  # which speaks five sentences in the time of five
        ({CUDA: 0.2}, 8, PROCESSOR),
        ({CUDA: 1.0}, 1, PROCESSOR),
        ({CUDA: None, DIRECTML: 0.9}, 1, DIRECTML),
        ({CUDA: None}, 1, PROCESSOR),
        ({}, 1, PROCESSOR),
    ],
)
def test_the_fastest_of_those_alike_is_chosen(
    seconds: dict[str, float | None], cores: int, provider: str
) -> None:
    takes = {p: None if s is None else replace(FAST, seconds=s) for p, s in seconds.items()}
    assert choose_fastest(REFERENCE, takes, cores) == provider


def test_the_fastest_is_not_chosen_if_it_says_something_else() -> None:
    other = replace(take_of(TONE), seconds=0.01)
    assert choose_fastest(REFERENCE, {CUDA: other, DIRECTML: FAST}, 2) == DIRECTML


@pytest.fixture
def model(mandarin_hd: Voice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the stand-in's file in a folder of its own, beside which a note may lie."""
    assert mandarin_hd.voice in V1_1.voices
    stored = V1_1.model.files[0].path
    models = tmp_path / "speechcast" / "models"
    models.mkdir(parents=True)
    for file in stored.parent.glob("*v1.1-zh*"):
        (models / file.name).symlink_to(file)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return models / stored.name


def test_a_trial_without_a_graphics_processor_is_none(model: Path, mandarin_hd: Voice) -> None:
    steps: list[Step] = []
    assert try_devices(model, V1_1, "zf_001", steps.append) is None
    assert Kokoro.tune(mandarin_hd, steps.append) == ""
    assert (steps, read_trial(model)) == ([], None)
    assert Kokoro.describe_device(mandarin_hd) == "processor"


def test_the_trials_sentence_is_the_same_twice(model: Path) -> None:
    one, other = (device_trial.try_provider(model, V1_1, "zf_001", PROCESSOR) for _ in range(2))
    assert one
    assert other
    assert is_alike(one, other)
    assert len(one.sound.samples) == one.sound.frames.sum() * 600
    another = device_trial.try_provider(model, V1_1, "zm_100", PROCESSOR)
    assert another
    assert not is_alike(one, another)


@pytest.mark.filterwarnings("ignore:Specified provider")
def test_a_provider_that_fails_is_of_no_use(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert device_trial.try_provider(model, V1_1, "zf_001", CUDA) is None
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [CUDA, AZURE, PROCESSOR])
    trial = try_devices(model, V1_1, "zf_001", ignore_progress)
    assert trial == read_trial(model)
    assert trial
    assert trial.provider == PROCESSOR
    assert list(trial.seconds) == [PROCESSOR]
    damaged = tmp_path / "damaged.onnx"
    damaged.write_bytes(b"no model")
    with pytest.raises(SpeechcastError, match="voices install mandarin-hd"):
        device_trial.try_provider(damaged, V1_1, "zf_001", PROCESSOR)


@pytest.mark.filterwarnings("ignore:Specified provider")
def test_a_graphics_processor_that_is_gone_is_an_error_and_no_silent_change(
    model: Path, mandarin_hd: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build here says that it has CUDA, as one does whose driver was removed."""
    plain = Kokoro.sound_version(mandarin_hd)
    write_trial(model, Trial(CUDA, file_state(model), onnxruntime.__version__, {CUDA: 0.05}))
    assert find_provider(model) == PROCESSOR  # this build has none
    assert Kokoro.sound_version(mandarin_hd) == plain
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [CUDA, PROCESSOR])
    assert find_provider(model) == CUDA
    assert Kokoro.sound_version(mandarin_hd) == f"{plain} {CUDA}"  # clips of their own
    utterance = line_of("大家好。", mandarin_hd)
    with pytest.raises(EngineError, match="CUDA cannot be used any more; add --device cpu"):
        Kokoro(mandarin_hd).synthesize(utterance)
    on_processor = replace(mandarin_hd, options={"device": "cpu"})
    assert Kokoro.sound_version(on_processor) == plain
    assert len(Kokoro(on_processor).synthesize(utterance).samples)
    model.unlink()
    model.write_bytes(b"another model")
    assert find_provider(model) == PROCESSOR


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"provider": 1}', '"text"', "\x00"])
def test_a_note_that_cannot_be_read_is_none(tmp_path: Path, content: str) -> None:
    write_trial(tmp_path / "model.onnx", TRIAL)
    assert read_trial(tmp_path / "model.onnx") == TRIAL
    (tmp_path / "model.onnx.device.json").write_text(content)
    assert read_trial(tmp_path / "model.onnx") is None


def test_what_runs_a_voice_in_words() -> None:
    assert describe_provider(CUDA, TRIAL) == "CUDA (a sentence took: CUDA 0.10 s, processor 1.00 s)"


def test_a_device_there_is_not_is_refused(mandarin_hd: Voice) -> None:
    voice = replace(mandarin_hd, options={"device": "gpu"})
    with pytest.raises(PresetError, match=r"options\.device is 'gpu'; allowed are auto and cpu"):
        Kokoro.required_bundles(voice)
