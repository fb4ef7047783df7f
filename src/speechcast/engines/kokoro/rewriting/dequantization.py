"""Compute in float what the model computes in integers.

The model was quantised so that its activations become integers as it runs, by their range at that
moment. The weights are still kept as integers, and dequantised while the model is loaded.
"""

from __future__ import annotations

from onnx import NodeProto

from .graph import Graph, get_attributes

_INTEGER = {"ConvInteger": "Conv", "MatMulInteger": "MatMul"}


def dequantize_products(graph: Graph) -> int:
    """Replace every integer convolution and matrix product by that of floats.

    A chain `DynamicQuantizeLinear`, `ConvInteger` (or `MatMulInteger`), `Add` of a bias in
    integers, `Cast`, `Mul` by both scales becomes one `Conv` or `MatMul`.

    Returns:
        How many were replaced.
    """
    consumers = graph.consumers()
    nodes = graph.find_all(*_INTEGER)
    weights: dict[str, str] = {}  # some are shared by several nodes
    for node in nodes:
        chain = _follow_chain(node, consumers)
        shared = node.input[1]
        if shared not in weights:
            weights[shared] = _dequantize(graph, node, chain[-1])
        inputs = [_find_unquantized(graph, node.input[0]), weights[shared]]
        bias = _find_bias(graph, chain)
        operator = _INTEGER[node.op_type]
        graph.add(
            operator, inputs + ([bias] if bias else []), chain[-1].output[0], **get_attributes(node)
        )
    return len(nodes)


def dequantize_lstms(graph: Graph) -> int:
    """Replace every `DynamicQuantizeLSTM` by an `LSTM`; return how many there were.

    The quantised weights lie transposed: inputs first, gates last.
    """
    nodes = graph.find_all("DynamicQuantizeLSTM")
    for node in nodes:
        x, w, r, bias, lengths, h, c, peepholes, w_scale, w_zero, r_scale, r_zero = node.input
        inputs = [x, _dequantize_gates(graph, w, w_scale, w_zero)]
        inputs += [_dequantize_gates(graph, r, r_scale, r_zero), bias, lengths, h, c, peepholes]
        graph.replace(node, "LSTM", inputs)
    return len(nodes)


def _follow_chain(node: NodeProto, consumers: dict[str, list[NodeProto]]) -> list[NodeProto]:
    """Return the nodes from an integer operator to the `Mul` that makes floats of its result."""
    chain = [node]
    while chain[-1].op_type != "Mul":
        (following,) = consumers[chain[-1].output[0]]
        chain.append(following)
    return chain


def _find_unquantized(graph: Graph, tensor: str) -> str:
    """Return the float tensor from which a quantised one is made."""
    producer = graph.producer(tensor)
    assert producer is not None
    assert producer.op_type == "DynamicQuantizeLinear"
    return str(producer.input[0])


def _dequantize(graph: Graph, node: NodeProto, scaling: NodeProto) -> str:
    """Return the weights of an integer operator as floats."""
    weights, zero_point = node.input[1], node.input[3]
    scale = _find_weight_scale(graph, scaling)
    last = graph.value(weights).ndim - 1
    return graph.add("DequantizeLinear", [weights, scale, zero_point], axis=last)


def _find_weight_scale(graph: Graph, scaling: NodeProto) -> str:
    """Return the scale of the weights, which is multiplied with that of the activations."""
    product = next(
        p for name in scaling.input if (p := graph.producer(name)) and p.op_type == "Mul"
    )
    return next(str(name) for name in product.input if graph.is_constant(name))


def _find_bias(graph: Graph, chain: list[NodeProto]) -> str | None:
    """Return the float bias of a chain: the tensor that is divided by the scale; None without."""
    if chain[1].op_type != "Add":
        return None
    node = graph.producer(chain[1].input[1])
    while node is not None and node.op_type != "Div":
        node = graph.producer(node.input[0])
    assert node is not None
    return str(node.input[0])


def _dequantize_gates(graph: Graph, weights: str, scale: str, zero_point: str) -> str:
    """Return the weights of an LSTM as floats of the shape (directions, gates, inputs)."""
    floats = graph.add("DequantizeLinear", [weights, scale, zero_point], axis=0)
    return graph.add("Transpose", [floats], perm=[0, 2, 1])
