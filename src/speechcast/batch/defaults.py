"""Batch defaults that the command line shows without loading the batch."""

from __future__ import annotations

JOBS = 2
"""How many speeches are made at once: one is synthesized while another is encoded."""
