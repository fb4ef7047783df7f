"""Is a production in step and whole? Measured on the files as a player plays them."""

from __future__ import annotations

from .report import Finding, Report
from .story import check

__all__ = ["Finding", "Report", "check"]
