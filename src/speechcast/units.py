"""Types for the units of numbers.

Times are counts of samples until a subtitle is written; milliseconds are rounded once, there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mono16: TypeAlias = NDArray[np.int16]
    """Mono sound: int16, shape (samples,)."""

    Mono64: TypeAlias = NDArray[np.float64]
    """Mono sound: float64 on the scale of int16 (±32768), shape (samples,)."""

Samples: TypeAlias = int
"""A count of samples, or a position counted in them, at the production's sample rate."""

Hertz: TypeAlias = int
"""Samples a second."""

Seconds: TypeAlias = float
Milliseconds: TypeAlias = int

Decibels: TypeAlias = float
"""A level, or a difference of levels, in dB."""
