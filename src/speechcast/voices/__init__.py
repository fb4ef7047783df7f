"""Voices: presets and the files that hold them, and the online service's catalog."""
