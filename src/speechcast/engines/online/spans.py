"""Make the spans of a service's timing valid for a clip."""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Span
from ...units import Samples


def clamp_spans(spans: Sequence[Span | None], length: Samples) -> tuple[Span | None, ...]:
    """Return the spans in ascending order, without overlap, within `length` samples.

    Each is at least one sample long; the clip must have at least as many samples as spans.

    >>> clamp_spans([Span(-5, 30), None, Span(20, 20), Span(90, 120)], 100)
    (Span(start=0, end=30), None, Span(start=30, end=31), Span(start=90, end=100))
    """
    clamped: list[Span | None] = []
    position, left = 0, sum(s is not None for s in spans)
    for span in spans:
        if span is None:
            clamped.append(None)
            continue
        left -= 1
        start = min(max(span.start, position), length - left - 1)
        position = min(max(span.end, start + 1), length - left)
        clamped.append(Span(start, position))
    return tuple(clamped)
