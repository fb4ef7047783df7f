"""Engines: utterances to clips."""
