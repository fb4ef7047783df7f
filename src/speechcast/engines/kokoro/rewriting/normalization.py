"""Compute the adaptive instance norms, and the snake activations after them, in fewer operators.

Each pass over a stage's activations costs as much as a thirtieth of a convolution, and the model
takes twelve from one convolution to the next. Five are left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .graph import Graph

if TYPE_CHECKING:
    from onnx import NodeProto

Consumers = Mapping[str, Sequence["NodeProto"]]


class Norm(NamedTuple):
    """An adaptive instance norm: `output` = `scale` * normalised(`x`) + `shift`."""

    x: str
    epsilon: float
    scale: str
    shift: str
    output: str


class Snake(NamedTuple):
    """A snake activation y + sin²(alpha y) / alpha, and the convolution that takes it."""

    alpha: str
    convolution: NodeProto


def fuse_norms(graph: Graph) -> int:
    """Write each instance norm as one operator, with a snake after it as three more.

    With u = alpha y the snake is (u + sin² u) / alpha. So the norm gives u, by another scale and
    shift, and the convolution's weights are divided by alpha.

    Returns:
        How many norms there were.
    """
    consumers = graph.consumers()
    norms = [n for node in graph.find_all("Div") for n in _find_norms(graph, node, consumers)]
    for norm in norms:
        snake = _find_snake(norm.output, consumers)
        if snake is None:
            _add_norm(graph, norm, None, norm.output)
        else:
            _add_snake(graph, norm, snake)
    return len(norms)


def _find_norms(graph: Graph, division: NodeProto, consumers: Consumers) -> list[Norm]:
    """Return the norms that share a division of what is centred by its deviation."""
    centred, deviation = division.input
    root = _require(graph, deviation, "Sqrt")
    centring = _require(graph, centred, "Sub")
    if root is None or centring is None:
        return []
    variance = _require(graph, root.input[0], "Add")
    if variance is None or not graph.is_constant(variance.input[1]):
        return []
    x, epsilon = centring.input[0], float(graph.value(variance.input[1]))
    norms = []
    for scaling in consumers[division.output[0]]:
        (scale,) = set(scaling.input) - {division.output[0]}
        (shifting,) = consumers[scaling.output[0]]
        (shift,) = set(shifting.input) - {scaling.output[0]}
        norms.append(Norm(x, epsilon, scale, shift, shifting.output[0]))
    return norms


def _find_snake(y: str, consumers: Consumers) -> Snake | None:
    """Return the snake that takes `y`; None if another activation does."""
    multiplication = next((node for node in consumers[y] if node.op_type == "Mul"), None)
    if multiplication is None:
        return None
    (alpha,) = set(multiplication.input) - {y}
    node = multiplication
    for operator in ("Sin", "Pow", "Mul", "Add", "Conv"):
        (node,) = consumers[node.output[0]]
        assert node.op_type == operator
    return Snake(alpha, node)


def _add_snake(graph: Graph, norm: Norm, snake: Snake) -> None:
    u = _add_norm(graph, norm, snake.alpha)
    sine = graph.add("Sin", [u])
    activation = graph.add("Add", [u, graph.add("Mul", [sine, sine])])
    alpha = graph.value(snake.alpha).astype(np.float64).reshape(1, -1, 1)
    inverse = graph.add_constant((1 / alpha).astype(np.float32))
    convolution = snake.convolution
    _, weights, *bias = convolution.input
    scaled = graph.add("Mul", [weights, inverse])
    graph.replace(convolution, "Conv", [activation, scaled, *bias])


def _add_norm(graph: Graph, norm: Norm, factor: str | None, output: str | None = None) -> str:
    """Add an `InstanceNormalization`, its scale and shift multiplied with a factor."""
    flat = graph.add_constant(np.array([-1], np.int64))
    amounts = []
    for amount in (norm.scale, norm.shift):
        product = graph.add("Mul", [amount, factor]) if factor else amount
        amounts.append(graph.add("Reshape", [product, flat]))
    return graph.add("InstanceNormalization", [norm.x, *amounts], output, epsilon=norm.epsilon)


def _require(graph: Graph, tensor: str, operator: str) -> NodeProto | None:
    """Return the node that gives a tensor; None if it is another operator's."""
    node = graph.producer(tensor)
    return node if node is not None and node.op_type == operator else None
