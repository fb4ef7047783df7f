"""Is a production in step and whole? Measured on the files as a player plays them."""

from __future__ import annotations

from .checker import check
from .report import CheckReport, Finding

__all__ = ["CheckReport", "Finding", "check"]
