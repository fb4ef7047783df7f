"""Whether subtitles are in step with their sound and whole, measured on the files as played."""

from __future__ import annotations

from .checker import check
from .report import CheckReport, Finding

__all__ = ["CheckReport", "Finding", "check"]
