"""Utterances to clips: cache, retries, concurrency, and fitting to a given length."""
