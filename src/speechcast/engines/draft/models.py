"""Run the two models of the draft voice, each in a thread of the caller.

LiteRT's interpreters must not be shared by threads, so a pair of them is lent to one caller at a
time, and as many are opened as are needed at once.
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
from ...errors import EngineError, ModelError
from . import files

if TYPE_CHECKING:
    from ai_edge_litert.interpreter import Interpreter
    from numpy.typing import NDArray

PACKAGE = "ai_edge_litert"
MISSING_EXTRA = "the draft voice needs LiteRT; run: pip install 'speechcast[draft]'"
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
    return find_spec(PACKAGE) is not None


class DraftModels:
    """Pairs of interpreters, opened when they are needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._free: list[_ModelPair] = []

    def run(self, ids: Sequence[int], speed: float) -> UnitSound:
        """Speak symbols, `speed` times as fast as the model would.

        Raises:
            EngineError: The models failed, or their extra is not installed.
            ModelError: A model is damaged.
        """
        with self._borrow() as models:
            try:
                return models.run(ids, speed)
            except (ValueError, RuntimeError) as exc:
                raise EngineError(f"the draft voice failed: {exc}") from exc

    @contextlib.contextmanager
    def _borrow(self) -> Iterator[_ModelPair]:
        with self._lock:
            models = self._free.pop() if self._free else _ModelPair()
        yield models
        with self._lock:  # those that failed are not used again
            self._free.append(models)


@cache
def shared_models() -> DraftModels:
    """Return the models, the same for every caller."""
    return DraftModels()


class _ModelPair:
    """The acoustic model and the vocoder, of one thread at a time."""

    def __init__(self) -> None:
        if not has_litert():
            raise EngineError(MISSING_EXTRA)
        with _without_notices():
            self._acoustic = _open(files.ACOUSTIC_MODEL, files.read_acoustic_model())
            self._acoustic.allocate_tensors()  # which is when the notice comes
            self._vocoder = _open(files.VOCODER, files.read_vocoder())

    def run(self, ids: Sequence[int], speed: float) -> UnitSound:
        """Return the sound of the symbols, and their durations."""
        one = np.ones(1, np.float32)
        inputs = [
            np.array([ids], np.int32),
            np.zeros(1, np.int32),
            one / np.float32(speed),
            one,
            one,
        ]
        _, mel, frames, *_ = _infer(self._acoustic, inputs)
        (audio,) = _infer(self._vocoder, [mel])
        return UnitSound(audio.ravel(), frames.ravel().astype(np.int64))


def _infer(model: Interpreter, inputs: Sequence[NDArray[np.generic]]) -> list[NDArray[np.float32]]:
    """Return the outputs of a model for inputs of any length."""
    details = model.get_input_details()
    model.resize_tensor_input(details[0]["index"], inputs[0].shape)
    model.allocate_tensors()
    for detail, tensor in zip(details, inputs, strict=True):
        model.set_tensor(detail["index"], tensor)
    model.invoke()
    return [model.get_tensor(detail["index"]) for detail in model.get_output_details()]


def _open(file: ModelFile, content: bytes) -> Interpreter:
    from ai_edge_litert.interpreter import Interpreter

    try:
        return Interpreter(model_content=content, num_threads=1)
    except (ValueError, RuntimeError) as exc:
        raise ModelError(f"{file.path} is damaged; {files.REINSTALL}") from exc


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
