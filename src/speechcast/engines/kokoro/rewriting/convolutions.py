"""Write convolutions over time as those of pictures of height 1.

ONNX Runtime has its fastest kernels for two-dimensional convolutions alone.
"""

from __future__ import annotations

import numpy as np

from .graph import Graph, get_attributes


def widen_convolutions(graph: Graph) -> int:
    """Write each convolution over time as a two-dimensional one; return how many there were."""
    nodes = [n for n in graph.find_all("Conv") if len(get_attributes(n)["kernel_shape"]) == 1]
    axis = graph.add_constant(np.array([2], np.int64))
    for node in nodes:
        x, w, *bias = node.input
        a = get_attributes(node)
        picture = graph.add("Unsqueeze", [x, axis])
        weights = graph.add("Unsqueeze", [w, axis])
        result = graph.add(
            "Conv",
            [picture, weights, *bias],
            kernel_shape=[1, *a["kernel_shape"]],
            strides=[1, *a["strides"]],
            dilations=[1, *a["dilations"]],
            pads=[0, a["pads"][0], 0, a["pads"][1]],
            group=a["group"],
        )
        graph.add("Squeeze", [result, axis], node.output[0])
    return len(nodes)
