"""Build the vocoder for ONNX Runtime, from the weights in its file.

LiteRT runs the network (Multi-band MelGAN, as TensorFlowTTS defines it) at half the speed: its
lengths are computed as it runs, which LiteRT's fast kernels do not take. So the same layers are
written down here as an ONNX graph: convolutions of height 1, for the sake of ONNX Runtime's fast
kernels, and the filters that join the four bands as one transposed convolution.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ai_edge_litert.interpreter import Interpreter
    from numpy.typing import NDArray
    from onnx import NodeProto, TensorProto

MELS = 80  # bands of the spectrogram
SLOPE = 0.2  # of the leaky rectifiers below zero
BANDS = 4  # of the sound
_STRIDES = (3, 5, 5)  # of the upsamplings
_DILATIONS = (1, 3, 9, 27)  # of the residual blocks after each upsampling
_FILTER = 63  # taps of the filters that join the bands
_OPSET, _IR_VERSION = 17, 8  # of ONNX, for every ONNX Runtime since 1.13


# The tensors of the file that hold the weights and the bias of each layer, in the order in which
# they run: a convolution, then for each stage its upsampling and, for each block, its shortcut, its
# dilated and its pointwise convolution; last, the convolution that gives the bands.
# fmt: off
_LAYERS = (
    (52, 3),
    (96, 5), (53, 16), (54, 15), (55, 16), (56, 19), (57, 17), (58, 18), (59, 22), (60, 20),
    (61, 21), (62, 25), (63, 23), (65, 24),
    (97, 8), (66, 27), (67, 26), (68, 27), (69, 29), (70, 28), (71, 29), (72, 31), (73, 30),
    (74, 31), (75, 33), (76, 32), (78, 33),
    (98, 11), (79, 35), (80, 34), (81, 35), (82, 39), (83, 37), (84, 39), (85, 43), (86, 41),
    (87, 43), (88, 47), (89, 45), (91, 47),
    (93, 4),
)
# fmt: on
_FILTERS = 95  # the tensor that holds the filters


def build_vocoder(weights: Interpreter) -> bytes:
    """Return an ONNX model of the vocoder.

    Its input is a spectrogram, float32 of shape (1, frames, MELS); its output is the sound,
    float32 of shape (1, 1, 1, samples).

    Args:
        weights: The vocoder as it comes, of which the weights are read alone.
    """
    from onnx import TensorProto, helper

    graph = _Graph(weights)
    output = graph.add_network("mel")
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "vocoder",
            [helper.make_tensor_value_info("mel", TensorProto.FLOAT, [1, None, MELS])],
            [helper.make_tensor_value_info(output, TensorProto.FLOAT, None)],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=_IR_VERSION,
    )
    content: bytes = model.SerializeToString()
    return content


class _Graph:
    """The nodes and constants of the model, as they are added.

    A tensor goes by its name.
    """

    def __init__(self, weights: Interpreter) -> None:
        self._weights = weights
        self._layers: Iterator[tuple[int, int]] = iter(_LAYERS)
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []

    def add_network(self, mel: str) -> str:
        """Add all layers; return the sound."""
        tensor = self._add("Transpose", [mel], perm=[0, 2, 1])
        tensor = self._add("Unsqueeze", [tensor, self._add_constant(np.array([2]))])
        tensor = self._add_convolution(self._add_padding(tensor, 3))
        for stride in _STRIDES:
            tensor = self._add_upsampling(self._add_rectifier(tensor), stride)
            for dilation in _DILATIONS:
                tensor = self._add_block(tensor, dilation)
        tensor = self._add_convolution(self._add_padding(self._add_rectifier(tensor), 3))
        return self._add_filters(self._add("Tanh", [tensor]))

    def _add_block(self, tensor: str, dilation: int) -> str:
        """Add a residual block."""
        shortcut = self._add_convolution(tensor)
        padded = self._add_padding(self._add_rectifier(tensor), dilation)
        dilated = self._add_convolution(padded, dilation)
        return self._add("Add", [shortcut, self._add_convolution(self._add_rectifier(dilated))])

    def _add_rectifier(self, tensor: str) -> str:
        return self._add("LeakyRelu", [tensor], alpha=SLOPE)

    def _add_padding(self, tensor: str, width: int) -> str:
        """Add a reflection at both ends."""
        pads = self._add_constant(np.array([0, 0, 0, width, 0, 0, 0, width]))
        return self._add("Pad", [tensor, pads], mode="reflect")

    def _add_convolution(self, tensor: str, dilation: int = 1) -> str:
        """Add the next layer; its weights lie there as (out, 1, taps, in)."""
        inputs = self._add_layer((0, 3, 1, 2))
        return self._add("Conv", [tensor, *inputs], dilations=[1, dilation])

    def _add_upsampling(self, tensor: str, stride: int) -> str:
        """Add the next layer; its weights lie there as (out, taps, 1, in), with 2 · stride taps."""
        inputs = self._add_layer((3, 0, 2, 1))
        pads = [0, stride // 2, 0, stride - stride // 2]
        return self._add("ConvTranspose", [tensor, *inputs], strides=[1, stride], pads=pads)

    def _add_filters(self, tensor: str) -> str:
        """Add the filters that join the bands.

        There, each band is spread out with zeros between its samples, times `BANDS`, and filtered
        with 31 samples of padding at both ends.
        """
        taps = self._read(_FILTERS).reshape(_FILTER, BANDS)[::-1].T * BANDS
        weights = self._add_constant(np.ascontiguousarray(taps[:, None, None, :]))
        half = _FILTER // 2
        pads = [0, half, 0, half - BANDS + 1]
        return self._add("ConvTranspose", [tensor, weights], strides=[1, BANDS], pads=pads)

    def _add_layer(self, axes: Sequence[int]) -> tuple[str, str]:
        """Return the next layer's weights, with their axes in this order, and its bias."""
        weights, bias = next(self._layers)
        ordered = np.ascontiguousarray(self._read(weights).transpose(axes))
        return self._add_constant(ordered), self._add_constant(self._read(bias))

    def _read(self, tensor: int) -> NDArray[np.float32]:
        return np.asarray(self._weights.get_tensor(tensor), np.float32)

    def _add_constant(self, values: NDArray[np.generic]) -> str:
        from onnx import numpy_helper

        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(values, name))
        return name

    def _add(self, kind: str, inputs: Sequence[str], **attributes: object) -> str:
        """Add an operator; return its output."""
        from onnx import helper

        name = f"n{len(self.nodes)}"
        node = helper.make_node(kind, list(inputs), [name])
        node.attribute.extend(
            helper.make_attribute(key, value) for key, value in attributes.items()
        )
        self.nodes.append(node)
        return name
