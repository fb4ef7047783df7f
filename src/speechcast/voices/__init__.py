"""Voices: presets, and the catalog of online voices."""
