"""Synthesize utterances into clips."""
