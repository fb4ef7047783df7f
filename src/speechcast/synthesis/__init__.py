"""Utterances to clips: cache, retries, concurrency, and the length asked for."""
