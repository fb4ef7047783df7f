"""The steps of the rewriting, in their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .convolutions import widen_convolutions
from .dequantization import dequantize_lstms, dequantize_products
from .fast_convolutions import speed_up_convolutions
from .graph import Graph
from .normalization import fuse_norms

if TYPE_CHECKING:
    from onnx import ModelProto

STEPS: tuple[Callable[[Graph], int], ...] = (
    dequantize_products,
    dequantize_lstms,
    fuse_norms,
    speed_up_convolutions,
    widen_convolutions,
)


def rewrite(model: ModelProto) -> ModelProto:
    """Return the model with every step taken.

    Raises:
        ValueError: A step found nothing to do, so the model is not the expected one.
    """
    graph = Graph(model)
    for step in STEPS:
        if not step(graph):
            raise ValueError(f"{step.__name__} found nothing to do")
    return graph.build()
