"""Choose what a model runs on: the processor, or a graphics processor that proved itself.

A graphics processor is used only after a trial at installation (`device_trial`) found it alike and
faster. The result is noted beside the model, and holds for this file of the model and this version
of ONNX Runtime. Everything else runs on the processor. Other providers of ONNX Runtime are never
used: one of them (Azure) would send the text to a server.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from ...files import atomic_write, file_state
from ...messages import _
from ...units import Seconds

AUTO, CPU_ONLY = "auto", "cpu"
DEVICES = (AUTO, CPU_ONLY)
"""The values of `--device`, and of a preset's option `device`."""

PROCESSOR = "CPUExecutionProvider"
ACCELERATORS = {
    "CUDAExecutionProvider": "CUDA",
    "DmlExecutionProvider": "DirectML",
    "CoreMLExecutionProvider": "Core ML",
}
"""Provider of ONNX Runtime → what its makers call it; in the order in which they are tried."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What the last trial found.

    Attributes:
        provider: The best provider.
        model: The state of the model's file that was tried.
        runtime: The version of ONNX Runtime.
        seconds: Provider → how long it took for the sentence of the trial.
    """

    provider: str
    model: str
    runtime: str
    seconds: Mapping[str, Seconds]


def list_accelerators(available: Sequence[str]) -> tuple[str, ...]:
    """Return the providers of a build that are worth a trial, in our order.

    >>> list_accelerators(["AzureExecutionProvider", "CPUExecutionProvider"])
    ()
    >>> list_accelerators(["CPUExecutionProvider", "DmlExecutionProvider"])
    ('DmlExecutionProvider',)
    """
    return tuple(provider for provider in ACCELERATORS if provider in available)


def choose_provider(
    trial: Trial | None, model: str, available: Sequence[str], runtime: str, device: str = AUTO
) -> str:
    """Return the provider to use.

    Args:
        trial: What the last trial found; None without one.
        model: The state of the model's file.
        available: The providers of this build of ONNX Runtime.
        runtime: The version of ONNX Runtime.
        device: One of `DEVICES`.
    """
    if device == CPU_ONLY or trial is None or (trial.model, trial.runtime) != (model, runtime):
        return PROCESSOR
    return trial.provider if trial.provider in list_accelerators(available) else PROCESSOR


def find_provider(model: Path, device: str = AUTO) -> str:
    """Return the provider to use for a model's file on this machine."""
    trial = read_trial(model)
    if trial is None or device == CPU_ONLY:  # without ONNX Runtime, which takes time to import
        return PROCESSOR
    import onnxruntime

    state = ""
    with contextlib.suppress(OSError):
        state = file_state(model)
    available = onnxruntime.get_available_providers()
    return choose_provider(trial, state, available, onnxruntime.__version__, device)


def describe_provider(provider: str, trial: Trial | None) -> str:
    """Return in a few words what runs the model, with the times of the trial.

    >>> describe_provider("CPUExecutionProvider", None)
    'processor'
    """
    name = _name(provider)
    if trial is None:
        return name
    times = ", ".join(f"{_name(p)} {s:.2f} s" for p, s in trial.seconds.items())
    return _("{device} (a sentence took: {times})").format(device=name, times=times)


def _name(provider: str) -> str:
    return ACCELERATORS.get(provider) or _("processor")


def read_trial(model: Path) -> Trial | None:
    """Return what the last trial of a model's file found; None without one."""
    try:
        content = json.loads(_trial_path(model).read_text("utf-8"))
        trial = Trial(**content)
        seconds = {str(name): float(value) for name, value in trial.seconds.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return Trial(str(trial.provider), str(trial.model), str(trial.runtime), seconds)


def write_trial(model: Path, trial: Trial) -> None:
    """Write down beside a model's file what a trial found.

    Raises:
        OSError: It cannot be written.
    """
    atomic_write(_trial_path(model), json.dumps(asdict(trial), indent=1).encode())


def _trial_path(model: Path) -> Path:
    return model.with_name(f"{model.name}.device.json")
