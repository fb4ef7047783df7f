"""Load a Piper voice so that it tells its durations, and gives the same sound each time.

Piper's models draw random numbers as they run, so the same text would give another sound each time.
The operators that draw them are replaced by an input, which is given the same numbers each time.
"""

from __future__ import annotations

import threading
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ...errors import EngineError, ModelError, explain_os_error
from ...files import file_state
from ...messages import _
from ..model_errors import explain_model_error

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnx import ModelProto, NodeProto
    from onnxruntime import InferenceSession

NOISE_INPUT = "speechcast_noise"
# Random numbers of a run: 192 for each frame of 256 samples, for two minutes at 22,050 Hz.
NOISE_LENGTH = 2_000_000
_SEED = 0
_RANDOM = "RandomNormalLike"
_SESSIONS = 4  # models kept open; each takes some 150 MB
_opening = threading.Lock()


@cache
def make_noise() -> NDArray[np.float32]:
    """Return normally distributed numbers, the same ones each time: float32, shape (n,)."""
    return np.random.default_rng(_SEED).standard_normal(NOISE_LENGTH, np.float32)


def open_voice(model: Path) -> InferenceSession:
    """Return the session of a voice's model, the same for every caller.

    Its outputs are the sound and the frames of each phoneme; its inputs are Piper's, and noise.

    Raises:
        ModelError: It is missing or damaged, or it is no model of Piper.
    """
    try:
        with _opening:
            return _open(model, file_state(model))
    except OSError as exc:
        raise ModelError(
            _("{path} cannot be read: {reason}").format(path=model, reason=explain_os_error(exc))
        ) from exc


@lru_cache(maxsize=_SESSIONS)
def _open(model: Path, state: str) -> InferenceSession:  # noqa: ARG001 of the cache's key
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # several utterances are spoken side by side instead
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    content = _rewrite(model)
    try:
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as exc:
        raise _damaged(model) from exc


def _rewrite(path: Path) -> bytes:
    """Return a model that outputs its durations and takes its noise as an input."""
    import onnx
    from google.protobuf.message import DecodeError

    try:
        model = onnx.load_model_from_string(path.read_bytes())
    except DecodeError as exc:
        raise _damaged(path) from exc
    _output_durations(model, path)
    _input_noise(model)
    content: bytes = model.SerializeToString()
    return content


def _output_durations(model: ModelProto, path: Path) -> None:
    """Have the model output its durations alone beside its sound."""
    from piper.patch_voice_with_alignment import add_alignment_output

    if len(model.graph.output) != 1:  # patched already
        del model.graph.output[1:]
    try:
        add_alignment_output(model)
    except ValueError as exc:
        raise ModelError(
            _("{path} has no durations, so it cannot be timed").format(path=path)
        ) from exc


def _input_noise(model: ModelProto) -> None:
    """Replace what draws random numbers by slices of an input."""
    import onnx

    graph = model.graph
    nodes: list[NodeProto] = []
    for index, node in enumerate(graph.node):
        nodes += _slice_noise(node, index) if node.op_type == _RANDOM else [node]
    del graph.node[:]
    graph.node.extend(nodes)
    graph.input.append(
        onnx.helper.make_tensor_value_info(NOISE_INPUT, onnx.TensorProto.FLOAT, [None])
    )


def _slice_noise(node: NodeProto, index: int) -> list[NodeProto]:
    """Return nodes that give the first numbers of the noise in the shape that `node` gives."""
    from onnx.helper import make_node

    shape, size, start, part = (
        f"{NOISE_INPUT}_{index}_{n}" for n in ("shape", "size", "start", "part")
    )
    return [
        make_node("Shape", [node.input[0]], [shape]),
        make_node("ReduceProd", [shape], [size], keepdims=1),
        make_node("Sub", [size, size], [start]),
        make_node("Slice", [NOISE_INPUT, start, size], [part]),
        make_node("Reshape", [part, shape], [node.output[0]]),
    ]


def _damaged(path: Path) -> ModelError:
    return ModelError(
        _("{path} is damaged, or no Piper voice; download it again").format(path=path)
    )


def run_voice(
    session: InferenceSession, inputs: dict[str, NDArray[np.generic]], options: object
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the sound and the frames of each number.

    Raises:
        EngineError: The model failed.
    """
    try:
        audio, frames = session.run(None, {**inputs, NOISE_INPUT: make_noise()}, options)
    except Exception as exc:
        reason = explain_model_error(exc)
        raise EngineError(_("the Piper voice failed: {exc}").format(exc=reason)) from exc
    return audio.ravel(), frames.ravel()
