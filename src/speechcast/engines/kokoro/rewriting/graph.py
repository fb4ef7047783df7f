"""A model's graph, in which operators are replaced.

An operator is found by the name of a tensor that it computes, so replacing one means computing the
same tensor in another way. What no output of the model needs any more is left out when the model
is built again, and the order of the operators follows from what they need.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from onnx import ModelProto, NodeProto, helper, numpy_helper

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Graph:
    """The operators and constants of a model, by the names of the tensors they give."""

    def __init__(self, model: ModelProto) -> None:
        """Take a model; `build` gives it back as it is then."""
        self._model = model
        self._producers = {name: node for node in model.graph.node for name in node.output if name}
        self._constants = {tensor.name: tensor for tensor in model.graph.initializer}
        self._outputs = [output.name for output in model.graph.output]
        self._count = 0

    def find_all(self, *operators: str) -> list[NodeProto]:
        """Return the nodes of these operators that the outputs need, in their order."""
        return [node for node in self._walk() if node.op_type in operators]

    def producer(self, tensor: str) -> NodeProto | None:
        """Return the node that computes a tensor; None for a constant or an input."""
        return self._producers.get(tensor)

    def consumers(self) -> dict[str, list[NodeProto]]:
        """Return the nodes that take each tensor; outputs of the model are not among them."""
        consumers = defaultdict(list)
        for node in self._walk():
            for name in dict.fromkeys(node.input):
                consumers[name].append(node)
        return consumers

    def is_output(self, tensor: str) -> bool:
        """Return whether the model outputs the tensor."""
        return tensor in self._outputs

    def is_constant(self, tensor: str) -> bool:
        """Return whether the tensor is one of the model's constants."""
        return tensor in self._constants

    def value(self, tensor: str) -> NDArray[Any]:
        """Return the value of a constant."""
        value: NDArray[Any] = numpy_helper.to_array(self._constants[tensor])
        return value

    def shape(self, tensor: str) -> tuple[int, ...]:
        """Return the shape of weights: a constant's, dequantised or scaled or neither."""
        producer = self._producers.get(tensor)
        if producer is not None and producer.op_type in {"DequantizeLinear", "Mul"}:
            return self.shape(producer.input[0])
        return tuple(self._constants[tensor].dims)

    def add_constant(self, value: NDArray[Any]) -> str:
        """Add a constant and return its name."""
        name = self._make_name("constant")
        self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def add(
        self,
        operator: str,
        inputs: Sequence[str],
        output: str | None = None,
        **attributes: Any,
    ) -> str:
        """Add a node with one output, and return the output's name.

        Args:
            operator: The operator of ONNX.
            inputs: The tensors it takes; "" for one that is left out.
            output: The tensor it computes, in place of the node that did so; None for a new one.
            attributes: The node's attributes.
        """
        output = output or self._make_name(operator)
        self.add_node(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def replace(
        self, node: NodeProto, operator: str, inputs: Sequence[str], **attributes: Any
    ) -> None:
        """Replace a node by another with the same outputs, and the same attributes unless given."""
        self.add_node(
            helper.make_node(
                operator, inputs, list(node.output), **{**get_attributes(node), **attributes}
            )
        )

    def add_node(self, node: NodeProto) -> None:
        """Add a node, in place of those that computed its outputs."""
        for name in node.output:
            if name:
                self._producers[name] = node

    def build(self) -> ModelProto:
        """Return the model, with the nodes and constants that its outputs need."""
        nodes = list(self._walk())
        used = {name for node in nodes for name in node.input} | set(self._outputs)
        graph = helper.make_graph(
            nodes,
            self._model.graph.name,
            self._model.graph.input,
            self._model.graph.output,
            [tensor for name, tensor in self._constants.items() if name in used],
        )
        return helper.make_model(
            graph,
            opset_imports=self._model.opset_import,
            ir_version=self._model.ir_version,
        )

    def _walk(self) -> Iterator[NodeProto]:
        """Yield the needed nodes, each after those whose tensors it takes."""
        done: set[int] = set()
        waiting = [(self._producers[name], False) for name in reversed(self._outputs)]
        while waiting:
            node, ready = waiting.pop()
            if id(node) in done:
                continue
            if ready:
                done.add(id(node))
                yield node
                continue
            waiting.append((node, True))
            for name in node.input:
                if name in self._producers:
                    waiting.append((self._producers[name], False))

    def _make_name(self, kind: str) -> str:
        self._count += 1
        return f"rewritten/{kind}_{self._count}"


def get_attributes(node: NodeProto) -> dict[str, Any]:
    """Return the attributes of a node, by their names."""
    return {a.name: helper.get_attribute_value(a) for a in node.attribute}
