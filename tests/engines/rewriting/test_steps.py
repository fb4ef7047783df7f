"""Each step of the rewriting leaves what a graph computes as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from speechcast.engines.kokoro.rewriting.convolutions import widen_convolutions
from speechcast.engines.kokoro.rewriting.dequantization import (
    dequantize_lstms,
    dequantize_products,
)
from speechcast.engines.kokoro.rewriting.fast_convolutions import (
    TILE,
    make_transforms,
    speed_up_convolutions,
)
from speechcast.engines.kokoro.rewriting.graph import Graph
from speechcast.engines.kokoro.rewriting.normalization import fuse_norms
from speechcast.engines.kokoro.rewriting.steps import rewrite

Array = NDArray[np.float32] | NDArray[np.int8] | NDArray[np.uint8] | NDArray[np.int64]
node = helper.make_node
rng = np.random.default_rng(18)


def model_of(nodes: Sequence[NodeProto], constants: Mapping[str, Array]) -> ModelProto:
    """Return a model that computes `y` from `x`."""
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, None)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9)


def run(model: ModelProto, x: NDArray[np.float32]) -> NDArray[np.float32]:
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    session = onnxruntime.InferenceSession(model.SerializeToString(), options)
    (y,) = session.run(None, {"x": x})
    return np.asarray(y, np.float32)


def after(step: Callable[[Graph], int], model: ModelProto) -> tuple[ModelProto, list[str]]:
    """Return the model after a step that replaces one thing, and its operators."""
    graph = Graph(model)
    assert step(graph) == 1
    rewritten = graph.build()
    return rewritten, [n.op_type for n in rewritten.graph.node]


def noise(*shape: int) -> NDArray[np.float32]:
    return rng.standard_normal(shape).astype(np.float32)


def quantized(kind: str, weights: NDArray[np.uint8], *, bias: bool = False) -> ModelProto:
    """Return a chain of integers as ONNX Runtime's quantiser writes it."""
    product: dict[str, Any] = {"kernel_shape": [3], "pads": [1, 1]} if kind == "ConvInteger" else {}
    nodes = [
        node("DynamicQuantizeLinear", ["x"], ["xq", "xs", "xz"]),
        node(kind, ["xq", "w", "xz", "wz"], ["product"], **product),
        node("Mul", ["xs", "ws"], ["scale"]),
        node("Cast", ["biased" if bias else "product"], ["float"], to=TensorProto.FLOAT),
        node("Mul", ["float", "scale"], ["y"]),
    ]
    constants: dict[str, Array] = {
        "w": weights,
        "wz": np.array(120, np.uint8),
        "ws": np.array(0.01, np.float32),
    }
    if bias:
        nodes[3:3] = [
            node("Div", ["b", "scale"], ["divided"]),
            node("Floor", ["divided"], ["floor"]),
            node("Cast", ["floor"], ["bq"], to=TensorProto.INT32),
            node("Reshape", ["bq", "column"], ["bc"]),
            node("Add", ["product", "bc"], ["biased"]),
        ]
        constants |= {"b": noise(4), "column": np.array([1, -1, 1])}
    return model_of(nodes, constants)


@pytest.mark.parametrize("bias", [False, True])
def test_a_convolution_of_integers_becomes_one_of_floats(bias: bool) -> None:
    model = quantized("ConvInteger", rng.integers(0, 255, (4, 5, 3), np.uint8), bias=bias)
    rewritten, operators = after(dequantize_products, model)
    assert operators == ["DequantizeLinear", "Conv"]
    x = noise(1, 5, 40)
    error = np.abs(run(rewritten, x) - run(model, x)).max()
    assert 0 < error < 0.15  # what the activations lost as integers


def test_a_product_of_integers_becomes_one_of_floats() -> None:
    model = quantized("MatMulInteger", rng.integers(0, 255, (6, 4), np.uint8))
    rewritten, operators = after(dequantize_products, model)
    assert operators == ["DequantizeLinear", "MatMul"]
    x = noise(3, 6)
    assert run(rewritten, x) == pytest.approx(run(model, x), abs=0.15)


def test_a_quantised_lstm_becomes_one_of_floats() -> None:
    hidden, inputs = 4, 3
    constants: dict[str, Array] = {
        "w": rng.integers(-90, 90, (2, inputs, 4 * hidden), np.int8),
        "r": rng.integers(-90, 90, (2, hidden, 4 * hidden), np.int8),
        "b": noise(2, 8 * hidden),
        "zero": np.zeros((2, 1, hidden), np.float32),
        "scale": np.array([0.01, 0.02], np.float32),
        "zp": np.zeros(2, np.int8),
    }
    names = ["x", "w", "r", "b", "", "zero", "zero", "", "scale", "zp", "scale", "zp"]
    lstm = node(
        "DynamicQuantizeLSTM",
        names,
        ["y"],
        domain="com.microsoft",
        hidden_size=hidden,
        direction="bidirectional",
    )
    model = model_of([lstm], constants)
    rewritten, operators = after(dequantize_lstms, model)
    assert "LSTM" in operators
    x = noise(7, 1, inputs)
    assert run(rewritten, x) == pytest.approx(run(model, x), abs=0.02)


def norm_nodes() -> list[NodeProto]:
    return [
        node("ReduceMean", ["x", "time"], ["mean"]),
        node("Sub", ["x", "mean"], ["centred"]),
        node("Mul", ["centred", "centred"], ["square"]),
        node("ReduceMean", ["square", "time"], ["variance"]),
        node("Add", ["variance", "epsilon"], ["positive"]),
        node("Sqrt", ["positive"], ["deviation"]),
        node("Div", ["centred", "deviation"], ["normal"]),
        node("Mul", ["scale", "normal"], ["scaled"]),
    ]


def norm_constants(channels: int) -> dict[str, Array]:
    return {
        "time": np.array([2]),
        "epsilon": np.array(1e-5, np.float32),
        "scale": noise(1, channels, 1),
        "shift": noise(1, channels, 1),
    }


def test_a_norm_becomes_one_operator() -> None:
    nodes = [*norm_nodes(), node("Add", ["scaled", "shift"], ["y"])]
    model = model_of(nodes, norm_constants(6))
    rewritten, operators = after(fuse_norms, model)
    assert set(operators) == {"Reshape", "InstanceNormalization"}
    x = 3 * noise(1, 6, 500) + 7
    assert run(rewritten, x) == pytest.approx(run(model, x), abs=1e-4)


def test_a_snake_moves_its_factor_into_the_weights() -> None:
    nodes = [
        *norm_nodes(),
        node("Add", ["scaled", "shift"], ["n"]),
        node("Mul", ["alpha", "n"], ["u"]),
        node("Sin", ["u"], ["sine"]),
        node("Pow", ["sine", "two"], ["power"]),
        node("Mul", ["inverse", "power"], ["ripple"]),
        node("Add", ["n", "ripple"], ["snake"]),
        node("Conv", ["snake", "w"], ["y"], kernel_shape=[3], pads=[1, 1]),
    ]
    alpha = np.array([0.2, -1.5, 3, 1, 0.7, 2], np.float32).reshape(1, 6, 1)
    constants: dict[str, Array] = norm_constants(6)
    constants |= {
        "alpha": alpha,
        "inverse": np.asarray(1 / alpha, np.float32),
        "two": np.array(2, np.float32),
        "w": noise(4, 6, 3),
    }
    model = model_of(nodes, constants)
    rewritten, operators = after(fuse_norms, model)
    assert operators.count("Sin") == 1
    assert "Pow" not in operators
    x = noise(1, 6, 300)
    assert run(rewritten, x) == pytest.approx(run(model, x), abs=2e-4)


def convolution(taps: int, dilation: int, channels: int) -> ModelProto:
    conv = node(
        "Conv",
        ["x", "w", "b"],
        ["y"],
        kernel_shape=[taps],
        strides=[1],
        dilations=[dilation],
        pads=[dilation * (taps // 2)] * 2,
        group=1,
    )
    return model_of([conv], {"w": noise(channels, channels, taps), "b": noise(channels)})


@pytest.mark.parametrize("length", [1, TILE - 1, TILE, TILE + 1, 333])
@pytest.mark.parametrize(("taps", "dilation"), [(7, 1), (7, 3), (11, 1), (11, 5)])
def test_a_fast_convolution_gives_the_same(taps: int, dilation: int, length: int) -> None:
    model = convolution(taps, dilation, channels=8)
    rewritten, operators = after(speed_up_convolutions, model)
    assert "Conv" not in operators
    x = noise(1, 8, length)
    assert run(rewritten, x) == pytest.approx(run(model, x), abs=1e-4)


def test_a_short_convolution_stays() -> None:
    graph = Graph(convolution(3, 1, channels=8))
    assert speed_up_convolutions(graph) == 0


@pytest.mark.parametrize("taps", [2, 7, 8, 11])
def test_the_transforms_correlate(taps: int) -> None:
    matrices = make_transforms(taps)
    x, w = rng.standard_normal(TILE + taps - 1), rng.standard_normal(taps)
    y = matrices.outputs @ ((matrices.kernel @ w) * (matrices.inputs @ x))
    assert y == pytest.approx(np.correlate(x, w), abs=1e-5)


def test_a_convolution_over_time_becomes_one_of_a_picture() -> None:
    model = convolution(3, 5, channels=8)
    rewritten, operators = after(widen_convolutions, model)
    assert operators == ["Unsqueeze", "Unsqueeze", "Conv", "Squeeze"]
    x = noise(1, 8, 100)
    assert run(rewritten, x) == pytest.approx(run(model, x), abs=1e-5)


def test_two_norms_may_share_a_division_and_another_activation_stays() -> None:
    nodes = [
        *norm_nodes(),
        node("Add", ["scaled", "shift"], ["n"]),
        node("Mul", ["scale2", "normal"], ["scaled2"]),
        node("Add", ["scaled2", "shift2"], ["n2"]),
        node("Relu", ["n"], ["r"]),
        node("Add", ["r", "n2"], ["y"]),
    ]
    constants = norm_constants(6) | {"scale2": noise(1, 6, 1), "shift2": noise(1, 6, 1)}
    model = model_of(nodes, constants)
    graph = Graph(model)
    assert fuse_norms(graph) == 2
    rewritten = graph.build()
    operators = [n.op_type for n in rewritten.graph.node]
    assert (operators.count("InstanceNormalization"), operators.count("Relu")) == (2, 1)
    x = noise(1, 6, 300)
    assert run(rewritten, x) == pytest.approx(run(model, x), abs=1e-4)


def test_a_division_that_is_no_norm_stays() -> None:
    nodes = [
        node("Sub", ["x", "one"], ["centred"]),
        node("Sqrt", ["two"], ["root"]),
        node("Div", ["centred", "root"], ["y"]),
    ]
    one, two = np.array(1, np.float32), np.array(2, np.float32)
    assert fuse_norms(Graph(model_of(nodes, {"one": one, "two": two}))) == 0
    nodes[1] = node("Exp", ["two"], ["root"])
    assert fuse_norms(Graph(model_of(nodes, {"one": one, "two": two}))) == 0


def test_a_graph_finds_and_keeps_what_its_outputs_need() -> None:
    nodes = [
        node("Mul", ["scaled", "a"], ["z"]),  # nobody needs it
        node("Mul", ["x", "a"], ["scaled"]),
        node("Add", ["scaled", "scaled"], ["y"]),
    ]
    weights, unused = noise(2, 3), noise(1)
    model = model_of([nodes[1], nodes[0], nodes[2]], {"a": weights, "unused": unused})
    graph = Graph(model)
    assert [n.op_type for n in graph.find_all("Add", "Mul")] == ["Mul", "Add"]
    assert graph.is_output("y")
    assert not graph.is_output("scaled")
    assert graph.is_constant("a")
    assert not graph.is_constant("x")
    assert {k: [n.op_type for n in v] for k, v in graph.consumers().items()} == {
        "x": ["Mul"],
        "a": ["Mul"],
        "scaled": ["Add"],
    }
    product = graph.add("Mul", ["a", graph.add_constant(noise(1))])
    assert (graph.shape("a"), graph.shape(product)) == ((2, 3), (2, 3))
    rewritten = graph.build()
    assert [n.op_type for n in rewritten.graph.node] == ["Mul", "Add"]
    assert [tensor.name for tensor in rewritten.graph.initializer] == ["a"]


def test_a_model_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="dequantize_products found nothing to do"):
        rewrite(convolution(3, 1, channels=8))
