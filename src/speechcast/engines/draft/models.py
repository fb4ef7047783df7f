"""Run the two models of the draft voice in the threads of the callers.

FastSpeech2 gives a spectrogram, by LiteRT; Multi-band MelGAN makes it sound, by ONNX Runtime.
LiteRT's interpreters must not be shared by threads, so each is lent to one caller at a time, and as
many are opened as are needed at once.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ...downloads.bundle import ModelFile
from ...errors import EngineError
from ...extras import compose_extra_command
from ...messages import _
from ..model_errors import explain_model_error
from . import files
from .vocoder import build_vocoder

if TYPE_CHECKING:
    from ai_edge_litert.interpreter import Interpreter
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

PACKAGES = ("ai_edge_litert", "onnx")
_INFO = b"INFO: "  # begins what the library says of itself at its first use


class UnitSound(NamedTuple):
    """What the models give.

    Attributes:
        audio: float32, shape (samples,), from -1 to 1.
        frames: The frames of each symbol: int64, shape (symbols,).
    """

    audio: NDArray[np.float32]
    frames: NDArray[np.int64]


def has_litert() -> bool:
    """Return whether the extra for the draft voice is installed."""
    return all(find_spec(package) for package in PACKAGES)


def explain_missing_litert() -> str:
    """Return what to do where the extra for the draft voice is not installed."""
    return _("the draft voice needs LiteRT and onnx; run: {command}").format(
        command=compose_extra_command("draft")
    )


class DraftModels:
    """The vocoder, which threads share, and an acoustic model for each thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._free: list[Interpreter] = []
        self._vocoder: InferenceSession | None = None

    def run(self, ids: Sequence[int], speed: float) -> UnitSound:
        """Speak symbols, `speed` times as fast as the model would.

        Raises:
            EngineError: The models failed, or their extra is not installed.
            ModelError: A model is damaged.
        """
        with self._borrow() as (acoustic, vocoder):
            try:
                mel, frames = _predict(acoustic, ids, speed)
                audio = vocoder.run(None, {"mel": mel})[0]
            except Exception as exc:
                reason = explain_model_error(exc)
                raise EngineError(_("the draft voice failed: {exc}").format(exc=reason)) from exc
        return UnitSound(audio.ravel(), frames.ravel().astype(np.int64))

    @contextlib.contextmanager
    def _borrow(self) -> Iterator[tuple[Interpreter, InferenceSession]]:
        with self._lock:
            if not has_litert():
                raise EngineError(explain_missing_litert())
            self._vocoder = self._vocoder or _open_vocoder()
            acoustic = self._free.pop() if self._free else _open_acoustic_model()
        yield acoustic, self._vocoder
        with self._lock:  # what failed is not used again
            self._free.append(acoustic)


@cache
def shared_models() -> DraftModels:
    """Return the models, the same for every caller."""
    return DraftModels()


def _predict(
    model: Interpreter, ids: Sequence[int], speed: float
) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Return the spectrogram of symbols, and their durations."""
    unchanged = np.ones(1, np.float32)  # of pitch and energy
    longer = unchanged / np.float32(speed)
    inputs = [np.array([ids], np.int32), np.zeros(1, np.int32), longer, unchanged, unchanged]
    details = model.get_input_details()
    model.resize_tensor_input(details[0]["index"], inputs[0].shape)
    model.allocate_tensors()
    for detail, tensor in zip(details, inputs, strict=True):
        model.set_tensor(detail["index"], tensor)
    model.invoke()
    _, mel, frames, *_ = (model.get_tensor(d["index"]) for d in model.get_output_details())
    return mel, frames


def _open_acoustic_model() -> Interpreter:
    with _without_notices():
        model = _open(files.ACOUSTIC_MODEL, files.read_acoustic_model())
        model.allocate_tensors()  # which is when the notice comes
    return model


def _open_vocoder() -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # several units are spoken side by side instead
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    with _without_notices():
        content = build_vocoder(_open(files.VOCODER, files.read_vocoder()))
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def _open(file: ModelFile, content: bytes) -> Interpreter:
    from ai_edge_litert.interpreter import Interpreter

    try:
        return Interpreter(model_content=content, num_threads=1)
    except (ValueError, RuntimeError) as exc:
        raise files.damaged_error(file) from exc


@contextlib.contextmanager
def _without_notices() -> Iterator[None]:
    """Keep the library's notice of its first use off the error stream.

    It writes to the file descriptor; whatever else is written meanwhile comes out after the block.
    """
    with tempfile.TemporaryFile() as buffer, contextlib.ExitStack() as stack:
        original = os.dup(2)
        stack.callback(os.close, original)
        os.dup2(buffer.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(original, 2)
            buffer.seek(0)
            for line in buffer:
                if not line.startswith(_INFO):
                    os.write(2, line)
