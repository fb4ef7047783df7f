"""Trials of `speechcast align` on random recordings whose truth is known to the sample."""
