"""Check that subtitles are whole and in step with their sound.

Everything is measured on the files as a player plays them.
"""

from __future__ import annotations

from .checker import check
from .report import CheckReport, Finding

__all__ = ["CheckReport", "Finding", "check"]
